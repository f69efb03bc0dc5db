/** One id leads from the event to the message: through every line of intake and of deliver, and in the row of the telling. */
import { MemorySlack } from '../../cli/simulate/world/slack';
import { SlackFailure, Unavailable } from '../../handlers/domain/failure';
import type { DeliveryRow } from '../../handlers/domain/problem/problem-row';
import { control, controlFinding, imported } from './events';
import { HOUR, MINUTE, START, World } from './world';

const lines = ({ logs }: World, message?: string) => logs.filter((line) => message === undefined || line.message === message);
const deliveries = ({ ledger }: World) =>
  ledger.all().flatMap(({ key, value }) => (key.sk.startsWith('delivery#') ? [value as DeliveryRow] : []));

test('the event’s id stands in the line of its finding, in those of its telling, and in the row of that', async () => {
  const world = new World();
  world.send(control({ eventId: 'event-1' }));
  await world.run();
  expect(lines(world, 'finding').map(({ details }) => details.eventId)).toEqual(['event-1']);
  expect(lines(world, 'told').map(({ details }) => details.eventIds)).toEqual([['event-1']]);
  expect(deliveries(world).map(({ eventIds }) => eventIds)).toEqual([['event-1']]);
});

test('no line of intake or deliver is without it, whatever goes wrong', async () => {
  const slack = new MemorySlack();
  let posts = 0;
  slack.before = () => {
    if (posts++ < 3) throw new SlackFailure(['unavailable', 'receiver', 'refused'][posts - 1] as 'refused', 'Slack said no', 0);
  };
  let asked = 0;
  const world = new World({
    slack,
    analyst: {
      interpret: async () => {
        asked++;
        throw new Unavailable('Bedrock answered ThrottlingException');
      },
    },
    directory: {
      account: async () => {
        throw new Unavailable('Organizations answered TooManyRequestsException');
      },
      organizationalUnitName: async () => undefined,
    },
  });
  world.hub.refuses = () => (world.now < START + HOUR ? 'InternalException' : undefined);
  world.send(control({ eventId: 'event-1' }));
  await world.run(START + 3 * HOUR);
  const messages = new Set(lines(world).map(({ message }) => message));
  for (const message of [
    'organizations failed',
    'service away',
    'waits to be told',
    'channel held',
    'no interpretation',
    'marking refused',
  ])
    expect(messages).toContain(message);
  expect(asked).toBeGreaterThan(0);
  const without = lines(world).filter(({ message, details }) => message !== 'ticked' && !JSON.stringify(details).includes('event-1'));
  // What the tick has asked again of an account is of no event.
  expect(without.filter(({ message }) => message !== 'organizations failed')).toEqual([]);
  expect(lines(world, 'organizations failed')[0]?.details).toMatchObject({ eventId: 'event-1' });
});

test('a dead letter of intake has the id of its event, and one of deliver the problem’s', async () => {
  const slack = new MemorySlack();
  slack.before = () => {
    throw new SlackFailure('refused', 'Slack said no', 0);
  };
  const world = new World({ slack });
  world.send(control({ eventId: 'event-1' }));
  await world.run(START + HOUR);
  const [letter] = lines(world, 'dead-lettered');
  expect(letter?.details).toMatchObject({ eventIds: ['event-1'], receiver: 'workloads', fingerprint: 'aws:control:S3.2' });
});

test('a telling names the events since the one before, and what was told already no more', async () => {
  const world = new World();
  world.send(control({ eventId: 'first' }));
  world.send(control({ eventId: 'second', account: '888888888888', updatedAt: START + HOUR, time: START + HOUR }), HOUR);
  world.send(control({ eventId: 'third', account: '999999999999', updatedAt: START + 4 * HOUR, time: START + 4 * HOUR }), 4 * HOUR);
  await world.run(START + 8 * HOUR);
  const told = lines(world, 'told').filter(({ details }) => details.action !== 'update');
  expect(told.map(({ details }) => details.eventIds)).toEqual([['first'], ['second'], ['third']]);
});

test('of a storm a telling names ten, and says from the first of them how long readers waited', async () => {
  const world = new World();
  for (let n = 0; n < 40; n++)
    world.send(control({ severity: 'HIGH', bucket: `b${n}`, eventId: `event-${n}`, time: START - (40 - n) * 1000 }));
  await world.run();
  const [post] = lines(world, 'told');
  expect(post?.details.eventIds).toHaveLength(10);
  const [waited] = world.metrics.counted.filter(({ name }) => name === 'SecondsToSlack');
  expect(waited?.labels).toEqual({ severity: 'HIGH' });
  expect(waited?.value).toBeCloseTo(((post?.at ?? 0) - (START - 40_000)) / 1000, 0);
});

test('what nobody is told leaves no ids behind for the next telling', async () => {
  const world = new World();
  world.send(control({ eventId: 'told' }));
  // Refreshed for weeks, of which readers learn nothing.
  for (let day = 1; day <= 30; day++)
    world.send(control({ eventId: `refresh-${day}`, updatedAt: START + day * 24 * HOUR, time: START + day * 24 * HOUR }), day * 24 * HOUR);
  const later = START + 31 * 24 * HOUR;
  world.send(control({ eventId: 'grown', account: '888888888888', updatedAt: later, time: later }), later - START);
  await world.run(later + 2 * HOUR);
  const replies = lines(world, 'told').filter(({ details }) => details.action !== 'post' && details.action !== 'update');
  expect(replies.map(({ details }) => details.eventIds)).toEqual([['grown']]);
});

test('events without an id are told all the same', async () => {
  const world = new World();
  const event = { ...imported(controlFinding()), id: undefined };
  world.send(event);
  await world.run(START + 10 * MINUTE);
  expect(lines(world, 'told').map(({ details }) => details.eventIds)).toEqual([[]]);
});
