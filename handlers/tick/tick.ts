/**
 * Every minute a schedule asks what has come due: edits and replies that gathered, and interpretations to try again.
 * They wait in the ledger and not in the queue, since a FIFO group that waits would hold back a rise to CRITICAL. And it has
 * intake ask again whose an account is of which findings were told while nobody knew (intake/pass-on.ts).
 */
import { reasonOf } from '../domain/failure';
import { type DueRow, READ_BACK } from '../domain/problem/due';
import { type Flag, flagPartitions, UNKNOWN_OWNERS, type UnknownAccountRow } from '../domain/problem/rows';
import { MINUTE } from '../domain/time';
import type { Clock, Journal, Ledger, OwnerQuestions, WakeUps } from '../ports';

export interface TickDeps {
  ledger: Pick<Ledger, 'list'>;
  clock: Clock;
  wakeUps: WakeUps;
  questions: OwnerQuestions;
  journal: Journal;
}

/** A minute: 28,800 problems a day, and no more calls of GetFindings than leave room for marking. */
const READINGS = 20;

/** Accounts asked for in a minute, in turns, as some may stay unknown: an eighth of the calls that Organizations is asked (domain/pacing.ts). */
const QUESTIONS = 60;

/** A flag that is older has lost its wake-up, or its problem waits for a long queue. */
const AWAKE = 2 * MINUTE;
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

/** Deliver removes the row when it has looked; until then each minute wakes it again, so none is forgotten. */
async function wakeWhatIsDue({ ledger, clock, wakeUps }: TickDeps): Promise<number> {
  const now = new Date(clock.now() + 1).toISOString();
  const rows = [
    ...(await ledger.list<DueRow>('due', '', { through: now, limit: 1000 })),
    ...(await ledger.list<DueRow>('read-back', READ_BACK, { through: READ_BACK + now, limit: READINGS })),
  ];
  const flags = (await Promise.all(flagPartitions.map((pk) => ledger.list<Flag>(pk, '', { limit: 1000 })))).flat();
  const old = flags.filter(({ value }) => clock.now() - value.at > AWAKE);
  await wakeUps.send([
    ...old.map(({ value }) => ({ ...value.problem, nonce: value.nonce })),
    ...rows.map(({ key, value }) => ({ ...value.problem, due: key.sk })),
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
