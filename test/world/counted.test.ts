/** What is counted where it is not what the other tests of metrics see: of what is removed, repeated, old, or in the place of another. */
import { MemorySlack } from '../../cli/simulate/world/slack';
import { SlackFailure } from '../../handlers/domain/failure';
import { config } from './config';
import { control } from './events';
import { HOUR, MINUTE, START, World } from './world';

const later = (hours: number, parts: object = {}) => control({ ...parts, updatedAt: START + hours * HOUR, time: START + hours * HOUR });

test('a receiver that routes.yaml names no more is counted as removed, whatever it was called', async () => {
  const world = new World();
  world.send(control());
  await world.run();
  expect(world.metrics.total('Tellings', { receiver: 'workloads', action: 'message' })).toBe(1);
  const { workloads: _gone, ...receivers } = world.config.routes.receivers;
  world.config.routes.receivers = receivers;
  world.config.routes.route.routes = [];
  world.send(later(1, { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + HOUR }), HOUR);
  await world.run();
  expect(world.metrics.total('Tellings', { receiver: 'workloads' })).toBe(1);
  expect(world.metrics.total('Tellings', { receiver: 'removed' })).toBeGreaterThan(0);
});

test('old answers of Organizations are counted by the finding, and those it did not give', async () => {
  let away = false;
  const world = new World({
    config: config({ settings: { directoryHours: 1 } }),
    directory: {
      account: async () => {
        if (away) throw new Error('AccessDeniedException');
        return { name: 'web', parentIds: ['r-ab12', 'ou-ab12-wkld0001'], tags: {} };
      },
      organizationalUnitName: async () => 'Workloads',
    },
  });
  world.send(control());
  await world.run();
  expect(world.metrics.total('StaleAnswers')).toBe(0);
  away = true;
  world.send(later(3, { bucket: 'second' }), 3 * HOUR);
  world.send(later(3, { bucket: 'third' }), 3 * HOUR + MINUTE);
  world.send(later(3, { account: '888888888888' }), 3 * HOUR + 2 * MINUTE);
  await world.run(START + 4 * HOUR);
  expect(world.metrics.total('StaleAnswers', { knowledge: 'stale' })).toBe(2);
  expect(world.metrics.total('StaleAnswers', { knowledge: 'unknown' })).toBe(1);
});

test('the same words for another receiver come from the ledger, and are no question to the model', async () => {
  const world = new World({
    config: config({
      routes: {
        receivers: {
          one: { channel: 'C0ONE000001', language: 'en', securityAccountAccess: false },
          two: { channel: 'C0TWO000001', language: 'en', securityAccountAccess: false },
        },
        route: {
          receiver: 'one',
          routes: [
            { match: { severity: ['CRITICAL'] }, receiver: 'two', continue: true },
            { match: { severity: ['CRITICAL'] }, receiver: 'one' },
          ],
        },
      },
    }),
  });
  world.send(control());
  await world.run();
  expect(world.metrics.total('Problems')).toBe(2);
  const calls = (asked: 'words' | 'judge') => world.metrics.total('ModelCalls', { asked, result: 'answered' });
  expect([calls('words'), world.asks, calls('judge'), world.judgings, world.metrics.total('ModelCacheHits')]).toEqual([1, 1, 1, 1, 1]);
  expect([world.metrics.total('ModelTokens', { direction: 'in' }), world.metrics.total('ModelTokens', { direction: 'out' })]).toEqual([
    1000, 100,
  ]);
  // Each of the two shows them.
  expect(world.metrics.total('ShownSentences')).toBe(8);
  expect(world.metrics.total('JudgedSentences')).toBe(8);
});

test('a message in the place of one that somebody deleted says nothing of how long readers waited', async () => {
  const slack = new MemorySlack();
  let deleted = false;
  slack.before = ({ operation }) => {
    if (deleted && operation === 'update') throw new SlackFailure('gone', 'Slack answered message_not_found', 0);
  };
  const world = new World({ slack });
  world.send(control());
  await world.run();
  deleted = true;
  world.send(later(5, { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + 5 * HOUR }), 5 * HOUR);
  await world.run();
  expect(slack.calls.filter(({ operation, thread }) => operation === 'post' && thread === undefined)).toHaveLength(2);
  expect(world.metrics.total('TellingFailures', { kind: 'gone' })).toBe(1);
  expect(world.metrics.counted.filter(({ name }) => name === 'SecondsToSlack')).toHaveLength(1);
});
