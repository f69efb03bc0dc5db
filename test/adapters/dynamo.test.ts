/** The ledger over DynamoDB: pages, prefixes, versions, and an answer that is lost on the way. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoLedger } from '../../handlers/adapters/dynamo';
import { change } from '../../handlers/optimistic';
import type { Ledger } from '../../handlers/ports';
import type { FaultPlan } from '../../local/protocol/faults';
import { listen, type Listener } from '../../local/protocol/listener';
import { type DynamoDbStandIn, startDynamoDb } from '../../local/dynamodb/dynamodb';
import { towards } from '../local/clients';
import { LEDGER_TABLE } from '../local/ledger-table';
import { towardsLoopback } from './loopback';

const TABLE = LEDGER_TABLE.name;
let standIn: DynamoDbStandIn;
let listener: Listener;
let ledger: Ledger;
let faults: FaultPlan;

beforeEach(async () => {
  faults = () => undefined;
  standIn = await startDynamoDb([LEDGER_TABLE]);
  listener = await listen(standIn.service, { faults: (call) => faults(call) });
  towardsLoopback({ DYNAMODB: listener.url });
  ledger = dynamoLedger(TABLE);
});
afterEach(async () => {
  await listener.close();
  await standIn.close();
});

const key = { pk: 'p', sk: 'H' };
const sortKeys = async (...args: Parameters<Ledger['list']>) => (await ledger.list(...args)).map((row) => row.key.sk);

/** As DynamoDB holds it. */
async function item(of = key): Promise<Record<string, unknown> | undefined> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(towards(listener.url)));
  const { Item } = await client.send(new GetCommand({ TableName: TABLE, Key: of, ConsistentRead: true }));
  client.destroy();
  return Item;
}

test('a row is read as it was written, at version 1; one that is not there is undefined', async () => {
  expect(await ledger.read(key)).toBeUndefined();
  expect(await ledger.write(key, { told: ['a'], note: undefined }, 0)).toBe(true);
  expect(await ledger.read(key)).toEqual({ key, version: 1, value: { told: ['a'] } });
});

test('a row is created once, and written only over the version that was read', async () => {
  expect(await ledger.write(key, 'first', 0)).toBe(true);
  expect(await ledger.write(key, 'again', 0)).toBe(false);
  expect(await ledger.write(key, 'second', 1)).toBe(true);
  expect(await ledger.write(key, 'late', 1)).toBe(false);
  expect(await ledger.read(key)).toEqual({ key, version: 2, value: 'second' });
  expect(await ledger.write({ pk: 'p', sk: 'never' }, 'changed', 3)).toBe(false);
});

test('TTL reads expiresAt, in seconds; a row without it stays for ever', async () => {
  await ledger.write(key, 'kept', 0);
  expect(await item()).not.toHaveProperty('expiresAt');
  await ledger.write(key, 'goes', 1, 1_800_000_000);
  expect((await item())?.expiresAt).toBe(1_800_000_000);
});

test('each row, however it was written, carries its version and how its value is laid out', async () => {
  const keys = ['write', 'writeAll', 'writeNewer'].map((sk) => ({ pk: 'p', sk }));
  const [first = key, second = key, third = key] = keys;
  await ledger.write(first, 'a', 0);
  await ledger.write(first, 'b', 1);
  await ledger.writeAll([{ key: second, value: 'c' }]);
  await ledger.writeNewer(third, { fold: 1 });
  const items = await Promise.all(keys.map(item));
  expect(items.map((each) => [each?.version, each?.schema])).toEqual([
    [2, 1],
    [1, 1],
    [1, 1],
  ]);
});

test('what a later release wrote is not read: the work waits', async () => {
  await ledger.write(key, 'a', 0);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(towards(listener.url)));
  await client.send(new PutCommand({ TableName: TABLE, Item: { ...(await item()), schema: 2 } }));
  client.destroy();
  for (const read of [() => ledger.read(key), () => ledger.readAll([key]), () => ledger.list('p', '')])
    await expect(read()).rejects.toMatchObject({ name: 'Unavailable', message: expect.stringContaining('later release (schema 2') });
});

test('a removed row is gone, and only that one', async () => {
  await ledger.write(key, 'a', 0);
  await ledger.write({ pk: 'p', sk: 'I' }, 'b', 0);
  await ledger.remove(key);
  expect(await sortKeys('p', '')).toEqual(['I']);
});

test('a list is one partition in order: all of it, by prefix, up to a sort key, the first few', async () => {
  for (const sk of ['M#2', 'H', 'M#3', 'M#1', 'N']) await ledger.write({ pk: 'p', sk }, sk, 0);
  await ledger.write({ pk: 'q', sk: 'M#9' }, 'of another', 0);
  expect(await sortKeys('p', '')).toEqual(['H', 'M#1', 'M#2', 'M#3', 'N']);
  expect(await sortKeys('p', 'M#')).toEqual(['M#1', 'M#2', 'M#3']);
  expect(await sortKeys('p', 'M#', { through: 'M#2' })).toEqual(['M#1', 'M#2']);
  expect(await sortKeys('p', '', { through: 'M#1' })).toEqual(['H', 'M#1']);
  expect(await sortKeys('p', '', { limit: 2 })).toEqual(['H', 'M#1']);
  expect(await sortKeys('p', '', { limit: 5 })).toHaveLength(5);
  expect(await sortKeys('absent', '')).toEqual([]);
  expect(await ledger.list('q', '')).toEqual([{ key: { pk: 'q', sk: 'M#9' }, version: 1, value: 'of another' }]);
});

