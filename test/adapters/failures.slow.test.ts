/** Each adapter says of every error of its service, as the service and its client word it, what becomes of the work: over loopback. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bedrockService } from '../../local/bedrock/bedrock';
import { organizationsService } from '../../local/organizations/organizations';
import { parseOrganization } from '../../local/organizations/organization-tree';
import type { Fault } from '../../local/protocol/faults';
import { type Listener, listen } from '../../local/protocol/listener';
import type { Service } from '../../local/protocol/wire';
import { createHubFindings } from '../../local/securityhub/hub-findings';
import { createSecurityHub } from '../../local/securityhub/securityhub';
import { startDynamoDb } from '../../local/dynamodb/dynamodb';
import { createSecrets } from '../../local/services/secretsmanager';
import { createQueue } from '../../local/sqs/queue';
import { sqsService } from '../../local/sqs/sqs';
import { awsFailure } from '../../handlers/adapters/aws-failure';
import { outcomeOf, reasonOf } from '../../handlers/domain/failure';
import { promptFor } from '../../handlers/domain/interpretation/prompt';
import { ACME } from '../local/acme';
import { LEDGER_TABLE } from '../local/ledger-table';
import { BRIEFS } from '../domain/interpretation/briefs';
import { towardsLoopback } from './loopback';

const closing: (() => unknown)[] = [];
const faults = new Map<string, Fault>();
/** One call of each adapter, which fails as `faults` says. */
const CALLS: Record<string, () => Promise<unknown>> = {};

async function open(name: string, service: Service): Promise<Listener> {
  const listener = await listen(service, { faults: () => faults.get(name) });
  closing.push(() => listener.close());
  return listener;
}

beforeAll(async () => {
  // Read when the clients are made.
  process.env.CALL_TIMEOUT_MS = '500';
  const now = () => Date.UTC(2026, 10, 21);
  const dynamo = await startDynamoDb([LEDGER_TABLE]);
  closing.push(dynamo.close);
  const definition = { name: 'q.fifo', arn: 'arn:q', fifo: true, visibilityTimeout: 30, delay: 0, contentBasedDeduplication: false };
  const queues = new Map([['q.fifo', createQueue({ ...definition, deduplicationScope: 'messageGroup' }, now)]]);
  const urls: Record<string, string> = {
    DYNAMODB: (await open('DynamoDB', dynamo.service)).url,
    SQS: (
      await open(
        'SQS',
        sqsService(queues, (name) => `http://127.0.0.1/${name}`, now),
      )
    ).url,
    ORGANIZATIONS: (
      await open(
        'Organizations',
        organizationsService(() => parseOrganization(ACME, 'acme')),
      )
    ).url,
    SECRETS_MANAGER: (await open('Secrets Manager', createSecrets({ 'a/token': 'xoxb-1' }, now).service)).url,
    SECURITYHUB: (await open('Security Hub', createSecurityHub(createHubFindings()).service)).url,
    BEDROCK_RUNTIME: (await open('Bedrock', bedrockService())).url,
  };
  towardsLoopback(urls);
  const { dynamoLedger } = await import('../../handlers/adapters/dynamo');
  const { sqsInbox, sqsWakeUps } = await import('../../handlers/adapters/sqs');
  const { organizationsDirectory } = await import('../../handlers/adapters/organizations');
  const { Secret } = await import('../../handlers/adapters/secrets');
  const { securityHub } = await import('../../handlers/adapters/securityhub');
  const { bedrockAnalyst } = await import('../../handlers/adapters/bedrock');
  const ledger = dynamoLedger('Ledger');
  const key = { pk: 'p', sk: 's' };
  const queueUrl = `${urls.SQS}/123456789012/q.fifo`;
  const reference = { id: 'i', productArn: 'p', format: 'asff' as const, region: 'r', accountId: '555555555555' };
  Object.assign(CALLS, {
    'DynamoDB read': () => ledger.read(key),
    'DynamoDB list': () => ledger.list('p', ''),
    'DynamoDB write': () => ledger.write(key, 1, 0),
    'DynamoDB remove': () => ledger.remove(key),
    'SQS wake-ups': () => sqsWakeUps(queueUrl).send([{ receiver: 'r', fingerprint: 'f' }]),
    'SQS dead letter': () => sqsInbox({ queueUrl, deadLetterUrl: queueUrl }).deadLetter('b', 'r', 'g'),
    'Organizations account': () => organizationsDirectory().account('555555555555'),
    'Organizations parent': () => organizationsDirectory().parent?.('555555555555') ?? Promise.resolve(),
    'Secrets Manager token': () => new Secret('a/token', { now }).value(),
    'Security Hub read': () => securityHub().read([reference]),
    'Security Hub mark': () => securityHub().markNotified([reference]),
    'Bedrock interpret': () =>
      bedrockAnalyst({ maxTokens: 100 }).interpret(promptFor(BRIEFS.publicBucket.brief, 'en'), { profile: 'm', timeoutMs: 2000 }),
  });
});
afterAll(async () => {
  for (const close of closing) await close();
});

const serviceOf = (call: string) => call.split(' ').slice(0, -1).join(' ').replace('SQS dead', 'SQS');
/** All at once: each waits for the retries of its client. */
async function outcomes(fault: Fault): Promise<Record<string, string>> {
  for (const call of Object.keys(CALLS)) faults.set(serviceOf(call), fault);
  const results = await Promise.all(
    Object.entries(CALLS).map(async ([name, call]) => {
      const error: unknown = await call().then(
        () => undefined,
        (failure: unknown) => failure,
      );
      reasons.push(reasonOf(error));
      return [name, error === undefined ? 'no error' : outcomeOf(error)] as const;
    }),
  );
  faults.clear();
  return Object.fromEntries(results);
}
let reasons: string[];
beforeEach(() => {
  reasons = [];
});
const all = (outcome: string) => Object.fromEntries(Object.keys(CALLS).map((name) => [name, outcome]));

