/** One post or reply, so that a crash at any point neither loses it nor needlessly repeats it. */
import { addressOf } from '../../config/routing/address';
import type { Config } from '../../config/schema';
import { Hopeless, InLine, Later, reasonOf, SlackFailure, type SlackFailureKind } from '../domain/failure';
import { nextMessage } from '../domain/problem/fold';
import type { Plan } from '../domain/problem/plan';
import type { DeliveryRow, MessageReference, ProblemRow } from '../domain/problem/problem-row';
import { rowKeys, type DueRow } from '../domain/problem/rows';
import type { ProblemView } from '../domain/problem/view';
import { MINUTE, SECOND } from '../domain/time';
import type { LedgerKey, RowToPut, SlackMessage } from '../ports';
import { serviceOf } from './absences';
import type { Context } from './context';
import { ledgerExpiry } from './deps';
import { firstReading } from './security-hub/read-back';
import { laneOf, type Paced, slotOf } from './turns';
import { wordsTold } from './words/told';

/** What a telling of this problem reads before it calls Slack and Security Hub. */
export function readNext({ header, problem }: Context['state'], { routes, settings }: Config): LedgerKey[] {
  const receiver = routes.receivers[problem.receiver];
  const channel = header.message?.channel ?? (receiver && addressOf(receiver));
  const answer = header.interpretation?.answer;
  return [
    ...(channel ? [rowKeys.hold(channel), rowKeys.away(serviceOf(channel)), slotOf({ channel })] : []),
    ...(header.message ? [slotOf('edits')] : []),
    ...(answer ? [rowKeys.briefing(answer.key)] : []),
    ...(settings.writeBack ? [rowKeys.away('securityhub'), slotOf('hub')] : []),
  ];
}

/** Two posts whose outcome nobody knows are the most: a third could repeat the message twice. */
const MAX_UNKNOWN = 2;
/** DynamoDB's client has tried three times for each of these. */
const INSIST_TRIES = 4;
/** Between a service's coming back and whoever was refused last. */
const OTHERS_FIRST = 5 * SECOND;
/** Until an edit whose outcome nobody knows is tried again. */
const UNKNOWN_EDIT = MINUTE;

/** What is said, and how a delivery's row calls it. */
export interface Telling {
  action: 'post' | 'update' | Extract<Plan, { step: 'reply' }>['about'];
  view: ProblemView;
  message: SlackMessage;
  contentHash: string;
  broadcast?: boolean;
}

/**
 * Posts at most once per confirmed telling. Before the call it is written that an attempt is under way, and up to which fold it
 * tells, as all do but a list: where that write fails, nothing is posted.
 * @param minimal in the place of blocks that Slack does not take. @param parent whose thread it goes into.
 * @returns and whether it had to.
 */
export async function tell(
  { action, view, message, broadcast = false }: Telling,
  minimal: SlackMessage,
  parent: MessageReference | undefined,
  context: Context,
): Promise<MessageReference & { isMinimal: boolean }> {
  const { state, receiver, messenger, clock } = context;
  const channel = parent?.channel ?? receiver.address;
  const unknown = state.header.attempt ? state.header.attempt.unknown + 1 : 0;
  if (unknown >= MAX_UNKNOWN) {
    throw new Hopeless(
      `nobody knows the outcome of ${MAX_UNKNOWN} posts of this problem: look into channel ${channel} whether the message stands there, then redrive the dead letter`,
    );
  }
  await mayCall({ channel }, channel, view, context);
  const attempt = { step: action, at: clock.now(), unknown, ...(action === 'list' ? {} : { fold: state.header.fold }) };
  await state.save({ attempt, ticket: undefined });
  const post = (what: SlackMessage) => messenger.post(channel, what, parent && { ts: parent.ts, broadcast });
  let isMinimal = false;
  try {
    const sent = await post(message).catch((error: unknown) => {
      isMinimal = isRefusal(error, 'content');
      if (isMinimal) return post(minimal);
      throw error;
    });
    return { ...sent, isMinimal };
  } catch (error) {
    if (!parent || !isRefusal(error, 'gone')) throw await settleFailedCall(error, { channel }, channel, view, context);
    await insist({ ...nextMessage(state.header), attempt: undefined }, state);
    throw new Later(clock.now(), 'the message of this thread is gone: a new one is posted');
  }
}

/** Whether it is what Slack said no with. */
export function isRefusal(error: unknown, kind: SlackFailureKind): boolean {
  return error instanceof SlackFailure && error.kind === kind;
}

/**
 * Before a message or an edit, by its ticket. The line that it waits in is of the account that leads the problem, and its product.
 * @throws Later where the channel is held, its service is away, or others go first.
 */
