/** Reads a whole table, page by page: that costs nothing while the functions run, and half a read unit each 4 KB here. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { LedgerKey } from '../../handlers/ports';
import { doctorClient } from '../doctor/reads/defaults';

export interface ScannedRow extends LedgerKey {
  /** As far as the projection has it. */
  value: object;
}

/**
 * @param what which rows, and what of each: pk and sk always.
 * @param progress called with each page: rows read so far. @throws what DynamoDB answers.
 */
export async function* scanned(
  { table, region }: { table: string; region: string },
  what: Omit<ScanCommandInput, 'TableName'>,
  progress: (rows: number) => void = () => {},
): AsyncGenerator<ScannedRow> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(doctorClient(region)));
  let rows = 0;
  for await (const { ScannedCount = 0, Items = [] } of paginateScan({ client }, { TableName: table, ...what })) {
    rows += ScannedCount;
    progress(rows);
    for (const { pk, sk, value = {} } of Items) yield { pk: String(pk), sk: String(sk), value: value as object };
  }
}
