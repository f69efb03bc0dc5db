/** The three things that are done at Slack, each so that a crash at any point neither loses nor needlessly repeats. */
import { Hopeless, Later, SlackFailure } from '../domain/failure';
import { LISTED } from '../domain/facts';
import { renderMinimal } from '../domain/message';
import type { Plan } from '../domain/plan';
import { renderReply } from '../domain/reply';
import { type DeliveryRow, type HeaderRow, rowKeys, type Told } from '../domain/rows';
import { type Member, type ProblemView, toldOf } from '../domain/view';
import type { SlackMessage } from '../ports';
import { type Context, contentHash, render, renderingOf } from './context';
import { closingsShown } from './problem-state';
import type { Paced } from './turns';

/** Two posts whose outcome nobody knows are the most: a third could repeat the message twice. */
const MAX_UNKNOWN = 2;
const HOLD = 15 * 60_000;

/** @param instead of the message that stands: it is resolved too long, gone, or too old to edit. */
export async function postStep(instead: boolean, context: Context): Promise<void> {
  const { state, config, clock } = context;
  const old = state.header.message;
  if (instead && state.header.resolvedAt !== undefined && old) {
    // A new chapter: what closed before it is told in the old message.
    await state.save({
      generation: state.header.generation + 1,
      generationAt: clock.now(),
      resolvedAt: undefined,
      previous: old,
      message: undefined,
      contentHash: undefined,
    });
  }
  const view = context.viewNow();
  if (!view) return;
  const previous = state.header.previous;
  const earlierUrl = previous && (await context.messenger.permalink(previous.channel, previous.ts).catch(() => undefined));
  const message = await render(view, context, earlierUrl);
  const told = toldOfAll(view.members, 'post', config.settings.writeBack);
  const sent = await tell('post', message, await minimal(view, context), told, undefined, view, context);
  const now = clock.now();
  await finish({ ...sent, action: 'post', view, message }, context, {
    message: { channel: sent.channel, ts: sent.ts, postedAt: now },
    contentHash: sent.minimal ? undefined : contentHash(message),
    severity: view.severity,
    lastUpdateAt: now,
    lastReplyAt: now,
    resolvedAt: view.open.length === 0 ? now : undefined,
    earlierUrl,
    listed: view.members.length <= LISTED,
    writeBackPending: config.settings.writeBack,
  });
}

export async function replyStep(reply: Extract<Plan, { step: 'reply' }>, view: ProblemView, context: Context): Promise<void> {
  const { state, config, clock } = context;
  const parent = state.header.message;
  if (!parent) return;
  const message = renderReply(await renderingOf(view, context), reply);
  const told =
    reply.about === 'list'
      ? new Map<string, Told>()
      : toldOfAll(
          reply.fresh.map(({ member }) => member),
          'reply',
          config.settings.writeBack,
        );
  for (const [id, closed] of reply.about === 'resolved' ? closingsShown(view.members, state.told) : []) told.set(id, closed);
  const sent = await tell(reply.about, message, message, told, { ts: parent.ts, broadcast: reply.broadcast }, view, context);
  const now = clock.now();
  await finish({ ...sent, action: reply.about, view, message, broadcast: reply.broadcast }, context, {
    severity: view.severity,
    lastReplyAt: now,
    ...(reply.also.length > 0 ? { listed: true } : {}),
    ...(reply.about === 'list' ? {} : { resolvedAt: view.open.length === 0 ? now : undefined }),
    ...(reply.broadcast ? { lastBroadcastAt: now } : {}),
    ...(reply.fresh.length > 0 ? { writeBackPending: config.settings.writeBack } : {}),
  });
}

/** An edit may be repeated as often as need be: it notifies nobody. */
export async function updateStep(view: ProblemView, message: SlackMessage, context: Context): Promise<void> {
  const { state, messenger, turns, clock } = context;
  const standing = state.header.message;
  if (!standing) return;
  const wait = await turns.take('edits', view.severity === 'CRITICAL', state.header.editTicket);
  if (wait) {
    if (wait.ticket !== state.header.editTicket) await state.save({ editTicket: wait.ticket });
    throw new Later(wait.until, 'the workspace takes some forty edits a minute');
  }
  try {
    await messenger.update(standing.channel, standing.ts, message).catch(async (error: unknown) => {
      if (!(error instanceof SlackFailure && error.kind === 'content')) throw error;
      await messenger.update(standing.channel, standing.ts, await minimal(view, context));
    });
  } catch (error) {
    if (error instanceof SlackFailure && error.kind === 'gone') {
      // Told anew below, with a link to the old one.
      await state.save({
        message: undefined,
        previous: { channel: standing.channel, ts: standing.ts },
        contentHash: undefined,
        generation: state.header.generation + 1,
      });
      await postStep(false, context);
      return;
    }
    throw await known(error, 'edits', context);
  }
  await state.set(closingsShown(view.members, state.told));
  await record('update', { channel: standing.channel, ts: standing.ts, action: 'update', view, message }, context);
  await state.save({ contentHash: contentHash(message), severity: view.severity, lastUpdateAt: clock.now(), editTicket: undefined });
}

interface Sent {
  ts: string;
  channel: string;
  minimal: boolean;
}