test('where nothing fails there is no error', async () => {
  expect(await outcomes({ modelAnswer: { summary: 's', impact: 'i', actions: ['a'] } })).toEqual(all('no error'));
});

test.each<[string, Fault]>([
  ['throttling, in the service’s own words', 'throttled'],
  ['a failure on its side', 'error-500'],
  ['no answer in time', 'timeout-before'],
  ['an answer that cannot be read', 'nonsense'],
  ['no right to ask', 'refused'],
  ['ThrottlingException', { awsError: 'ThrottlingException' }],
  ['LimitExceededException', { awsError: 'LimitExceededException' }],
  ['a gateway’s 503', { awsError: 'ServiceUnavailable', status: 503 }],
  ['credentials that expired', { awsError: 'ExpiredTokenException', status: 400 }],
])(
  '%s: the work waits, whichever service it is',
  async (_what, fault) => {
    expect(await outcomes(fault)).toEqual(all('wait'));
  },
  60_000,
);

test('what is refused for what was asked is hopeless; of a secret a person is waited for', async () => {
  const fault: Fault = { awsError: 'ValidationException', message: 'Value zqforeignqz is too long' };
  expect(await outcomes(fault)).toEqual({ ...all('hopeless'), 'Secrets Manager token': 'wait' });
  for (const reason of reasons) expect(reason).toMatch(/ValidationException/);
  expect(reasons.join()).not.toContain('zqforeignqz');
}, 60_000);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_BatchResultErrorEntry.html */
test.each([
  [false, 'InternalError', 'wait'],
  [true, 'InvalidMessageContents', 'hopeless'],
])('a wake-up that SQS did not accept among others (sender at fault: %p): %s', async (SenderFault, Code, outcome) => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify({ Successful: [], Failed: [{ Id: '0', SenderFault, Code, Message: 'zqforeignqz' }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { sqsWakeUps } = await import('../../handlers/adapters/sqs');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/123456789012/q.fifo`;
  const error: unknown = await sqsWakeUps(url)
    .send([{ receiver: 'r', fingerprint: 'f' }])
    .catch((failure: unknown) => failure);
  server.close();
  expect([outcomeOf(error), reasonOf(error)]).toEqual([outcome, expect.stringContaining(`1 of 1 wake-ups: ${Code}`)]);
  expect(reasonOf(error)).not.toContain('zqforeignqz');
});

test('what the client itself fails at is told with its place in the code, never with what was read', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify({ Item: { pk: { S: 'p' }, value: { zqforeignqz: 'in no type' } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  towardsLoopback({ DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const { dynamoLedger } = await import('../../handlers/adapters/dynamo');
  const reason = reasonOf(
    await dynamoLedger('Ledger')
      .read({ pk: 'p', sk: 's' })
      .catch((failure: unknown) => failure),
  );
  server.close();
  expect(reason).toMatch(/^Refused: the client of DynamoDB failed with Error at convertToNative /);
  expect(reason).not.toContain('zqforeignqz');
});

test('a token that is known serves while Secrets Manager is away; one that was refused is asked for anew', async () => {
  const { Secret } = await import('../../handlers/adapters/secrets');
  const clock = { at: 0, now: () => clock.at };
  const secret = new Secret('a/token', clock);
  expect(await secret.value()).toBe('xoxb-1');
  faults.set('Secrets Manager', 'throttled');
  clock.at += 3_600_000;
  expect(await secret.value()).toBe('xoxb-1');
  await expect(secret.value(true)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(new Secret('a/token', clock).value()).rejects.toMatchObject({ kind: 'unavailable' });
  faults.clear();
  await expect(new Secret('no/such', clock).value()).rejects.toMatchObject({
    kind: 'receiver',
    message: expect.stringContaining('no/such'),
  });
}, 60_000);

/** As Node's sockets and the SDK give them; within Jest the SDK loses the codes of Node's own errors, so here they are made. */
test.each([
  [{ name: 'TimeoutError', message: 'socket hang up', code: 'ECONNRESET' }],
  [{ name: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:1', code: 'ECONNREFUSED' }],
  [{ name: 'Error', message: 'getaddrinfo ENOTFOUND nope.invalid', code: 'ENOTFOUND' }],
  [{ name: 'Error', message: 'Parse Error: Expected HTTP/', code: 'HPE_INVALID_CONSTANT' }],
  [{ name: 'Error', message: 'The session has been destroyed', code: 'ERR_HTTP2_INVALID_SESSION' }],
])('no connection, %j: the work waits', (error) => {
  const failure = awsFailure('SQS', Object.assign(new Error(error.message), error, { $metadata: { attempts: 3, totalRetryDelay: 11 } }));
  expect([outcomeOf(failure), reasonOf(failure)]).toEqual(['wait', `Unavailable: SQS cannot be reached: ${error.code}`]);
});

test('no answer in time is named as that where the error has no code', () => {
  const failure = awsFailure('SQS', Object.assign(new Error('late'), { name: 'TimeoutError' }));
  expect(reasonOf(failure)).toBe('Unavailable: SQS cannot be reached: TimeoutError');
});

test.each([new TypeError('no function'), new Error('a word of ours'), 'text', undefined])(
  'what is none of AWS’s stays what it is, and hopeless: %p',
  (error) => {
    expect(awsFailure('SQS', error)).toBe(error);
    expect(outcomeOf(error)).toBe('hopeless');
  },
);
