/**
 * One message at which Slack fails for ever, whatever it answers, keeps no other waiting.
 * @proves lost
 */
import { SlackFailure } from '../../handlers/domain/failure';
import { MemorySlack } from '../../cli/simulate/world/slack';
import { control, threat } from './events';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const THREATS = 12;

/** The threats' seconds until they are told, each from its own event, while one problem is refused whatever is said of it. */
async function seconds(operation: 'post' | 'update', failure: SlackFailure): Promise<{ late: number[]; world: World }> {
  const slack = new MemorySlack();
  const world = new World({ slack });
  slack.before = (call, message) => {
    if (call.operation === operation && JSON.stringify(message).includes('S3.2')) throw failure;
  };
  world.send(control({ bucket: 'alpha' }));
  await world.run(START + HOUR);
  world.send(control({ bucket: 'bravo', updatedAt: world.now, time: world.now }));
  const due = Array.from({ length: THREATS }, (_, n) => START + 2 * HOUR + n * 7 * MINUTE + n * SECOND);
  for (const [n, at] of due.entries())
    world.send(threat({ type: `Backdoor:EC2-Type${n}`, severity: 'CRITICAL', updatedAt: at }), at - world.now);
  await world.run(START + 4 * HOUR);
  const late = due.map((at, n) => {
    const told = slack.posts.find(({ blocks }) => new RegExp(`Backdoor:EC2/Type${n}\\b`).test(JSON.stringify(blocks)));
    return ((told?.at ?? Number.POSITIVE_INFINITY) - at) / SECOND;
  });
  return { late, world };
}

test.each(['internal_error', 'fatal_error', 'update_failed'])(
  'an edit that Slack always answers with %s: CRITICAL is told at once',
  async (code) => {
    const { late, world } = await seconds('update', new SlackFailure('unknown', `Slack answered ${code}`));
    expect(Math.max(...late)).toBeLessThanOrEqual(1);
    expect(world.dead).toEqual([]);
  },
);

test('a post that Slack always answers with internal_error is given up after two; CRITICAL is told at once', async () => {
  const { late, world } = await seconds('post', new SlackFailure('unknown', 'Slack answered internal_error'));
  expect(Math.max(...late)).toBeLessThanOrEqual(1);
  expect(world.dead.every(({ reason }) => reason.includes('nobody knows the outcome of 2 posts'))).toBe(true);
});

// Slack may be away: whoever comes next finds out, when it is asked again.
test('a post that Slack always answers with 503 waits, and keeps others waiting no longer than the pause of a Slack that is away', async () => {
  const { late, world } = await seconds('post', new SlackFailure('unavailable', 'Slack answered HTTP 503'));
  expect(Math.max(...late)).toBeLessThanOrEqual((5 * MINUTE) / SECOND);
  expect(world.dead).toEqual([]);
});

test.each([
  ['rate-limited', new SlackFailure('rate-limited', 'Slack answered 429', 30)],
  ['archived', new SlackFailure('receiver', 'Slack answered is_archived')],
  ['away', new SlackFailure('unavailable', 'Slack answered HTTP 503')],
  ['of blocks that are refused', new SlackFailure('content', 'Slack answered invalid_blocks')],
])('that nothing was posted (%s) is known also where the ledger was throttled just then, and counts as nothing', async (_, failure) => {
  const slack = new MemorySlack();
  const world = new World({ slack });
  let throttled = 0;
  let refused = 0;
  slack.before = () => {
    if (refused >= 6) return;
    refused++;
    throttled = 3;
    throw failure;
  };
  world.fault = ({ by, name }) =>
    by === 'deliver' && name === 'ledger.write' && throttled-- > 0
      ? { before: Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }) }
      : undefined;
  world.send(control());
  await world.run(START + 5 * HOUR);
  expect(refused).toBe(6);
  expect(slack.posts).toHaveLength(1);
  expect(world.dead).toEqual([]);
});

test('that a message is gone is known also where the ledger was throttled just then', async () => {
  const slack = new MemorySlack();
  const world = new World({ slack });
  let throttled = 0;
  slack.before = ({ thread }) => {
    if (thread === undefined) return;
    throttled = 3;
    throw new SlackFailure('gone', 'Slack answered thread_not_found');
  };
  world.fault = ({ by, name }) =>
    by === 'deliver' && name === 'ledger.write' && throttled-- > 0
      ? { before: Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }) }
      : undefined;
  world.send(control({ bucket: 'alpha' }));
  world.send(control({ bucket: 'bravo', account: '666666666666', updatedAt: START + HOUR, time: START + HOUR }), HOUR);
  await world.run(START + 5 * HOUR);
  expect(world.dead).toEqual([]);
  expect(slack.posts).toHaveLength(2);
});
