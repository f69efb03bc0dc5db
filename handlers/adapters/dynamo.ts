/** The ledger in one DynamoDB table: `pk`, `sk`, `version`, the value under `value`, and `expiresAt` for TTL. */
import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Ledger, LedgerKey, LedgerRow } from '../ports';
import { failingAsAws } from './aws-failure';
import { clientDefaults } from './client-defaults';

interface Item extends LedgerKey {
  version: number;
  value: unknown;
  /** Which write made it: tells a refused condition from a success whose answer was lost. */
  writer: string;
}

export function dynamoLedger(table: string): Ledger {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientDefaults), { marshallOptions: { removeUndefinedValues: true } });
  const get = async (key: LedgerKey) =>
    (await client.send(new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true }))).Item as Item | undefined;

  return failingAsAws<Ledger>('DynamoDB', {
    async read<T>(key: LedgerKey) {
      const item = await get(key);
      return item && rowOf<T>(item);
    },

    async list<T>(pk: string, prefix: string, options: { through?: string; limit?: number } = {}) {
      const rows: LedgerRow<T>[] = [];
      const range =
        options.through === undefined ? (prefix ? ' AND begins_with(sk, :prefix)' : '') : ' AND sk BETWEEN :prefix AND :through';
      let from: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: `pk = :pk${range}`,
            ExpressionAttributeValues: {
              ':pk': pk,
              ...(range ? { ':prefix': prefix || ' ' } : {}),
              ...(options.through === undefined ? {} : { ':through': options.through }),
            },
            ConsistentRead: true,
            ExclusiveStartKey: from,
            Limit: options.limit,
          }),
        );
        rows.push(...(page.Items ?? []).map((item) => rowOf<T>(item as Item)));
        from = page.LastEvaluatedKey;
      } while (from && (options.limit === undefined || rows.length < options.limit));
      return rows;
    },

    async write<T>(key: LedgerKey, value: T, expected: number, expiresAt?: number) {
      const item: Item & { expiresAt?: number } = {
        ...key,
        version: expected + 1,
        value,
        writer: randomUUID(),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      };
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: item,
            ...(expected === 0
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: '#version = :version',
                  ExpressionAttributeNames: { '#version': 'version' },
                  ExpressionAttributeValues: { ':version': expected },
                }),
          }),
        );
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // The SDK tries again after a time-out: the first try may have been the one that succeeded.
        return (await get(key))?.writer === item.writer;
      }
    },

    async remove(key: LedgerKey) {
      await client.send(new DeleteCommand({ TableName: table, Key: { ...key } }));
    },
  });
}

function rowOf<T>({ pk, sk, version, value }: Item): LedgerRow<T> {
  return { key: { pk, sk }, version, value: value as T };
}
