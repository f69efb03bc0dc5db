/** The stand-in moves dead letters as AWS documents it. */
import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  type StartMessageMoveTaskCommandInput,
} from '@aws-sdk/client-sqs';
import { arnOf, openQueues, type Queues, START, text } from '../../cli/redrive/queues';
import { errorOf } from '../clients';

let queues: Queues;
beforeEach(async () => {
  queues = await openQueues();
});
afterEach(() => queues.close());

const start = (input: Omit<StartMessageMoveTaskCommandInput, 'SourceArn'> & { SourceArn?: string }) =>
  queues.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('FindingsDeadLetters'), ...input }));
const latest = async (source = 'FindingsDeadLetters') =>
  (await queues.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf(source) }))).Results?.[0];
const toFindings = { DestinationArn: arnOf('Findings') };

test('without a destination a message that was sent straight to the dead letters fails the task, and stays', async () => {
  await queues.sqs.send(new SendMessageCommand({ QueueUrl: queues.urlOf('FindingsDeadLetters'), MessageBody: 'straight' }));
  await start({});
  queues.later(2);
  expect(await latest()).toMatchObject({
    Status: 'FAILED',
    FailureReason: 'CouldNotDetermineMessageSource',
    ApproximateNumberOfMessagesMoved: 0,
  });
  expect(queues.bodies('FindingsDeadLetters')).toEqual(['straight']);
});

test('without a destination what SQS itself gave up goes back where it came from', async () => {
  queues.of('Findings').send({ body: 'poison' });
  for (let count = 0; count < 3; count += 1) {
    queues.of('Findings').receive(1);
    queues.later(30);
  }
  expect(queues.bodies('FindingsDeadLetters')).toEqual(['poison']);
  await start({});
  queues.later(2);
  expect(await latest()).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 });
  expect(queues.bodies('Findings')).toEqual(['poison']);
});

test('with a destination everything goes, with its attributes, under another id and time', async () => {
  const { id } = queues.of('FindingsDeadLetters').send({ body: 'straight', attributes: { reason: text('no title') } });
  queues.later(3600);
  const { TaskHandle } = await start(toFindings);
  expect(await latest()).toMatchObject({ Status: 'RUNNING', TaskHandle, ApproximateNumberOfMessagesToMove: 1 });
  queues.later(2);
  expect(await latest()).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 });
  expect((await latest())?.TaskHandle).toBeUndefined();
  const [moved] = queues.of('Findings').messages();
  expect(moved).toMatchObject({ body: 'straight', attributes: { reason: text('no title') }, sentAt: START + 3602 * 1000, receiveCount: 0 });
  expect(moved?.id).not.toBe(id);
  expect(queues.bodies('FindingsDeadLetters')).toEqual([]);
});

test.each([
  ['a queue of rules’ dead letters', { SourceArn: arnOf('RulesDeadLetters'), ...toFindings }, /must be configured as a Dead Letter Queue/],
  ['a source that does not exist', { SourceArn: arnOf('Nobody'), ...toFindings }, /don't exist/],
  ['a destination that does not exist', { DestinationArn: arnOf('Nobody') }, /don't exist/],
  ['a destination of the other type', { DestinationArn: arnOf('Deliveries.fifo') }, /same queue type/],
  ['the source itself', { DestinationArn: arnOf('FindingsDeadLetters') }, /must be different/],
  ['more than 500 a second', { ...toFindings, MaxNumberOfMessagesPerSecond: 501 }, /between 1 and 500/],
])('%s is refused', async (_name, input, message) => {
  queues.of('RulesDeadLetters').send({ body: 'event' });
  expect((await errorOf(start(input))).message).toMatch(message);
  expect(queues.bodies('RulesDeadLetters')).toEqual(['event']);
});

test('one task a queue; it can be cancelled while it runs, and what was moved stays moved', async () => {
  for (let count = 0; count < 10; count += 1) queues.of('FindingsDeadLetters').send({ body: String(count) });
  const { TaskHandle } = await start({ ...toFindings, MaxNumberOfMessagesPerSecond: 2 });
  queues.later(2);
  expect((await errorOf(start(toFindings))).message).toMatch(/already a task running/);
  expect(await queues.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).toMatchObject({ ApproximateNumberOfMessagesMoved: 4 });
  queues.later(60);
  expect(await latest()).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 4 });
  expect([queues.bodies('Findings').length, queues.bodies('FindingsDeadLetters').length]).toEqual([4, 6]);
  expect((await errorOf(queues.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle })))).message).toMatch(/don't exist/);
});

test('in a FIFO dead-letter queue the id becomes the deduplication id and time begins anew; a standard queue counts from the first sending', async () => {
  const standard = queues.of('Findings').send({ body: 'poison' });
  const fifo = queues.of('Deliveries.fifo').send({ body: 'poison', groupId: 'G', deduplicationId: 'D' });
  for (let count = 0; count < 3; count += 1) {
    for (const name of ['Findings', 'Deliveries.fifo']) queues.of(name).receive(1);
    queues.later(30);
  }
  expect(queues.of('FindingsDeadLetters').messages()).toMatchObject([{ id: standard.id, sentAt: START }]);
  expect(queues.of('DeliveriesDeadLetters.fifo').messages()).toMatchObject([
    { id: fifo.id, deduplicationId: fifo.id, groupId: 'G', sentAt: START + 60_000 },
  ]);
  await start({ SourceArn: arnOf('DeliveriesDeadLetters.fifo'), DestinationArn: arnOf('Deliveries.fifo') });
  queues.later(2);
  expect(await latest('DeliveriesDeadLetters.fifo')).toMatchObject({ Status: 'COMPLETED' });
  expect(queues.bodies('Deliveries.fifo')).toEqual(['poison']);
});

test('what is moved from a FIFO dead-letter queue stays in its group, and waits there for what is in flight', async () => {
  const dead = queues.of('DeliveriesDeadLetters.fifo');
  const deliveries = queues.of('Deliveries.fifo');
  dead.send({ body: 'sent back', groupId: 'problem', deduplicationId: 'D1' });
  deliveries.send({ body: 'under way', groupId: 'problem', deduplicationId: 'D2' });
  const [underWay] = deliveries.receive(1);
  await start({ SourceArn: arnOf('DeliveriesDeadLetters.fifo'), DestinationArn: arnOf('Deliveries.fifo') });
  queues.later(2);
  expect(await latest('DeliveriesDeadLetters.fifo')).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 });
  expect(deliveries.messages().map(({ body, groupId }) => [body, groupId])).toEqual([
    ['under way', 'problem'],
    ['sent back', 'problem'],
  ]);
  expect(deliveries.receive(10)).toEqual([]);
  deliveries.delete(underWay?.receipt ?? '');
  expect(deliveries.receive(10).map(({ body }) => body)).toEqual(['sent back']);
});
