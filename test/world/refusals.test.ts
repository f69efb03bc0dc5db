/** The ledger in memory refuses what DynamoDB and its client refuse whatever the table holds. */
import { MemoryLedger } from '../../cli/simulate/world/ledger';

const key = (n: number) => ({ pk: 'p', sk: `row-${String(n).padStart(6, '0')}` });

test.each<[string, unknown]>([
  ['a name of no character, at any depth', { lanes: [{ a: { '': 1 } }] }],
  ['what is no number', { at: Number.NaN }],
  ['no number among what is null', [null, Number.POSITIVE_INFINITY]],
])('%s is refused', async (_what, value) => {
  await expect(new MemoryLedger().write(key(1), value, 0)).rejects.toThrow();
  const taken = { '"': null, text: '{"":1} null', none: undefined, '{': { '""': '' } };
  expect(await new MemoryLedger().write(key(1), taken, 0)).toBe(true);
});

test.each([
  { pk: '', sk: 's' },
  { pk: 'p', sk: '' },
  { pk: 'p'.repeat(2049), sk: 's' },
  { pk: 'p', sk: '検'.repeat(342) },
])('a key that is empty or too long is refused (%#)', async (refused) => {
  await expect(new MemoryLedger().write(refused, 1, 0)).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(new MemoryLedger().read(refused)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('the same key twice in one call is refused', async () => {
  const ledger = new MemoryLedger();
  const row = { key: key(1), value: 1 };
  for (const call of [
    () => ledger.readAll([key(1), key(1)]),
    () => ledger.writeAll([row, row]),
    () => ledger.writeAll([], [key(1), key(1)]),
  ])
    await expect(call()).rejects.toMatchObject({ name: 'ValidationException' });
  const many = Array.from({ length: 26 }, (_, n) => ({ key: key(n % 25), value: n }));
  await ledger.writeAll(many);
  expect((await ledger.read<number>(key(0)))?.value).toBe(25);
});
