/** The production adapter against the stand-in for SQS: what a dead letter is put there with. */
import { openQueues, type Queues } from '../cli/redrive/queues';
import { sqsInbox, sqsWakeUps } from '../../handlers/adapters/sqs';
import { towardsLoopback } from './loopback';

let queues: Queues;
beforeAll(async () => {
  queues = await openQueues();
  towardsLoopback({ SQS: queues.url });
});
afterAll(() => queues.close());

const inboxOf = (queue: string, dead: string) => sqsInbox({ queueUrl: queues.urlOf(queue), deadLetterUrl: queues.urlOf(dead) });

test('a dead letter of a FIFO queue stands in the group of its problem’s wake-ups, and none swallows another', async () => {
  await sqsWakeUps(queues.urlOf('Deliveries.fifo')).send([{ receiver: 'workloads', fingerprint: 'aws:control:S3.2' }]);
  const [wakeUp] = queues.of('Deliveries.fifo').receive(1);
  const inbox = inboxOf('Deliveries.fifo', 'DeliveriesDeadLetters.fifo');
  for (let count = 0; count < 2; count++) await inbox.deadLetter(wakeUp?.body ?? '', 'failed 5 times', wakeUp?.groupId);
  const letters = queues.of('DeliveriesDeadLetters.fifo').messages();
  expect(letters.map(({ groupId, attributes }) => [groupId, attributes.reason?.StringValue])).toEqual([
    [wakeUp?.groupId, 'failed 5 times'],
    [wakeUp?.groupId, 'failed 5 times'],
  ]);
  expect(wakeUp?.groupId).toMatch(/^[0-9a-f]{32}$/);
});

test('a dead letter of a standard queue has no group', async () => {
  await inboxOf('Findings', 'FindingsDeadLetters').deadLetter('{}', 'it has no title');
  expect(queues.of('FindingsDeadLetters').messages()).toMatchObject([{ body: '{}', groupId: undefined }]);
});
