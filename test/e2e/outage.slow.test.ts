/**
 * Hours without Slack, and a Security Hub that refuses, for the bundles as deployed: over the stand-ins and in virtual
 * time. Connections are refused for real, by a door before the stand-in that is shut.
 * @proves lost, repeated
 */
import net, { type AddressInfo } from 'node:net';
import { Template } from 'aws-cdk-lib/assertions';
import type { FaultPlan } from '../../local/protocol/faults';
import { faultOn, firstFault } from '../local/fault-plans';
import { alarmOn, type Line } from '../stacks/alarm-over-logs';
import { control } from '../world/events';
import { HOUR, MINUTE, START } from '../world/world';
import { cleanUp, deadLetters, deployed, posts, prepareFrom, type Running, stackTemplate } from './deployment';

const CONFIG = 'config/examples/govcloud-central-configuration';
const WEBHOOK = 'security-hub-interpreter/platform-webhook';
const CHANNELS = ['C0PRODONC01', `webhook:${WEBHOOK}`];
/** Of these accounts the first is told by the webhook, the second in the channel. */
const ACCOUNTS = ['444444444444', '555555555555'];
const ENDS = START + 6 * HOUR;

let template: Template;
beforeAll(async () => {
  await prepareFrom(CONFIG);
  template = Template.fromJSON(stackTemplate());
}, 60_000);
afterAll(cleanUp);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function running(faults: FaultPlan, extraEnv: Record<string, string> = {}): Promise<Running> {
  const cloud = await deployed({
    webhookSecrets: [WEBHOOK],
    faults,
    extraEnv: { CALL_TIMEOUT_MS: '1000', MODEL_TIMEOUT_MS: '1000', ...extraEnv },
  });
  closing.unshift(() => cloud.close());
  return cloud;
}

function inGovCloud(event: object): Record<string, unknown> {
  const text = JSON.stringify(event).replaceAll('arn:aws:', 'arn:aws-us-gov:').replaceAll('ap-northeast-1', 'us-gov-west-1');
  return JSON.parse(text) as Record<string, unknown>;
}

const STORY = [
  { at: 0, control: 'EC2.1', severity: 'HIGH' },
  { at: 40 * MINUTE, control: 'EC2.2', severity: 'CRITICAL' },
  { at: 3 * HOUR, control: 'EC2.3', severity: 'HIGH' },
  { at: 5 * HOUR, control: 'EC2.4', severity: 'CRITICAL' },
];

async function play(cloud: Running, upTo: number, story = STORY): Promise<void> {
  for (const { at, ...finding } of story) {
    await cloud.drain({ until: START + at });
    for (const account of ACCOUNTS) {
      const event = control({ ...finding, account, title: `Control ${finding.control}`, updatedAt: START + at, time: START + at });
      cloud.putEvent(inGovCloud(event));
    }
  }
  await cloud.drain({ until: upTo });
}

/** What readers of each channel were told, in order. */
function toldIn(cloud: Running, channel: string): string[] {
  return posts(cloud)
    .filter((post) => post.channel === channel)
    .map(({ text }) => `${/CRITICAL|HIGH/.exec(text)?.[0]} ${/EC2\.\d/.exec(text)?.[0]}`);
}
/** Those of metrics have no time of their own. */
function linesOf(cloud: Running): Line[] {
  return cloud.logs.flatMap(({ entry }) => (entry?.timestamp ? [{ at: Date.parse(String(entry.timestamp)), entry }] : []));
}

const AFTERWARDS = [
  ['CRITICAL EC2.2', 'CRITICAL EC2.4'],
  ['HIGH EC2.1', 'HIGH EC2.3'],
];

function toldOnceAfterwards(cloud: Running): void {
  expect(deadLetters(cloud)).toEqual([]);
  for (const channel of CHANNELS) {
    const told = toldIn(cloud, channel);
    expect([told.slice(0, 2).sort(), told.slice(2).sort()]).toEqual(AFTERWARDS);
  }
  expect(posts(cloud).every(({ postedAt }) => postedAt >= ENDS && postedAt < ENDS + 10 * MINUTE)).toBe(true);
  const [rings] = alarmOn(template, 'deliveries-waiting', linesOf(cloud), ENDS);
  expect(rings).toBeGreaterThanOrEqual(START + 25 * MINUTE);
  expect(rings).toBeLessThanOrEqual(START + 45 * MINUTE);
}

