import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConditionalCheckFailedException, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type DynamoDbOptions, type DynamoDbStandIn, startDynamoDb } from '../../../local/dynamodb/dynamodb';
import type { TableDefinition } from '../../../local/dynamodb/table';
import { listen, type Listener } from '../../../local/protocol/listener';
import { errorOf, towards } from '../clients';

const TableName = 'Ledger';
const table: TableDefinition = {
  name: TableName,
  arn: 'arn:aws:dynamodb:ap-northeast-1:222222222222:table/Ledger',
  ttlAttribute: 'expiresAt',
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  attributes: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
};

interface SetUp {
  standIn: DynamoDbStandIn;
  listener: Listener;
  client: DynamoDBDocumentClient;
}
const running: SetUp[] = [];

async function setUp(options: DynamoDbOptions = {}): Promise<SetUp> {
  const standIn = await startDynamoDb([table], options);
  const listener = await listen(standIn.service);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(towards(listener.url)));
  running.push({ standIn, listener, client });
  return { standIn, listener, client };
}

async function tearDown({ standIn, listener, client }: SetUp): Promise<void> {
  client.destroy();
  await listener.close();
  await standIn.close();
}
afterEach(async () => {
  for (const instance of running.splice(0)) await tearDown(instance);
});

test('a row is created once, however many try at the same time', async () => {
  const { client } = await setUp();
  const create = (writer: number) =>
    client.send(new PutCommand({ TableName, Item: { pk: 'a', sk: 'b', writer }, ConditionExpression: 'attribute_not_exists(pk)' }));
  const results = await Promise.allSettled([1, 2, 3, 4].map(create));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ConditionalCheckFailedException);
});

test('a row is written only over the version that was read', async () => {
  const { client } = await setUp();
  await client.send(new PutCommand({ TableName, Item: { pk: 'a', sk: 'b', version: 1 } }));
  const write = (version: number) =>
    client.send(
      new PutCommand({
        TableName,
        Item: { pk: 'a', sk: 'b', version: version + 1 },
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      }),
    );
  await write(1);
  expect(await errorOf(write(1))).toBeInstanceOf(ConditionalCheckFailedException);
  expect((await client.send(new GetCommand({ TableName, Key: { pk: 'a', sk: 'b' }, ConsistentRead: true }))).Item?.version).toBe(2);
});

test('a query gives the rows of its partition in order: by prefix, by range, up to a limit', async () => {
  const { client } = await setUp();
  for (const [pk, sk] of [
    ['p', 'M#2'],
    ['p', 'M#1'],
    ['p', 'H'],
    ['p', 'M#3'],
    ['q', 'M#9'],
  ])
    await client.send(new PutCommand({ TableName, Item: { pk, sk } }));
  const query = async (KeyConditionExpression: string, values: Record<string, string>, Limit?: number) => {
    const ExpressionAttributeValues = { ':pk': 'p', ...values };
    const answer = await client.send(
      new QueryCommand({ TableName, KeyConditionExpression, ExpressionAttributeValues, ConsistentRead: true, Limit }),
    );
    return { rows: answer.Items?.map(({ sk }) => sk), more: answer.LastEvaluatedKey !== undefined };
  };
  expect(await query('pk = :pk AND begins_with(sk, :m)', { ':m': 'M#' })).toEqual({ rows: ['M#1', 'M#2', 'M#3'], more: false });
  expect(await query('pk = :pk AND sk BETWEEN :from AND :to', { ':from': 'M#1', ':to': 'M#2' })).toEqual({
    rows: ['M#1', 'M#2'],
    more: false,
  });
  expect(await query('pk = :pk', {}, 2)).toEqual({ rows: ['H', 'M#1'], more: true });
});

test('a deleted row is gone', async () => {
  const { client } = await setUp();
  await client.send(new PutCommand({ TableName, Item: { pk: 'a', sk: 'b' } }));
  await client.send(new DeleteCommand({ TableName, Key: { pk: 'a', sk: 'b' } }));
  expect((await client.send(new GetCommand({ TableName, Key: { pk: 'a', sk: 'b' } }))).Item).toBeUndefined();
});

test('an item of more than 400 KB is refused', async () => {
  const { client } = await setUp();
  const error = await errorOf(client.send(new PutCommand({ TableName, Item: { pk: 'a', sk: 'b', value: 'x'.repeat(410_000) } })));
  expect(error.message).toMatch(/Item size/);
});

test('an operation that no function may use is an error', async () => {
  const { client } = await setUp();
  expect((await errorOf(client.send(new UpdateTableCommand({ TableName })))).name).toBe('UnknownOperationException');
});

test('with a folder the rows are there in the next run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  try {
    const first = await setUp({ path: folder });
    await first.client.send(new PutCommand({ TableName, Item: { pk: 'a', sk: 'b', value: 'kept' } }));
    await tearDown(running.splice(0)[0] ?? first);
    const second = await setUp({ path: folder });
    expect((await second.client.send(new GetCommand({ TableName, Key: { pk: 'a', sk: 'b' } }))).Item?.value).toBe('kept');
    await tearDown(running.splice(0)[0] ?? second);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
