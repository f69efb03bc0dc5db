/** When the ledger last recorded something of each account, and when a message was last written that counts a finding of it. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import { problemsOf } from '../../handlers/domain/problem/marks';
import type { ProblemRow } from '../../handlers/domain/problem/problem-row';
import { type FindingRow, rowKeys } from '../../handlers/domain/problem/rows';
import { doctorClient } from '../doctor/reads/defaults';

/** Epoch milliseconds. */
export interface Recorded {
  recorded?: number;
  told?: number;
}

const PARTS = ['report', 'told', 'receivers', 'fingerprint', 'fingerprints', 'message', 'lastUpdateAt', 'lastReplyAt', 'lastBroadcastAt'];

/** Reads every row of the table once: half a read unit for each 4 KB. @param progress rows read so far. @throws what DynamoDB answers. */
export async function recordedIn(table: string, region: string, progress: (rows: number) => void): Promise<Map<string, Recorded>> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(doctorClient(region)));
  const accounts = new Map<string, Recorded & { problems: Set<string> }>();
  const written = new Map<string, number>();
  let from: Record<string, unknown> | undefined;
  let rows = 0;
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({
        TableName: table,
        FilterExpression: 'begins_with(pk, :finding) OR sk = :header',
        ProjectionExpression: ['pk', 'sk', ...PARTS.map((part) => `#value.#${part}`)].join(', '),
        ExpressionAttributeNames: { '#value': 'value', ...Object.fromEntries(PARTS.map((part) => [`#${part}`, part])) },
        ExpressionAttributeValues: { ':finding': 'finding#', ':header': 'header' },
        ExclusiveStartKey: from,
      }),
    );
    rows += page.ScannedCount ?? 0;
    progress(rows);
    for (const { pk, sk, value } of page.Items ?? []) {
      if (sk === 'header') written.set(String(pk), writtenAt(value as ProblemRow));
      else addTo(accounts, value as FindingRow);
    }
    from = page.LastEvaluatedKey;
  } while (from);
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
