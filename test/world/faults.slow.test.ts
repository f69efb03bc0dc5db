/**
 * The fault matrix: each outgoing call of the three functions, failing in each way, at each place of a whole story.
 * @proves lost, repeated
 */
import { rowKeys } from '../../handlers/domain/problem/rows';
import { awsError } from '../../cli/simulate/world/limits';
import { SlackFailure } from '../../handlers/domain/failure';
import type { Call, Fault } from '../../cli/simulate/world/environment';
import { type Cell, FAULTS, table, type Tally } from './faults';
import { seeds } from './seeds';
import { CHANNELS, factsOf, type Length, story } from './scenario';
import { HOUR, MINUTE, START, type World } from './world';

const FINGERPRINT = 'aws:control:S3.2';
/** By itself the test fails every 48th place of a call, and one at least; `npm run test:matrix` every second; 1 is each. */
const STRIDE = Number(process.env.MATRIX_STRIDE ?? 48);

/** How often each call is made when nothing fails. */
async function callsOf(seed: number, length: Length): Promise<Map<string, number>> {
  const world = story(seed, length);
  const calls = new Map<string, number>();
  world.fault = ({ by, name }) => {
    calls.set(`${by}|${name}`, (calls.get(`${by}|${name}`) ?? 0) + 1);
    return undefined;
  };
  await world.run();
  expect(factsOf(world, length)).toEqual({ repeats: 0, wrong: [] });
  return calls;
}

