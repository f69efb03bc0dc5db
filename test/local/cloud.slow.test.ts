import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { startCloud } from '../../local/cloud';
import type { Cloud, CloudOptions } from '../../local/cloud-types';
import { faultOn } from './fault-plans';
import type { LogLine } from '../../local/lambda/lambda';
import type { TranscriptEntry } from '../../local/protocol/listener';
import { LOCAL_SLACK_TOKEN } from '../../local/slack/slack';
import { ACME, findingEvent } from './acme';
import { CHANNEL, SECRET, type SmallAssembly, synthesizeSmallStack } from './small-stack';

const START = Date.UTC(2026, 10, 21);
let assembly: SmallAssembly;
const running: Cloud[] = [];

beforeAll(() => {
  assembly = synthesizeSmallStack();
});
afterEach(async () => {
  for (const cloud of running.splice(0)) await cloud.close();
});
afterAll(() => assembly.remove());

async function start(options: Partial<CloudOptions> = {}): Promise<Cloud> {
  const secrets = { [SECRET]: LOCAL_SLACK_TOKEN };
  const cloud = await startCloud({ assembly: assembly.directory, organization: ACME, secrets, now: START, ...options });
  running.push(cloud);
  return cloud;
}

const said = (cloud: Cloud) => (cloud.slack.channels().get(CHANNEL) ?? []).map(({ text }) => text);

test('an event goes through the rule, both bundled functions and every service to Slack', async () => {
  const transcript: TranscriptEntry[] = [];
  const cloud = await start({ transcript: (entry) => transcript.push(entry) });
  expect(cloud.putEvent(findingEvent('f1')).rules).toEqual([expect.stringMatching(/^Admit/)]);
  expect(cloud.putEvent(findingEvent('f2', { Severity: { Label: 'LOW' } })).rules).toEqual([]);
  const summary = await cloud.drain();
  expect(summary).toMatchObject({ ended: 'idle', invocations: 2, failures: [], givenBack: 0, elapsed: 0 });
  expect(said(cloud)).toEqual([expect.stringMatching(/^S3\.2 .*: 1 members\. A security product/)]);
  expect(cloud.securityHub.findings.asff()).toMatchObject([
    { Id: 'f1', Workflow: { Status: 'NOTIFIED' } },
    { Id: 'f2', Workflow: { Status: 'NEW' } },
  ]);
  expect(transcript.map(({ operation }) => operation)).toEqual(['Converse', 'chat.postMessage']);
  expect([cloud.calls('organizations'), cloud.calls('bedrock', 'Converse'), cloud.calls('secretsmanager')]).toEqual([1, 1, 1]);
});

test('all intake of an instant is done before its deliveries, so what belongs together is told together', async () => {
  const cloud = await start();
  for (let index = 0; index < 30; index += 1) cloud.putEvent(findingEvent(`f${index}`));
  await cloud.drain();
  expect(said(cloud)[0]).toMatch(/: 30 members\./);
});

test('intake that arrives with deliveries that came back goes first', async () => {
  const cloud = await start({ faults: faultOn({ service: 'slack', number: 1 }, 'error-500') });
  cloud.putEvent(findingEvent('f1'));
  await cloud.drain({ until: START + 179_999 });
  cloud.clock.advanceTo(START + 180_000);
  cloud.putEvent(findingEvent('f2'));
  await cloud.drain();
  expect(said(cloud)).toEqual([expect.stringMatching(/: 2 members\./)]);
  expect(cloud.slack.channels().get(CHANNEL)?.[0]?.earlier).toEqual([]);
});

test('the functions see the virtual time, and their structured logs are told', async () => {
  const logs: LogLine[] = [];
  const cloud = await start({ onLog: (line) => logs.push(line), workers: 1 });
  cloud.putEvent(findingEvent('f1'));
  cloud.putEvent({
    source: 'aws.securityhub',
    detail: {
      findings: [{ Severity: { Label: 'HIGH' }, Workflow: { Status: 'NEW' }, AwsAccountId: '123123123123', Title: 'T', Id: 'unknown' }],
    },
  });
  await cloud.drain({ until: START + 1000 });
  const { client, tableName } = cloud.ledger;
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: { pk: { S: 'seen' }, sk: { S: 'f1' } } }));
  expect(Number(Item?.at?.N)).toBe(START);
  expect(logs).toMatchObject([
    {
      functionName: expect.stringMatching(/^intake/),
      entry: { at: new Date(START).toISOString(), reason: expect.stringMatching(/AccountNotFound/) },
    },
  ]);
});

