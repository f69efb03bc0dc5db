/**
 * A Security Hub that lost its role, or an account, shows nothing of it: that its findings are missing says nothing of them.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-disassociate-members.html: the administrator stops
 * "receiving and viewing findings from that account".
 */
import { readable } from '../../cli/simulate/world/slack';
import { alarmOn } from '../stacks/alarm-over-logs';
import { hubTemplate } from '../stacks/synthesize';
import { config } from './config';
import { control, ocsf, threat } from './events';
import { HOUR, START, World } from './world';

const DAY = 24 * HOUR;
const told = (world: World) => [...world.slack.posts, ...world.slack.replies].map(readable).join('\n');
const closed = (world: World) => world.slack.posts.map(readable).filter((text) => text.includes('NO LONGER REPORTED'));
const ACCOUNTS = ['555555555555', '666666666666', '777777777777'];

/** Some findings of each account; Security Hub shows those of the accounts that `sees` names. */
function administrator(sees: (account: string, day: number) => boolean): World {
  const world = new World({ config: config({ settings: { writeBack: false } }) });
  const [read, shows] = [world.hub.read.bind(world.hub), world.hub.shows.bind(world.hub)];
  const visible = (account: string) => sees(account, (world.now - START) / DAY);
  world.hub.read = async (findings) => (await read(findings)).filter(({ accountId }) => visible(accountId));
  world.hub.shows = async (format, account) => visible(account) && shows(format, account);
  for (const account of ACCOUNTS) {
    for (let n = 0; n < 4; n++) world.send(threat({ account, type: `Recon:EC2/Kind${n}`, severity: 'CRITICAL' }));
    world.send(control({ account, control: 'IAM.4', bucket: 'root' }));
  }
  return world;
}

test('where the role is lost nothing is told as gone, and an alarm rings; when it is back all goes on', async () => {
  const world = administrator((_account, day) => day < 5 || day > 12);
  await world.run(START + 12 * DAY);
  const before = world.slack.posts.map(readable);
  expect([before.length, closed(world), world.slack.replies]).toEqual([13, [], []]);
  const on = alarmOn(hubTemplate(), 'read-back-refused', world.lines, world.now).map((time) => (time - START) / DAY);
  expect(on[0]).toBeLessThan(10);
  await world.run(START + 60 * DAY);
  expect([closed(world), world.slack.replies, world.dead]).toEqual([[], [], []]);
  const refusals = world.logs.filter(({ message }) => message === 'read-back refused');
  expect(refusals.length).toBeGreaterThan(0);
  expect(Math.max(...refusals.map(({ at: time }) => time))).toBeLessThan(START + 13 * DAY);
});

test('of one account that is disassociated nothing is told as gone, and of the others what is gone is', async () => {
  const world = administrator((account) => account !== '555555555555');
  const read = world.hub.read.bind(world.hub);
  // GuardDuty's finding of another account was deleted, that account shows others.
  world.hub.read = async (findings) =>
    (await read(findings)).filter(({ accountId, id }) => !(accountId === '666666666666' && id.includes('Kind0')));
  await world.run(START + 12 * DAY);
  expect(closed(world)).toHaveLength(1);
  expect(closed(world)[0]).toContain('account-666');
});

test('an account of which nothing is shown for two weeks has nothing any more that is reported, and it is told as that', async () => {
  const world = administrator((account) => account !== '555555555555');
  await world.run(START + 20 * DAY);
  expect(closed(world)).toEqual([]);
  await world.run(START + 25 * DAY);
  expect(closed(world)).toHaveLength(4);
  for (const text of closed(world)) expect(text).toContain('account-555');
  // A control over three accounts stays open in the two others.
  expect(told(world)).toMatch(/2 open resources, 1 no longer reported/);
});

test('each Security Hub answers for itself: what the new one shows of an account says nothing of the other', async () => {
  const world = new World({ config: config({ settings: { writeBack: false } }) });
  // One bucket that both report, and another control of the new one.
  for (const event of [control(), ocsf(), ocsf({ control: 'IAM.4' })]) world.send(event);
  const [read, shows] = [world.hub.read.bind(world.hub), world.hub.shows.bind(world.hub)];
  world.hub.read = async (findings) => (await read(findings)).filter(({ finding }) => finding?.controlId === 'IAM.4');
  world.hub.shows = async (format, account) => format === 'ocsf' && shows(format, account);
  await world.run(START + 12 * DAY);
  expect(closed(world)).toEqual([]);
  // The copy is gone, of the other nobody knows.
  expect(world.slack.posts.map(readable).filter((text) => /S3\.2.*1 open resource · first seen/s.test(text))).toHaveLength(1);
});

test('a finding that is gone costs one question more, and what is there none', async () => {
  const world = administrator(() => true);
  const asked: string[] = [];
  const [read, shows] = [world.hub.read.bind(world.hub), world.hub.shows.bind(world.hub)];
  world.hub.read = async (findings) => (await read(findings)).filter(({ id }) => !id.includes('Kind0') || !id.includes('555555555555'));
  world.hub.shows = async (format, account) => {
    asked.push(`${format} ${account}`);
    return shows(format, account);
  };
  await world.run(START + 20 * DAY);
  expect(closed(world)).toHaveLength(1);
  expect(asked).toEqual(['asff 555555555555']);
});

test('a Security Hub that refuses the question has said nothing', async () => {
  const world = administrator((_account, day) => day < 5);
  world.fault = ({ name }) =>
    name === 'hub.shows' ? { before: Object.assign(new Error('denied'), { name: 'AccessDeniedException' }) } : undefined;
  await world.run(START + 12 * DAY);
  expect([closed(world), world.dead]).toEqual([[], []]);
  expect(world.logs.some(({ message }) => message === 'read-back refused')).toBe(true);
});
