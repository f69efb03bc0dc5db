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
  await world.run(START + 15 * SECOND);
  // Its wake-up waits behind the one that waits: the queue keeps the order of a problem.
  expect(only(world.slack.posts).text).toMatch(/^🔴 CRITICAL · S3 .* · 2 accounts/);
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
  expect(world.slack.replies.map(readable)).toEqual([
    expect.stringContaining('all of it is mended'),
    expect.stringContaining('The others'),
  ]);
});
