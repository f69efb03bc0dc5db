/**
 * A channel that Slack refuses holds what stands in it and what goes there, and nothing else.
 * @proves lost
 */
import { SlackFailure } from '../../handlers/domain/failure';
import { MemorySlack } from '../../cli/simulate/world/slack';
import { control, threat } from './events';
import { HOUR, MINUTE, START, World } from './world';

const OLD = 'C0WORKLD001';
const NEW = 'C0NEW000001';

/** Problems of one receiver in a channel that is archived, while routes.yaml names another one since. */
async function moved(problems: number) {
  const slack = new MemorySlack();
  const world = new World({ slack });
  const receiver = world.config.routes.receivers.workloads;
  if (!receiver) throw new Error('there is no receiver workloads');
  for (let n = 0; n < problems; n++) world.send(control({ control: `EC2.${n}`, bucket: `b${n}` }));
  await world.run(START + HOUR);
  receiver.channel = NEW;
  let archived = true;
  let refusals = 0;
  slack.before = ({ channel }) => {
    if (channel !== OLD || !archived) return;
    refusals++;
    throw new SlackFailure('receiver', 'Slack answered is_archived');
  };
  return { world, slack, refusals: () => refusals, restore: () => (archived = false) };
}

test('after a change of channel a CRITICAL is told in the new one at once, however often what stands in the old one changes', async () => {
  const problems = 16;
  const { world, slack } = await moved(problems);
  // Each of them grows some time during the day.
  for (let n = 0; n < problems; n++)
    world.send(control({ control: `EC2.${n}`, bucket: `c${n}`, updatedAt: START + 2 * HOUR }), HOUR + n * 9 * MINUTE);
  const due = Array.from({ length: 6 }, (_, n) => START + 3 * HOUR + n * 37 * MINUTE);
  for (const [n, at] of due.entries())
    world.send(threat({ type: `Backdoor:EC2-Type${n}`, severity: 'CRITICAL', updatedAt: at }), at - world.now);
  await world.run(START + 8 * HOUR);
  const late = due.map((at, n) => {
    const told = slack.posts.find(({ channel, blocks }) => channel === NEW && JSON.stringify(blocks).includes(`Backdoor:EC2/Type${n}`));
    return (told?.at ?? Number.POSITIVE_INFINITY) - at;
  });
  expect(Math.max(...late)).toBeLessThanOrEqual(MINUTE);
  expect(world.dead).toEqual([]);
});

test('what stands in the old one is asked after once a quarter of an hour, by one for all, and told there once it can be', async () => {
  const problems = 5;
  const { world, slack, refusals, restore } = await moved(problems);
  for (let n = 0; n < problems; n++) world.send(control({ control: `EC2.${n}`, bucket: `c${n}`, updatedAt: START + 2 * HOUR }), HOUR);
  await world.run(START + 4 * HOUR);
  const held = world.logs.filter(({ message }) => message === 'channel held');
  expect(held.map(({ details }) => details.channel)).toEqual(Array(refusals()).fill(OLD));
  expect(refusals()).toBeGreaterThanOrEqual(7);
  expect(refusals()).toBeLessThanOrEqual(9);
  restore();
  await world.run(START + 5 * HOUR);
  const edited = slack.posts.filter(({ blocks }) => /c\d/.test(JSON.stringify(blocks)));
  expect(edited.map(({ channel }) => channel)).toEqual(Array(problems).fill(OLD));
  expect(world.dead).toEqual([]);
});

test('two receivers of one channel wait for it together; one of another channel does not', async () => {
  const slack = new MemorySlack();
  const world = new World({ slack });
  const { workloads, 'sec-ops': security } = world.config.routes.receivers;
  world.config.routes.receivers = {
    'sec-ops': security,
    workloads,
    audit: workloads,
    night: { ...workloads, channel: NEW },
  } as typeof world.config.routes.receivers;
  world.config.routes.route.routes = ['workloads', 'audit', 'night'].map((receiver) => ({
    match: { ou: 'Workloads' },
    receiver,
    continue: true,
  }));
  let refusals = 0;
  slack.before = ({ channel }) => {
    if (channel !== OLD) return;
    refusals++;
    throw new SlackFailure('receiver', 'Slack answered not_in_channel');
  };
  world.send(control());
  await world.run(START + 10 * MINUTE);
  expect(slack.posts.map(({ channel }) => channel)).toEqual([NEW]);
  expect(refusals).toBe(1);
});