test('Slack answering 503 for six hours: nothing in a dead-letter queue, everything told once afterwards, CRITICAL first', async () => {
  let now = () => START;
  const away = { awsError: 'ServiceUnavailable', message: '<html>503 Service Unavailable</html>', status: 503 };
  const cloud = await running((call) => (call.service === 'slack' && now() < ENDS ? away : undefined));
  now = () => cloud.clock.now();
  await play(cloud, ENDS - 1);
  expect(posts(cloud)).toEqual([]);
  expect(cloud.calls('slack', 'chat.postMessage')).toBeGreaterThan(30);
  expect(cloud.calls('slack', 'webhook')).toBeGreaterThan(30);
  await cloud.drain();
  toldOnceAfterwards(cloud);
}, 120_000);

test('connections refused for six hours: the same', async () => {
  const door = await doorTo(() => new URL(cloud.url('slack')));
  const cloud: Running = await running(() => undefined, { SLACK_API_URL: `${door.url}/api/` });
  cloud.secrets.set(WEBHOOK, `${door.url}/services/${encodeURIComponent(WEBHOOK)}`);
  await door.shut();
  await play(cloud, ENDS - 1);
  expect(cloud.calls('slack')).toBe(0);
  await door.open();
  await cloud.drain();
  toldOnceAfterwards(cloud);
}, 120_000);

test('BatchUpdateFindings denied throughout: every finding told, no dead letter, and the alarm for marks rings', async () => {
  const cloud = await running(faultOn({ service: 'securityhub', operation: 'BatchUpdateFindings' }, 'refused'));
  await play(cloud, START + 8 * HOUR);
  for (const channel of CHANNELS) expect(toldIn(cloud, channel)).toEqual(STORY.map(({ severity, control: of }) => `${severity} ${of}`));
  expect(deadLetters(cloud)).toEqual([]);
  const refused = linesOf(cloud).filter(({ entry }) => entry.message === 'marking refused');
  expect(refused.length).toBeGreaterThan(2);
  for (const { entry } of refused) expect(entry.reason).toMatch(/AccessDenied/);
  expect(alarmOn(template, 'marks-refused', linesOf(cloud), START + 8 * HOUR).length).toBeGreaterThan(6);
}, 120_000);

test('GetFindings failing and updates left unprocessed, one after the other, lose no mark', async () => {
  let now = () => START;
  const cloud = await running(
    firstFault(
      (call) => (call.operation === 'GetFindings' && now() < START + HOUR ? 'error-500' : undefined),
      (call) => (call.operation === 'BatchUpdateFindings' && now() <= START + 2 * HOUR ? 'throttled' : undefined),
    ),
  );
  now = () => cloud.clock.now();
  await play(cloud, START + 2 * HOUR, STORY.slice(0, 2));
  const findings = () => cloud.securityHub.findings.asff() as { Id: string; Workflow?: { Status?: string } }[];
  for (const { Id } of findings()) cloud.securityHub.refuseUpdate(Id, 'InternalException');
  await cloud.drain({ until: START + 4 * HOUR });
  expect(findings().map(({ Workflow }) => Workflow?.Status)).toEqual(Array(4).fill('NEW'));
  for (const { Id } of findings()) cloud.securityHub.refuseUpdate(Id);
  await cloud.drain();
  expect(findings().map(({ Workflow }) => Workflow?.Status)).toEqual(Array(4).fill('NOTIFIED'));
  expect(posts(cloud)).toHaveLength(4);
  expect(deadLetters(cloud)).toEqual([]);
}, 120_000);

interface Door {
  url: string;
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** A port that passes connections on, or where nobody listens. */
async function doorTo(target: () => URL): Promise<Door> {
  const passing = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    const { hostname, port } = target();
    const onward = net.connect(Number(port), hostname);
    for (const end of [socket, onward]) passing.add(end.on('error', () => undefined));
    socket.pipe(onward).pipe(socket);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const shut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of passing) socket.destroy();
      passing.clear();
    });
  closing.push(() => (server.listening ? shut() : Promise.resolve()));
  return { url: `http://127.0.0.1:${port}`, shut, open: () => listen(port) };
}
