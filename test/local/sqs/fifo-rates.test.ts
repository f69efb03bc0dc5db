/** Calls a second of a FIFO queue, over the wire and by a clock that the test sets. */
import { OverLimit, ReceiveMessageCommand, RequestThrottled, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { listen, type Listener } from '../../../local/protocol/listener';
import { rated } from '../../../local/protocol/rated';
import { fifoRates } from '../../../local/sqs/fifo-rates';
import { createQueue, type Queue } from '../../../local/sqs/queue';
import { sqsService } from '../../../local/sqs/sqs';
import { errorOf, towards } from '../clients';

let now = 0;
const queues = new Map<string, Queue>();
let listener: Listener;
let client: SQSClient;
/** The rates that the listener keeps. */
let wire: ReturnType<typeof fifoRates>;

const CASES = { 'plain.fifo': false, 'fast.fifo': true, standard: false };

beforeAll(async () => {
  for (const [name, highThroughput] of Object.entries(CASES)) {
    const definition = {
      name,
      arn: `arn:aws:sqs:ap-northeast-1:222222222222:${name}`,
      fifo: name.endsWith('.fifo'),
      visibilityTimeout: 30,
      delay: 0,
      contentBasedDeduplication: false,
      deduplicationScope: 'messageGroup' as const,
      highThroughput,
    };
    queues.set(
      name,
      createQueue(definition, () => now),
    );
  }
  const service = sqsService(
    queues,
    (name) => `${listener.url}/222222222222/${name}`,
    () => now,
  );
  wire = fifoRates(queues, () => now);
  listener = await listen(rated(service, wire));
  client = new SQSClient(towards(listener.url));
});
afterAll(async () => {
  client.destroy();
  await listener.close();
});
beforeEach(() => {
  now += 10_000;
});

const QueueUrl = (name: keyof typeof CASES) => `${listener.url}/222222222222/${name}`;
type Input = Record<string, unknown>;
let take: (operation: string, input: Input) => boolean;
beforeEach(() => {
  take = fifoRates(queues, () => now);
});

/** How many calls find room at this moment. */
function room(operation: string, name: keyof typeof CASES, input: Input): number {
  for (let count = 0; count < 10_000; count++) if (!take(operation, { QueueUrl: QueueUrl(name), ...input })) return count;
  return Number.POSITIVE_INFINITY;
}
const entries = (...groups: string[]) => ({ Entries: groups.map((MessageGroupId) => ({ MessageGroupId })) });

test('300 sends a second, of one message or of ten; other actions and the next second have their own', () => {
  expect(room('SendMessageBatch', 'plain.fifo', entries(...'abcdefghij'))).toBe(300);
  expect(room('SendMessage', 'plain.fifo', { MessageGroupId: 'another' })).toBe(0);
  expect(room('ReceiveMessage', 'plain.fifo', {})).toBe(300);
  now += 1000;
  expect(room('SendMessage', 'plain.fifo', { MessageGroupId: 'a' })).toBe(300);
  now += 100;
  expect(room('SendMessage', 'plain.fifo', { MessageGroupId: 'a' })).toBe(30);
});

test('in high throughput mode the rate is the group’s, and a batch counts once for each group in it', () => {
  expect(room('SendMessage', 'fast.fifo', { MessageGroupId: 'a' })).toBe(300);
  expect(room('SendMessage', 'fast.fifo', { MessageGroupId: 'b' })).toBe(300);
  expect(room('SendMessageBatch', 'fast.fifo', entries('c', 'c', 'd'))).toBe(300);
  expect(room('SendMessageBatch', 'fast.fifo', entries('e', 'd'))).toBe(0);
});

test('in Tokyo the groups of a queue have 9,000 together', () => {
  let sent = 0;
  for (let group = 0; group < 40; group++) sent += room('SendMessage', 'fast.fifo', { MessageGroupId: `g${group}` });
  expect(sent).toBeLessThanOrEqual(9000);
  expect(sent).toBeGreaterThan(8900);
});

test('a deletion and a change of visibility count for the group of the message', () => {
  const queue = queues.get('fast.fifo');
  for (const group of ['one', 'other']) queue?.send({ body: 'x', groupId: group, deduplicationId: group });
  const [one, other] = queue?.receive(2).map(({ receipt }) => receipt) ?? [];
  const change = (ReceiptHandle?: string) => room('ChangeMessageVisibility', 'fast.fifo', { ReceiptHandle });
  expect([change(one), change(one), change(other)]).toEqual([300, 0, 300]);
  expect(room('DeleteMessageBatch', 'fast.fifo', { Entries: [{ ReceiptHandle: one }] })).toBe(300);
});

test('what is turned away is an error that the client knows, and was not sent', async () => {
  for (let n = 0; n < 300; n++) wire('SendMessage', { QueueUrl: QueueUrl('plain.fifo'), MessageGroupId: 'a' });
  const message = { MessageBody: 'x', MessageGroupId: 'a', MessageDeduplicationId: 'd' };
  const send = () => client.send(new SendMessageCommand({ QueueUrl: QueueUrl('plain.fifo'), ...message }));
  expect(await errorOf(send())).toBeInstanceOf(RequestThrottled);
  expect(queues.get('plain.fifo')?.messages()).toEqual([]);
  now += 1000;
  await send();
  expect(queues.get('plain.fifo')?.messages()).toHaveLength(1);
});

test('a standard queue has no such rate', () => {
  expect(room('SendMessage', 'standard', {})).toBe(Number.POSITIVE_INFINITY);
});

test('with 120,000 in flight a standard queue answers OverLimit to who does not wait, and nothing to who does', async () => {
  const queue = queues.get('standard') as Queue;
  const counts = jest.spyOn(queue, 'counts').mockReturnValue({ visible: 0, inFlight: 120_000, delayed: 0 });
  const receive = (WaitTimeSeconds: number) => client.send(new ReceiveMessageCommand({ QueueUrl: QueueUrl('standard'), WaitTimeSeconds }));
  expect(await errorOf(receive(0))).toBeInstanceOf(OverLimit);
  expect((await receive(20)).Messages ?? []).toEqual([]);
  counts.mockRestore();
});
