/**
 * Order does not matter: whatever comes late, twice or in another order, the same messages stand in the end.
 * @proves lost, repeated
 */
import * as fc from 'fast-check';
import { hash } from '../../handlers/domain/text/identity';
import type { Analyst } from '../../handlers/ports';
import { config } from './config';
import { control } from './events';
import { CHANGES, expected, type Happening, happenings, type Life } from './history';
import { type Random, seeded } from '../../cli/simulate/world/random';
import { seeds } from './seeds';
import { readable, type Standing } from '../../cli/simulate/world/slack';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const RECEIVERS = { 'sec-ops': 'C0SECOPS001', workloads: 'C0WORKLD001', 'prod-oncall': 'C0PRODONC01' };
const SANDBOX = '999999999999';

/** What is critical is told to one receiver more; what is HIGH comes by another route; in the Sandbox it is muted. */
const ROUTES = {
  receivers: Object.fromEntries(
    Object.entries(RECEIVERS).map(([name, channel]) => [name, { channel, language: 'en' as const, securityAccountAccess: false }]),
  ),
  route: {
    receiver: 'sec-ops',
    routes: [
      { match: { account: SANDBOX, severity: 'HIGH' as const }, mute: { reason: 'the Sandbox is for trying things' } },
      { match: { ou: 'Workloads', severity: 'CRITICAL' as const }, receiver: 'prod-oncall', continue: true },
      { match: { ou: 'Workloads', severity: 'HIGH' as const }, receiver: 'workloads' },
      { match: { ou: 'Workloads' }, receiver: 'workloads' },
    ],
  },
};
function receiversOf(account: string, severity: string): string[] {
  if (account === SANDBOX) return severity === 'HIGH' ? [] : ['sec-ops'];
  return severity === 'CRITICAL' ? ['prod-oncall', 'workloads'] : ['workloads'];
}

/** Says something else for each brief, so that words which came with another finding are noticed. */
const analyst: Analyst = {
  interpret: async ({ prompt }) => {
    const thing = ['door', 'window', 'gate', 'lock', 'fence', 'hatch', 'vault', 'safe'][Number.parseInt(hash(prompt).slice(0, 4), 16) % 8];
    return {
      content: { summary: `The ${thing} is open.`, impact: `Anyone may use the ${thing}.`, actions: [`Close the ${thing}.`] },
      model: 'test',
      inputTokens: 1,
      outputTokens: 1,
    };
  },
};
const directory = {
  account: async (id: string) => ({
    name: `account-${id.slice(-3)}`,
    parentIds: ['r-ab12', id === SANDBOX ? 'ou-ab12-sandb001' : 'ou-ab12-wkld0001'],
    tags: {},
  }),
  organizationalUnitName: async (id: string) => (id === 'ou-ab12-sandb001' ? 'Sandbox' : 'Workloads'),
};

function world(random: Random, workers = 0): World {
  return new World({ config: config({ routes: ROUTES }), analyst, directory, random, workers });
}

/** What stands in the channels, and what may not lie anywhere else. */
async function finals(world: World): Promise<string[]> {
  await world.run();
  expect(world.dead).toEqual([]);
  return world.slack.posts.map(({ channel, text, blocks }) => JSON.stringify({ channel, text, blocks }, undefined, 1)).sort();
}

/** Longest span of what happens, and longest delay: together below reopenHours, so that one message tells it all. */
const LIFE_MINUTES = 8 * 60;
const DELAY = 12 * HOUR;

const life: fc.Arbitrary<Life> = fc.record({
  kind: fc.constantFrom('control', 'control', 'ocsf', 'threat'),
  control: fc.constantFrom('S3.2', 'S3.8'),
  account: fc.constantFrom('555555555555', '666666666666', SANDBOX),
  resource: fc.constantFrom('invoices', 'exports', 'reports'),
  standard: fc.constantFrom('nist', 'pci'),
  reason: fc.constantFrom('CONFIG_EVALUATIONS_EMPTY', 'CONFIG_RETURNS_NOT_APPLICABLE'),
  steps: fc.array(
    fc.record({
      change: fc.constantFrom(...CHANGES),
      severity: fc.constantFrom('CRITICAL' as const, 'HIGH' as const, 'MEDIUM' as const),
      minutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: LIFE_MINUTES / 6 })),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});
/** Each finding once: what has the same id is one finding. */
const lives = fc.uniqueArray(life, {
  minLength: 1,
  maxLength: 6,
  selector: ({ kind, control, account, resource, standard }) =>
    [kind, account, resource, ...(kind === 'threat' ? [] : [control]), ...(kind === 'control' ? [standard] : [])].join(),
});

