/**
 * Reads back weekly what was told as open and was not heard of since: Security Hub deletes findings and lets severities fall
 * below what the rules admit, without an event. Whatever goes wrong here tells nothing: only a finding that is missing
 * from two whole answers, a day apart, is told as no longer reported.
 */
import { Later, reasonOf } from '../domain/failure';
import { findingKey } from '../domain/finding/key';
import { readBack, unreported } from '../domain/finding/read-back';
import { compareRevisions, type Report, sameState } from '../domain/finding/report';
import { dueKey, type DueRow, READ_BACK, timeOfReadBack } from '../domain/problem/due';
import { newsIn } from '../domain/problem/news';
import { type FindingRow, type ReportRow, rowKeys } from '../domain/problem/rows';
import { DAY, expiry, HOUR, MINUTE } from '../domain/time';
import { change } from '../optimistic';
import type { FindingReference, HubState } from '../ports';
import type { Context } from './context';
import { referenceOf } from './write-back';

/** From when a finding was last known to be there until it is asked after. Controls are refreshed daily: they are never asked after. */
const UNHEARD = 7 * DAY;
/** From the first answer without a finding to the second that decides. */
const ONCE_MORE = DAY;
const BATCH = 100;
/** GetFindings takes 20 ids a call. */
const FINDINGS_A_READ = 20;
/** Until the next batch of a problem: marking shares the allowance. */
const NEXT_BATCH = 10 * MINUTE;
/** After a refusal. Nobody waits for it. */
const AFTER_REFUSAL = 6 * HOUR;

/** When a problem's next reading is due, in epoch milliseconds; undefined where nothing is told as open. No oftener than daily, whatever is due when. */
export function nextReadBack({ state, clock }: Context): number | undefined {
  const first = toldAsOpen(state).reduce((earliest, row) => Math.min(earliest, askAt(row)), Number.POSITIVE_INFINITY);
  return Number.isFinite(first) ? Math.max(first, clock.now() + DAY) : undefined;
}

/** Reads one batch where its time has come, and writes down when the next one is. @returns whether there is something to tell. */
export async function readBackStep(context: Context): Promise<boolean> {
  const { state, clock } = context;
  const { readBack: scheduled } = state.header;
  if (scheduled === undefined || timeOfReadBack(scheduled) > clock.now()) return false;
  const now = clock.now();
  const due = toldAsOpen(state).filter((row) => askAt(row) <= now);
  const batch = due.sort((a, b) => askAt(a) - askAt(b)).slice(0, BATCH);
  const answered = batch.length > 0 ? await ask(batch, context) : { changed: false };
  if (typeof answered === 'number') {
    await schedule(answered, context);
    return false;
  }
  await schedule(due.length > batch.length ? now + NEXT_BATCH : (nextReadBack(context) ?? now + DAY), context);
  return answered.changed;
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

function toldAsOpen({ rows, told }: Context['state']): ReportRow[] {
  return rows.filter(({ memberId, report }) => report.latest.status === 'open' && told.has(memberId));
}

function askAt({ seenAt, missingSince }: ReportRow): number {
  return missingSince === undefined ? seenAt + UNHEARD : missingSince + ONCE_MORE;
}

/** @returns whether anything changed; or when to ask again, where there was no answer. */
async function ask(batch: ReportRow[], context: Context): Promise<{ changed: boolean } | number> {
  const { hub, turns, absences, journal, state, clock } = context;
  const at = clock.now();
  let states: HubState[];
  try {
    await absences.heed('securityhub', false);
  } catch (error) {
    if (!(error instanceof Later)) throw error;
    return at + AFTER_REFUSAL;
  }
  const references = batch.map(({ report }) => referenceOf(report));
  if (await turns.take('hub', false, undefined, callsFor(references))) return at + NEXT_BATCH;
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
  for (const row of batch) changed = (await learn(row, held.get(findingKey(row.report)), at, context)) || changed;
  journal.info('read back', {
    ...state.problem,
    findings: batch.length,
    missing: batch.filter(({ report }) => !held.has(findingKey(report))).length,
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
 * Writes what the answer says of one finding into its rows, by way of the merge that events take. An event that came
 * meanwhile stands. @returns whether a reader is to be shown something else.
 */
async function learn(row: ReportRow, held: HubState | undefined, at: number, context: Context): Promise<boolean> {
  const { ledger, state, config } = context;
  const gone = !held && row.missingSince !== undefined;
  const learned = (known: Report): Report => {
    if (gone) return unreported(known, at);
    return held?.finding ? readBack(known, held.finding, newsIn(held.finding), at) : known;
  };
  const gonesBy = expiry(at + config.settings.retention.ledgerDays * DAY);
  const expiresAt = ({ latest }: Report) => (latest.status === 'open' ? undefined : gonesBy);
  const written = await change<ReportRow, ReportRow | undefined>(
    ledger,
    rowKeys.report(state.problem, row.memberId, row.report),
    (known) => {
      const overtaken =
        !known || known.seenAt !== row.seenAt || compareRevisions(known.report.latest.revision, row.report.latest.revision) !== 0;
      if (overtaken) return { result: undefined };
      const report = learned(known.report);
      const { missingSince: _missingSince, ...rest } = known;
      const next: ReportRow = { ...rest, report, ...(held ? { seenAt: at } : gone ? {} : { missingSince: at }) };
      return { next, expiresAt: expiresAt(report), result: next };
    },
  );
  if (!written) return true;
  state.rows.splice(state.rows.indexOf(row), 1, written);
  if (sameState(row.report, written.report)) return false;
  // It may know of later events than the problem does, which are not told of again where they change nothing.
  await change<FindingRow, void>(ledger, rowKeys.finding(row.report), (known) => {
    if (!known) return { result: undefined };
    const report = learned(known.report);
    return { next: { ...known, report }, expiresAt: expiresAt(report), result: undefined };
  });
  return true;
}
