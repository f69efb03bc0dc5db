/**
 * Reads back weekly what was told as open and was not heard of since: Security Hub deletes findings and lets severities fall
 * below what the rules admit, without an event. Whatever goes wrong here tells nothing: only a finding that is missing
 * from two whole answers, a day apart, is told as no longer reported, while Security Hub shows anything else of its account. Where it
 * shows nothing, this administrator may have lost the account, or its role.
 */
import { reasonOf } from '../../domain/failure';
import { findingKey } from '../../domain/finding/key';
import { readBack, unreported } from '../../domain/finding/read-back';
import { newsIn } from '../../domain/problem/news';
import type { ProblemRow } from '../../domain/problem/problem-row';
import { askAt } from '../../domain/problem/member';
import { type FindingRow, type Flag, rowKeys, dueKey, type DueRow, READ_BACK, timeOfReadBack } from '../../domain/problem/rows';
import { changed, problemsToLearn } from '../../domain/problem/marks';
import { hash } from '../../domain/text/identity';
import { DAY, HOUR, MINUTE } from '../../domain/time';
import { owesNoMore, putMarks, written } from '../../finding-rows';
import type { FindingReference, HubState, LedgerRow } from '../../ports';
import type { Context } from '../context';
import { accountsToAsk, hiddenAmong } from './sight';
import { FINDINGS_A_READ } from './marking';

const BATCH = 100;
/** Members that one reading looks through at the most. */
const LOOKED_THROUGH = 1000;
/** Until the next batch of a problem: marking shares the allowance. */
const NEXT_BATCH = 10 * MINUTE;
/** After a refusal. Nobody waits for it. */
const AFTER_REFUSAL = 6 * HOUR;
/** When a problem's next reading is due, in epoch milliseconds; undefined where nothing is told as open. No oftener than daily, whatever is due when. */
export function nextReadBack({ state, clock }: Context, { told }: Pick<ProblemRow, 'told'> = state.header): number | undefined {
  const hours = Object.keys(state.header.sums.counts.ask).map(Number);
  if (told === 0 || hours.length === 0) return undefined;
  return Math.max(Math.min(...hours) * HOUR, clock.now() + DAY);
}

/** The sort key of the first reading of what is being told just now; undefined where one is scheduled, or nothing is open. */
export function firstReading(context: Context): string | undefined {
  const { header, problem } = context.state;
  const at = header.readBack === undefined ? nextReadBack(context, { told: header.attempt?.fold ?? 0 }) : undefined;
  return at === undefined ? undefined : READ_BACK + dueKey(at, problem);
}

/** Reads one batch where its time has come, and writes down when the next one is. @returns whether there is something to tell. */
export async function readBackStep(context: Context): Promise<boolean> {
  const { state, clock } = context;
  const { readBack: scheduled, readBackFrom } = state.header;
  const now = clock.now();
  if (scheduled === undefined || timeOfReadBack(scheduled) > now) return false;
  const { batch, next, madeUp } = await dueFindings(context);
  const { until, learned } = batch.length > 0 ? await ask(batch, context) : { until: undefined, learned: false };
  if (until === undefined && next !== readBackFrom) state.put({ readBackFrom: next });
  await schedule(until ?? (next !== undefined ? now + NEXT_BATCH : (nextReadBack(context) ?? now + DAY)), context);
  return learned || madeUp;
}

interface Due {
  batch: LedgerRow<FindingRow>[];
  /** Where the next reading begins, where there are more. */
  next?: string;
  /** Marks were put that a reading owed which died: they are to be taken in. */
  madeUp: boolean;
}

/** The next findings that are told as open and were not heard of. */
async function dueFindings(context: Context): Promise<Due> {
  const { state, ledger, clock } = context;
  const now = clock.now();
  const batch: LedgerRow<FindingRow>[] = [];
  let looked = 0;
  let madeUp = false;
  for await (const [id, { member, findings }] of state.allStates(state.header.readBackFrom)) {
    if (member.askAt !== undefined && member.askAt <= now) {
      for (let row of await ledger.readAll<FindingRow>(findings.map(rowKeys.finding))) {
        if (row.value.owed) {
          row = await announced(row, context);
          madeUp = true;
        }
        const { report, told } = row.value;
        // A resource with very many is read over several readings: what was read is due no more.
        if (report.latest.status === 'open' && told && askAt(told) <= now && batch.length < BATCH) batch.push(row);
      }
      if (batch.length === BATCH) return { batch, next: state.header.readBackFrom ?? '', madeUp };
    }
    looked++;
    if (looked === LOOKED_THROUGH) return { batch, next: id, madeUp };
  }
  return { batch, madeUp };
}

