/**
 * Marking in Security Hub is work of its own: whatever Security Hub answers, what was told is told, and nothing is a dead letter.
 * @proves lost
 */
import type { Template } from 'aws-cdk-lib/assertions';
import { alarmOn } from '../stacks/alarm-over-logs';
import { hubTemplate } from '../stacks/synthesize';
import { control, findingId } from './events';
import type { Call, Fault } from '../../cli/simulate/world/environment';
import { HOUR, MINUTE, START, World } from './world';

let template: Template;
beforeAll(() => {
  template = hubTemplate();
});

const DAY = 24 * HOUR;
const sent = (n: number) => ({ control: `EC2.${n}`, title: `Control ${n}`, bucket: `r-${n}` });
const PROBLEMS = 12;

/** A new problem every five minutes, whose findings Security Hub would not mark. */
async function told(fault: (call: Call, world: World) => Fault | undefined, until = START + 12 * HOUR): Promise<World> {
  const world = new World();
  world.fault = (call) => fault(call, world);
  for (let n = 0; n < PROBLEMS; n++) {
    const at = n * 5 * MINUTE;
    world.send(control({ ...sent(n), updatedAt: START + at, time: START + at }), at);
  }
  await world.run(until);
  return world;
}
const named = (name: string) => Object.assign(new Error('is not authorized to perform: securityhub:BatchUpdateFindings'), { name });
const unprocessed = (reason: string) => ({ answer: Array.from({ length: PROBLEMS }, (_, n) => ({ id: findingId(sent(n)), reason })) });

const REFUSALS: [string, Call['name'], () => Fault][] = [
  ['BatchUpdateFindings denied', 'hub.mark', () => ({ before: named('AccessDeniedException') })],
  ['BatchUpdateFindings throttled', 'hub.mark', () => ({ before: named('ThrottlingException') })],
  ['BatchUpdateFindings failing on its side', 'hub.mark', () => ({ before: named('InternalException') })],
  ['BatchUpdateFindings leaving all unprocessed', 'hub.mark', () => unprocessed('InvalidInput InvalidInput: the finding was not updated.')],
  ['GetFindings denied', 'hub.read', () => ({ before: named('AccessDeniedException') })],
];

describe.each(REFUSALS)('%s throughout', (_what, name, fault) => {
  test('every finding is told once and at once, nothing is a dead letter, and one alarm rings and says why', async () => {
    const world = await told((call) => (call.name === name ? fault() : undefined));
    expect(world.dead).toEqual([]);
    expect(world.slack.posts.map(({ at }) => at)).toEqual(Array.from({ length: PROBLEMS }, (_, n) => START + n * 5 * MINUTE));
    expect(world.slack.replies).toEqual([]);
    const lines = world.logs.filter(({ message }) => message === 'marking refused');
    expect(String(lines[0]?.details.reason)).toMatch(
      /Security Hub answered (AccessDeniedException: is not authorized|ThrottlingException)|InternalException|^InvalidInput/,
    );
    expect(alarmOn(template, 'marks-refused', world.lines, START + 12 * HOUR)[0]).toBeLessThanOrEqual(START + HOUR);
    expect(alarmOn(template, 'deliveries-waiting', world.lines, START + 12 * HOUR)).toEqual([]);
    expect(world.logs.filter(({ message }) => message === 'failed' || message === 'could not settle')).toEqual([]);
  });

  test('it is tried again, and marked once Security Hub takes it', async () => {
    const world = await told((call, { now }) => (call.name === name && now < START + 5 * HOUR ? fault() : undefined), START + 7 * HOUR);
    expect(world.hub.marked.map(({ id }) => id).sort()).toEqual(Array.from({ length: PROBLEMS }, (_, n) => findingId(sent(n))).sort());
    expect(world.slack.calls.filter(({ operation }) => operation === 'post')).toHaveLength(PROBLEMS);
  });
});

