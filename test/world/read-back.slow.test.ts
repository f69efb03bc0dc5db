/** What was told as open is read back weekly: what changed or ended without an event is told as what it is. */
import { securityHub } from '../../handlers/adapters/securityhub';
import type { Template } from 'aws-cdk-lib/assertions';
import { HUB } from '../../handlers/domain/pacing';
import { listen } from '../../local/protocol/listener';
import type { JsonObject } from '../../local/protocol/wire';
import { createHubFindings } from '../../local/securityhub/hub-findings';
import { createSecurityHub } from '../../local/securityhub/securityhub';
import { readable } from '../../cli/simulate/world/slack';
import { alarmOn } from '../stacks/alarm-over-logs';
import { hubTemplate } from '../stacks/synthesize';
import { config } from './config';
import { control, eventOf, ocsfFinding, threat, threatFinding } from './events';
import { HOUR, START, World } from './world';

const DAY = 24 * HOUR;
const at = (time: number) => ({ updatedAt: START + time, time: START + time });
const quiet = () => config({ settings: { writeBack: false } });
const post = (world: World) => readable(world.slack.posts[0] as (typeof world.slack.posts)[number]);
const told = (world: World) => [...world.slack.posts, ...world.slack.replies].map(readable).join('\n');
const denied = () => ({ before: Object.assign(new Error('not authorized: securityhub:GetFindings'), { name: 'AccessDeniedException' }) });

test('a fall from CRITICAL to MEDIUM while NEW, of which no rule brings the event, is shown within eight days', async () => {
  const world = new World({ config: quiet() });
  world.send(control());
  world.hub.observe(control({ severity: 'MEDIUM', ...at(DAY) }), START + DAY);
  await world.run(START + 6 * DAY);
  expect(post(world)).toContain('CRITICAL');
  await world.run(START + 8 * DAY);
  expect(post(world)).toContain('MEDIUM');
  expect(post(world)).not.toContain('CRITICAL');
  expect(world.slack.replies).toEqual([]);
});

test('a workflow that a person set, of which the event was lost, ends it as that person did', async () => {
  const world = new World({ config: quiet() });
  world.send(threat());
  world.hub.observe(threat({ workflow: 'RESOLVED', time: START + DAY }), START + DAY);
  await world.run(START + 8 * DAY);
  expect(told(world)).toMatch(/RESOLVED/i);
  expect(told(world)).not.toMatch(/no longer reported/i);
});

test.each([
  ['a control finding', control()],
  ['a threat', threat({ severity: 'CRITICAL' })],
])('%s of ninety days’ silence is told as no longer reported, once and never as mended', async (_what, event) => {
  const world = new World({ config: quiet() });
  world.send(event);
  await world.run(START + 90 * DAY);
  expect(told(world)).not.toMatch(/no longer reported/i);
  await world.run(START + 100 * DAY);
  expect(post(world)).toContain('NO LONGER REPORTED');
  expect(post(world)).not.toMatch(/🟢|MENDED/);
  expect(world.slack.replies).toHaveLength(1);
  const { reads } = world.hub;
  await world.run(START + 200 * DAY);
  expect([world.slack.replies.length, world.hub.reads, world.dead]).toEqual([1, reads, []]);
});

test('what comes back after it was told as no longer reported opens again', async () => {
  const world = new World({ config: quiet() });
  world.send(threat({ severity: 'CRITICAL' }));
  await world.run(START + 100 * DAY);
  world.send(threat({ severity: 'CRITICAL', ...at(100 * DAY) }));
  await world.run(START + 101 * DAY);
  expect(readable(world.slack.posts.at(-1) as (typeof world.slack.posts)[number])).toContain('1 open');
});

test('missing from one answer and there in the next, it is told nothing of', async () => {
  const world = new World({ config: quiet() });
  let reads = 0;
  world.fault = ({ name }) => (name === 'hub.read' && ++reads === 1 ? { answer: [] } : undefined);
  world.send(control());
  const [before] = [await world.run(START + 2 * DAY), world.slack.calls.length].slice(1);
  await world.run(START + 30 * DAY);
  // After a week, a day later, then weekly.
  expect(reads).toBe(5);
  expect(world.slack.calls).toHaveLength(before as number);
});

test('a finding that is seen by event between two answers without it is not gone', async () => {
  const world = new World({ config: quiet() });
  world.fault = ({ name }) => (name === 'hub.read' ? { answer: [] } : undefined);
  world.send(control());
  for (let day = 1; day < 30; day++) world.send(control({ ...at(day * DAY + HOUR), eventId: `day-${day}` }), day * DAY + HOUR);
  await world.run(START + 30 * DAY);
  expect(told(world)).not.toMatch(/no longer reported/i);
});

test('what is refreshed daily costs no call', async () => {
  const world = new World({ config: quiet() });
  for (let half = 0; half < 60; half++) world.send(control({ ...at(half * 12 * HOUR), eventId: `half-${half}` }), half * 12 * HOUR);
  await world.run(START + 30 * DAY);
  expect(world.hub.reads).toBe(0);
});