/** "The AttributeValue for a key attribute cannot contain an empty string value", which the stand-in lets pass. */
test('no key is compared with an empty text, which DynamoDB refuses', async () => {
  const compared: unknown[] = [];
  faults = ({ operation, body }) => {
    if (operation === 'Query') compared.push(...Object.values(body.ExpressionAttributeValues as object));
    return undefined;
  };
  await ledger.list('p', '');
  await ledger.list('p', '', { through: 'M#1' });
  expect(compared).toEqual([{ S: 'p' }, { S: 'p' }, { S: ' ' }, { S: 'M#1' }]);
});

test('what is more than one answer holds (1 MB) is read to its end, and no further than was asked', async () => {
  const large = 'x'.repeat(300_000);
  for (let n = 1; n <= 9; n++) await ledger.write({ pk: 'p', sk: `M#${n}` }, large, 0);
  expect(await sortKeys('p', 'M#')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `M#${n}`));
  const before = listener.calls('Query');
  expect(await sortKeys('p', 'M#', { limit: 5 })).toEqual([1, 2, 3, 4, 5].map((n) => `M#${n}`));
  expect(listener.calls('Query') - before).toBe(2);
  const between = listener.calls('Query');
  expect(await sortKeys('p', 'M#', { limit: 2 })).toEqual(['M#1', 'M#2']);
  expect(listener.calls('Query') - between).toBe(1);
});

test('a write whose answer was lost succeeded, though the second try finds its own row', async () => {
  faults = ({ operation, number }) => (operation === 'PutItem' && number === 1 ? 'reset-after' : undefined);
  expect(await ledger.write(key, 'mine', 0)).toBe(true);
  expect(listener.calls('PutItem')).toBe(2);
  expect(listener.calls('GetItem')).toBe(0);
  expect(await ledger.read(key)).toMatchObject({ version: 1, value: 'mine' });
});

test('what stands there comes with a refusal; a write whose answer was lost is none', async () => {
  expect(await ledger.writeOrRead(key, 'theirs', 0)).toBe(true);
  expect(await ledger.writeOrRead(key, 'mine', 0)).toEqual({ key, version: 1, value: 'theirs' });
  expect(await ledger.writeOrRead({ pk: 'p', sk: 'never' }, 'mine', 3)).toBeUndefined();
  faults = ({ operation, number }) => (operation === 'PutItem' && number === 4 ? 'reset-after' : undefined);
  expect(await ledger.writeOrRead(key, 'mine', 1)).toBe(true);
  expect(listener.calls('GetItem')).toBe(0);
  expect(await ledger.read(key)).toMatchObject({ version: 2, value: 'mine' });
});

test('a row that is changed is read once at the most, whoever wrote it meanwhile', async () => {
  const add = (text: string) => (known: string | undefined) => ({ next: `${known ?? ''}${text}`, result: known });
  expect(await change(ledger, key, add('a'), true)).toBeUndefined();
  expect(await change(ledger, key, add('b'), true)).toBe('a');
  expect(listener.calls('GetItem')).toBe(0);
  const stale = { ...ledger, read: async () => undefined };
  expect(await change(stale, key, add('c'))).toBe('ab');
  expect(await ledger.read(key)).toMatchObject({ version: 3, value: 'abc' });
});

test('two writers who see the same version are told apart, though they write the same', async () => {
  const written = await Promise.all([ledger, dynamoLedger(TABLE)].map((writer) => writer.write(key, 'same', 0)));
  expect(written.sort()).toEqual([false, true]);
});

test('what fails otherwise is thrown, not taken for another’s write', async () => {
  faults = ({ operation }) => (operation === 'PutItem' ? 'refused' : undefined);
  await expect(ledger.write(key, 'a', 0)).rejects.toMatchObject({ name: 'Denied' });
});

test('a flag that another has put anew stays, and what fails otherwise is thrown', async () => {
  await ledger.write(key, { nonce: 'theirs' }, 0);
  await ledger.removeNonce(key, 'mine');
  expect(await ledger.read(key)).toMatchObject({ value: { nonce: 'theirs' } });
  faults = ({ operation }) => (operation === 'DeleteItem' ? 'refused' : undefined);
  await expect(ledger.removeNonce(key, 'theirs')).rejects.toMatchObject({ name: 'Denied' });
});

test('every read is consistent', async () => {
  const asked: unknown[] = [];
  faults = ({ operation, body }) => {
    if (operation !== 'PutItem') asked.push([operation, body.ConsistentRead]);
    return undefined;
  };
  await ledger.read(key);
  await ledger.list('p', '');
  expect(asked).toEqual([
    ['GetItem', true],
    ['Query', true],
  ]);
});
