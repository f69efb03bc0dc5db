/** Whoever has much to tell, or many accounts, keeps nobody else waiting. */
import type { Directory } from '../../handlers/ports';
import { seeded } from '../../cli/simulate/world/random';
import { control, imported } from './events';
import { MINUTE, SECOND, START, World } from './world';

const iso = (time: number) => new Date(time).toISOString();
const IMPORTER = '999999999999';

/** A finding of an importer's own, which is a problem of its own. */
const own = (n: number) =>
  imported({
    Id: `f${n}`,
    ProductArn: `arn:aws:securityhub:ap-northeast-1:${IMPORTER}:product/${IMPORTER}/default`,
    AwsAccountId: IMPORTER,
    Region: 'ap-northeast-1',
    GeneratorId: `g${n}`,
    Types: [],
    Severity: { Label: 'CRITICAL' },
    Title: `t${n}`,
    Resources: [{ Type: 'Other', Id: `r${n}` }],
    CreatedAt: iso(START),
    UpdatedAt: iso(START),
  });
const firstOf = (world: World, title: string) =>
  (world.slack.told.find(({ text }) => text.includes(title))?.at ?? Number.POSITIVE_INFINITY) - START;

test('one account’s flood of CRITICAL problems: another’s CRITICAL is told at once, its HIGH within minutes, and no turn is wasted', async () => {
  const world = new World();
  for (let n = 0; n < 400; n++) world.send(own(n));
  world.send(control({ updatedAt: START + MINUTE }), MINUTE);
  world.send(control({ control: 'S3.8', title: 'Another control', severity: 'HIGH' }), MINUTE);
  await world.run();
  expect(firstOf(world, 'S3 general purpose') - MINUTE).toBeLessThan(15 * SECOND);
  expect(firstOf(world, 'Another control') - MINUTE).toBeLessThan(3 * MINUTE);
  const last = Math.max(...world.slack.posts.map(({ at }) => at));
  expect(world.slack.posts).toHaveLength(402);
  expect(last - START).toBeLessThan(402 * SECOND * 1.1 + MINUTE);
  // None of them comes in vain many times.
  expect(world.invocations).toBeLessThan(402 * 12);
  expect(world.dead).toEqual([]);
});

test('what waits for its turn at a channel and rises to CRITICAL meanwhile is told before the others', async () => {
  const world = new World();
  for (let n = 0; n < 150; n++) world.send(control({ control: `EC2.${n}`, title: `Control ${n}.`, severity: 'HIGH' }));
  world.send(control({ severity: 'HIGH' }), SECOND);
  world.send(control({ updatedAt: START + MINUTE }), MINUTE);
  await world.run();
  expect(firstOf(world, 'S3 general purpose') - MINUTE).toBeLessThan(30 * SECOND);
});

describe('a cold cache', () => {
  const directory: Directory = {
    account: async (id) => ({
      name: id,
      parentIds: ['r-ab12', `ou-ab12-top${Number(id) % 20}`, `ou-ab12-low${Number(id) % 100}`],
      tags: {},
    }),
    organizationalUnitName: async (id) => id,
  };

  test('what is CRITICAL in an account that nobody asked after yet waits for no others, and for its own account’s no longer', async () => {
    const world = new World({ directory, random: seeded(4), limits: { organizationRates: true } });
    const high = (n: number) => control({ account: String(300000000000 + n), control: `EC2.${n % 5}`, bucket: `b${n}`, severity: 'HIGH' });
    for (let n = 0; n < 300; n++) world.send(high(n));
    world.send(control({ account: '300000000299' }), SECOND);
    world.send(control({ account: '300000000399', control: 'S3.8', title: 'Another control' }), SECOND);
    await world.run();
    for (const title of ['S3 general purpose', 'Another control']) expect(firstOf(world, title)).toBeLessThan(20 * SECOND);
    expect(world.logs.filter(({ message }) => message === 'organizations failed')).toEqual([]);
    expect(world.dead).toEqual([]);
  });

  test('of 300 accounts in 120 OUs asks for each once within the limits of Organizations, and no message comes often', async () => {
    const world = new World({ directory, random: seeded(3), limits: { organizationRates: true } });
    for (let n = 0; n < 300; n++) world.send(control({ account: String(300000000000 + n), bucket: `b${n}` }), (n % 60) * SECOND);
    const deferred = new Map<string, number>();
    await world.run();
    for (const { message, details } of world.logs) if (message === 'failed') deferred.set(String(details.messageId), 1);
    expect([...deferred]).toEqual([]);
    expect(world.logs.filter(({ message }) => message === 'organizations failed')).toEqual([]);
    expect(world.lookups.accounts).toHaveLength(300);
    expect(new Set(world.lookups.units).size).toBe(world.lookups.units.length);
    expect(world.lookups.units).toHaveLength(120);
    expect(world.dead).toEqual([]);
  });
});
