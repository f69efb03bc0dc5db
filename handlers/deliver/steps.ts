/** The three things that are done at Slack, each so that a crash at any point neither loses nor needlessly repeats. */
import { isOneWay } from '../../config/routing/address';
import { reasonOf, SlackFailure } from '../domain/failure';
import { newChapter as beginning, nextMessage } from '../domain/problem/fold';
import { LISTED, type ProblemView } from '../domain/problem/view';
import { renderMinimal } from '../domain/message/message';
import { goesOn, leavesNames, owesList, type Plan } from '../domain/problem/plan';
import { renderMinimalReply, renderReply } from '../domain/message/reply';
import type { ProblemRow } from '../domain/problem/problem-row';
import { total } from '../domain/problem/sums';
import type { SlackMessage } from '../ports';
import { serviceOf } from './absences';
import { type Context, hashOf, render, renderingOf, standsOneWay } from './context';
import { countProblem } from './counted';
import { finish, isRefusal, mayCall, settleFailedCall, record, tell, type Telling } from './telling';

/** So often Slack is asked for the address of an earlier message. */
const LINK_TRIES = 4;

/** @param newChapter in place of the message that stands, which is resolved too long. */
export async function postStep(newChapter: boolean, context: Context): Promise<void> {
  const { state, clock } = context;
  // What closed before it is told in the old message.
  if (newChapter) await state.save({ ...nextMessage(state.header), ...beginning(state.header, clock.now()), resolvedAt: undefined });
  const view = await state.view();
  if (!view) return;
  await fetchLink(context);
  const { message, contentHash } = await render(view, context);
  // A message in the place of one that is gone tells nothing that anybody waited for.
  const events = total(state.header.untold.kinds) > 0 ? state.header.events : undefined;
  const telling: Telling = { action: 'post', view, message, contentHash };
  const sent = await tell(telling, await minimal(view, context), undefined, context);
  countProblem(view.severity, events, context);
  const now = clock.now();
  await finish(telling, sent, context, {
    message: { channel: sent.channel, ts: sent.ts, postedAt: now },
    posted: state.header.fold,
    contentHash: sent.isMinimal ? undefined : contentHash,
    severity: view.severity,
    ...aloud(view, now),
    lastUpdateAt: now,
    lastReplyAt: now,
    resolvedAt: view.open === 0 ? now : undefined,
    resumed: undefined,
    listed: (view.members <= LISTED && !leavesNames(view)) || isOneWay(sent.channel),
    listHash: undefined,
  });
}

export async function replyStep(reply: Extract<Plan, { step: 'reply' }>, view: ProblemView, context: Context): Promise<void> {
  const { state, clock } = context;
  const { about, broadcast, unnamed } = reply;
  const rendering = await renderingOf(view, context);
  const message = renderReply(rendering, reply);
  const contentHash = hashOf(message);
  const isList = about === 'list';
  if (isList && contentHash === state.header.listHash) return state.save({ listed: true });
  // An incoming webhook has no threads: what would be a reply is a message of its own.
  const parent = standsOneWay(context) ? undefined : state.header.message;
  const telling: Telling = { action: about, view, message, contentHash, broadcast };
  const sent = await tell(telling, renderMinimalReply(rendering, reply), parent, context);
  const now = clock.now();
  await finish(telling, sent, context, {
    severity: view.severity,
    lastReplyAt: now,
    ...(unnamed.length > 0 || isList ? { listed: true } : {}),
    // What is broadcast is short: its thread gets the list.
    ...(broadcast && parent && owesList(view, reply) ? { listed: false } : {}),
    ...(isList ? { listHash: contentHash } : { resolvedAt: view.open === 0 ? now : undefined, resumed: undefined }),
    ...(broadcast ? { lastBroadcastAt: now, ...aloud(view, now) } : {}),
  });
}

function aloud({ severity }: ProblemView, criticalAt: number): Pick<ProblemRow, 'criticalAt'> {
  return severity === 'CRITICAL' ? { criticalAt } : {};
}

/** An edit may be repeated as often as need be: it notifies nobody. */
export async function updateStep(view: ProblemView, context: Context): Promise<void> {
  const { state, messenger, clock } = context;
  const standing = state.header.message;
  if (!standing) return;
  await fetchLink(context);
  // What goes on never ended; what opened again is told by a reply.
  const since: Partial<ProblemRow> = { ...(goesOn(state.header, view) ? { resolvedAt: undefined } : {}), resumed: undefined };
  const { message, contentHash } = await render(view, context);
  if (contentHash === state.header.contentHash) {
    // What was waited for did not come: the next try keeps the same pace as an edit.
    await state.save({ lastUpdateAt: clock.now(), ...since });
    return;
  }
  if (standsOneWay(context)) {
    // It cannot be edited: what an edit would show is Security Hub's to show.
    await state.save({ contentHash, severity: view.severity, lastUpdateAt: clock.now(), shown: state.header.fold });
    return;
  }
  await mayCall('edits', standing.channel, view, context);
  try {
    await messenger.update(standing.channel, standing.ts, message).catch(async (error: unknown) => {
      if (!isRefusal(error, 'content')) throw error;
      await messenger.update(standing.channel, standing.ts, await minimal(view, context));
    });
  } catch (error) {
    if (!isRefusal(error, 'gone')) throw await settleFailedCall(error, 'edits', standing.channel, view, context);
    // Told anew, with a link to the old one.
    await state.save(nextMessage(state.header));
    return postStep(false, context);
  }
  await record('update', { action: 'update', view, message, contentHash }, standing, context);
  await state.save({
    contentHash,
    severity: view.severity,
    lastUpdateAt: clock.now(),
    editTicket: undefined,
    shown: state.header.fold,
    edited: state.header.fold,
    ...since,
  });
  await context.absences.answered(serviceOf(standing.channel));
}

/** Whether the message that this one follows is still to be linked: Slack was asked for its address and failed. */
export function linkIsWanted({ previous, earlierUrl, linkTries = 0 }: ProblemRow): boolean {
  return previous !== undefined && !earlierUrl && linkTries < LINK_TRIES;
}

/** A message does not wait for the link to the one before it: where that fails the link comes by update. */
async function fetchLink({ state, messenger, journal, absences }: Context): Promise<void> {
  const { previous, linkTries = 0 } = state.header;
  if (!previous || !linkIsWanted(state.header)) return;
  const away = await absences.of('slack', true);
  if (away) throw away;
  try {
    await state.save({ earlierUrl: await messenger.permalink(previous.channel, previous.ts) });
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    journal.warn('no link to the earlier message', { ...previous, tries: linkTries + 1, reason: reasonOf(error) });
    // While Slack is away nothing is learned about the link: what is told next waits for Slack as well.
    if (error.kind !== 'unavailable') await state.save({ linkTries: error.kind === 'gone' ? LINK_TRIES : linkTries + 1 });
  }
}

async function minimal(view: ProblemView, context: Context): Promise<SlackMessage> {
  return renderMinimal(await renderingOf(view, context));
}