const inOrder = (all: Happening[]) => async (to: World) => {
  for (const { event, at } of [...all].sort((a, b) => a.at - b.at)) to.send(event, at - START);
  return finals(to);
};
/** Every event one to three times, each time with a delay of its own; or all of them at the same moment. */
const disturbed = (all: Happening[], random: Random, atOnce: boolean) => async (to: World) => {
  for (const { event, at } of all) {
    for (let copies = 1 + Math.floor(random() * 2.4); copies > 0; copies--) {
      const delay = random() < 0.3 ? random() * MINUTE : random() * DELAY;
      to.send(event, atOnce ? DELAY : at - START + delay);
    }
  }
  return finals(to);
};

/** Others each time: what they have in common is true of any. */
const RUNS = 15 * seeds(1).length;

test('any permutation, duplication and delay of the same events ends with the same messages', async () => {
  await fc.assert(
    fc.asyncProperty(lives, fc.integer(), async (all, seed) => {
      const events = all.flatMap((each, n) => happenings(each, n));
      const random = seeded(seed);
      const straight = world(() => 0);
      const wanted = await inOrder(events)(straight);
      expect(await disturbed(events, random, random() < 0.2)(world(random))).toEqual(wanted);
      // Where all come at once, workers meet at the same rows.
      for (const workers of [2, 5]) expect(await disturbed(events, random, true)(world(random, workers))).toEqual(wanted);
      expectAsReckoned(straight, events);
    }),
    { numRuns: RUNS },
  );
});

/** The messages say what a reckoning of the facts by themselves says, and somebody was notified of each open resource. */
function expectAsReckoned({ slack }: World, events: Happening[]): void {
  const reckoned = expected(events, receiversOf);
  const lines = reckoned.map(({ receiver, problem, open, closed, severity, closedAt }) =>
    [receiver, problem, severity, open, closed, closedAt && clockInTokyo(closedAt)].join(' '),
  );
  expect(slack.posts.map(factsIn).sort()).toEqual(lines.sort());
  for (const { receiver, problem, resources } of reckoned) {
    const post = slack.posts.find((each) => factsIn(each).startsWith(`${receiver} ${problem} `));
    const messages = slack.told.filter(({ ts, thread }) => post && [ts, thread].includes(post.ts)).map(readable);
    for (const resource of resources)
      expect({ receiver, problem, messages: messages.join('\n') }).toMatchObject({ messages: expect.stringContaining(resource) });
  }
}

/** The facts of a message as a reader sees them. */
function factsIn(post: Standing): string {
  const text = readable(post).replace(/\u00a0/g, ' ');
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
  return [
    Object.entries(RECEIVERS).find(([, channel]) => channel === post.channel)?.[0],
    /S3\.[28]/.exec(text)?.[0] ?? `threat ${/\d{4}-\d{4}-\d{4}/.exec(text)?.[0].replaceAll('-', '')}`,
    /CRITICAL|HIGH|MEDIUM|LOW|INFORMATIONAL/.exec(text)?.[0],
    number(/(\d+) open/),
    ['mended', 'set to resolved', 'suppressed', 'archived'].reduce(
      (sum, ended) => sum + number(new RegExp(`(\\d+)(?: resources?)? ${ended}`)),
      0,
    ),
    /all closed \d+ \w+ (\d\d:\d\d)/.exec(text)?.[1],
  ].join(' ');
}

function clockInTokyo(time: number): string {
  return new Date(time + 9 * HOUR).toISOString().slice(11, 16);
}

test('a closing that loses the race against a newer event of its finding closes nothing', async () => {
  const minute = (n: number) => ({ updatedAt: START + n * MINUTE, time: START + n * MINUTE });
  for (const seed of Array.from({ length: 20 }, (_, n) => n + 1)) {
    const raced = world(seeded(seed), 4);
    raced.send(control({ ...minute(0) }));
    await raced.run(START + HOUR);
    raced.send(control({ ...minute(1), workflow: 'SUPPRESSED' }));
    raced.send(control({ ...minute(2) }));
    await raced.run();
    const standing = raced.slack.posts.map(readable);
    expect({ seed, open: standing.filter((text) => text.includes('1 open')).length }).toEqual({ seed, open: standing.length });
  }
});

test('nor one whose worker crashed when it had written half, and that comes back when the finding is known to be open', async () => {
  const minute = (n: number) => ({ updatedAt: START + n * MINUTE, time: START + n * MINUTE });
  const half = world(() => 0);
  half.send(control({ ...minute(0) }));
  await half.run(START + HOUR);
  let writes = 0;
  half.fault = ({ by, name }) => (by === 'intake' && name === 'ledger.write' && ++writes === 1 ? { after: 'crash' } : undefined);
  half.send(control({ ...minute(1), workflow: 'SUPPRESSED' }));
  half.send(control({ ...minute(2) }), SECOND);
  // Has everybody look at the problem again.
  half.send(control({ bucket: 'exports' }), HOUR);
  await half.run();
  for (const post of half.slack.posts) expect(readable(post)).toContain('2 open');
});