test('what fails comes back when its visibility is over, and ends among the dead letters', async () => {
  const cloud = await start();
  cloud.putEvent(findingEvent('f1', { AwsAccountId: '123123123123' }));
  const summary = await cloud.drain();
  expect(summary).toMatchObject({ ended: 'idle', givenBack: 5, elapsed: 5 * 60_000 });
  const dead = Object.entries(cloud.deadLetters()).flatMap(([queue, letters]) =>
    letters.map(({ body, receiveCount }) => ({ queue, id: JSON.parse(body).id, receiveCount })),
  );
  expect(dead).toEqual([{ queue: expect.stringMatching(/^FindingsDead/), id: 'event-f1', receiveCount: 5 }]);
});

test('a drain until an instant leaves the rest, and the next one goes on there', async () => {
  const cloud = await start();
  cloud.putEvent(findingEvent('f1', { AwsAccountId: '123123123123' }));
  expect(await cloud.drain({ until: START + 90_000 })).toMatchObject({ ended: 'until', givenBack: 2 });
  expect(cloud.clock.now()).toBe(START + 90_000);
  cloud.setOrganization({ name: 'Root', accounts: [{ id: '123123123123', name: 'new' }] });
  expect(await cloud.drain()).toMatchObject({ ended: 'idle', givenBack: 0 });
  expect(said(cloud)).toHaveLength(1);
});

test('a schedule fires at the minute at which something is due, and not in between', async () => {
  const due = [START + 90_000, START + 1_000_000];
  const cloud = await start({ nextDue: async () => due.shift() });
  expect(await cloud.drain()).toMatchObject({ ended: 'idle', invocations: 2 });
  const { client, tableName } = cloud.ledger;
  for (const at of [120_000, 1_020_000]) {
    const sk = { S: new Date(START + at).toISOString().replace('.000', '') };
    expect((await client.send(new GetItemCommand({ TableName: tableName, Key: { pk: { S: 'ticks' }, sk } }))).Item?.at?.N).toBe(
      String(START + at),
    );
  }
});

test('a give-back waits as long as Slack asked, in virtual time', async () => {
  const cloud = await start({ slackLimits: true, workers: 1 });
  for (let index = 0; index < 6; index += 1) cloud.putEvent(findingEvent(`f${index}`, { Title: `T${index}` }));
  expect(await cloud.drain()).toMatchObject({ ended: 'idle', failures: [] });
  expect(said(cloud)).toHaveLength(6);
  const posts = cloud.slack
    .channels()
    .get(CHANNEL)
    ?.map(({ postedAt }) => postedAt - START);
  expect(Math.max(...(posts ?? []))).toBe(3000);
});

test('Security Hub emits an event for what was updated, where that is asked for', async () => {
  for (const hubEvents of [true, false]) {
    const cloud = await start({ hubEvents });
    cloud.putEvent(findingEvent('f1'));
    await cloud.drain();
    const told = [...cloud.queues].find(([name]) => name.startsWith('ToldQueue'))?.[1].messages() ?? [];
    expect(told.map(({ body }) => JSON.parse(body).detail.findings[0].Id)).toEqual(hubEvents ? ['f1'] : []);
  }
});

test('with a state folder the next run goes on: ledger, messages, queues and time', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'state-'));
  try {
    const first = await start({ stateDir });
    first.putEvent(findingEvent('f1'));
    await first.drain({ until: START + 5000 });
    first.putEvent(findingEvent('f2'));
    await running.pop()?.close();
    const second = await start({ stateDir });
    expect(second.clock.now()).toBe(START + 5000);
    await second.drain();
    expect(said(second)).toEqual([expect.stringMatching(/: 2 members\./)]);
    expect(second.slack.channels().get(CHANNEL)?.[0]?.earlier).toHaveLength(1);
  } finally {
    await running.pop()?.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
});

test('an aborted drain ends at once, and what it had begun is not lost', async () => {
  const cloud = await start({ faults: ({ service }) => (service === 'organizations' ? 'timeout-before' : undefined) });
  cloud.putEvent(findingEvent('f1'));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  expect(await cloud.drain({ signal: controller.signal })).toMatchObject({ ended: 'aborted' });
  expect([...cloud.queues.values()].flatMap((queue) => queue.messages())).toHaveLength(1);
});

test('what cannot be started leaves nothing that listens', async () => {
  const listening = async () => {
    // A closed handle is forgotten a little later.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
  };
  const before = await listening();
  const assemblyFolder = mkdtempSync(join(tmpdir(), 'no-assembly-'));
  for (const file of ['manifest.json', 'Small.template.json']) copyFileSync(join(assembly.directory, file), join(assemblyFolder, file));
  writeFileSync(join(assemblyFolder, 'Small.assets.json'), '{"files":{}}');
  await expect(start({ assembly: assemblyFolder })).rejects.toThrow(/no bundle for the function/);
  expect(await listening()).toBe(before);
  rmSync(assemblyFolder, { recursive: true });
});
