/** When the ledger last recorded something of each account, and when a message was last written that counts a finding of it. */
import { problemsOf } from '../../handlers/domain/problem/marks';
import type { ProblemRow } from '../../handlers/domain/problem/problem-row';
import { type FindingRow, rowKeys } from '../../handlers/domain/problem/rows';
import { scanned } from '../ledger/scan';

/** Epoch milliseconds. */
export interface Recorded {
  recorded?: number;
  told?: number;
}

const PARTS = ['report', 'told', 'receivers', 'fingerprint', 'fingerprints', 'message', 'lastUpdateAt', 'lastReplyAt', 'lastBroadcastAt'];

/** Reads every row of the table once; see scanned. @param progress rows read so far. */
export async function recordedIn(table: string, region: string, progress: (rows: number) => void): Promise<Map<string, Recorded>> {
  const accounts = new Map<string, Recorded & { problems: Set<string> }>();
  const written = new Map<string, number>();
  const what = {
    FilterExpression: 'begins_with(pk, :finding) OR sk = :header',
    ProjectionExpression: ['pk', 'sk', ...PARTS.map((part) => `#value.#${part}`)].join(', '),
    ExpressionAttributeNames: { '#value': 'value', ...Object.fromEntries(PARTS.map((part) => [`#${part}`, part])) },
    ExpressionAttributeValues: { ':finding': 'finding#', ':header': 'header' },
  };
  for await (const { pk, sk, value } of scanned({ table, region }, what, progress)) {
    if (sk === 'header') written.set(pk, writtenAt(value as ProblemRow));
    else addTo(accounts, value as FindingRow);
  }
  return new Map(
    [...accounts].map(([account, { recorded, problems }]) => {
      let told = 0;
      for (const problem of problems) told = Math.max(told, written.get(problem) ?? 0);
      return [account, { recorded, ...(told > 0 ? { told } : {}) }];
    }),
  );
}

function addTo(accounts: Map<string, Recorded & { problems: Set<string> }>, row: FindingRow): void {
  const { report, told } = row;
  const known = accounts.get(report.accountId) ?? { problems: new Set() };
  known.recorded = Math.max(known.recorded ?? 0, told?.seenAt ?? 0, report.latest.revision[1]);
  for (const problem of problemsOf(row)) known.problems.add(rowKeys.problem(problem));
  accounts.set(report.accountId, known);
}

/** 0: nothing was ever written. */
function writtenAt({ message, lastUpdateAt, lastReplyAt, lastBroadcastAt }: ProblemRow): number {
  return message ? Math.max(message.postedAt, lastUpdateAt, lastReplyAt, lastBroadcastAt) : 0;
}
