/** Whose a finding is within its account by tags, and who is told for that, over time and whatever an importer writes. */
import { findingKey } from '../../handlers/domain/finding/key';
import { parseFinding } from '../../handlers/domain/finding/event';
import { rowKeys } from '../../handlers/domain/problem/rows';
import { readable } from '../../cli/simulate/world/slack';
import { config } from './config';
import { controlFinding, type FindingParts, imported, ocsfFinding, eventOf } from './events';
import { forged } from './forged';
import { HOUR, MINUTE, START, World, type WorldOptions } from './world';

const CHANNELS = { 'sec-ops': 'C0SECOPS001', shared: 'C0SHARED001', web: 'C0WEBTEAM01', data: 'C0DATATEAM1' } as const;
const CONFIG = config({
  settings: { ownerTags: ['resource:team', 'account:owner'] },
  routes: {
    receivers: Object.fromEntries(
      Object.entries(CHANNELS).map(([name, channel]) => [name, { channel, language: 'en' as const, securityAccountAccess: false }]),
    ),
    owners: { web: { mention: 'S0WEBTEAM01', severities: ['CRITICAL'] }, platform: { mention: 'S0PLATFORM1', severities: ['CRITICAL'] } },
    route: {
      receiver: 'sec-ops',
      routes: [
        {
          match: { ou: 'Workloads' },
          receiver: 'shared',
          routes: [
            { match: { resourceTag: { team: 'web' } }, receiver: 'web' },
            { match: { resourceTag: { team: 'data' } }, receiver: 'data' },
          ],
        },
      ],
    },
  },
});

const directory = (away = { now: false }) => ({
  account: async (id: string) => {
    if (away.now) throw new Error('TooManyRequestsException');
    return { name: `account-${id.slice(-3)}`, parentIds: ['r-ab12', 'ou-ab12-wkld0001'], tags: { owner: 'platform' } };
  },
  organizationalUnitName: async () => 'Workloads',
});
const worldOf = (options: WorldOptions = {}) => new World({ config: CONFIG, directory: directory(), ...options });

const tagged = (Tags: Record<string, string>, parts: FindingParts = {}) => {
  const finding = controlFinding(parts);
  return { ...finding, Resources: (finding.Resources as object[]).map((resource) => ({ ...resource, Tags })) };
};
const channels = (world: World) => world.slack.posts.map(({ channel }) => channel);
const only = (world: World) => readable(world.slack.posts[0] ?? { blocks: [] });

test.each([
  ['one team’s', { team: 'web' }, 'web', 'Owner  web (tag team)', ['S0WEBTEAM01']],
  ['another’s', { team: 'data' }, 'data', 'Owner  data (tag team)', []],
  ['nobody’s by tag: the account’s', {}, 'shared', 'Owner  platform (account tag owner)', ['S0PLATFORM1']],
  ['a team’s of which no route knows', { team: 'ml' }, 'shared', 'Owner  ml (tag team)', []],
] as const)('of a shared account what is %s', async (_whose, tags, receiver, row, mentions) => {
  const world = worldOf();
  world.send(imported(tagged(tags)));
  await world.run();
  expect(channels(world)).toEqual([CHANNELS[receiver]]);
  expect(only(world).replace(/\s+/g, ' ')).toContain(row.replace(/\s+/g, ' '));
  expect([...JSON.stringify(world.slack.posts).matchAll(/"usergroup_id":"(\w+)"/g)].map(([, id]) => id)).toEqual(mentions);
});

test('the new Security Hub’s tags route and name alike', async () => {
  const world = worldOf();
  const [resource] = ocsfFinding().resources as object[];
  world.send(eventOf('ocsf', { ...ocsfFinding(), resources: [{ ...resource, tags: [{ name: 'team', value: 'web' }] }] }));
  await world.run();
  expect(channels(world)).toEqual([CHANNELS.web]);
  expect(only(world)).toContain('(tag team)');
});

test.each(['custom', 'partner'] as const)(
  'a tag that a %s product claims neither routes, nor names an owner, nor calls anybody',
  async (product) => {
    const world = worldOf();
    world.send(imported(forged(tagged({ team: 'web' }), { product, account: '555555555555' })));
    await world.run();
    expect(channels(world)).toEqual([CHANNELS.shared]);
    // By the account, which Organizations says.
    expect(only(world)).toContain('platform');
    expect(JSON.stringify(world.slack.posts)).not.toMatch(/web|S0WEBTEAM01/);
  },
);

test('where its tag changes, its new team is told with its next change, and whoever was told is told how it goes on', async () => {
  const world = worldOf();
  const at = (hours: number) => ({ updatedAt: START + hours * HOUR, time: START + hours * HOUR });
  const send = (team: string, hours: number, parts: FindingParts = {}) =>
    world.send(imported(tagged({ team }, { severity: 'HIGH', ...at(hours), ...parts }), at(hours)), START + hours * HOUR - world.now);
  send('web', 0);
  send('data', 2);
  await world.run(START + 3 * HOUR);
  expect(channels(world)).toEqual([CHANNELS.web]);
  send('data', 4, { severity: 'CRITICAL' });
  await world.run(START + 5 * HOUR);
  expect(channels(world)).toEqual([CHANNELS.web, CHANNELS.data]);
  send('data', 6, { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + 6 * HOUR });
  await world.run(START + 8 * HOUR);
  expect(world.slack.posts.map(readable)).toEqual([expect.stringContaining('RESOLVED'), expect.stringContaining('RESOLVED')]);
  expect(world.slack.posts.map(readable)).toEqual([expect.stringContaining('data'), expect.stringContaining('data')]);
});

test('while nobody knows whose the account is the root is told by the resource’s tag; then the team of that tag, and the account’s tag does not displace it', async () => {
  const away = { now: true };
  const world = worldOf({ directory: directory(away) });
  world.send(imported(tagged({ team: 'web' })));
  world.send(imported(tagged({}, { bucket: 'untagged', control: 'S3.3', title: 'Another control.' })));
  await world.run(START + 5 * MINUTE);
  expect(new Set(channels(world))).toEqual(new Set([CHANNELS['sec-ops']]));
  expect(world.slack.posts.map(readable).filter((text) => text.includes('(tag team)'))).toHaveLength(1);
  away.now = false;
  await world.run(START + HOUR);
  expect(channels(world).sort()).toEqual([CHANNELS['sec-ops'], CHANNELS['sec-ops'], CHANNELS.shared, CHANNELS.web].sort());
  const of = (channel: string) =>
    world.slack.posts
      .filter((post) => post.channel === channel)
      .map(readable)
      .join('\n');
  expect(of(CHANNELS.web)).toContain('(tag team)');
  expect(of(CHANNELS.web)).not.toContain('platform');
  expect(of(CHANNELS.shared)).toContain('(account tag owner)');
});

test('of all its tags its row keeps the one that names its owner, and those that say what made it', async () => {
  const world = worldOf();
  const others = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`zq-${n}`, 'zq'.repeat(100)]));
  const finding = tagged({ ...others, team: 'web', 'aws:cloudformation:stack-name': 'shop' });
  world.send(imported(finding));
  await world.run();
  const row = world.ledger.all().find(({ key }) => key.pk === rowKeys.finding(findingKey(parseFinding(finding))).pk);
  expect(row?.value).toMatchObject({
    told: {
      taggedOwner: { value: 'web', key: 'team', of: 'resource', rank: 0 },
      resource: { origin: [{ by: 'CloudFormation', name: 'shop' }] },
    },
  });
  expect(JSON.stringify(world.ledger.all())).not.toContain('zq');
});
