/** That the world's own check of its ledger sees what disagrees, by kind of row. */
import { rowKeys } from '../../handlers/domain/problem/rows';
import type { LedgerRow } from '../../handlers/ports';
import { control } from './events';
import { World } from './world';

const rowOf = (world: World, what: RegExp) => {
  const row = world.ledger.all().find(({ key }) => what.test(`${key.pk} / ${key.sk}`));
  if (!row) throw new Error(`there is no row like ${what}`);
  return row as LedgerRow<Record<string, object>>;
};

async function told(): Promise<World> {
  const world = new World();
  world.send(control());
  await world.run();
  return world;
}

/** A row's value with something else in it. */
const RUINED: [what: string, row: RegExp, change: (value: Record<string, object>) => object, says: RegExp][] = [
  [
    'a sum',
    /header$/,
    (value) => JSON.parse(JSON.stringify(value).replace('"open":{"CRITICAL":1}', '"open":{"CRITICAL":2}')) as object,
    /open CRITICAL: 2, recounted 1/,
  ],
  [
    'what is untold',
    /header$/,
    (value) => ({ ...value, untold: { kinds: { new: 1 }, loud: 0, accounts: {}, worst: {} } }),
    /nothing will wake it/,
  ],
  ['the date of its edit', /header$/, (value) => ({ ...value, due: '2026-11-21T00:00:00.000Z#x' }), /its due row .* is not there/],
  ['a finding that owes', /finding$/, (value) => ({ ...value, owed: true }), /its marks may not be out/],
  [
    'a finding that is counted otherwise',
    /finding$/,
    (value) => ({ ...value, told: { ...value.told, region: 'eu-west-1' } }),
    /not counted as it stands/,
  ],
  [
    'a finding of a problem that does not have it',
    /finding$/,
    (value) => ({ ...value, fingerprint: 'other' }),
    /not counted in problem#.*#other/,
  ],
];

test.each(RUINED)('sees %s', async (_what, row, change, says) => {
  const world = await told();
  const { key, value, version } = rowOf(world, row);
  await world.ledger.write(key, change(value), version);
  await expect(world.run()).rejects.toThrow(says);
});

test.each([
  [
    'a mark that is left over',
    rowKeys.mark({ receiver: 'r', fingerprint: 'f' }, 0, 'finding', 1),
    /marks#r#f .*a mark that nobody takes in/,
  ],
  ['a state without a problem', rowKeys.state({ receiver: 'r', fingerprint: 'f' }, 'm'), /state#m: its problem has no row/],
  ['a kind of row that nobody told it of', { pk: 'new#1', sk: 'new' }, /new#1 \/ new: of no kind that is known here/],
])('sees %s', async (_what, key, says) => {
  const world = await told();
  await world.ledger.write(key, { finding: 'finding', memberId: 'm' }, 0);
  await expect(world.run()).rejects.toThrow(says);
});
