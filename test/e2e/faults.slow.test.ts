import type { CloudOptions } from '../../local/cloud-types';
import { faultOn } from '../local/fault-plans';
import { control, controlFinding, imported, threat } from '../world/events';
import { readable } from '../../cli/simulate/world/slack';
import { cleanUp, deadLetters, deployed, ofFunctions, posts, prepare, replies, type Running } from './deployment';

beforeAll(prepare, 60_000);
afterAll(cleanUp);

const running: Running[] = [];
afterEach(async () => {
  for (const cloud of running.splice(0)) await cloud.close();
});

async function tell(events: object[], options: Partial<CloudOptions> = {}): Promise<Running> {
  const cloud = await deployed(options);
  running.push(cloud);
  for (const event of events) cloud.putEvent(event as Record<string, unknown>);
  await cloud.drain();
  return cloud;
}

test('a finding comes out as an enriched, interpreted, routed message, and is marked NOTIFIED', async () => {
  const cloud = await tell([control()]);
  const [message] = posts(cloud);
  expect(posts(cloud)).toHaveLength(1);
  expect(message?.channel).toBe('C0PRODONC01');
  expect(message?.text).toMatch(/^🔴 CRITICAL S3 バケットを誰でも読み取れる（S3\.2）· payments-prod · /);
  expect(readable(message ?? { blocks: [] })).toContain('検出内容の要約');
  expect(cloud.securityHub.findings.asff()).toMatchObject([{ Workflow: { Status: 'NOTIFIED' } }]);
  expect(deadLetters(cloud)).toEqual([]);
});

test('the same event five times, redelivered and re-emitted, is one message; our own NOTIFIED comes back and says nothing new', async () => {
  const finding = controlFinding();
  const events = [0, 0, 0, 1, 2].map((hours) =>
    imported({ ...finding, UpdatedAt: new Date(Date.UTC(2026, 10, 21, hours, 14)).toISOString() }),
  );
  const cloud = await tell(events);
  expect([posts(cloud).length, replies(cloud).length, cloud.calls('slack', 'chat.update')]).toEqual([1, 0, 0]);
});

test.each([
  ['429', 'throttled'],
  ['500', 'error-500'],
  ['a time-out', 'timeout-before'],
  ['nonsense', 'nonsense'],
  [
    'an answer that invents',
    {
      modelAnswer: {
        summary: 'See https://evil.example and run aws s3 rm.',
        impact: 'Account 123456789012 is lost.',
        actions: ['Call 555-1234.'],
      },
    },
  ],
] as const)(
  'Bedrock answering %s never holds up a message, and the words follow',
  async (_name, fault) => {
    const cloud = await tell([control()], { faults: faultOn({ service: 'bedrock', number: 1 }, fault) });
    expect(posts(cloud)).toHaveLength(1);
    const [message] = posts(cloud);
    const first = message?.earlier[0] ?? message;
    const words = readable({ blocks: first?.blocks ?? [] });
    expect(words).toContain('バケットポリシーまたは ACL が匿名の読み取りを許可し');
    expect(words).toContain('定型文');
    expect(JSON.stringify(message?.blocks)).not.toMatch(/evil|123456789012|555-1234/);
    expect(deadLetters(cloud)).toEqual([]);
  },
  30_000,
);

test('where Bedrock denies one model throughout, the next of the list explains the finding in the first message', async () => {
  const asked: string[] = [];
  const cloud = await tell([control()], {
    faults: ({ service, body }) => {
      if (service !== 'bedrock') return undefined;
      asked.push(String(body.modelId));
      return String(body.modelId).includes('haiku-5-5') ? 'refused' : undefined;
    },
  });
  expect(asked).toEqual(['jp.anthropic.claude-haiku-5-5', 'jp.anthropic.claude-haiku-4-5-20251001-v1:0']);
  const [message] = posts(cloud);
  const first = message?.earlier[0] ?? message;
  // What only the model says, beyond the entry.
  expect(readable({ blocks: first?.blocks ?? [] })).toContain('クローラーにコピーを取得されている可能性');
  expect(deadLetters(cloud)).toEqual([]);
}, 30_000);

test.each([
  ['429', 'throttled'],
  ['500', 'error-500'],
] as const)(
  'Slack answering %s delays a message and repeats nothing',
  async (_name, fault) => {
    const cloud = await tell([control(), threat({ account: '888888888888' })], {
      faults: faultOn({ service: 'slack', operation: 'chat.postMessage', number: [1, 3] }, fault),
    });
    expect(posts(cloud)).toHaveLength(2);
    expect(deadLetters(cloud)).toEqual([]);
  },
  30_000,
);

test('Organizations denied: the root receiver is told, and that the OU is unknown', async () => {
  const cloud = await tell([control()], { faults: faultOn({ service: 'organizations' }, 'refused') });
  const [message] = posts(cloud);
  expect(message?.channel).toBe('C0SECOPS001');
  expect(readable(message ?? { blocks: [] })).toContain('OU 不明');
  expect(posts(cloud)).toHaveLength(1);
}, 30_000);

test('DynamoDB throttled for a while: nothing lost, nothing repeated', async () => {
  const cloud = await tell([control(), threat({ account: '888888888888' })], {
    faults: ofFunctions(faultOn({ service: 'dynamodb', number: [5, 10] }, 'throttled')),
  });
  expect(posts(cloud)).toHaveLength(2);
  expect(deadLetters(cloud)).toEqual([]);
}, 60_000);

test('a poison record goes to the dead-letter queue with its reason, and the others of its batch go on', async () => {
  const poison = imported({ Id: 'x', ProductArn: 'arn', Severity: { Label: 'HIGH' }, Workflow: { Status: 'NEW' }, RecordState: 'ACTIVE' });
  const cloud = await tell([control(), poison, threat({ account: '888888888888' })]);
  expect(posts(cloud)).toHaveLength(2);
  expect(deadLetters(cloud)).toMatchObject([
    { attributes: { reason: expect.stringContaining('AwsAccountId is not a 12-digit account id') } },
  ]);
});
