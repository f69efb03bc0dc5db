/** How often Security Hub is asked after what is open, and of how much at a time. */
import { HUB } from '../../handlers/domain/pacing';
import { readable } from '../../cli/simulate/world/slack';
import { config } from './config';
import { control, threat } from './events';
import { HOUR, START, World } from './world';

const DAY = 24 * HOUR;
const at = (time: number) => ({ updatedAt: START + time, time: START + time });
const quiet = () => config({ settings: { writeBack: false } });
const told = (world: World) => [...world.slack.posts, ...world.slack.replies].map(readable).join('\n');
const denied = () => ({ before: Object.assign(new Error('not authorized: securityhub:GetFindings'), { name: 'AccessDeniedException' }) });

test('two hundred and fifty findings are read in batches of a hundred, within the allowance', async () => {
  const world = new World({ config: quiet(), limits: { hubRates: true } });
  const sizes: { at: number; findings: number }[] = [];
  const read = world.hub.read.bind(world.hub);
  world.hub.read = (findings) => {
    sizes.push({ at: world.now, findings: findings.length });
    return read(findings);
  };
  for (let n = 0; n < 250; n++) world.send(threat({ instance: `i-${String(n).padStart(17, '0')}` }));
  await world.run(START + 9 * DAY);
  expect(sizes.map(({ findings }) => findings)).toEqual([100, 100, 50]);
  for (const [index, { at: time }] of sizes.entries())
    if (index > 0) expect(time - (sizes[index - 1]?.at ?? 0)).toBeGreaterThan(5 * HUB.interval);
  expect([world.hub.throttled, world.dead]).toEqual([0, []]);
});

test('many problems that are due in one hour take turns: none is throttled, and each is read within the next', async () => {
  const world = new World({ config: quiet(), limits: { hubRates: true } });
  let findings = 0;
  const read = world.hub.read.bind(world.hub);
  world.hub.read = (references) => {
    findings += references.length;
    return read(references);
  };
  // Three calls each.
  for (let account = 1; account <= 6; account++)
    for (let n = 0; n < 60; n++) world.send(threat({ account: String(account).repeat(12), instance: `i-${String(n).padStart(17, '0')}` }));
  await world.run(START + 7 * DAY + 2 * HOUR);
  expect(world.slack.posts).toHaveLength(6);
  expect([findings, world.hub.throttled]).toEqual([360, 0]);
  expect(world.logs.filter(({ message }) => message === 'read-back refused')).toEqual([]);
});

test('of a hundred and fifty that are all missing none is asked for again, or told as gone, before a day has passed', async () => {
  const world = new World({ config: quiet() });
  const asked: number[] = [];
  world.fault = ({ name }) => (name === 'hub.read' && asked.push(world.now) ? { answer: [] } : undefined);
  for (let n = 0; n < 150; n++) world.send(threat({ instance: `i-${String(n).padStart(17, '0')}` }));
  await world.run(START + 7.9 * DAY);
  expect(asked).toHaveLength(2);
  expect(told(world)).not.toMatch(/no longer reported/i);
  await world.run(START + 9 * DAY);
  expect(asked).toHaveLength(4);
  expect(told(world)).toMatch(/no longer reported/i);
});

test('a problem whose findings were seen at different hours is read once a day, all that are due together', async () => {
  const world = new World({ config: quiet() });
  const reads: { day: number; findings: number }[] = [];
  const read = world.hub.read.bind(world.hub);
  world.hub.read = (findings) => {
    reads.push({ day: Math.round((world.now - START) / DAY), findings: findings.length });
    return read(findings);
  };
  for (let hour = 0; hour < 6; hour++) world.send(control({ bucket: `b-${hour}`, ...at(hour * HOUR) }), hour * HOUR);
  await world.run(START + 9.5 * DAY);
  expect(reads).toEqual([
    { day: 7, findings: 1 },
    { day: 8, findings: 5 },
  ]);
});

test('after a refusal what wakes the problem meanwhile asks nothing', async () => {
  const world = new World({ config: quiet() });
  const asked: number[] = [];
  world.fault = ({ name }) => (name === 'hub.read' && asked.push((world.now - START) / HOUR) === 1 ? denied() : undefined);
  const away = () => world.ledger.read({ pk: 'away#securityhub', sk: 'away' });
  world.send(control());
  for (const hour of [1, 2, 3, 4]) {
    const time = 7 * DAY + hour * HOUR;
    world.send(control({ account: '666666666666', bucket: `b-${hour}`, ...at(time) }), time);
  }
  await world.run(START + 7 * DAY + 6.5 * HOUR);
  expect(asked.map(Math.ceil)).toEqual([7 * 24 + 1]);
  expect(await away()).toBeDefined();
  await world.run(START + 7 * DAY + 7.5 * HOUR);
  expect(asked.map(Math.ceil)).toEqual([7 * 24 + 1, 7 * 24 + 7]);
  // It answered: nobody waits for it any more.
  expect(await away()).toBeUndefined();
});

test('of a problem one reading is due while anything of it is told as open, and none once all has ended', async () => {
  const world = new World({ config: quiet() });
  const due = async () => (await world.ledger.list('read-back', 'read-back#')).length;
  world.send(control());
  await world.run(START + HOUR);
  expect(await due()).toBe(1);
  await world.run(START + 20 * DAY);
  expect(await due()).toBe(1);
  const passed = { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + 20 * DAY };
  world.send(control({ ...passed, ...at(20 * DAY) }));
  await world.run(START + 20 * DAY + HOUR);
  expect(await due()).toBe(0);
});

test('a run without an end rests though something is open', async () => {
  const world = new World();
  world.send(control());
  await world.run();
  expect(world.now - START).toBeLessThan(DAY);
});
