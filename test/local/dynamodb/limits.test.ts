/** What DynamoDB refuses and forgets, over the wire and by a clock that the test sets. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConditionalCheckFailedException, DynamoDBClient, ThrottlingException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type DynamoDbOptions, startDynamoDb } from '../../../local/dynamodb/dynamodb';
import { listen } from '../../../local/protocol/listener';
import { errorOf, towards } from '../clients';
import { LEDGER_TABLE } from '../ledger-table';

const START = Date.UTC(2026, 10, 21);
const DAY = 24 * 60 * 60_000;
const TableName = LEDGER_TABLE.name;

let now = START;
const closing: (() => Promise<void>)[] = [];
beforeEach(() => {
  now = START;
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function table(options: DynamoDbOptions = {}) {
  const standIn = await startDynamoDb([LEDGER_TABLE], { now: () => now, ...options });
  const listener = await listen(standIn.service);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...towards(listener.url), requestHandler: {} }));
  const close = async () => {
    client.destroy();
    await listener.close();
    await standIn.close();
  };
  closing.push(close);
  const put = (sk: string, rest: object = {}, pk = 'p', condition?: string) =>
    client.send(new PutCommand({ TableName, Item: { pk, sk, ...rest }, ConditionExpression: condition }));
  const get = async (sk: string, pk = 'p', ConsistentRead = true) =>
    (await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead }))).Item;
  const query = async (pk = 'p') => {
    const command = { TableName, KeyConditionExpression: '#k = :p', ExpressionAttributeNames: { '#k': 'pk' } };
    return client.send(new QueryCommand({ ...command, ExpressionAttributeValues: { ':p': pk }, ConsistentRead: true }));
  };
  const remove = (sk: string) => client.send(new DeleteCommand({ TableName, Key: { pk: 'p', sk } }));
  return { put, get, query, remove, close };
}

/** How many calls are answered at this moment before one is throttled. */
async function answered(call: (n: number) => Promise<unknown>): Promise<number> {
  for (let count = 0; ; count++) {
    const error = await call(count).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error === undefined) continue;
    expect(error).toBeInstanceOf(ThrottlingException);
    return count;
  }
}

describe('a partition', () => {
  const partitions = true;

  test('takes 1,000 write units of 1 KB a second, and says which limit was met; another partition has its own', async () => {
    const { put } = await table({ partitions });
    const large = { value: 'x'.repeat(100_000) };
    // 98 units each.
    expect(await answered((n) => put(`row-${n}`, large))).toBe(10);
    const error = await errorOf(put('row-x', large));
    expect(error).toMatchObject({
      throttlingReasons: [{ reason: 'TableWriteKeyRangeThroughputExceeded', resource: LEDGER_TABLE.arn }],
      $metadata: { httpStatusCode: 400 },
    });
    await put('row-x', large, 'another');
    now += 100;
    await put('row-x', large);
  });

  test('does not do what it throttles', async () => {
    const { put, get } = await table({ partitions });
    const large = { value: 'x'.repeat(300_000) };
    expect(await answered((n) => put(`row-${n}`, large))).toBe(3);
    expect([await get('row-2'), await get('row-3')].map((item) => item?.sk)).toEqual(['row-2', undefined]);
  });

  test('charges a write whose condition is refused, and a deletion', async () => {
    const { put, remove } = await table({ partitions });
    const large = { value: 'x'.repeat(300_000) };
    await put('row', large);
    for (let n = 0; n < 2; n++)
      expect(await errorOf(put('row', large, 'p', 'attribute_not_exists(pk)'))).toBeInstanceOf(ConditionalCheckFailedException);
    // 3 times 293 units are gone.
    expect(await answered(() => remove('row'))).toBe(121);
  });

  test('gives 12 MB a second to consistent reads, and half of that price to others', async () => {
    const { put, get } = await table({ partitions });
    await put('row', { value: 'x'.repeat(399_000) });
    // 98 units of 4 KB each.
    expect(await answered(() => get('row'))).toBe(30);
    // 60 are left: one more, read without consistency, costs 49.
    await get('row', 'p', false);
    // What is not there costs a unit as well.
    expect(await answered(() => get('nothing here'))).toBe(11);
  });

  test('counts a query by the sum of its rows', async () => {
    const { put, query, get } = await table({ partitions });
    for (let n = 0; n < 10; n++) {
      now += 1000;
      await put(`row-${n}`, { value: 'x'.repeat(100_000) });
    }
    // 245 units each.
    expect(await answered(() => query())).toBe(12);
    expect(await errorOf(query())).toMatchObject({ throttlingReasons: [{ reason: 'TableReadKeyRangeThroughputExceeded' }] });
    expect((await query('another')).Items).toEqual([]);
    // 60 units are left to single rows of 25.
    expect(await answered(() => get('row-1'))).toBe(2);
  });

  test('has no limit where nobody asked for it', async () => {
    const { put } = await table();
    for (let n = 0; n < 12; n++) await put(`row-${n}`, { value: 'x'.repeat(100_000) });
  });
});

