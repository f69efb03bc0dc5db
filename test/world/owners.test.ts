/** Whose account it is, over many findings, while Organizations is slow, away or changing. */
import type { Directory } from '../../handlers/ports';
import { config } from './config';
import { control } from './events';
import { seeded } from '../../cli/simulate/world/random';
import { seeds } from './seeds';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const CHANNEL = { 'sec-ops': 'C0SECOPS001', workloads: 'C0WORKLD001', platform: 'C0PLATFRM01' } as const;
const receiver = (channel: string) => ({ channel, language: 'en' as const, securityAccountAccess: false });
const CONFIG = config({
  settings: { directoryHours: 12 },
  routes: {
    receivers: Object.fromEntries(Object.entries(CHANNEL).map(([name, channel]) => [name, receiver(channel)])),
    route: {
      receiver: 'sec-ops',
      routes: [
        { match: { ou: 'Workloads' }, receiver: 'workloads' },
        { match: { ou: 'Infrastructure' }, receiver: 'platform' },
      ],
    },
  },
});

/** An organization in which accounts can move, and which can be away. */
class Organization implements Directory {
  away = false;
  readonly unitOf = new Map<string, 'wkld0001' | 'infra001'>();

  async account(id: string) {
    this.answer();
    return { name: `account-${id.slice(-3)}`, parentIds: ['r-ab12', `ou-ab12-${this.unitOf.get(id) ?? 'wkld0001'}`], tags: {} };
  }
  async organizationalUnitName(id: string) {
    this.answer();
    return id === 'ou-ab12-infra001' ? 'Infrastructure' : 'Workloads';
  }
  private answer(): void {
    if (this.away) throw new Error('AccessDeniedException');
  }
}

const passed = (hour: number) => ({
  compliance: 'PASSED',
  severity: 'INFORMATIONAL',
  updatedAt: START + hour * HOUR,
  firstObservedAt: START + hour * HOUR,
});
const channelsOf = (messages: readonly { channel: string }[]) => [...new Set(messages.map(({ channel }) => channel))].sort();

test.each(seeds(2))('each account and each OU is asked once a TTL, by all workers together (seed %i)', async (seed) => {
  const organization = new Organization();
  const world = new World({ config: CONFIG, directory: organization, workers: 6, random: seeded(seed) });
  for (let n = 0; n < 30; n++) organization.unitOf.set(String(200000000000 + n), n % 2 === 0 ? 'wkld0001' : 'infra001');
  const wave = (from: number) => {
    for (let n = 0; n < 90; n++)
      world.send(control({ account: String(200000000000 + (n % 30)), bucket: `b-${from}-${n}`, severity: 'HIGH' }), (n % 7) * SECOND);
  };
  for (let waves = 0; waves < 3; waves++) {
    wave(waves);
    await world.run(START + waves * HOUR + 30 * MINUTE);
    world.coldStart();
    await world.run(START + (waves + 1) * HOUR);
  }
  expect([...world.lookups.accounts].sort()).toEqual([...organization.unitOf.keys()].sort());
  expect([...world.lookups.units].sort()).toEqual(['ou-ab12-infra001', 'ou-ab12-wkld0001']);
  await world.run(START + 13 * HOUR);
  wave(9);
  await world.run();
  expect(world.lookups.accounts).toHaveLength(60);
  expect(world.lookups.units).toHaveLength(4);
  expect(world.dead).toEqual([]);
});

test('while Organizations is away an older answer serves, and the message says that it is old', async () => {
  const organization = new Organization();
  const world = new World({ config: CONFIG, directory: organization });
  world.send(control());
  await world.run(START + 13 * HOUR);
  organization.away = true;
  world.send(control({ bucket: 'exports', control: 'S3.8', title: 'Another control' }));
  await world.run();
  const [, later] = world.slack.posts;
  expect(later).toMatchObject({ channel: CHANNEL.workloads });
  expect(later && readable(later)).toContain('account details may be out of date');
  expect(world.slack.posts).toHaveLength(2);
});

test('with no answer at all the root receiver is told, and that the OU is unknown', async () => {
  const organization = new Organization();
  organization.away = true;
  const world = new World({ config: CONFIG, directory: organization });
  world.send(control());
  await world.run();
  const post = only(world.slack.posts);
  expect(post).toMatchObject({ channel: CHANNEL['sec-ops'], text: expect.stringContaining('5555-5555-5555') });
  expect(readable(post)).toContain('OU unknown');
  expect(world.dead).toEqual([]);
});

test('after a move growth goes to the new receiver, and a closing to everybody who was told', async () => {
  const organization = new Organization();
  const world = new World({ config: CONFIG, directory: organization });
  world.send(control());
  await world.run(START + 13 * HOUR);
  organization.unitOf.set('555555555555', 'infra001');
  world.send(control({ bucket: 'exports' }));
  await world.run(START + 14 * HOUR);
  expect(world.slack.posts.map(({ channel }) => channel)).toEqual([CHANNEL.workloads, CHANNEL.platform]);
  world.send(control(passed(15)));
  await world.run(START + 16 * HOUR);
  expect(world.slack.posts.map(({ text }) => text.includes('RESOLVED'))).toEqual([true, false]);
  world.send(control({ ...passed(17), bucket: 'exports' }));
  await world.run();
  expect(world.slack.posts.map(({ text }) => text.includes('RESOLVED'))).toEqual([true, true]);
});

test('what opens again after a move is told to the old receiver as well as to the new', async () => {
  const organization = new Organization();
  const world = new World({ config: CONFIG, directory: organization });
  world.send(control());
  await world.run(START + HOUR);
  world.send(control(passed(1)));
  await world.run(START + 13 * HOUR);
  organization.unitOf.set('555555555555', 'infra001');
  world.send(control({ updatedAt: START + 14 * HOUR, firstObservedAt: START + 14 * HOUR }));
  await world.run(START + 14 * HOUR);
  expect(channelsOf(world.slack.told.filter(({ at }) => at > START + 12 * HOUR))).toEqual([CHANNEL.platform, CHANNEL.workloads]);
  world.send(control(passed(20)));
  await world.run();
  expect(world.slack.posts.map(({ text }) => text.includes('RESOLVED'))).toEqual([true, true]);
});