export async function mayCall(what: Paced, channel: string, view: ProblemView, context: Context): Promise<void> {
  const { state, turns, texts, absences } = context;
  const ticket = what === 'edits' ? 'editTicket' : 'ticket';
  const critical = view.severity === 'CRITICAL';
  await absences.heedChannel(channel, critical, slotOf(what));
  const lane = laneOf(view.lead.owner.accountId, (await texts.of(view)).product);
  const wait = await turns.take(what, { critical, lane, ticket: state.header[ticket] });
  if (!wait) return;
  if (wait.line.ticket !== state.header[ticket]) await state.save({ [ticket]: wait.line.ticket });
  throw new InLine(
    wait.until,
    wait.line,
    what === 'edits' ? 'the workspace takes some forty edits a minute' : `the channel ${channel} takes one message a second`,
  );
}

/**
 * Clears the attempt where it is known that nothing was posted, and turns what Slack said into what to do.
 * @param channel that was called.
 */
export async function settleFailedCall(
  error: unknown,
  what: Paced,
  channel: string,
  view: ProblemView,
  context: Context,
): Promise<unknown> {
  const { state, turns, clock, absences, receiver } = context;
  if (!(error instanceof SlackFailure) || (error.kind === 'unknown' && what !== 'edits')) return error;
  const { attempt } = state.header;
  // This attempt, which an edit is not, is settled; one before it whose outcome nobody knows may stand in the channel all the same.
  if (attempt && what !== 'edits')
    await insist({ attempt: attempt.unknown > 0 ? { ...attempt, unknown: attempt.unknown - 1 } : undefined }, state);
  if (error.kind === 'rate-limited') {
    const until = clock.now() + error.retryAfterSeconds * 1000;
    await turns.block(what, until);
    return new Later(until, error.message);
  }
  // An edit whose outcome nobody knows may be repeated: it notifies nobody. It says nothing of others: Slack fails at some messages for ever.
  if (error.kind === 'unknown') return new Later(clock.now() + UNKNOWN_EDIT, error.message);
  if (error.kind === 'unavailable') {
    const until = await absences.refused(serviceOf(channel), error.message, view.severity === 'CRITICAL');
    // Others ask first: it may fail at this message alone, and whoever asked always first would keep all the others waiting.
    return new Later(until + OTHERS_FIRST, error.message);
  }
  return error.kind === 'receiver' ? absences.hold(channel, error.message, receiver.name) : error;
}

/**
 * Writes what nobody could find out afterwards: that a call came to nothing, which else would count as one whose outcome nobody knows. It is
 * tried again at once, and once more with the put that ends the look.
 */
async function insist(change: Partial<ProblemRow>, state: Context['state']): Promise<void> {
  state.put(change);
  for (let tries = 1; ; tries++) {
    try {
      return await state.flush();
    } catch (error) {
      if (tries >= INSIST_TRIES) throw error;
    }
  }
}

export async function finish(telling: Telling, sent: MessageReference, context: Context, next: Partial<ProblemRow>): Promise<void> {
  const { state } = context;
  const readBack = firstReading(context);
  const due: RowToPut[] = readBack ? [{ key: rowKeys.due(readBack), value: { problem: state.problem } satisfies DueRow }] : [];
  const recorded = await record(String(state.header.confirmed + 1).padStart(6, '0'), telling, sent, context, due);
  await state.confirm(readBack && recorded ? { ...next, readBack } : next);
  await context.absences.answered(serviceOf(sent.channel));
}

/** For whoever asks later what was said, why, and with which words. @param along what is written with it. @returns whether it was. */
export async function record(
  name: string,
  { action, broadcast, view, contentHash }: Telling,
  { ts, channel }: MessageReference,
  context: Context,
  along: readonly RowToPut[] = [],
): Promise<boolean> {
  const { state, receiver, ledger, clock, journal } = context;
  const row: DeliveryRow = {
    ...(await wordsTold(view, context)),
    at: clock.now(),
    action,
    channel,
    ts,
    broadcast,
    eventIds: state.eventIds,
    receiver: receiver.name,
    routePath: view.lead.routePath,
    severity: view.severity,
    open: view.open,
    closed: view.closed,
    members: view.members,
    contentHash,
  };
  const expiresAt = ledgerExpiry(context);
  journal.info('told', { fingerprint: state.problem.fingerprint, ...row });
  // The message stands: that its row failed must not make it a failure, which would tell it once more.
  const write = () => ledger.writeAll([{ key: rowKeys.delivery(state.problem, name), value: row, expiresAt }, ...along]);
  try {
    await write().catch(write);
    return true;
  } catch (error) {
    journal.error('a delivery is not in the ledger', { fingerprint: state.problem.fingerprint, name, reason: reasonOf(error) });
    return false;
  }
}
