/** What waits for longer than SQS keeps a message waits all the same. */
import { awsError } from '../../cli/simulate/world/limits';
import { alarmOn } from '../stacks/alarm-over-logs';
import { hubTemplate } from '../stacks/synthesize';
import { control } from './events';
import { HOUR, MINUTE, START, World } from './world';

const DAY = 24 * HOUR;

test.each([
  ['intake', 'findings-waiting'],
  ['deliver', 'deliveries-waiting'],
] as const)(
  'a ledger that refuses %s for sixteen days, longer than SQS keeps anything: nothing is lost, and the alarm stays on',
  async (by, alarm) => {
    const world = new World();
    const ends = START + 16 * DAY;
    world.fault = (call) =>
      call.by === by && call.name.startsWith('ledger.') && world.now < ends ? { before: awsError('ThrottlingException', 'No') } : undefined;
    world.send(control());
    await world.run(ends);
    expect(world.slack.posts).toEqual([]);
    const watched = START + 2 * DAY;
    const on = alarmOn(
      hubTemplate(),
      alarm,
      world.lines.filter(({ at }) => at < watched),
      watched,
    );
    expect(on).toEqual(Array.from({ length: on.length }, (_, n) => (on[0] ?? 0) + n * 5 * MINUTE));
    expect((on.at(-1) ?? 0) - (on[0] ?? 0)).toBeGreaterThan(DAY);
    await world.run();
    expect(world.slack.posts).toHaveLength(1);
    expect((world.slack.posts[0]?.at ?? 0) - ends).toBeLessThanOrEqual(6 * MINUTE);
    expect([world.dead, world.forgotten]).toEqual([[], []]);
  },
);
