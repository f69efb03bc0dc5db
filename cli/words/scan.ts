/** Reads the whole table for what the model said, page by page: that costs nothing while the functions run, and half a read unit each 4 KB here. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import { doctorClient } from '../doctor/reads/defaults';
import { type Seen, seenIn } from './seen';

const PARTS = [
  ...['edition', 'model', 'briefHash', 'promptVersion', '#language', '#at', 'withheld'],
  ...['interpretation.answer', 'interpretation.purged', 'message', 'resolvedAt'],
];
const HOLDS = [
  'begins_with(pk, :briefing) AND attribute_exists(#value.model)',
  'sk = :header AND attribute_exists(#value.interpretation.answer)',
  'sk = :header AND attribute_exists(#value.interpretation.purged)',
];

/**
 * Consistent: it sees what was written before it began.
 * @param progress called with each page: rows read so far. @throws what DynamoDB answers.
 */
export async function* scanned(table: string, region: string, progress: (rows: number) => void): AsyncGenerator<Seen> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(doctorClient(region)));
  let from: Record<string, unknown> | undefined;
  let rows = 0;
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        FilterExpression: HOLDS.map((each) => `(${each})`).join(' OR '),
        ProjectionExpression: ['pk', 'sk', ...PARTS.map((part) => `#value.${part}`)].join(', '),
        ExpressionAttributeNames: { '#value': 'value', '#language': 'language', '#at': 'at' },
        ExpressionAttributeValues: { ':briefing': 'briefing#', ':header': 'header' },
        ExclusiveStartKey: from,
      }),
    );
    rows += page.ScannedCount ?? 0;
    progress(rows);
    for (const { pk, sk, value } of page.Items ?? []) {
      const seen = seenIn({ pk: String(pk), sk: String(sk) }, value ?? {});
      if (seen) yield seen;
    }
    from = page.LastEvaluatedKey;
  } while (from);
}
