/** How a telling ends when Slack keeps failing: waited for, held, told anew, or in the dead-letter queue with its reason. */
import { SlackFailure, type SlackFailureKind } from '../../handlers/domain/failure';
import type { Call } from '../../cli/simulate/world/environment';
import { control, threat } from './events';
import { MemorySlack, readable, type SlackCall } from '../../cli/simulate/world/slack';
import { only } from './only';
import { HOUR, MINUTE, SECOND, START, World } from './world';

const fails = (kind: SlackFailureKind, retryAfter = 0) => new SlackFailure(kind, `Slack answered ${kind}`, retryAfter);

/** A Slack that fails some calls of its own choice. */
function failing(when: (call: SlackCall, nth: number) => SlackFailure | undefined): MemorySlack {
  const slack = new MemorySlack();
  let calls = 0;
  slack.before = (call) => {
    const failure = when(call, ++calls);
    if (failure) throw failure;
  };
  return slack;
}

describe('counted failures', () => {
  test('five of them make a dead letter with the last reason, and a redrive tells it once', async () => {
    let broken = true;
    let tries = 0;
    const world = new World({ slack: failing(() => (broken && ++tries ? fails('refused') : undefined)) });
    world.send(control());
    await world.run();
    expect(tries).toBe(5);
    expect(only(world.dead)).toMatchObject({ queue: 'deliver', reason: expect.stringMatching(/failed 5 times.*refused/) });
    broken = false;
    world.redrive();
    await world.run();
    expect(world.dead).toEqual([]);
    expect(readable(only(world.slack.posts))).toContain('1 open');
  });

  test('a 429 is waited for as long as Slack says and never counted', async () => {
    const tries: number[] = [];
    const world = new World({
      slack: failing(({ at }) => {
        tries.push(at);
        return tries.length <= 20 ? fails('rate-limited', 30) : undefined;
      }),
    });
    world.send(control());
    await world.run();
    expect(world.dead).toEqual([]);
    expect(only(world.slack.posts).at - START).toBeGreaterThanOrEqual(20 * 30 * SECOND);
    for (const [index, at] of tries.entries()) if (index > 0) expect(at - (tries[index - 1] ?? 0)).toBeGreaterThanOrEqual(30 * SECOND);
  });

  test('an event that fails five times in intake is a dead letter as it came', async () => {
    const world = new World();
    const away = ({ by, name }: Call) => (by === 'intake' && name === 'wakeups.send' ? { before: new Error('SQS is away') } : undefined);
    world.fault = (call) => (world.dead.length === 0 ? away(call) : undefined);
    world.send(control({ eventId: 'lost-and-found' }));
    await world.run();
    // Its problem was marked: once SQS is back the tick wakes it.
    expect(readable(only(world.slack.posts))).toContain('1 open');
    expect(only(world.dead)).toMatchObject({ queue: 'intake', reason: expect.stringContaining('SQS is away') });
    expect(only(world.dead).body).toContain('lost-and-found');
  });
});

describe('a receiver that Slack refuses', () => {
  test('is held by itself, others are told meanwhile, and it is told once it is mended', async () => {
    let mended = false;
    let refused = 0;
    const slack = failing(({ channel }) => (channel === 'C0WORKLD001' && !mended && ++refused ? fails('receiver') : undefined));
    const world = new World({
      slack,
      directory: {
        account: async (id) => ({ name: id, parentIds: id === '999999999999' ? ['r-ab12'] : ['r-ab12', 'ou-ab12-wkld0001'], tags: {} }),
        organizationalUnitName: async () => 'Workloads',
      },
    });
    for (let n = 0; n < 5; n++) world.send(control({ control: `S3.${n}`, title: `Control ${n}` }));
    for (let n = 0; n < 4; n++) world.send(control({ account: '999999999999', bucket: `sandbox-${n}` }), n * 10 * MINUTE);
    await world.run(START + HOUR);
    expect(slack.posts.map(({ channel }) => channel)).toEqual(['C0SECOPS001']);
    expect(slack.replies.length).toBeGreaterThan(0);
    // Once a quarter of an hour one of the five asks for all of them.
    expect(refused).toBeGreaterThanOrEqual(3);
    expect(refused).toBeLessThanOrEqual(5);
    expect(world.logs.filter(({ message }) => message === 'channel held')).toHaveLength(refused);
    mended = true;
    await world.run();
    expect(slack.posts.map(({ channel }) => channel)).toEqual(['C0SECOPS001', ...Array(5).fill('C0WORKLD001')]);
    expect(world.dead).toEqual([]);
  });
});

describe('a message that cannot be edited', () => {
  test('is followed by a new one that links to it, and growth goes on there', async () => {
    const slack = failing(({ operation }, nth) => (operation === 'update' && nth < 5 ? fails('gone') : undefined));
    const world = new World({ slack });
    world.send(control());
    world.send(control({ account: '666666666666', bucket: 'exports' }), 10 * MINUTE);
    world.send(control({ account: '777777777777', bucket: 'reports' }), 40 * MINUTE);
    await world.run();
    const [old, anew] = slack.posts;
    expect(slack.posts).toHaveLength(2);
    expect(JSON.stringify(anew?.blocks)).toContain(`https://acme.slack.com/archives/C0WORKLD001/p${old?.ts.replace('.', '')}`);
    expect(readable(slack.posts[1] as (typeof slack.posts)[number])).toContain('3 open');
    expect(slack.replies.at(-1)).toMatchObject({ thread: anew?.ts, broadcast: true });
  });

  test('the link comes later where Slack does not give it at once', async () => {
    const slack = failing(({ operation }, nth) =>
      operation === 'update' && nth < 5 ? fails('gone') : operation === 'permalink' && nth < 8 ? fails('unavailable') : undefined,
    );
    const world = new World({ slack });
    world.send(control());
    world.send(control({ account: '666666666666', bucket: 'exports' }), 10 * MINUTE);
    await world.run();
    expect(JSON.stringify(slack.posts.at(-1)?.blocks)).toContain('https://acme.slack.com/archives/');
    expect(slack.posts).toHaveLength(2);
  });
});

