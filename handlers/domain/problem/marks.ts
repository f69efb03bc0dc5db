/** What says that a finding changed, in each problem that it is told in. */
import { SEVERITIES } from '../../../config/severities';
import { findingKey } from '../finding/key';
import type { Report } from '../finding/report';
import { DAY, expiry } from '../time';
import { type FindingRow, type LedgerKey, type Mark, type ProblemKey, rowKeys } from './rows';

/** The problems that a finding is told in, one a receiver. */
export function problemsOf({ receivers, fingerprint, fingerprints }: FindingRow): ProblemKey[] {
  return receivers.map((receiver) => ({ receiver, fingerprint: fingerprints?.[receiver] ?? fingerprint }));
}

/** The marks of a row's last change. One that is left over, since a worker took it in that was thought dead, leaves by itself. */
export function marksOf(row: FindingRow, ledgerDays: number, now: number): { key: LedgerKey; value: Mark; expiresAt: number }[] {
  const finding = findingKey(row.report);
  const value: Mark = { finding, memberId: row.memberId, textKey: row.report.textKey };
  return problemsOf(row).map((problem) => ({
    key: rowKeys.mark(problem, rankOf(row.report), finding, row.changes),
    value,
    expiresAt: expiry(now + ledgerDays * DAY),
  }));
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
