/** The keys of a whole table's problems and findings, page by page. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { LedgerKey } from '../../handlers/ports';
import { doctorClient } from '../doctor/reads/defaults';

/** Reads every row of the table once, which is what it costs: half a read unit for each 4 KB. @throws what DynamoDB answers. */
export async function* keysIn(table: string, region: string): AsyncGenerator<LedgerKey> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(doctorClient(region)));
  let from: Record<string, unknown> | undefined;
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({
        TableName: table,
        FilterExpression: '(begins_with(pk, :problem) AND sk = :header) OR (begins_with(pk, :finding) AND attribute_exists(#value.told))',
        ProjectionExpression: 'pk, sk',
        ExpressionAttributeNames: { '#value': 'value' },
        ExpressionAttributeValues: { ':problem': 'problem#', ':header': 'header', ':finding': 'finding#' },
        ExclusiveStartKey: from,
      }),
    );
    for (const { pk, sk } of page.Items ?? []) yield { pk: String(pk), sk: String(sk) };
    from = page.LastEvaluatedKey;
  } while (from);
}
