/**
 * Deployments with other settings while things wait: what waits is told all the same, where it belongs by then, and comes to its end.
 * @proves lost, repeated
 */
import type { Config } from '../../config/schema';
import { MemorySlack, readable } from '../../cli/simulate/world/slack';
import { SlackFailure } from '../../handlers/domain/failure';
import { TO_MARK } from '../../handlers/domain/problem/rows';
import { asked, control, controlFinding, type FindingParts } from './events';
import { HOUR, MINUTE, START, World } from './world';

const OLD = 'C0WORKLD001';
const NEW = 'C0NEW000001';
const OTHERS = '666666666666';

function send(world: World, parts: FindingParts, at: number): void {
  world.send(control({ ...parts, updatedAt: at, firstObservedAt: at }), at - world.now);
}
const pass = (world: World, parts: FindingParts, at: number) =>
  send(world, { ...parts, compliance: 'PASSED', severity: 'INFORMATIONAL' }, at);

type Receivers = Record<string, Record<string, unknown> | undefined>;
const receivers = ({ routes }: Config) => routes.receivers as unknown as Receivers;
const CHANGES: [what: string, change: (config: Config) => void, channel?: string][] = [
  ['nothing', () => undefined],
  ['its channel', (config) => Object.assign(receivers(config).workloads ?? {}, { channel: NEW }), NEW],
  [
    'its channel, for a webhook',
    (config) =>
      Object.assign(receivers(config), { workloads: { webhookSecret: 'hub/webhook', language: 'en', securityAccountAccess: false } }),
    'webhook:hub/webhook',
  ],
  ['its language', (config) => Object.assign(receivers(config).workloads ?? {}, { language: 'ja' })],
  ['how it gathers', (config) => Object.assign(receivers(config).workloads ?? {}, { vulnerabilitiesBy: 'cve' })],
  ['the route', ({ routes }) => Object.assign(routes.route, { routes: [] })],
  ['the severities', ({ settings }) => Object.assign(settings, { severities: ['CRITICAL'] })],
  ['the retention, for a shorter one', ({ settings }) => Object.assign(settings.retention, { ledgerDays: 1 })],
  ['the retention, for a longer one', ({ settings }) => Object.assign(settings.retention, { ledgerDays: 1000 })],
  ['reopenHours', ({ settings }) => Object.assign(settings, { reopenHours: 1 })],
  ['writeBack', ({ settings }) => Object.assign(settings, { writeBack: false })],
  ['the model', ({ settings }) => Object.assign(settings.model, { enabled: false })],
  ['the judge', ({ settings }) => Object.assign(settings.model, { judge: 'on' })],
];
const WAITS: [how: string, failure: SlackFailure][] = [
  ['its channel is archived', new SlackFailure('receiver', 'Slack answered is_archived')],
  ['Slack is away', new SlackFailure('unavailable', 'Slack answered HTTP 503')],
];
const GRID = CHANGES.flatMap(([what, change, channel = OLD], index) =>
  WAITS.map(([how, failure], n) => ({ what, change, channel, how, failure, severity: n === index % 2 ? 'HIGH' : 'CRITICAL' })),
);

test.each(GRID)(
  'while $how a deployment changes $what: what waits is told and ends ($severity)',
  async ({ change, channel, failure, severity }) => {
    const world = new World({ slack: new MemorySlack() });
    const { slack } = world;
    let refuses = false;
    slack.before = (call) => {
      if (refuses && call.channel === OLD) throw failure;
    };
    send(world, { bucket: 'alpha', severity }, START);
    await world.run(START + HOUR);
    refuses = true;
    send(world, { bucket: 'bravo', account: OTHERS, severity }, START + HOUR);
    send(world, { bucket: 'carol', control: 'S3.9', severity }, START + HOUR);
    pass(world, { bucket: 'alpha' }, START + 2 * HOUR);
    await world.run(START + 3 * HOUR);
    change(world.config);
    world.coldStart();
    await world.run(START + 3 * HOUR + 20 * MINUTE);
    refuses = false;
    await world.run(START + 5 * HOUR);
    const told = slack.told.map((message) => ({ ...message, all: `${message.text}\n${readable(message)}` }));
    expect(told.filter(({ all }) => all.includes('bravo')).map((each) => each.channel)).toEqual([OLD]);
    expect(told.filter(({ all }) => all.includes('carol')).map((each) => each.channel)).toEqual([channel]);
    pass(world, { bucket: 'bravo', account: OTHERS }, START + 5 * HOUR);
    pass(world, { bucket: 'carol', control: 'S3.9' }, START + 5 * HOUR);
    await world.run(START + 8 * HOUR);
    const ended = slack.posts.filter(({ text }) => text.startsWith('✅'));
    // Of carol by a webhook what ends it is a message of its own.
    expect(ended).toHaveLength(2);
    expect(world.dead).toEqual([]);
  },
);

test('of a receiver that is defined no more what stood goes on in its channel, also where that is refused for a while', async () => {
  const world = new World({ slack: new MemorySlack() });
  const { slack } = world;
  send(world, { bucket: 'alpha' }, START);
  pass(world, { bucket: 'alpha' }, START + HOUR);
  await world.run(START + 2 * HOUR);
  delete receivers(world.config).workloads;
  world.config.routes.route.routes = [];
  // Back too late for its message: the next one is refused for a while.
  let limited = 3;
  slack.before = () => {
    if (limited-- > 0) throw new SlackFailure('rate-limited', 'Slack answered 429', 30);
  };
  send(world, { bucket: 'alpha' }, START + 60 * HOUR);
  await world.run(START + 61 * HOUR);
  expect(slack.posts.filter(({ channel }) => channel === OLD)).toHaveLength(2);
  expect(world.dead).toEqual([]);
});

test('where writeBack is switched off nothing that waits to be marked is marked, or asked after', async () => {
  const world = new World();
  world.hub.refuses = () => 'InternalException';
  send(world, { bucket: 'alpha' }, START);
  await world.run(START + 5 * MINUTE);
  expect(world.ledger.first(TO_MARK)).toBeDefined();
  world.config.settings.writeBack = false;
  world.hub.refuses = () => undefined;
  const { reads } = world.hub;
  await world.run(START + 2 * HOUR);
  expect(world.ledger.first(TO_MARK)).toBeUndefined();
  expect([world.hub.reads, world.hub.marked]).toEqual([reads, []]);
});

test.each(['ledger.writeAll', 'timers.set', 'wakeups.send'])(
  'a finding that cannot be read is rejected once, however often %s fails for what came with it',
  async (failing) => {
    const world = new World();
    const event = asked(controlFinding()) as { detail: { findings: object[] } };
    event.detail.findings.unshift({ Id: 'of no account' });
    const ends = START + HOUR;
    world.fault = ({ by, name }) =>
      by === 'intake' && name === failing && world.now < ends
        ? { before: Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }) }
        : undefined;
    world.send(event);
    await world.run(START + 2 * HOUR);
    expect(world.dead.map(({ queue }) => queue)).toEqual(['intake']);
    expect(world.slack.posts).toHaveLength(1);
  },
);
