/** When a problem is looked at: soon enough for what is critical, by clocks that differ, and to the end. */
import { control } from './events';
import { readable } from '../../cli/simulate/world/slack';
import { only } from './only';
import { MINUTE, SECOND, START, World } from './world';

const HIGH = { severity: 'HIGH' };

test('a critical finding is told at once, also where its problem still waits for the siblings of a HIGH one', async () => {
  const world = new World();
  world.send(control({ ...HIGH, account: '666666666666' }));
  world.send(control(), 2 * SECOND);
  await world.run(START + 2 * SECOND);
  expect(only(world.slack.posts).text).toMatch(/^🔴 CRITICAL S3 .* · 2 accounts/);
});

test('what waits for its siblings, and for its turn in a channel, is looked at when its time has come and not before', async () => {
  const world = new World();
  let again = 0;
  world.fault = ({ by, name }) => {
    if (by === 'deliver' && (name === 'timers.set' || name === 'inbox.defer')) again++;
    return undefined;
  };
  for (let n = 0; n < 300; n++) world.send(control({ ...HIGH, control: `EC2.${n}` }));
  await world.run(START + 10 * MINUTE);
  expect(world.slack.posts).toHaveLength(300);
  // A message a second, from the twenty-fifth on.
  expect(Math.max(...world.slack.posts.map(({ at }) => at))).toBeLessThan(START + 340 * SECOND);
  // One look finds its turn taken, the next has it; so does the marker’s own, once.
  expect(again).toBeLessThanOrEqual(301);
});

test('what rises to CRITICAL goes at once, also where its problem waits for a turn that is minutes away', async () => {
  const world = new World();
  for (let n = 0; n < 300; n++) world.send(control({ ...HIGH, control: `EC2.${n}` }));
  const at = START + 40 * SECOND;
  world.send(control({ control: 'EC2.299', updatedAt: at, time: at }), at - START);
  await world.run(at + 5 * SECOND);
  expect(world.slack.posts.filter(({ text }) => text.includes('EC2.299')).map(({ text }) => text)).toEqual([
    expect.stringContaining('CRITICAL'),
  ]);
});

test('what came right after a look is told, though the clock of SQS is behind that of Lambda', async () => {
  const world = new World({ sqsBehind: 1.5 * SECOND });
  world.send(control());
  world.send(control({ account: '666666666666' }), SECOND);
  await world.run();
  expect(readable(only(world.slack.posts))).toContain('2 open');
  expect(world.slack.replies).toMatchObject([{ broadcast: true }]);
});

test('what comes due during a look is told in it: a resolution, the edit of it, and the list that was still owed', async () => {
  // No time-outs: minutes within one invocation stand here for the moment in which something comes due during it.
  const world = new World({ limits: { timeouts: false } });
  const buckets = Array.from({ length: 7 }, (_, n) => `bucket-${n}`);
  for (const bucket of buckets) world.send(control({ ...HIGH, bucket, firstObservedAt: START }));
  const passed = { compliance: 'PASSED', severity: 'INFORMATIONAL', updatedAt: START + MINUTE, firstObservedAt: START + MINUTE };
  for (const bucket of buckets) world.send(control({ ...passed, bucket }), MINUTE);
  // The edit is recorded slowly: meanwhile the time comes for what was to wait for it.
  let recording = false;
  world.fault = ({ name }) => {
    if (name.startsWith('slack')) recording = name === 'slack.update';
    if (recording && name === 'ledger.write') world.now += 6 * MINUTE;
    return undefined;
  };
  await world.run();
  expect(world.logs.filter(({ level }) => level !== 'info')).toEqual([]);
  expect(only(world.slack.posts).text).toMatch(/^✅/);
  expect(world.slack.replies.map(readable)).toEqual([expect.stringContaining('all of it passes'), expect.stringContaining('All of them')]);
});
