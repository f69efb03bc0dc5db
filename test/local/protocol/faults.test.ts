import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { WebClient } from '@slack/web-api';
import { bedrockService } from '../../../local/bedrock/bedrock';
import { startDynamoDb } from '../../../local/dynamodb/dynamodb';
import type { Fault, FaultCall, FaultPlan } from '../../../local/protocol/faults';
import { faultOn, firstFault } from '../fault-plans';
import { createHubFindings } from '../../../local/securityhub/hub-findings';
import { listen } from '../../../local/protocol/listener';
import { parseOrganization } from '../../../local/organizations/organization-tree';
import { organizationsService } from '../../../local/organizations/organizations';
import { createSecrets } from '../../../local/services/secretsmanager';
import { createSecurityHub } from '../../../local/securityhub/securityhub';
import { LOCAL_SLACK_TOKEN, slackService } from '../../../local/slack/slack';
import { createWorkspace } from '../../../local/slack/slack-workspace';
import { sqsService } from '../../../local/sqs/sqs';
import type { Service } from '../../../local/protocol/wire';
import { ACME } from '../acme';
import { errorOf, silent, towards } from '../clients';

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(service: Service, faults: FaultPlan): Promise<string> {
  const listener = await listen(service, { faults });
  closing.push(() => listener.close());
  return listener.url;
}

function closed<T extends { destroy(): void }>(client: T): T {
  closing.unshift(() => client.destroy());
  return client;
}

/** One call of each service's production client against a stand-in with the fault. */
const CALLS: Record<string, (faults: FaultPlan) => Promise<unknown>> = {
  dynamodb: async (faults) => (await ledger(faults)).put('a'),
  sqs: async (faults) =>
    closed(new SQSClient(towards(await open(sqsService(new Map(), String, Date.now), faults)))).send(
      new GetQueueUrlCommand({ QueueName: 'q' }),
    ),
  organizations: async (faults) =>
    closed(
      new OrganizationsClient(
        towards(
          await open(
            organizationsService(() => parseOrganization(ACME, 'acme')),
            faults,
          ),
        ),
      ),
    ).send(new DescribeAccountCommand({ AccountId: '555555555555' })),
  secretsmanager: async (faults) =>
    closed(new SecretsManagerClient(towards(await open(createSecrets({}, () => 0).service, faults)))).send(
      new GetSecretValueCommand({ SecretId: 's' }),
    ),
  securityhub: async (faults) =>
    closed(new SecurityHubClient(towards(await open(createSecurityHub(createHubFindings()).service, faults)))).send(
      new GetFindingsCommand({}),
    ),
  bedrock: async (faults) =>
    closed(new BedrockRuntimeClient({ ...towards(await open(bedrockService(), faults)), requestHandler: {} })).send(
      new ConverseCommand({ modelId: 'm', messages: [{ role: 'user', content: [{ text: 'x' }] }] }),
      { abortSignal: AbortSignal.timeout(800) },
    ),
  slack: async (faults) => (await workspace(faults)).slack.chat.postMessage({ channel: 'C0PRODONC01', text: 'x' }),
};

async function ledger(faults: FaultPlan) {
  const keySchema = [{ AttributeName: 'pk', KeyType: 'HASH' }];
  const standIn = await startDynamoDb([{ name: 'Ledger', keySchema, attributes: [{ AttributeName: 'pk', AttributeType: 'S' }] }]);
  closing.push(standIn.close);
  const client = closed(new DynamoDBClient(towards(await open(standIn.service, faults))));
  return {
    put: (pk: string) => client.send(new PutItemCommand({ TableName: 'Ledger', Item: { pk: { S: pk } } })),
    has: async (pk: string) => (await client.send(new GetItemCommand({ TableName: 'Ledger', Key: { pk: { S: pk } } }))).Item !== undefined,
  };
}

async function workspace(faults: FaultPlan) {
  const messages = createWorkspace(() => Date.UTC(2026, 10, 21));
  const slackApiUrl = `${await open(slackService({ workspace: messages }), faults)}/api/`;
  const options = { logger: silent, retryConfig: { retries: 0 }, timeout: 800, rejectRateLimitedCalls: true, slackApiUrl };
  return { messages, slack: new WebClient(LOCAL_SLACK_TOKEN, options) };
}

