/** The ledger in one DynamoDB table: `pk`, `sk`, `version`, the value under `value` as `schema` has it, and `expiresAt` for TTL. */
import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type BatchWriteCommandOutput,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Ledger, LedgerKey, LedgerRow, RowToPut } from '../ports';
import { Unavailable } from '../domain/failure';
import { failingAsAws } from './aws-failure';
import { clientDefaults } from './client-defaults';

interface Item extends LedgerKey {
  version: number;
  schema: number;
  value: unknown;
  /** Which write made it: tells a refused condition from a success whose answer was lost. */
  writer: string;
  /** In epoch seconds. */
  expiresAt?: number;
}

/** How values are laid out. To be raised where the release before would misread what this one writes. */
const SCHEMA = 1;

/** BatchGetItem takes 100 keys, BatchWriteItem 25 rows. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const KEYS_A_READ = 100;
const ROWS_A_WRITE = 25;
/** What a batch leaves undone is asked for again, so often and with so long a pause before, doubled each time. */
const TRIES = 6;
const PAUSE = 50;

export function dynamoLedger(table: string): Ledger {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientDefaults), { marshallOptions: { removeUndefinedValues: true } });
  /** @returns true where it is done, else what stands there. */
  async function put<T>(key: LedgerKey, value: T, expected: number, expiresAt?: number): Promise<true | Item | undefined> {
    const item = itemOf({ key, value, expiresAt }, randomUUID(), expected + 1);
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: item,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
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
      const there = error.Item && (unmarshall(error.Item) as Item);
      // The SDK tries again after a time-out: the first try may have been the one that succeeded.
      return there?.writer === item.writer || there;
    }
  }
  return failingAsAws<Ledger>('DynamoDB', {
    async read<T>(key: LedgerKey) {
      const { Item: item } = await client.send(new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true }));
      return item && rowOf<T>(item as Item);
    },

    async list<T>(pk: string, prefix: string, options: { through?: string; from?: string; limit?: number } = {}) {
      const rows: LedgerRow<T>[] = [];
      const range =
        options.through === undefined ? (prefix ? ' AND begins_with(sk, :prefix)' : '') : ' AND sk BETWEEN :prefix AND :through';
      let from: Record<string, unknown> | undefined = options.from === undefined ? undefined : { pk, sk: options.from };
      do {
        const page: QueryCommandOutput = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: `pk = :pk${range}`,
            // What is undefined is left out. DynamoDB compares no key with an empty text: before all others comes the space.
            ExpressionAttributeValues: { ':pk': pk, ':prefix': range ? prefix || ' ' : undefined, ':through': options.through },
            ConsistentRead: true,
            ExclusiveStartKey: from,
            // A page may end early, at 1 MB: the next one gives what is still missing.
            Limit: options.limit && options.limit - rows.length,
          }),
        );
        rows.push(...(page.Items ?? []).map((item) => rowOf<T>(item as Item)));
        from = page.LastEvaluatedKey;
      } while (from && rows.length !== options.limit);
      return rows;
    },

    async write(key, value, expected, expiresAt) {
      return (await put(key, value, expected, expiresAt)) === true;
    },

    async writeOrRead<T>(key: LedgerKey, value: T, expected: number, expiresAt?: number) {
      const there = await put(key, value, expected, expiresAt);
      return there === true || there === undefined ? there : rowOf<T>(there);
    },

    async remove(key: LedgerKey) {
      await client.send(new DeleteCommand({ TableName: table, Key: { ...key } }));
    },

    async readAll<T>(keys: readonly LedgerKey[]) {
      const rows: LedgerRow<T>[] = [];
      for (const some of slices(keys, KEYS_A_READ)) {
        let left: BatchGetCommandOutput['UnprocessedKeys'] = { [table]: { Keys: some.map((key) => ({ ...key })), ConsistentRead: true } };
        for (let tries = 0; left?.[table]?.Keys?.length; tries++) {
          await before(tries, left[table].Keys.length, 'read');
          const page: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems: left }));
          rows.push(...(page.Responses?.[table] ?? []).map((item) => rowOf<T>(item as Item)));
          left = page.UnprocessedKeys;
        }
      }
      return rows;
    },

    async writeAll(puts: readonly RowToPut[], removals: readonly LedgerKey[] = []) {
      const writer = randomUUID();
      const requests = [
        puts.map((put) => ({ PutRequest: { Item: itemOf(put, writer) } })),
        removals.map((key) => ({ DeleteRequest: { Key: { ...key } } })),
      ];
      for (const some of requests.flatMap((kind) =>
        slices<NonNullable<BatchWriteCommandInput['RequestItems']>[string][number]>(kind, ROWS_A_WRITE),
      )) {
        let left: BatchWriteCommandOutput['UnprocessedItems'] = { [table]: [...some] };
        for (let tries = 0; left?.[table]?.length; tries++) {
          await before(tries, left[table].length, 'written');
          left = (await client.send(new BatchWriteCommand({ RequestItems: left }))).UnprocessedItems;
        }
      }
    },

    async writeNewer<T extends { fold: number }>(key: LedgerKey, value: T, expiresAt?: number) {
      await unlessRefused(
        client.send(
          new PutCommand({
            TableName: table,
            Item: itemOf({ key, value, expiresAt }, randomUUID()),
            ConditionExpression: 'attribute_not_exists(pk) OR #value.#fold < :fold',
            ExpressionAttributeNames: { '#value': 'value', '#fold': 'fold' },
            ExpressionAttributeValues: { ':fold': value.fold },
          }),
        ),
      );
    },

    async removeNonce(key: LedgerKey, nonce: string) {
      await unlessRefused(
        client.send(
          new DeleteCommand({
            TableName: table,
            Key: { ...key },
            ConditionExpression: '#value.#nonce = :nonce',
            ExpressionAttributeNames: { '#value': 'value', '#nonce': 'nonce' },
            ExpressionAttributeValues: { ':nonce': nonce },
          }),
        ),
      );
    },
  });
}

/** A refused condition is an answer. */
async function unlessRefused(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
}

/** @throws Unavailable where a batch was left undone too often: its table, or a partition of it, is throttled. */
async function before(tries: number, left: number, what: string): Promise<void> {
  if (tries >= TRIES)
    throw new Unavailable(`${left} ledger rows were not ${what} in ${TRIES} tries: DynamoDB is throttling; the message is tried again`);
  if (tries > 0) await sleep(PAUSE * 2 ** tries);
}

function slices<T>(all: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}

/** What is undefined is left out by the client. */
function itemOf({ key, value, expiresAt }: RowToPut, writer: string, version = 1): Item {
  return { ...key, version, schema: SCHEMA, value, writer, expiresAt };
}

/** @throws Unavailable for what a later release wrote, after whose deployment this one came back: read wrongly it would be written wrongly. */
function rowOf<T>({ pk, sk, version, schema, value }: Item): LedgerRow<T> {
  if (schema > SCHEMA)
    throw new Unavailable(
      `the ledger row ${pk} / ${sk} was written by a later release (schema ${schema}, this one knows ${SCHEMA}): deploy that one again; the message waits`,
    );
  return { key: { pk, sk }, version, value: value as T };
}
