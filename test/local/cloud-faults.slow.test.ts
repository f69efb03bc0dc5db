import { startCloud } from '../../local/cloud';
import type { Cloud, CloudOptions } from '../../local/cloud-types';
import type { Fault } from '../../local/protocol/faults';
import { faultOn } from './fault-plans';
import { LOCAL_SLACK_TOKEN } from '../../local/slack/slack';
import type { ServiceName } from '../../local/protocol/wire';
import { ACME, findingEvent } from './acme';
import { CHANNEL, SECRET, type SmallAssembly, synthesizeSmallStack } from './small-stack';

const START = Date.UTC(2026, 10, 21);
let assembly: SmallAssembly;
let cloud: Cloud;

beforeAll(() => {
  assembly = synthesizeSmallStack();
});
afterEach(() => cloud.close());
afterAll(() => assembly.remove());

async function run(options: Partial<CloudOptions>) {
  const secrets = { [SECRET]: LOCAL_SLACK_TOKEN };
  const extraEnv = { CALL_TIMEOUT_MS: '600' };
  cloud = await startCloud({ assembly: assembly.directory, organization: ACME, secrets, now: START, workers: 1, extraEnv, ...options });
  cloud.putEvent(findingEvent('f1'));
  const summary = await cloud.drain();
  return { summary, messages: cloud.slack.channels().get(CHANNEL) ?? [], dead: Object.values(cloud.deadLetters()).flat() };
}

/** Service, operation, fault, and the visibility timeout of the queue of the function that calls, in seconds. */
const FAULTS: [ServiceName, string, Fault, number][] = [
  ['dynamodb', 'PutItem', 'throttled', 60],
  ['dynamodb', 'GetItem', 'crash-before', 60],
  ['dynamodb', 'Query', 'nonsense', 180],
  ['sqs', 'SendMessage', 'crash-after', 60],
  ['organizations', 'DescribeAccount', 'timeout-before', 60],
  ['secretsmanager', 'GetSecretValue', 'reset-before', 180],
  ['securityhub', 'BatchUpdateFindings', 'timeout-after', 180],
];

test.each(FAULTS)('%s %s, %s: the work comes back after the visibility timeout and is done', async (service, operation, fault, seconds) => {
  const { summary, messages, dead } = await run({ faults: faultOn({ service, operation, number: 1 }, fault) });
  expect(summary.failures).toHaveLength(String(fault).startsWith('crash') ? 1 : 0);
  expect(summary).toMatchObject({ ended: 'idle', givenBack: 1, elapsed: seconds * 1000 });
  expect({ messages: messages.length, dead: dead.length }).toEqual({ messages: 1, dead: 0 });
});

test('a crash after a post leaves the message, and the careless function posts again', async () => {
  const { messages, summary } = await run({ faults: faultOn({ operation: 'chat.postMessage', number: 1 }, 'crash-after') });
  expect(summary.failures).toMatchObject([{ functionName: expect.stringMatching(/^deliver/), result: { outcome: 'crashed' } }]);
  expect(messages).toHaveLength(2);
});

test('a crash before a post leaves none', async () => {
  const { messages } = await run({ faults: faultOn({ operation: 'chat.postMessage', number: 1 }, 'crash-before') });
  expect(messages).toHaveLength(1);
});

test('a crashed worker is replaced by one that knows nothing', async () => {
  const { summary } = await run({ faults: faultOn({ service: 'sqs', number: 1 }, 'crash-before') });
  expect(summary.failures[0]?.result.outcome).toBe('crashed');
  expect(cloud.calls('organizations')).toBe(2);
});

test('a function that never ends is ended at its time-out, and its message comes back', async () => {
  const extraEnv = { CALL_TIMEOUT_MS: '60000' };
  cloud = await startCloud({
    assembly: assembly.directory,
    organization: ACME,
    secrets: { [SECRET]: LOCAL_SLACK_TOKEN },
    now: START,
    extraEnv,
    functionTimeoutMs: 3000,
    faults: faultOn({ service: 'organizations', number: 1 }, 'timeout-before'),
  });
  cloud.putEvent(findingEvent('f1'));
  const summary = await cloud.drain();
  expect(summary.failures).toMatchObject([{ result: { outcome: 'crashed', message: expect.stringMatching(/timed out/) } }]);
  expect(cloud.slack.channels().get(CHANNEL)).toHaveLength(1);
});

test('Bedrock’s failure is the function’s to live with', async () => {
  for (const fault of ['throttled', 'timeout-before', 'nonsense', { modelAnswer: 'not JSON' }] satisfies Fault[]) {
    const { messages } = await run({ faults: faultOn({ service: 'bedrock' }, fault) });
    expect(messages.map(({ text }) => text)).toEqual([expect.stringMatching(/Without interpretation\.$/)]);
    await cloud.close();
  }
});

test('with one worker a run repeats call by call', async () => {
  const calls: string[][] = [];
  for (const _run of [1, 2]) {
    const callsOfRun: string[] = [];
    await run({
      faults: ({ service, operation, number }) => {
        callsOfRun.push(`${service} ${operation} ${number}`);
        return undefined;
      },
    });
    await cloud.close();
    calls.push(callsOfRun);
  }
  expect(calls[0]?.length).toBeGreaterThan(10);
  expect(calls[1]).toEqual(calls[0]);
});