describe('the alarm', () => {
  let template: Template;
  beforeAll(() => {
    template = hubTemplate();
  });
  const ringing = async (fails: (day: number) => boolean) => {
    const world = new World({ config: quiet() });
    world.fault = ({ name }) => (name === 'hub.read' && fails((world.now - START) / DAY) ? denied() : undefined);
    world.send(control());
    await world.run(START + 20 * DAY);
    expect(world.logs.some(({ message }) => message === 'read-back refused')).toBe(true);
    const on = (name: string) => alarmOn(template, name, world.lines, START + 20 * DAY).map((at) => (at - START) / DAY);
    expect(on('marks-refused')).toEqual([]);
    return on('read-back-refused');
  };

  test('rings within a day of the first refusal, of one problem alone, and until Security Hub answers', async () => {
    const on = await ringing((day) => day < 12);
    expect(on[0]).toBeGreaterThan(7 + 8 / 24);
    // A period begins at on[0], and ends eight hours later.
    expect(on[0]).toBeLessThanOrEqual(8);
    // Without a gap, so that nobody is told that it is over while it is not.
    expect(on).toHaveLength(Math.round(((on.at(-1) ?? 0) - (on[0] ?? 0)) * 3) + 1);
    expect(Math.abs((on.at(-1) ?? 0) - 12)).toBeLessThan(0.5);
  });

  test('is silent where Security Hub was away for some hours', async () => {
    expect(await ringing((day) => day < 7.3)).toEqual([]);
  });
});

test.each([
  ['denied', denied],
  ['down', () => ({ before: new Error('socket hang up') })],
])('a Security Hub that is %s for weeks: nothing is told as gone, nothing is a dead letter, few calls are made', async (_how, fault) => {
  const world = new World({ config: quiet() });
  let asked = 0;
  world.fault = ({ name }) => (name === 'hub.read' && ++asked ? fault() : undefined);
  for (let n = 0; n < 12; n++) world.send(control({ control: `EC2.${n}`, title: `Control ${n}` }));
  await world.run(START + 5 * DAY);
  // After 90 days they are gone; here nobody can know. That they were not seen for a month is shown by an edit.
  await world.run(START + 120 * DAY);
  expect([world.slack.posts.length, world.slack.replies, world.dead]).toEqual([12, [], []]);
  for (const text of world.slack.posts.map(readable)) expect(text).toMatch(/CRITICAL.*1 open/s);
  expect(world.logs.some(({ message }) => message === 'read-back refused')).toBe(true);
  expect(asked).toBeLessThan((113 * DAY) / (2 * HOUR));
  world.fault = () => undefined;
  await world.run(START + 125 * DAY);
  expect(world.slack.posts.map(readable).filter((text) => text.includes('NO LONGER REPORTED'))).toHaveLength(12);
});

test.each([
  ['a subscription of Azure', { cloud: { provider: 'Azure', account: { uid: '0f1e2d3c-sub' }, region: 'japaneast' } }],
  ['a cluster', { cloud: { region: 'x' }, resources: [{ uid: 'pod-1', type: 'Pod', cluster: { uid: 'cluster-1' } }] }],
])('what is in %s is there while Security Hub has it, and no longer reported only when it is gone', async (_what, place) => {
  const world = new World({ config: quiet() });
  world.send(eventOf('ocsf', { ...ocsfFinding(), ...place }));
  await world.run(START + 60 * DAY);
  expect(world.hub.reads).toBeGreaterThan(5);
  expect(told(world)).not.toMatch(/no longer reported/i);
});

describe('of a batch of which one call was turned away, no finding is taken as gone', () => {
  const instances = Array.from({ length: 30 }, (_, n) => ({ instance: `i-${String(n).padStart(17, '0')}` }));

  test.each([
    ['one of its calls', ({ body }: { body: JsonObject }) => JSON.stringify(body).includes(instances[29]?.instance ?? '?')],
    ['the second page of a call', ({ body }: { body: JsonObject }) => body.NextToken !== undefined],
  ])('%s', async (_what, turnedAway) => {
    const stand = createSecurityHub(createHubFindings());
    const asked: number[] = [];
    const world = new World({ config: quiet() });
    const listener = await listen(stand.service, {
      faults: (call) => (call.operation === 'GetFindings' && turnedAway(call) ? 'refused' : undefined),
    });
    Object.assign(process.env, {
      AWS_REGION: 'ap-northeast-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_ENDPOINT_URL_SECURITYHUB: listener.url,
    });
    const adapter = securityHub();
    world.hub.read = (findings) => {
      asked.push(world.now);
      return adapter.read(findings);
    };
    for (const made of instances) world.send(threat(made));
    // Security Hub has them all, behind pages of strangers with their ids.
    for (let account = 12; account >= 0; account--)
      for (const made of instances)
        stand.findings.put(
          eventOf('asff', {
            ...threatFinding(made),
            ...(account > 0 ? { AwsAccountId: String(666666666660 + account) } : {}),
          }) as JsonObject,
        );
    await world.run(START + 8.2 * DAY);
    await listener.close();
    expect(asked.length).toBeGreaterThan(2);
    expect(world.logs.filter(({ message }) => message === 'read back')).toEqual([]);
    expect(told(world)).not.toMatch(/no longer reported/i);
  });
});

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