/** Leaves a row for the tick behind; the header names it. @param at undefined: nothing is to be read back any more. */
export async function schedule(at: number | undefined, { state, ledger }: Context): Promise<void> {
  const { readBack: old } = state.header;
  const next = at === undefined ? undefined : READ_BACK + dueKey(at, state.problem);
  if (next === old) return;
  if (next) await ledger.writeAll([{ key: rowKeys.due(next), value: { problem: state.problem } satisfies DueRow }]);
  state.put({ readBack: next });
  if (!old) return;
  await state.flush();
  await ledger.remove(rowKeys.due(old));
}

/** @returns when to ask again, where there was no answer or one that is not believed; whether anything was learned. */
async function ask(batch: LedgerRow<FindingRow>[], context: Context): Promise<{ until?: number; learned: boolean }> {
  const { hub, turns, absences, journal, state, clock } = context;
  const at = clock.now();
  if (await absences.of('securityhub', false)) return { until: at + AFTER_REFUSAL, learned: false };
  const references: FindingReference[] = batch.map(({ value }) => value.report);
  if (!(await turns.pass('hub', callsFor(references) + accountsToAsk(batch, at).length))) return { until: at + NEXT_BATCH, learned: false };
  const refused = (findings: number, reason: string) => journal.warn('read-back refused', { ...state.problem, findings, reason });
  let held: Map<string, HubState>;
  let unseen: Awaited<ReturnType<typeof hiddenAmong>>;
  const missing = () => batch.filter(({ value }) => !held.has(findingKey(value.report)));
  try {
    held = new Map((await hub.read(references)).map((each) => [findingKey(each), each]));
    unseen = await hiddenAmong(missing(), at, hub);
  } catch (error) {
    const reason = reasonOf(error);
    refused(batch.length, reason);
    await absences.refused('securityhub', reason, false);
    return { until: at + AFTER_REFUSAL, learned: false };
  }
  await absences.answered('securityhub');
  const { hidden, accounts } = unseen;
  const believed = batch.filter((row) => !hidden.has(row));
  for (const row of believed) await learn(row, held.get(findingKey(row.value.report)), at, context);
  journal.info('read back', { ...state.problem, findings: batch.length, missing: missing().length });
  if (hidden.size === 0) return { learned: true };
  const isHidden = accounts.length > 0;
  if (isHidden) refused(hidden.size, `nothing is shown of the accounts ${accounts.join(', ')}: is this still their administrator?`);
  return { until: at + (isHidden ? AFTER_REFUSAL : NEXT_BATCH), learned: believed.length > 0 };
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
 * intake does. An event that came meanwhile stands.
 */
async function learn(
  { key, value, version }: LedgerRow<FindingRow>,
  held: HubState | undefined,
  at: number,
  context: Context,
): Promise<void> {
  if (!value.told) return;
  const { missingSince, ...told } = value.told;
  const gone = !held && missingSince !== undefined;
  const known = held?.finding ? readBack(value.report, held.finding, newsIn(held.finding), at) : value.report;
  const report = gone ? unreported(value.report, at) : known;
  const change = { report, told: { ...told, ...(held ? { seenAt: at } : gone ? {} : { missingSince: at }) } };
  const saved = await written({ key, value: changed(value, change, context.config.routes), version }, context);
  if (saved) await announced(saved, context);
}

/**
 * Puts the marks of a change, wakes its problems, and only then owes them no more. Where this worker dies before, the finding's
 * next event makes up for it, or the next reading. @returns the row as it stands then.
 */
async function announced(row: LedgerRow<FindingRow>, context: Context): Promise<LedgerRow<FindingRow>> {
  const { ledger, state, clock } = context;
  const { key, value } = row;
  const at = clock.now();
  await putMarks(row, context);
  for (const problem of problemsToLearn(value)) {
    // The tick wakes the others; this problem is looked at again at once.
    const flag: Flag = { problem, nonce: hash(key.pk, String(value.changes), String(at)), at };
    if (problem.receiver !== state.problem.receiver || problem.fingerprint !== state.problem.fingerprint)
      await ledger.write(rowKeys.flag(problem), flag, 0);
  }
  return owesNoMore(row, context);
}