describe('an item', () => {
  test('of more than 400 KB in UTF-8 is refused, names of attributes included', async () => {
    const { put } = await table();
    // pk, p, sk, s, value: 11 bytes; 3 bytes a character.
    await put('s', { value: '検'.repeat((400 * 1024 - 11) / 3) });
    expect((await errorOf(put('s', { value: `${'検'.repeat((400 * 1024 - 11) / 3)}xxx` }))).message).toMatch(/Item size has exceeded/);
  });

  test('with a name of no character, at any depth, is refused', async () => {
    const { put } = await table();
    await put('s', { value: { '"': [{ '{': '' }] } });
    expect((await errorOf(put('s', { value: { list: [{ '': 1 }] } }))).message).toMatch(/at least one character/);
  });

  test('that has expired is read until DynamoDB deletes it, some time within three days', async () => {
    const { put, query, get } = await table();
    for (let n = 0; n < 100; n++) await put(`row-${n}`, { expiresAt: START / 1000 });
    await put('no number', { expiresAt: 'START' });
    await put('for ever');
    const left = async (days: number) => {
      now = START + days * DAY;
      return (await query()).Items?.length ?? 0;
    };
    expect(await left(0)).toBeGreaterThan(95);
    expect(await left(1.5)).toBeGreaterThan(20);
    expect(await left(1.5)).toBeLessThan(80);
    expect(await left(3)).toBe(2);
    expect(await get('row-1')).toBeUndefined();
    // Gone is gone: written again it begins anew.
    await put('row-1', {}, 'p', 'attribute_not_exists(pk)');
  });

  test('that was given another time to live before it went stays until then; a refused write gives none', async () => {
    const { put, get } = await table();
    await put('moved', { expiresAt: START / 1000 });
    await put('moved', { expiresAt: (START + 30 * DAY) / 1000 });
    await put('kept', { expiresAt: START / 1000 });
    await put('kept');
    await put('refused');
    await errorOf(put('refused', { expiresAt: START / 1000 }, 'p', 'attribute_not_exists(pk)'));
    now = START + 4 * DAY;
    expect([await get('moved'), await get('kept'), await get('refused')].map((item) => item?.sk)).toEqual(['moved', 'kept', 'refused']);
    now = START + 33 * DAY;
    expect([await get('moved'), await get('kept')].map((item) => item?.sk)).toEqual([undefined, 'kept']);
  });

  test('that a folder kept from another run expires in this one', async () => {
    const path = mkdtempSync(join(tmpdir(), 'ledger-'));
    try {
      const first = await table({ path });
      await first.put('row', { expiresAt: START / 1000 });
      await first.close();
      closing.pop();
      now = START + 4 * DAY;
      const second = await table({ path });
      expect(await second.get('row')).toBeUndefined();
      await second.close();
      closing.pop();
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  });
});
