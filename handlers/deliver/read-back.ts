/**
 * Reads back weekly what was told as open and was not heard of since: Security Hub deletes findings and lets severities fall
 * below what the rules admit, without an event. Whatever goes wrong here tells nothing: only a finding that is missing
 * from two whole answers, a day apart, is told as no longer reported.
 */
import { Later, reasonOf } from '../domain/failure';
import { findingKey } from '../domain/finding/key';
import { readBack, unreported } from '../domain/finding/read-back';
import { compareRevisions, merge, type Report } from '../domain/finding/report';
import { dueKey, type DueRow, READ_BACK, timeOfReadBack } from '../domain/problem/due';
import { newsIn } from '../domain/problem/news';
import { askAt } from '../domain/problem/member';
import { type FindingRow, type Flag, rowKeys } from '../domain/problem/rows';
import { marksOf, problemsOf } from '../domain/problem/marks';
import { hash } from '../domain/text/identity';
import { DAY, expiry, HOUR, MINUTE } from '../domain/time';
import { change } from '../optimistic';
import type { FindingReference, HubState, LedgerRow } from '../ports';
import type { Context } from './context';
import { referenceOf } from './write-back';

const BATCH = 100;
/** Members that one reading looks through at the most. */
const LOOKED_THROUGH = 1000;
/** GetFindings takes 20 ids a call. */
const FINDINGS_A_READ = 20;
/** Until the next batch of a problem: marking shares the allowance. */
const NEXT_BATCH = 10 * MINUTE;
/** After a refusal. Nobody waits for it. */
const AFTER_REFUSAL = 6 * HOUR;

/** When a problem's next reading is due, in epoch milliseconds; undefined where nothing is told as open. No oftener than daily, whatever is due when. */
export function nextReadBack({ state, clock }: Context): number | undefined {
  const { message, sums } = state.header;
  const days = Object.keys(sums.counts.ask).map(Number);
  if (!message || days.length === 0) return undefined;
  return Math.max(Math.min(...days) * DAY, clock.now() + DAY);
}

/** Reads one batch where its time has come, and writes down when the next one is. @returns whether there is something to tell. */
export async function readBackStep(context: Context): Promise<boolean> {
  const { state, clock } = context;
  const { readBack: scheduled } = state.header;
  if (scheduled === undefined || timeOfReadBack(scheduled) > clock.now()) return false;
  const now = clock.now();
  const { batch, next } = await dueFindings(context);
  const answered = batch.length > 0 ? await ask(batch, context) : { changed: false };
  if (typeof answered === 'number') {
    await schedule(answered, context);
    return false;
  }
  if (next !== state.header.readBackFrom) await state.save({ readBackFrom: next });
  await schedule(next !== undefined ? now + NEXT_BATCH : (nextReadBack(context) ?? now + DAY), context);
  return answered.changed;
}

/** The next findings that are told as open and were not heard of. @returns and where the next reading begins, where there are more. */
async function dueFindings({ state, ledger, clock, config }: Context): Promise<{ batch: LedgerRow<FindingRow>[]; next?: string }> {
  const now = clock.now();
  const batch: LedgerRow<FindingRow>[] = [];
  let looked = 0;
  for await (const [id, { member, findings }] of state.allStates(state.header.readBackFrom)) {
    if ((member.askAt ?? Number.POSITIVE_INFINITY) <= now) {
      const rows = await ledger.readAll<FindingRow>(findings.map(rowKeys.findingBy));
      // A reading that died before its marks: they are made up for.
      for (const { value } of rows) if (value.owed) await ledger.writeAll(marksOf(value, config.settings.retention.ledgerDays, now));
      const due = rows.filter(({ value: { report, told } }) => report.latest.status === 'open' && told && askAt(told) <= now);
      // A resource with very many is read over several readings: what was read is due no more.
      batch.push(...due.slice(0, BATCH - batch.length));
      if (batch.length === BATCH) return { batch, next: state.header.readBackFrom ?? '' };
    }
    looked++;
    if (looked === LOOKED_THROUGH) return { batch, next: id };
  }
  return { batch };
}

