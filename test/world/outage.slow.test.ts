/**
 * Slack is away for hours: everything waits, an alarm rings, and afterwards each thing is told once, CRITICAL first.
 * @proves lost, repeated
 */
import type { Template } from 'aws-cdk-lib/assertions';
import type { Routes } from '../../config/schema';
import { SlackFailure } from '../../handlers/domain/failure';
import { alarmOn } from '../stacks/alarm-over-logs';
import { hubTemplate } from '../stacks/synthesize';
import { config } from './config';
import { control, threat } from './events';
import { MemorySlack } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const BEGINS = START + 10 * MINUTE;
const ENDS = BEGINS + 6 * HOUR;

let template: Template;
beforeAll(() => {
  template = hubTemplate();
});

/** As a time-out before sending, a refused connection, or a 503 comes out of either adapter. */
const AWAY = [
  'Slack answered HTTP 503',
  'Slack cannot be reached: nothing was sent: ECONNREFUSED',
  'Slack cannot be reached: nothing was sent: TimeoutError',
];
const RECEIVERS: [string, object, string][] = [
  ['a channel', { channel: 'C0SECOPS001' }, 'C0SECOPS001'],
  ['an incoming webhook', { webhookSecret: 'hub/webhook' }, 'webhook:hub/webhook'],
];

function worldWith(receiver: object, reason: string): World {
  const slack = new MemorySlack();
  const world = new World({
    slack,
    config: config({
      routes: {
        receivers: { ops: { ...receiver, language: 'en', securityAccountAccess: false } },
        route: { receiver: 'ops' },
      } as Routes,
    }),
  });
  slack.before = ({ at }) => {
    if (at < BEGINS || at >= ENDS) return;
    asked.push(at);
    throw new SlackFailure('unavailable', reason);
  };
  return world;
}
let asked: number[];
beforeEach(() => {
  asked = [];
});

/** Problems of their own, some before the outage, most within. */
function sendAll(world: World): void {
  const sendProblem = (n: number, severity: string, at: number) => {
    const time = { updatedAt: START + at, time: START + at };
    world.send(control({ control: `EC2.${n}`, title: `Control ${n}`, severity, bucket: `r-${n}`, ...time }), at);
  };
  sendProblem(1, 'HIGH', 0);
  for (let n = 2; n <= 9; n++) sendProblem(n, 'HIGH', n * 11 * MINUTE);
  for (let n = 10; n <= 14; n++) sendProblem(n, 'HIGH', (n - 8) * HOUR - 7 * SECOND);
  // Last in every order but that of severity.
  for (let n = 15; n <= 19; n++) sendProblem(n + 75, 'CRITICAL', (n - 13) * HOUR);
}

describe.each(RECEIVERS)('%s', (_name, receiver, channel) => {
  test.each(AWAY)('%s, for six hours: told once afterwards, CRITICAL first, and no dead letter', async (reason) => {
    const world = worldWith(receiver, reason);
    sendAll(world);
    await world.run(ENDS - 1);
    expect(world.slack.posts).toHaveLength(1);
    await world.run();
    expect(world.dead).toEqual([]);
    const after = world.slack.posts.slice(1);
    expect(world.slack.posts.map(({ text }) => /EC2\.\d+/.exec(text)?.[0]).sort()).toEqual(
      Array.from({ length: 19 }, (_, n) => `EC2.${n + (n < 14 ? 1 : 76)}`).sort(),
    );
    expect(new Set(world.slack.posts.map((post) => post.channel))).toEqual(new Set([channel]));
    expect(after.map(({ text }) => text.includes('CRITICAL'))).toEqual([...Array(5).fill(true), ...Array(13).fill(false)]);
    // Soon: what waits is woken by the minute.
    expect((after.at(-1)?.at ?? 0) - ENDS).toBeLessThan(10 * MINUTE);
  });
});

test('the alarm for what waits rings within minutes of the half hour, until the outage is over, and not before', async () => {
  const world = worldWith({ channel: 'C0SECOPS001' }, 'Slack answered HTTP 503');
  sendAll(world);
  await world.run();
  const on = alarmOn(template, 'deliveries-waiting', world.lines, ENDS + 3 * HOUR);
  const firstWaits = START + 22 * MINUTE;
  expect(on[0]).toBeGreaterThanOrEqual(firstWaits + 25 * MINUTE);
  expect(on[0]).toBeLessThanOrEqual(firstWaits + 40 * MINUTE);
  // Without a gap, so that nobody is told that it is over while it is not.
  expect(on).toEqual(Array.from({ length: on.length }, (_, n) => (on[0] ?? 0) + n * 5 * MINUTE));
  expect(on.at(-1)).toBeGreaterThanOrEqual(ENDS - 5 * MINUTE);
  expect(on.at(-1)).toBeLessThanOrEqual(ENDS + 30 * MINUTE);
});

test('a Slack that is away is asked every few minutes, whatever waits for it', async () => {
  const world = worldWith({ channel: 'C0SECOPS001' }, 'Slack answered HTTP 503');
  sendAll(world);
  await world.run();
  expect(asked.length).toBeGreaterThan(6 * 8);
  expect(asked.length).toBeLessThan(6 * 14);
});

test('a rise to CRITICAL, growth and edits within the outage are each told once after it', async () => {
  const world = worldWith({ channel: 'C0SECOPS001' }, 'Slack answered HTTP 503');
  const at = (minutes: number) => ({ updatedAt: START + minutes * MINUTE, time: START + minutes * MINUTE });
  world.send(threat({ severity: 'HIGH' }));
  world.send(control({ severity: 'HIGH' }));
  world.send(threat({ severity: 'CRITICAL', ...at(60) }), HOUR);
  world.send(control({ account: '666666666666', bucket: 'exports', severity: 'HIGH', ...at(90) }), 90 * MINUTE);
  await world.run();
  expect(world.dead).toEqual([]);
  expect(world.slack.posts).toHaveLength(2);
  expect(world.slack.replies.map(({ broadcast, at: told }) => [broadcast, told >= ENDS])).toEqual([
    [true, true],
    [true, true],
  ]);
  expect(world.slack.replies[0]?.text).toContain('CRITICAL');
});

test('a 503 settles the attempt that it answers, and not one before it whose outcome nobody knows', async () => {
  const world = new World();
  const answers = ['unknown', 'unavailable', 'unknown'] as const;
  let posts = 0;
  world.fault = ({ name }) => {
    const kind = name === 'slack.post' ? answers[posts++] : undefined;
    const failure = kind && new SlackFailure(kind, `Slack answered ${kind}`);
    return failure && (kind === 'unknown' ? { after: failure } : { before: failure });
  };
  world.send(control());
  await world.run();
  // Two that may stand there are the most.
  expect(world.slack.posts).toHaveLength(2);
  expect(only(world.dead).reason).toMatch(/outcome of 2 posts/);
});