test('blocks that Slack does not take are told as plain text, with the facts', async () => {
  const slack = new MemorySlack();
  slack.before = (_call, message) => {
    if (message?.blocks.some(({ type }) => type === 'rich_text')) throw fails('content');
  };
  const world = new World({ slack });
  world.send(control());
  await world.run();
  const post = only(slack.posts);
  expect(post.blocks.map(({ type }) => type)).toEqual(['section']);
  expect(readable(post)).toMatch(/CRITICAL.*account-555.*1 open/s);
  expect(world.dead).toEqual([]);
});

test('the blocks of a reply that Slack does not take are told as plain text as well', async () => {
  const slack = new MemorySlack();
  slack.before = ({ thread }, message) => {
    if (thread && message?.blocks.some(({ type }) => type === 'rich_text')) throw fails('content');
  };
  const world = new World({ slack });
  world.send(control());
  world.send(control({ account: '666666666666', bucket: 'exports' }), HOUR);
  await world.run();
  const reply = only(slack.replies);
  expect(reply.broadcast).toBe(true);
  expect(reply.blocks.map(({ type }) => type)).toEqual(['section']);
  expect(readable(reply)).toMatch(/CRITICAL.*Spread further: exports — .* · account-666/);
  expect(world.dead).toEqual([]);
});

describe('a post whose outcome nobody knows', () => {
  test('is tried once more; after the second it is a dead letter that says what to look for', async () => {
    let lost = 2;
    const world = new World();
    world.fault = ({ name }) => (name === 'slack.post' && lost-- > 0 ? { after: fails('unknown') } : undefined);
    world.send(control());
    await world.run();
    expect(world.slack.posts).toHaveLength(2);
    expect(only(world.dead).reason).toMatch(/outcome of 2 posts.*C0WORKLD001/);
  });

  test('sent back by a person it begins anew, and is not repeated more than before', async () => {
    const world = new World();
    let lost = 4;
    world.fault = ({ name }) => (name === 'slack.post' && lost-- > 0 ? { after: fails('unknown') } : undefined);
    world.send(control());
    await world.run();
    world.redrive();
    await world.run();
    // Two posts, a dead letter, a redrive, two posts, a dead letter.
    expect(world.slack.posts).toHaveLength(4);
    expect(only(world.dead).reason).toMatch(/outcome of 2 posts/);
    world.redrive();
    await world.run();
    expect(world.slack.posts).toHaveLength(5);
    expect(world.dead).toEqual([]);
  });

  test('is not forgotten for an edit that Slack refuses meanwhile', async () => {
    const world = new World();
    let limited = 1;
    world.fault = ({ name }) => {
      if (name === 'slack.reply') return { after: fails('unknown') };
      return name === 'slack.update' && limited-- > 0 ? { before: fails('rate-limited') } : undefined;
    };
    const at = (time: number) => ({ updatedAt: START + time, time: START + time });
    const other = { instance: 'i-0bbbbbbbbbbbbbbbb' };
    world.send(threat());
    world.send(threat(other));
    world.send(threat({ severity: 'CRITICAL', ...at(HOUR) }), HOUR);
    // Before the reply is tried again it falls, and the other one is over: all that is left is an edit.
    world.send(threat({ severity: 'HIGH', ...at(HOUR + SECOND) }), HOUR + SECOND);
    world.send(threat({ ...other, recordState: 'ARCHIVED', ...at(HOUR + SECOND) }), HOUR + SECOND);
    world.send(threat({ severity: 'CRITICAL', ...at(3 * HOUR) }), 3 * HOUR);
    await world.run();
    expect(limited).toBeLessThan(1);
    expect(world.slack.replies).toHaveLength(2);
    expect(only(world.dead).reason).toMatch(/outcome of 2 posts/);
  });
});

test('what was prepared for a telling that never happened does not count as told when another one does', async () => {
  const at = (minutes: number) => ({ updatedAt: START + minutes * MINUTE, time: START + minutes * MINUTE });
  const world = new World();
  world.send(threat({ severity: 'HIGH' }));
  world.send(threat({ severity: 'CRITICAL', ...at(30) }), 30 * MINUTE);
  let replies = 0;
  world.fault = ({ name }) => (name === 'slack.reply' && ++replies === 1 ? { before: 'crash' } : undefined);
  // While the crashed message is invisible the rise is taken back, and something else is told first.
  world.send(threat({ severity: 'HIGH', ...at(32), workflow: 'NOTIFIED' }), 32 * MINUTE);
  world.send(threat({ instance: 'i-0bbbbbbbbbbbbbbbb', ...at(33) }), 33 * MINUTE);
  world.send(threat({ severity: 'CRITICAL', ...at(180), workflow: 'NOTIFIED' }), 180 * MINUTE);
  await world.run();
  expect(world.slack.replies.filter(({ broadcast }) => broadcast).map(({ at: told }) => Math.floor((told - START) / MINUTE))).toEqual([
    // The second victim, and the rise.
    39, 180,
  ]);
});