describe('each service fails in its own words', () => {
  test.each<[string, Fault, object]>([
    ['dynamodb', 'throttled', { name: 'ThrottlingException' }],
    ['dynamodb', 'error-500', { name: 'InternalServerError', $metadata: { httpStatusCode: 500 } }],
    ['dynamodb', 'refused', { name: 'AccessDeniedException' }],
    ['sqs', 'throttled', { name: 'RequestThrottled' }],
    ['sqs', 'error-500', { $metadata: { httpStatusCode: 500 } }],
    ['organizations', 'throttled', { name: 'TooManyRequestsException' }],
    ['organizations', 'refused', { name: 'AccessDeniedException' }],
    ['secretsmanager', 'throttled', { name: 'ThrottlingException' }],
    ['secretsmanager', 'refused', { name: 'AccessDeniedException' }],
    ['securityhub', 'throttled', { $metadata: { httpStatusCode: 429 } }],
    ['securityhub', 'error-500', { name: 'InternalException' }],
    ['bedrock', 'throttled', { name: 'ThrottlingException' }],
    ['bedrock', 'refused', { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } }],
    ['slack', 'throttled', { retryAfter: 30 }],
    ['slack', { retryAfter: 7 }, { retryAfter: 7 }],
    ['slack', 'error-500', { statusCode: 500 }],
    ['slack', { slackError: 'is_archived' }, { data: { ok: false, error: 'is_archived' } }],
    ['slack', 'refused', { data: { error: 'invalid_auth' } }],
  ])('%s, %p', async (service, fault, expected) => {
    expect(await errorOf(Promise.resolve(CALLS[service]?.(() => fault)))).toMatchObject(expected);
  });
});

describe('no service answers', () => {
  test.each(
    Object.keys(CALLS).flatMap((service) =>
      (['timeout-before', 'reset-before', 'crash-before', 'nonsense'] as const).map((fault) => [service, fault] as const),
    ),
  )('%s, %s: the client’s own error comes', async (service, fault) => {
    const error = await errorOf(Promise.resolve(CALLS[service]?.(() => fault)));
    expect(error.message).not.toBe('');
    if (fault === 'timeout-before')
      expect(`${error}${String((error as { original?: unknown }).original)}`).toMatch(/time-?out|timed out|aborted/i);
  });
});

describe('before and after the effect', () => {
  test.each<[Fault, boolean]>([
    ['error-500', false],
    ['error-500-after', true],
    ['timeout-before', false],
    ['timeout-after', true],
    ['reset-before', false],
    ['reset-after', true],
    ['crash-before', false],
    ['crash-after', true],
    ['nonsense', false],
    ['nonsense-after', true],
  ])('after %s the row is there: %s', async (fault, there) => {
    const { put, has } = await ledger(faultOn({ operation: 'PutItem' }, fault));
    await errorOf(put('a'));
    expect(await has('a')).toBe(there);
  });

  test('a message whose post timed out after the effect stands in the channel', async () => {
    const { messages, slack } = await workspace(() => 'timeout-after');
    await errorOf(slack.chat.postMessage({ channel: 'C0PRODONC01', text: 'x' }));
    expect(messages.channels().get('C0PRODONC01')).toHaveLength(1);
  });
});

test('what a crashed worker still had on the way has no effect and is not counted', async () => {
  const messages = createWorkspace(() => Date.UTC(2026, 10, 21));
  const gone = new Set(['dead']);
  const listener = await listen(slackService({ workspace: messages }), {
    caller: (id) => ({ functionName: 'deliver', crash: () => {}, gone: () => gone.has(id) }),
  });
  closing.push(() => listener.close());
  const slack = (worker: string) =>
    new WebClient(LOCAL_SLACK_TOKEN, { logger: silent, retryConfig: { retries: 0 }, slackApiUrl: `${listener.url}/@${worker}/api/` });
  await errorOf(slack('dead').chat.postMessage({ channel: 'C0PRODONC01', text: 'from the dead' }));
  await slack('alive').chat.postMessage({ channel: 'C0PRODONC01', text: 'from the living' });
  expect(messages.channels().get('C0PRODONC01')).toMatchObject([{ text: 'from the living' }]);
  expect(listener.calls()).toBe(1);
});

describe('a plan', () => {
  const call = (overrides: Partial<FaultCall> = {}): FaultCall => ({
    service: 'slack',
    operation: 'chat.update',
    number: 1,
    region: '',
    body: {},
    ...overrides,
  });

  test('hits the calls it names, by their number among those of the operation', () => {
    const plan = faultOn({ service: 'slack', operation: 'chat.update', number: [2, 3] }, 'throttled');
    expect([1, 2, 3, 4].map((number) => plan(call({ number })))).toEqual([undefined, 'throttled', 'throttled', undefined]);
    expect(plan(call({ number: 2, operation: 'chat.postMessage' }))).toBeUndefined();
  });

  test('counts each operation of a service by itself', async () => {
    const calls: string[] = [];
    const { put, has } = await ledger(({ operation, number }) => {
      calls.push(`${operation} ${number}`);
      return undefined;
    });
    await put('a');
    await has('a');
    await put('b');
    expect(calls).toEqual(['PutItem 1', 'GetItem 1', 'PutItem 2']);
  });

  test('of several names the first fault', () => {
    const plan = firstFault(faultOn({ number: 2 }, 'refused'), faultOn({}, 'throttled'));
    expect([plan(call()), plan(call({ number: 2 }))]).toEqual(['throttled', 'refused']);
  });
});
