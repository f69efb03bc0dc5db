/** The keys of a whole table's problems and findings. */
import type { LedgerKey } from '../../handlers/ports';
import { scanned } from './scan';

/** Reads every row of the table once; see scanned. */
export async function* keysIn(table: string, region: string): AsyncGenerator<LedgerKey> {
  const rows = scanned(
    { table, region },
    {
      FilterExpression: '(begins_with(pk, :problem) AND sk = :header) OR (begins_with(pk, :finding) AND attribute_exists(#value.told))',
      ProjectionExpression: 'pk, sk',
      ExpressionAttributeNames: { '#value': 'value' },
      ExpressionAttributeValues: { ':problem': 'problem#', ':header': 'header', ':finding': 'finding#' },
    },
  );
  for await (const { pk, sk } of rows) yield { pk, sk };
}
