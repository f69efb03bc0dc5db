/** Plays what the functions meet in their life, through the bundles of the example deployment, and says what they called. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultPlan } from '../../local/protocol/faults';
import { filesBelow, readInputs } from '../../cli/run/inputs';
import { configuration, webhookSecrets } from '../../cli/run/configuration';
import { EXAMPLE, GOVCLOUD } from '../config/example';
import { cleanUp, deployed, prepareFrom, type Running } from '../e2e/deployment';
import { firstFault, faultOn } from '../local/fault-plans';
import { control } from '../world/events';
import { MemberAccount } from '../stacks/member/member-account';
import { HOUR, START } from '../world/world';
import { plain, type RecordedCall, Recorder } from './record';

const DAY = 24 * HOUR;
type Event = Record<string, unknown>;
type Played = (cloud: Running) => Promise<unknown>;

/** Of every function of every stack; it takes a minute. */
export async function recordedCalls(): Promise<RecordedCall[]> {
  const recorder = new Recorder(settingsOf(EXAMPLE));
  await prepareFrom(EXAMPLE);
  try {
    await play(recorder, enrolled, { organizationPaths: true });
    await play(recorder, told, { organizationPaths: false });
    await play(recorder, unread, { faults: faultOn({ service: 'slack', operation: 'chat.postMessage' }, 'reset-before') });
    await play(recorder, crowded, {});
    for (const by of ['Intake', 'Deliver']) await play(recorder, waitedFor, { faults: ledgerless(by, 400) });
  } finally {
    cleanUp();
  }
  recorder.also(await throughWebhook());
  recorder.also(await inMemberAccount());
  return recorder.all;
}

const settingsOf = (folder: string) => configuration(folder).settings;

/** The example in which a receiver has no bot. */
async function throughWebhook(): Promise<RecordedCall[]> {
  const recorder = new Recorder(settingsOf(GOVCLOUD));
  const names = webhookSecrets(configuration(GOVCLOUD));
  await prepareFrom(GOVCLOUD);
  try {
    await play(recorder, findingsOfTheDemo, { webhookSecrets: names });
  } finally {
    cleanUp();
  }
  return recorder.all;
}

/** The function of a member account: where Security Hub is off, and where it is on with other settings. */
async function inMemberAccount(): Promise<RecordedCall[]> {
  const source = readFileSync(join(__dirname, '../../stacks/member/enable.js'), 'utf8');
  const account = new MemberAccount(() => source);
  await account.start();
  try {
    const first = await account.run();
    const fresh = account.hub.operations;
    account.reset();
    account.hub.turnOn('STANDARD_CONTROL');
    await account.run();
    const called = [...new Set([...fresh, ...account.hub.operations])].map((operation) => ({
      call: `securityhub:${operation}`,
      on: 'hub, home',
    }));
    const logged = first.logs.length > 0 ? [{ call: 'logs:PutLogEvents', on: 'logs' }] : [];
    return [...called, ...logged].map((call) => ({ by: 'EnablementFunction', ...call }));
  } finally {
    await account.stop();
  }
}

/** A function whose ledger cannot be used, for so many of its calls. */
function ledgerless(by: string, calls: number): FaultPlan {
  let left = calls;
  return ({ service, functionName }) => (service === 'dynamodb' && functionName?.startsWith(by) && left-- > 0 ? 'refused' : undefined);
}

/** As AWS sets Security Hub up in each Region: nothing is as enroll wants it. */
const enrolled: Played = async (cloud) => {
  for (const region of ['ap-northeast-1', 'us-east-1', 'eu-west-1']) {
    const hub = cloud.securityHub.administration.region(region);
    hub.autoEnable = false;
    hub.controlFindingGenerator = 'STANDARD_CONTROL';
  }
  await cloud.invoke('Enroll', { 'detail-type': 'Scheduled Event' });
};

/** Of both Security Hubs, of several accounts, and one of an account that nobody knows. */
const FINDINGS = filesBelow(['cli/demo/findings']).filter((file) => /\/(02|04|08|10|12|17|20)-/.test(file));

const findingsOfTheDemo: Played = async (cloud) => {
  for (const { event } of FINDINGS.flatMap(readInputs)) if (event) cloud.putEvent(event as Event);
  cloud.putEvent(control({ time: START }) as Event);
  await cloud.drain({ until: START + HOUR });
};

/** The demo's findings; the account that nobody knew is one of the organization an hour later; one is mended; and all is read back. */
const told: Played = async (cloud) => {
  await findingsOfTheDemo(cloud);
  const organization = JSON.parse(readFileSync('cli/demo/organization.json', 'utf8'));
  organization.accounts.push({ id: '012345678901', name: 'acquired', tags: {} });
  cloud.setOrganization(organization);
  // What Organizations said is believed for a day at the most; each minute's tick asks again.
  await cloud.drain({ until: START + 26 * HOUR });
  for (const hours of [26, 27]) {
    queueOf(cloud, 'TickQueue').send({ body: '{}' });
    await cloud.drain({ until: START + (hours + 1) * HOUR });
  }
  cloud.putEvent(control({ compliance: 'PASSED', severity: 'INFORMATIONAL', updatedAt: START + HOUR, time: START + HOUR }) as Event);
  await cloud.drain({ until: START + 9 * DAY });
};

/** What is no finding, and a message of which nobody knows whether it was posted. */
const unread: Played = async (cloud) => {
  cloud.putEvent(control({ time: START }) as Event);
  queueOf(cloud, 'QueuesFindings').send({ body: '{}' });
  await cloud.drain({ until: START + HOUR });
};

/** Many problems of one channel stand in its line, and CRITICAL ones come before them. */
const crowded: Played = async (cloud) => {
  const put = (severity: string, name: string, at: number) =>
    cloud.putEvent(
      control({ control: `EC2.${name}`, bucket: `b-${name}`, title: name, severity, updatedAt: START + at, time: START + at }) as Event,
    );
  for (let n = 0; n < 50; n++) put('HIGH', `${n}`, 0);
  // Their line forms when they have waited for their siblings.
  for (let n = 100; n < 110; n++) {
    const at = (20 + (n - 100) * 3) * 1000;
    await cloud.drain({ until: START + at });
    for (const part of [1, 2, 3]) put('CRITICAL', `${n}${part}`, at);
  }
  await cloud.drain({ until: START + HOUR });
};

/** So long without a ledger that a message is sent anew. */
const waitedFor: Played = async (cloud) => {
  cloud.putEvent(control({ time: START }) as Event);
  await cloud.drain({ until: START + 6 * HOUR });
};

function queueOf(cloud: Running, id: string) {
  const queue = [...cloud.queues].find(([name]) => plain(name) === id)?.[1];
  if (!queue) throw new Error(`the template has no queue ${id}`);
  return queue;
}

async function play(
  recorder: Recorder,
  played: Played,
  { faults, ...options }: { faults?: FaultPlan; organizationPaths?: boolean; webhookSecrets?: string[] },
): Promise<void> {
  const cloud = await deployed({
    functionTimeoutMs: undefined,
    ...options,
    faults: firstFault(recorder.plan, (call) => (call.functionName === undefined ? undefined : faults?.(call))),
    onLog: ({ functionName }) => recorder.add({ by: plain(functionName), call: 'logs:PutLogEvents', on: 'logs' }),
  });
  try {
    await played(cloud);
  } finally {
    await cloud.close();
  }
}
