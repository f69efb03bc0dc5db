/** A receiver that is an incoming webhook: no threads, no updates, no broadcasts; and still nothing is lost or said twice. */
import { config } from './config';
import { control } from './events';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, START, World, type WorldOptions } from './world';

const ADDRESS = 'webhook:security-hub-interpreter/sandbox-webhook';
const world = (options: Pick<WorldOptions, 'analyst'> = {}) =>
  new World({
    ...options,
    config: config({
      routes: {
        receivers: {
          sandbox: {
            webhookSecret: 'security-hub-interpreter/sandbox-webhook',
            language: 'en',
            securityAccountAccess: false,
            mentions: { CRITICAL: ['U0ONCALL01'] },
          },
        },
        route: { receiver: 'sandbox' },
      },
    }),
  });
const closed = (hours: number) =>
  control({
    compliance: 'PASSED',
    severity: 'INFORMATIONAL',
    updatedAt: START + hours * HOUR,
    time: START + hours * HOUR,
    firstObservedAt: START + hours * HOUR,
  });

test('a finding is one message, however often it comes, and then NOTIFIED', async () => {
  const system = world();
  for (let n = 0; n < 5; n++) system.send(control());
  await system.run();
  expect(system.slack.calls).toEqual([expect.objectContaining({ operation: 'post', channel: ADDRESS, thread: undefined })]);
  expect(system.hub.marked).toHaveLength(1);
  expect(system.dead).toEqual([]);
});

test('growth is a message of its own, which names the problem and mentions people', async () => {
  const system = world();
  system.send(control());
  system.send(control({ account: '666666666666', bucket: 'exports' }), 20 * MINUTE);
  await system.run();
  expect(system.slack.calls.map(({ operation, thread }) => [operation, thread])).toEqual([
    ['post', undefined],
    ['post', undefined],
  ]);
  const [first, second] = system.slack.posts;
  expect(second?.text).toContain(first?.text.split(' · ')[0]?.replace('🔴 CRITICAL ', ''));
  expect(readable(second ?? { blocks: [] })).toContain('S3.2');
  expect(JSON.stringify(second?.blocks)).toContain('U0ONCALL01');
  expect(system.hub.marked).toHaveLength(2);
});

test('a problem that closes says so in a message that names it; what reopens much later is a new message without a link', async () => {
  const system = world();
  system.send(control());
  system.send(closed(2), 2 * HOUR);
  system.send(control({ updatedAt: START + 60 * HOUR, time: START + 60 * HOUR, firstObservedAt: START + 60 * HOUR }), 60 * HOUR);
  await system.run();
  expect(system.slack.calls.map(({ operation }) => operation)).toEqual(['post', 'post', 'post']);
  expect(readable(system.slack.posts[1] ?? { blocks: [] })).toMatch(
    /^✅ Resolved: all of it passes, after [\s\S]*S3\.2[\s\S]*account-555[\s\S]*invoices-2026/,
  );
  expect(system.dead).toEqual([]);
});

test('of more resources than a message names the rest is in Security Hub, not in a thread', async () => {
  const system = world();
  for (let n = 0; n < 24; n++) system.send(control({ severity: 'HIGH', bucket: `bucket-${n}` }));
  await system.run();
  expect(readable(only(system.slack.posts))).toContain('4 more in Security Hub');
  expect(readable(only(system.slack.posts))).not.toContain('thread');
});

test('an interpretation that comes too late is not waited for: no update, no further question, no promise', async () => {
  const system = world({ analyst: { interpret: async () => Promise.reject(new Error('Bedrock is away')) } });
  system.send(control());
  await system.run();
  expect(system.slack.calls.map(({ operation }) => operation)).toEqual(['post']);
  expect(readable(only(system.slack.posts))).not.toContain('it is added here');
  expect(system.asks).toBe(1);
});

test('a severity that fell, which nobody was told, and rises again is nothing new', async () => {
  const system = world();
  for (const [hour, severity] of ['CRITICAL', 'MEDIUM', 'CRITICAL'].entries())
    system.send(control({ severity, updatedAt: START + hour * HOUR, time: START + hour * HOUR }), hour * HOUR);
  await system.run();
  expect(system.slack.posts).toHaveLength(1);
});