test('a Security Hub that refuses every call is asked every quarter of an hour, whatever waits for it', async () => {
  let asked = 0;
  await told(({ name }) => (name === 'hub.read' && ++asked ? { before: named('AccessDeniedException') } : undefined));
  expect(asked).toBeGreaterThan(12 * 2);
  expect(asked).toBeLessThan(12 * 5);
});

test('after three days it is given up, with a line that says so; what is told next marks it as well', async () => {
  let denied = true;
  const world = await told(
    ({ name }) => (name === 'hub.mark' && denied ? { before: named('AccessDeniedException') } : undefined),
    Number.POSITIVE_INFINITY,
  );
  expect(world.now - START).toBeGreaterThan(2.9 * DAY);
  expect(world.now - START).toBeLessThan(3.2 * DAY);
  expect(world.logs.filter(({ message }) => message === 'marking given up')).toHaveLength(PROBLEMS);
  expect(world.dead).toEqual([]);
  denied = false;
  world.send(control({ ...sent(3), account: '666666666666', updatedAt: world.now, time: world.now }));
  await world.run();
  const again = [findingId(sent(3)), findingId({ ...sent(3), account: '666666666666' })];
  expect(world.hub.marked.map(({ id }) => id).sort()).toEqual(again.sort());
});

test('what was given up is asked for no more by the weekly readings, until something is told', async () => {
  const world = new World();
  let asked = 0;
  world.fault = ({ name }) => (name === 'hub.mark' && ++asked ? { before: named('AccessDeniedException') } : undefined);
  const event = control({ severity: 'HIGH' });
  world.send(event);
  world.hub.observe(event, START);
  await world.run(START + 4 * DAY);
  const given = asked;
  expect(given).toBeGreaterThan(5);
  await world.run(START + 40 * DAY);
  expect([asked, world.hub.reads > 10]).toEqual([given, true]);
  world.send(control({ updatedAt: world.now, time: world.now }));
  await world.run(START + 41 * DAY);
  expect(asked).toBeGreaterThan(given);
});

test('findings that Security Hub will not mark, more than a call takes, keep none of the others from it', async () => {
  const world = new World();
  const poison = new Set(Array.from({ length: 160 }, (_, n) => findingId({ bucket: `b-${n}` })));
  world.hub.refuses = (id) => (poison.has(id) ? 'InvalidInput' : undefined);
  for (let n = 0; n < 200; n++) world.send(control({ bucket: `b-${n}`, severity: 'HIGH' }));
  await world.run();
  expect(world.hub.marked).toHaveLength(40);
  expect(world.hub.marked.filter(({ id }) => poison.has(id))).toEqual([]);
  expect(world.dead).toEqual([]);
});

test('what Security Hub no longer has needs no mark, and no alarm', async () => {
  const world = new World();
  world.hub.refuses = () => 'FindingNotFound';
  world.send(control());
  await world.run();
  expect(world.logs.filter(({ message }) => message === 'marking refused')).toEqual([]);
  expect(world.now - START).toBeLessThan(HOUR);
});

test('one throttling in passing rings nobody', async () => {
  let once = true;
  const world = await told(({ name }) => {
    const now = once && name === 'hub.mark';
    if (now) once = false;
    return now ? { before: named('ThrottlingException') } : undefined;
  });
  expect(world.hub.marked).toHaveLength(PROBLEMS);
  expect(alarmOn(template, 'marks-refused', world.lines, START + 12 * HOUR)).toEqual([]);
});

test('while marking waits, a rise of its problem is told at once', async () => {
  const world = new World();
  world.fault = ({ name }) => (name === 'hub.mark' ? { before: named('AccessDeniedException') } : undefined);
  world.send(control({ severity: 'HIGH' }));
  const at = 20 * MINUTE;
  world.send(control({ severity: 'CRITICAL', updatedAt: START + at, time: START + at }), at);
  await world.run(START + HOUR);
  expect(world.slack.replies.map((reply) => reply.at - START)).toEqual([at]);
});
