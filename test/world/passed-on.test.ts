/** What was told to the root because nobody knew whose it is goes on to its team, and the root’s message says so. */
import { config } from './config';
import { control } from './events';
import { only } from './only';
import { seeds } from './seeds';
import { seeded } from '../../cli/simulate/world/random';
import { readable } from '../../cli/simulate/world/slack';
import { organization, SECURITY, TEAM } from './passed-on';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const YEAR = 365 * 24 * HOUR;

test('its team is told within minutes of Organizations’ answer; the root’s message then names the OU, and who was told', async () => {
  const directory = organization();
  const world = new World({ directory });
  world.send(control());
  await world.run(START + HOUR);
  expect(readable(only(world.slack.posts))).toContain('OU unknown');
  directory.away = false;
  await world.run(START + 2 * HOUR);
  const [root, team] = world.slack.posts;
  expect([root?.channel, team?.channel]).toEqual([SECURITY, TEAM]);
  expect((team?.at ?? 0) - START - HOUR).toBeLessThan(3 * MINUTE);
  expect(root && readable(root)).toContain('now also told to workloads');
  expect(root && readable(root)).toContain('Root/Workloads');
  expect(root && readable(root)).not.toContain('OU unknown');
  expect(team && readable(team)).not.toContain('now also told');
  // Nobody is called twice.
  expect(world.slack.told).toHaveLength(2);
  expect(world.dead).toEqual([]);
});

test('so says it in Japanese', async () => {
  const directory = organization();
  const routes = config().routes;
  const receivers = Object.fromEntries(
    Object.entries(routes.receivers).map(([name, each]) => [name, { ...each, language: 'ja' as const }]),
  );
  const world = new World({ directory, config: config({ routes: { ...routes, receivers } }) });
  world.send(control());
  await world.run(START + HOUR);
  directory.away = false;
  await world.run(START + 2 * HOUR);
  expect(world.slack.posts.map(readable).filter((text) => text.includes('判明したため workloads にも通知しました'))).toHaveLength(1);
});

test('also where the next event of the finding comes before the minute does, and what closed meanwhile is told to nobody else', async () => {
  const directory = organization();
  const world = new World({ directory });
  world.send(control({ severity: 'HIGH' }));
  world.send(control({ control: 'S3.8', title: 'Another control', severity: 'HIGH' }));
  world.fault = ({ by, name }) => (by === 'intake' && name === 'ledger.list' ? { before: new Error('the tick is away') } : undefined);
  await world.run(START + HOUR);
  directory.away = false;
  world.send(control({ severity: 'CRITICAL', updatedAt: START + HOUR }));
  world.send(control({ control: 'S3.8', compliance: 'PASSED', updatedAt: START + HOUR, firstObservedAt: START + HOUR }));
  await world.run(START + HOUR + MINUTE);
  world.fault = () => undefined;
  await world.run(START + 3 * HOUR);
  expect(world.slack.posts.map(({ channel }) => channel)).toEqual([SECURITY, SECURITY, TEAM]);
  expect(world.slack.posts.map(readable).filter((text) => text.includes('now also told to workloads'))).toHaveLength(1);
});

test.each(seeds(3))('whatever crashes on the way, each team is told once and no row is left (seed %i)', async (seed) => {
  const directory = organization();
  const random = seeded(seed);
  const world = new World({ directory, random, workers: 3 });
  for (let n = 0; n < 12; n++)
    world.send(control({ account: String(200000000000 + n), control: `EC2.${n}`, title: `Control ${n}`, severity: 'HIGH' }));
  await world.run(START + 10 * MINUTE);
  directory.away = false;
  let crashes = 30;
  world.fault = ({ by }) => {
    if (by !== 'intake' || crashes === 0 || random() > 0.1) return undefined;
    crashes--;
    return random() < 0.5 ? { before: 'crash' } : { after: 'crash' };
  };
  await world.run(START + 5 * HOUR);
  const told = world.slack.told.filter(({ channel }) => channel === TEAM).map(({ text }) => /Control \d+/.exec(text)?.[0]);
  expect(told.sort()).toEqual(Array.from({ length: 12 }, (_, n) => `Control ${n}`).sort());
  expect(world.ledger.first('owner-unknown')).toBeUndefined();
  for (let n = 0; n < 12; n++) expect(world.ledger.first(`owner-unknown#${200000000000 + n}`)).toBeUndefined();
  expect(world.dead).toEqual([]);
});

test('accounts that stay unknown keep no other from being asked after, and are given up after a week', async () => {
  const known = new Set<string>();
  const world = new World({
    directory: {
      account: async (id) =>
        known.has(id) ? { name: id, parentIds: ['r-ab12', 'ou-ab12-wkld0001'], tags: {} } : Promise.reject(new Error('AccessDenied')),
      organizationalUnitName: async () => 'Workloads',
    },
  });
  for (let n = 0; n < 120; n++) world.send(control({ account: String(200000000000 + n), bucket: `b-${n}`, severity: 'HIGH' }), n * SECOND);
  await world.run(START + 10 * MINUTE);
  known.add('200000000119');
  await world.run(START + 20 * MINUTE);
  expect(world.slack.posts.map(({ channel }) => channel)).toEqual([SECURITY, TEAM]);
  expect(world.ledger.first('owner-unknown')).toBeDefined();
  world.now = START + YEAR;
  await world.run(START + YEAR + HOUR);
  expect(world.ledger.first('owner-unknown')).toBeUndefined();
});