/** Leaves a row for the tick behind; the header names it. @param at undefined: nothing is to be read back any more. */
export async function schedule(at: number | undefined, { state, ledger }: Context): Promise<void> {
  const { readBack: old } = state.header;
  const next = at === undefined ? undefined : READ_BACK + dueKey(at, state.problem);
  if (next === old) return;
  if (next) {
    const row = await ledger.read<DueRow>(rowKeys.due(next));
    if (!row) await ledger.write<DueRow>(rowKeys.due(next), { problem: state.problem }, 0);
  }
  await state.save({ readBack: next });
  if (old) await ledger.remove(rowKeys.due(old));
}

/** @returns whether anything changed; or when to ask again, where there was no answer. */
async function ask(batch: LedgerRow<FindingRow>[], context: Context): Promise<{ changed: boolean } | number> {
  const { hub, turns, absences, journal, state, clock } = context;
  const at = clock.now();
  let states: HubState[];
  try {
    await absences.heed('securityhub', false);
  } catch (error) {
    if (!(error instanceof Later)) throw error;
    return at + AFTER_REFUSAL;
  }
  const references = batch.map(({ value }) => referenceOf(value.report));
  if (await turns.take('hub', { critical: false }, callsFor(references))) return at + NEXT_BATCH;
  try {
    states = await hub.read(references);
  } catch (error) {
    const reason = reasonOf(error);
    journal.warn('read-back refused', { ...state.problem, findings: batch.length, reason });
    await absences.refused('securityhub', reason, false);
    return at + AFTER_REFUSAL;
  }
  await absences.answered('securityhub');
  const held = new Map(states.map((each) => [findingKey(each), each]));
  let changed = false;
  for (const { value } of batch) changed = (await learn(value, held.get(findingKey(value.report)), at, context)) || changed;
  journal.info('read back', {
    ...state.problem,
    findings: batch.length,
    missing: batch.filter(({ value }) => !held.has(findingKey(value.report))).length,
  });
  return { changed };
}

/** GetFindings are counted, whichever way the adapter asks. */
function callsFor(references: readonly FindingReference[]): number {
  const kinds = new Map<string, number>();
  for (const { format, byFindingInfo } of references)
    kinds.set(`${format} ${byFindingInfo}`, (kinds.get(`${format} ${byFindingInfo}`) ?? 0) + 1);
  return [...kinds.values()].reduce((calls, count) => calls + Math.ceil(count / FINDINGS_A_READ), 0);
}

/**
 * Writes what the answer says of one finding into its row, by way of the merge that events take, and marks the change as
 * intake does. An event that came meanwhile stands. @returns whether this problem is to be looked at again.
 */
async function learn(asked: FindingRow, held: HubState | undefined, at: number, context: Context): Promise<boolean> {
  const { ledger, state, config } = context;
  const gone = !held && asked.told?.missingSince !== undefined;
  const learned: Report | undefined = held
    ? held.finding && readBack(asked.report, held.finding, newsIn(held.finding), at)
    : gone
      ? unreported(asked.report, at)
      : undefined;
  const { ledgerDays } = config.settings.retention;
  const changed = await change<FindingRow, FindingRow | undefined>(ledger, rowKeys.finding(asked.report), (known) => {
    const overtaken = known?.changes !== asked.changes || compareRevisions(known.report.latest.revision, asked.report.latest.revision) !== 0;
    if (overtaken || !known.told) return { result: undefined };
    const report = learned ? merge(known.report, learned) : known.report;
    const { missingSince: _missingSince, ...told } = known.told;
    const next: FindingRow = {
      ...known,
      report,
      changes: known.changes + 1,
      owed: true,
      told: { ...told, ...(held || gone ? { seenAt: held ? at : told.seenAt } : { missingSince: at }) },
    };
    return { next, expiresAt: report.latest.status === 'open' ? undefined : expiry(at + ledgerDays * DAY), result: next };
  });
  if (!changed) return true;
  // What is not out when this worker dies is owed: the finding's next event makes up for it, or the next reading.
  await ledger.writeAll(marksOf(changed, ledgerDays, at));
  for (const problem of problemsOf(changed)) {
    // The tick wakes the others; this problem is looked at again at once.
    const flag: Flag = { problem, nonce: hash(rowKeys.finding(asked.report).pk, String(changed.changes), String(at)), at };
    if (problem.receiver !== state.problem.receiver) await ledger.write(rowKeys.flag(problem), flag, 0);
  }
  return true;
}