/**
 * Posts at most once per confirmed telling. Before the call it is written what will have been told, and that an attempt
 * is under way: where that write fails, nothing is posted.
 */
async function tell(
  step: string,
  message: SlackMessage,
  plainMessage: SlackMessage,
  told: Map<string, Told>,
  thread: { ts: string; broadcast: boolean } | undefined,
  view: ProblemView,
  context: Context,
): Promise<Sent> {
  const { state, receiver, turns, messenger, clock } = context;
  const channel = thread ? (state.header.message?.channel ?? receiver.channel) : receiver.channel;
  const unknown = state.header.attempt?.unknown ?? 0;
  const unresolved = state.header.attempt ? unknown + 1 : 0;
  if (unresolved >= MAX_UNKNOWN) {
    throw new Hopeless(
      `nobody knows the outcome of ${MAX_UNKNOWN} posts of this problem: look into channel ${channel} whether the message stands there, then redrive the dead letter`,
    );
  }
  const wait = await turns.take({ channel }, view.severity === 'CRITICAL', state.header.ticket);
  if (wait) {
    if (wait.ticket !== state.header.ticket) await state.save({ ticket: wait.ticket });
    throw new Later(wait.until, `the channel ${channel} takes one message a second`);
  }
  await state.prepare(told);
  await state.save({ attempt: { step, at: clock.now(), unknown: unresolved }, ticket: undefined });
  try {
    return { ...(await messenger.post(channel, message, thread)), minimal: false };
  } catch (error) {
    if (!(error instanceof SlackFailure)) throw error;
    if (error.kind === 'content') {
      try {
        return { ...(await messenger.post(channel, plainMessage, thread)), minimal: true };
      } catch (second) {
        throw await known(second, { channel }, context);
      }
    }
    if (error.kind === 'gone' && thread) {
      await state.save({
        attempt: undefined,
        message: undefined,
        previous: state.header.message,
        contentHash: undefined,
        generation: state.header.generation + 1,
      });
      throw new Later(clock.now(), 'the message of this thread is gone: a new one is posted');
    }
    throw await known(error, { channel }, context);
  }
}

/** Clears the attempt where it is known that nothing was posted, and turns what Slack said into what to do. */
async function known(error: unknown, what: Paced, context: Context): Promise<unknown> {
  const { state, turns, clock, receiver, ledger, journal } = context;
  if (!(error instanceof SlackFailure) || error.kind === 'unknown') return error;
  if (state.header.attempt) await state.save({ attempt: undefined });
  if (error.kind === 'rate-limited') {
    const until = clock.now() + error.retryAfterSeconds * 1000;
    await turns.block(what, until);
    return new Later(until, error.message);
  }
  if (error.kind === 'receiver') {
    const until = clock.now() + HOLD;
    const key = rowKeys.hold(receiver.name);
    const row = await ledger.read(key);
    await ledger.write(key, { until, reason: error.message }, row?.version ?? 0, Math.floor(until / 1000) + 86_400);
    journal.error('receiver held', {
      receiver: receiver.name,
      channel: receiver.channel,
      reason: error.message,
      until: new Date(until).toISOString(),
    });
    return new Later(until, `the receiver ${receiver.name} is held for a quarter of an hour: ${error.message}`);
  }
  return error;
}

async function finish(sent: Omit<Sent, 'minimal'> & Recorded, context: Context, change: Partial<HeaderRow>): Promise<void> {
  const { state } = context;
  await record(String(state.telling).padStart(6, '0'), sent, context);
  // This one write makes the telling count, for the header and for every member at once.
  await state.save({ ...change, confirmed: state.telling, attempt: undefined });
}

interface Recorded {
  ts: string;
  channel: string;
  action: string;
  broadcast?: boolean;
  view: ProblemView;
  message: SlackMessage;
}

/** For whoever asks later what was said, why, and with which words. */
async function record(
  name: string,
  { ts, channel, action, broadcast, view, message }: Recorded,
  { state, receiver, ledger, clock, config, journal }: Context,
): Promise<void> {
  const { words } = state.header;
  const row: DeliveryRow = {
    at: clock.now(),
    action,
    channel,
    ts,
    broadcast,
    receiver: receiver.name,
    routePath: view.lead.row.routePath,
    severity: view.severity,
    open: view.open.length,
    closed: view.closed.length,
    members: view.members.length,
    contentHash: contentHash(message),
    ...(words
      ? {
          briefHash: words.briefHash,
          promptVersion: words.promptVersion,
          model: words.model,
          inputTokens: words.inputTokens,
          outputTokens: words.outputTokens,
        }
      : {}),
  };
  const key = rowKeys.delivery(state.problem, name);
  const before = await ledger.read(key);
  await ledger.write(key, row, before?.version ?? 0, Math.floor(clock.now() / 1000) + config.settings.retention.ledgerDays * 86_400);
  journal.info('told', { fingerprint: state.problem.fingerprint, ...row });
}

function toldOfAll(members: readonly Member[], by: Told['by'], mark: boolean): Map<string, Told> {
  return new Map(members.map((member) => [member.id, toldOf(member, by, mark)]));
}

async function minimal(view: ProblemView, context: Context): Promise<SlackMessage> {
  return renderMinimal(await renderingOf(view, context));
}