/** Posts that stand in a channel and that the ledger does not know to stand there. */
async function unrecorded(world: World): Promise<number> {
  const counts = await Promise.all(
    Object.entries(CHANNELS).map(async ([receiver, channel]) => {
      const header = await world.ledger.read<{ confirmed: number }>(rowKeys.header({ receiver, fingerprint: FINGERPRINT }));
      return world.slack.told.filter((each) => each.channel === channel).length - (header?.value.confirmed ?? 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** @returns the facts, and how many repeats the fault excuses: one, where a post was under way whose outcome was lost. */
async function suffer(seed: number, length: Length, { by, name, fault, number }: Cell) {
  const world = story(seed, length);
  let callsSoFar = 0;
  let excused = 0;
  world.fault = (call: Call) => {
    if (call.by !== by || call.name !== name || ++callsSoFar !== number) return undefined;
    const injected = FAULTS[name][fault]?.();
    const lost = fault.startsWith('crash') || fault.startsWith('unknown');
    if (lost && (name === 'slack.post' || name === 'slack.reply')) excused = 1;
    else if (fault.startsWith('crash')) void unrecorded(world).then((count) => (excused = Math.min(1, count)));
    return injected;
  };
  await world.run();
  return { ...factsOf(world, length, name.startsWith('directory.')), happened: callsSoFar >= number, excused };
}

/** One place in so many, and one at least: others with each seed and each fault, so that together they are all over the story. */
function places(seed: number, fault: number, count: number, length: Length): number[] {
  const all = Array.from({ length: count }, (_, n) => n);
  const stride = Math.min(count, length === 'long' ? 4 * STRIDE : STRIDE);
  return all.filter((n) => n % stride === (seed - 1 + 5 * fault) % stride).map((n) => n + 1);
}

async function matrix(length: Length, of: (name: Cell['name']) => boolean, few: number) {
  const tallies = new Map<string, Tally>();
  const failures: string[] = [];
  for (const seed of seeds(few)) {
    for (const [key, count] of await callsOf(seed, length)) {
      const [by, name] = key.split('|') as [Cell['by'], Cell['name']];
      if (!of(name)) continue;
      for (const [nth, fault] of Object.keys(FAULTS[name]).entries()) {
        for (const number of places(seed, nth, count, length)) {
          const { wrong, repeats, happened, excused } = await suffer(seed, length, { by, name, fault, number });
          const place = `seed ${seed}, ${by} ${name} #${number} ${fault}`;
          if (!happened) failures.push(`${place}: never happened`);
          if (wrong.length > 0) failures.push(`${place}: ${wrong.join('; ')}`);
          if (repeats > excused) failures.push(`${place}: repeats ${repeats}, excused ${excused}`);
          const tally = tallies.get(`${key}|${fault}`) ?? { runs: 0, repeats: 0 };
          tallies.set(`${key}|${fault}`, { runs: tally.runs + 1, repeats: tally.repeats + repeats });
        }
      }
    }
  }
  return { tallies, failures };
}

test('wherever a call fails, nothing is lost, and only a post whose outcome was lost is repeated, once', async () => {
  const { tallies, failures } = await matrix('short', () => true, 1);
  console.log(table(tallies));
  expect(failures).toEqual([]);
}, 600_000);

test('the same where a problem grows twice, and comes back so late that a new message begins', async () => {
  const { failures } = await matrix('long', (name) => name.startsWith('slack.') || name.startsWith('ledger.'), 1);
  expect(failures).toEqual([]);
}, 600_000);

/** Everything of one kind fails for half an hour from the first finding on, and again when the problem closes. */
async function outage(seed: number, names: readonly Cell['name'][], fault: Fault) {
  const world = story(seed, 'short');
  const away = () => [0, 3 * HOUR].some((from) => world.now >= START + from && world.now < START + from + 30 * MINUTE);
  let lost = 0;
  world.fault = ({ name }) => {
    if (!names.includes(name) || !away()) return undefined;
    if ('after' in fault && (name === 'slack.post' || name === 'slack.reply')) lost++;
    return fault;
  };
  // What was given up lies where an alarm rings; whoever hears it sends it back once the outage is over.
  for (const until of [40 * MINUTE, 3 * HOUR + 40 * MINUTE, Number.POSITIVE_INFINITY]) {
    await world.run(START + until);
    world.redrive();
  }
  await world.run();
  return { ...factsOf(world, 'short', names.includes('directory.account')), lost };
}

const refused = awsError('ServiceUnavailable', '503 Service Unavailable', 503);
const OUTAGES: [string, Cell['name'][], Fault][] = [
  ['the ledger', ['ledger.read', 'ledger.list', 'ledger.write', 'ledger.remove'], { before: refused }],
  ['writes to the ledger, which take effect', ['ledger.write'], { after: refused }],
  ['the deliveries queue', ['wakeups.send'], { before: refused }],
  ['give-backs and dead letters', ['inbox.defer', 'inbox.deadLetter'], { before: refused }],
  ['Organizations', ['directory.account', 'directory.unit'], { before: refused }],
  ['the model', ['analyst.interpret'], { before: refused }],
  [
    'Slack, refusing',
    ['slack.post', 'slack.reply', 'slack.update', 'slack.permalink'],
    { before: new SlackFailure('unavailable', 'HTTP 503') },
  ],
  [
    'Slack, limiting',
    ['slack.post', 'slack.reply', 'slack.update'],
    { before: new SlackFailure('rate-limited', 'Slack answered 429', 60) },
  ],
  ['Slack, without an answer', ['slack.post', 'slack.reply', 'slack.update'], { before: new SlackFailure('unknown', 'time-out') }],
  ['Slack, whose answers are lost', ['slack.post', 'slack.reply', 'slack.update'], { after: new SlackFailure('unknown', 'time-out') }],
  ['the channels', ['slack.post', 'slack.reply', 'slack.update'], { before: new SlackFailure('receiver', 'Slack answered is_archived') }],
  ['Security Hub', ['hub.read', 'hub.mark'], { before: refused }],
  ['all functions, which crash at their first call', ['ledger.read', 'ledger.list'], { before: 'crash' }],
];

test.each(OUTAGES)('after an outage of %s all is told, by itself or by a redrive', async (_what, names, fault) => {
  for (const seed of seeds(1)) {
    const { wrong, repeats, lost } = await outage(seed, names, fault);
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    expect(repeats).toBeLessThanOrEqual(lost);
  }
});
