/** What says that a finding changed, in each problem that it is told in. */
import type { Config } from '../../../config/schema';
import { SEVERITIES } from '../../../config/severities';
import { findingKey } from '../finding/key';
import type { Report } from '../finding/report';
import { DAY, expiry, HOUR } from '../time';
import { namesNotAll } from './news';
import { weaknessesOf } from './problem';
import { type FindingRow, type LedgerKey, type Mark, NOTIFY, type ProblemKey, rowKeys } from './rows';

/** Of one finding for one receiver, at some 40 characters each: a row of DynamoDB takes 400 KB. */
const MOST_PROBLEMS = 1000;

/** The problems that a finding is told in: one a receiver, of those that gather by vulnerability one for each that it names. */
export function problemsOf({
  receivers,
  fingerprint,
  fingerprints,
}: Pick<FindingRow, 'receivers' | 'fingerprint' | 'fingerprints'>): ProblemKey[] {
  return receivers.flatMap((receiver) => (fingerprints?.[receiver] ?? [fingerprint]).map((each) => ({ receiver, fingerprint: each })));
}

/** The same, and while its last change is owed those that it has left with it. */
export function problemsToLearn(row: FindingRow): ProblemKey[] {
  if (!row.owed) return problemsOf(row);
  const left = Object.entries(row.left ?? {}).flatMap(([receiver, all]) => all.map((fingerprint) => ({ receiver, fingerprint })));
  return [...problemsOf(row), ...left];
}

/**
 * A finding's row with what its problems are to learn of. What is gathered by vulnerability follows what it names; where it names none any
 * more, as a closing may, it stays where it was.
 * @param known as its row stood, but for what is no change to them. @param routes of a receiver that is not among that row's it says how it
 * gathers.
 */
export function changed(
  known: FindingRow,
  change: Partial<Pick<FindingRow, 'report' | 'receivers' | 'told'>>,
  { receivers: configured }: Pick<Config['routes'], 'receivers'>,
): FindingRow {
  const next: FindingRow = { ...known, ...change, changes: known.changes + 1, owed: true };
  const weaknesses = weaknessesOf(next.report);
  const fingerprints: Record<string, string[]> = {};
  const left: Record<string, string[]> = {};
  for (const receiver of next.receivers) {
    const before = known.fingerprints?.[receiver];
    const follows = known.receivers.includes(receiver) ? before !== undefined : configured[receiver]?.vulnerabilitiesBy === 'cve';
    // Where only the worst are known, those that were told are not left for it.
    const all = namesNotAll(next.report.news ?? []) ? [...new Set([...(before ?? []), ...weaknesses])].slice(0, MOST_PROBLEMS) : weaknesses;
    const now = follows && weaknesses.length > 0 ? all : before;
    if (!now) continue;
    fingerprints[receiver] = now;
    // Of a change that is owed still, the problems that it left may not know of it.
    const gone = [...(before ?? []), ...((known.owed && known.left?.[receiver]) || [])].filter((each) => !now.includes(each));
    if (gone.length > 0) left[receiver] = [...new Set(gone)];
  }
  const ifAny = (those: Record<string, string[]>) => (Object.keys(those).length > 0 ? those : undefined);
  return { ...next, fingerprints: ifAny(fingerprints), left: ifAny(left) };
}

/** The marks of a row's last change. One that is left over, since a worker took it in that was thought dead, leaves by itself. */
export function marksOf(row: FindingRow, ledgerDays: number, now: number): { key: LedgerKey; value: Mark; expiresAt: number }[] {
  const finding = findingKey(row.report);
  const value: Mark = { finding, memberId: row.memberId, textKey: row.report.textKey };
  return problemsToLearn(row).map((problem) => ({
    key: rowKeys.mark(problem, rankOf(row.report), finding, row.changes),
    value,
    expiresAt: expiry(now + ledgerDays * DAY),
  }));
}

/** When the row of a finding leaves, in epoch seconds: what is open stays, what closed goes after the retention that the operator set, and what is told to nobody once no event of it is on the way any more. */
export function findingExpiry(
  { report, receivers }: Pick<FindingRow, 'report' | 'receivers'>,
  { reopenHours, retention }: Pick<Config['settings'], 'reopenHours' | 'retention'>,
  now: number,
): number | undefined {
  if (receivers.length === 0) return expiry(now + reopenHours * HOUR + DAY);
  return report.latest.status === 'open' ? undefined : expiry(now + retention.ledgerDays * DAY);
}

/** Whether a person asked for it, or it is CRITICAL: then deliver looks at once. */
export function cannotWait(report: Report): boolean {
  return rankOf(report) === 0;
}

/** 0 for what cannot wait: a person asked, or it is CRITICAL; what closed comes last. */
function rankOf({ latest, open, asked }: Report): number {
  if (asked) return 0;
  return latest.status === 'open' && open ? SEVERITIES.length - 1 - SEVERITIES.indexOf(open.severity) : SEVERITIES.length;
}

export interface NotifyRow {
  key: LedgerKey;
  value: { memberId: string };
  expiresAt?: number;
}

/** More refusals are not told apart: see rowKeys.notify. */
const MOST_REFUSED = 9;

/** @returns the key of a finding, and how often Security Hub refused to mark it, as far as that is counted. */
export function notifyKeyOf({ sk }: LedgerKey): { finding: string; refused: number } {
  const [refused, finding = ''] = sk.slice(NOTIFY.length).split('#');
  return { finding, refused: Number(refused) };
}

/** The row of one that was refused once more: behind those that were not. */
export function notifyAgain(problem: ProblemKey, { key, value }: Pick<NotifyRow, 'key' | 'value'>, expiresAt?: number): NotifyRow {
  const { finding, refused } = notifyKeyOf(key);
  return { key: rowKeys.notify(problem, finding, Math.min(refused + 1, MOST_REFUSED)), value, expiresAt };
}

/** What is to be marked NOTIFIED in Security Hub once it is told: of what is marked here, what is open and NEW. @param rows of findings, by key. @param expiresAt epoch seconds. */
export function notifyRows(
  problem: ProblemKey,
  marks: readonly { value: Mark }[],
  rows: ReadonlyMap<string, FindingRow>,
  expiresAt: number,
): NotifyRow[] {
  const members = new Map(marks.map(({ value }) => [value.finding, value.memberId]));
  return [...members].flatMap(([finding, memberId]) => {
    const latest = rows.get(finding)?.report.latest;
    if (latest?.status !== 'open' || latest.workflow !== 'NEW') return [];
    return [{ key: rowKeys.notify(problem, finding), value: { memberId }, expiresAt }];
  });
}
