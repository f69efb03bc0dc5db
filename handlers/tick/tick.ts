/**
 * What waits for its time waits in the ledger and not in the queue of deliveries, where its group would hold back a rise to CRITICAL
 * and each look would be an invocation. A timer sends its wake-up when the time has come; every minute a schedule asks what has come
 * due without one, or long ago, and has intake ask again whose an account is of which findings were told while nobody knew
 * (intake/pass-on.ts).
 */
import { reasonOf } from '../domain/failure';
import { comesAt, FREE, type Line, type Slot } from '../domain/pacing';
import {
  type Flag,
  flagPartitions,
  MARKER,
  rowKeys,
  TO_MARK,
  UNKNOWN_OWNERS,
  type UnknownAccountRow,
  wakeUpOf,
  type DueRow,
  READ_BACK,
} from '../domain/problem/rows';
import { jsonIn } from '../domain/text/reading';
import { MINUTE, SECOND } from '../domain/time';
import {
  type Clock,
  type Journal,
  type Ledger,
  type LedgerRow,
  LONGEST_TIMER,
  type OwnerQuestions,
  type Timers,
  type WakeUp,
  type WakeUps,
} from '../ports';

export interface TickDeps {
  ledger: Pick<Ledger, 'list' | 'readAll'>;
  clock: Clock;
  wakeUps: WakeUps;
  timers: Timers;
  questions: OwnerQuestions;
  journal: Journal;
}

/** Rows looked at in a minute, as some may wait for a turn that comes later, and those woken of them. */
const DUE = 5000;
const WOKEN = 1000;

/** A minute: 28,800 problems a day, and no more calls of GetFindings than leave room for marking. */
const READINGS = 20;

/** Accounts asked for in a minute, in turns, as some may stay unknown: an eighth of the calls that Organizations is asked (domain/pacing.ts). */
const QUESTIONS = 60;

/** A flag that is older has lost its wake-up, or its problem waits for a long queue. */
const AWAKE = 2 * MINUTE;

/** Timers that are over, and ticks that wait: one look does for all of these. Never fails. */
export async function handle(bodies: readonly string[], deps: TickDeps): Promise<void> {
  const timers = bodies.flatMap((body) => timerIn(body) ?? []);
  if (timers.length > 0) await sendOn(timers, deps);
  if (timers.length < bodies.length) await tick(deps);
}

/** What a timer carries. @returns undefined for the schedule's own messages. */
function timerIn(body: string): WakeUp | undefined {
  const wakeUp = jsonIn(body) as Partial<WakeUp> | null | undefined;
  return wakeUp?.receiver && wakeUp.fingerprint ? (wakeUp as WakeUp) : undefined;
}

/**
 * Never fails: what could not be looked at is due still when the next minute looks, and a tick that came back would be one too
 * many. Each that was done logs `ticked`, which an alarm misses when there is none (stacks/constructs/tick-alarms.ts).
 */
export async function tick(deps: TickDeps): Promise<void> {
  const { journal } = deps;
  try {
    journal.info('ticked', { problems: await wakeWhatIsDue(deps), accounts: await askForOwners(deps) });
  } catch (error) {
    journal.warn('tick failed', { reason: reasonOf(error) });
  }
}

/**
 * Sends on the wake-ups whose time has come, but those whose row somebody removed meanwhile: there is nothing to look at. Those that
 * wait in a line, where others came before them since, are not looked at either: their timer is set anew. Never fails either: what is
 * lost here still has its row, or its flag, which a later tick finds.
 */
async function sendOn(wakeUps: WakeUp[], deps: TickDeps): Promise<void> {
  const { ledger, timers, journal } = deps;
  try {
    const dues = new Set(wakeUps.flatMap(({ due }) => due ?? []));
    const secondsLeft = await turnsOf(await ledger.readAll<DueRow>([...dues].map(rowKeys.due)), deps);
    const left = ({ due = '' }: WakeUp) => secondsLeft.get(due) ?? 0;
    const stand = wakeUps.filter(({ due }) => !due || secondsLeft.has(due));
    await deps.wakeUps.send(stand.filter((each) => left(each) === 0));
    for (const each of stand) if (left(each) > 0) await timers.set([each], Math.min(LONGEST_TIMER, left(each)));
  } catch (error) {
    journal.warn('timer failed', { problems: wakeUps.length, reason: reasonOf(error) });
  }
}

/** @returns by sort key how many seconds are left until the turn in its line comes, as things stand: 0 where it has come, or it waits in none. */
async function turnsOf(rows: readonly LedgerRow<DueRow>[], { ledger, clock }: TickDeps): Promise<Map<string, number>> {
  const names = [...new Set(rows.flatMap(({ value }) => value.line?.slot ?? []))];
  const slots = new Map((await ledger.readAll<Slot>(names.map(rowKeys.slot))).map(({ key, value }) => [key.pk, value]));
  const left = ({ slot, allowance, ticket }: Line) =>
    Math.ceil((comesAt(slots.get(rowKeys.slot(slot).pk) ?? FREE, allowance, ticket) - clock.now()) / SECOND);
  return new Map(rows.map(({ key, value: { line } }) => [key.sk, line ? Math.max(0, left(line)) : 0]));
}

/** Deliver removes the row when it has looked; until then each minute wakes it again, so none is forgotten. */
async function wakeWhatIsDue(deps: TickDeps): Promise<number> {
  const { ledger, clock, wakeUps } = deps;
  const now = new Date(clock.now() + 1).toISOString();
  const lost = new Date(clock.now() - MINUTE).toISOString();
  const all = await ledger.list<DueRow>('due', '', { through: now, limit: DUE });
  const due = all.filter(({ key, value }) => !value.timed || key.sk < lost);
  const secondsLeft = await turnsOf(due, deps);
  const rows = [
    ...due.filter(({ key }) => secondsLeft.get(key.sk) === 0).slice(0, WOKEN),
    ...(await ledger.list<DueRow>('read-back', READ_BACK, { through: READ_BACK + now, limit: READINGS })),
  ];
  const flags = (await Promise.all(flagPartitions.map((pk) => ledger.list<Flag>(pk, '', { limit: 1000 })))).flat();
  const old = flags.filter(({ value }) => clock.now() - value.at > AWAKE);
  const toMark = await ledger.list(TO_MARK, '', { through: now, limit: 1 });
  await wakeUps.send([
    ...old.map(({ value }) => wakeUpOf(value)),
    ...rows.map(({ key, value }) => ({ ...value.problem, due: key.sk })),
    ...toMark.map(() => MARKER),
  ]);
  return rows.length + old.length;
}

async function askForOwners({ ledger, clock, questions }: TickDeps): Promise<number> {
  const now = clock.now();
  const all = await ledger.list<UnknownAccountRow>(UNKNOWN_OWNERS, '', { limit: 1000 });
  const waiting = all.filter(({ value }) => value.until > now);
  const first = waiting.length > QUESTIONS ? (Math.floor(now / MINUTE) * QUESTIONS) % waiting.length : 0;
  const turn = [...waiting.slice(first), ...waiting.slice(0, first)].slice(0, QUESTIONS);
  if (turn.length > 0) await questions.ask(turn.map(({ value }) => ({ owner: value.accountId, nonce: value.nonce })));
  return turn.length;
}
