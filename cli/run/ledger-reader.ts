/** Reads whole partitions of the ledger for showing what a run did. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';

export interface StoredRow {
  sk: string;
  value: unknown;
}

export function dynamoReader({ tableName, client }: { tableName: string; client: DynamoDBClient }) {
  const document = DynamoDBDocumentClient.from(client);
  return {
    async partition(pk: string): Promise<StoredRow[]> {
      const rows: StoredRow[] = [];
      const query = {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      };
      for await (const page of paginateQuery({ client: document }, query)) rows.push(...((page.Items ?? []) as StoredRow[]));
      return rows;
    },
  };
}
