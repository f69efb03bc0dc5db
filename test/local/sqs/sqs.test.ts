import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createClock } from '../../../local/clock';
import { listen, type Listener } from '../../../local/protocol/listener';
import { createQueue, type Queue } from '../../../local/sqs/queue';
import { sqsService } from '../../../local/sqs/sqs';
import { errorOf, towards } from '../clients';

const clock = createClock(Date.UTC(2026, 10, 21));
const queues = new Map<string, Queue>();
const urlOf = (name: string) => `${listener.url}/222222222222/${name}`;
let listener: Listener;
let client: SQSClient;

beforeAll(async () => {
  for (const name of ['findings', 'deliveries.fifo']) {
    const fifo = name.endsWith('.fifo');
    const arn = `arn:aws:sqs:ap-northeast-1:222222222222:${name}`;
    queues.set(
      name,
      createQueue(
        { name, arn, fifo, visibilityTimeout: 30, delay: 0, contentBasedDeduplication: false, deduplicationScope: 'queue' },
        clock.now,
      ),
    );
  }
  listener = await listen(sqsService(queues, urlOf, clock.now));
  client = new SQSClient(towards(listener.url));
});
afterAll(async () => {
  client.destroy();
  await listener.close();
});

test('a message goes round with its attributes, and the client finds no fault with the checksums', async () => {
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'findings' }));
  expect(QueueUrl).toBe(urlOf('findings'));
  await client.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: '検出',
      MessageAttributes: { reason: { DataType: 'String', StringValue: 'no title' } },
    }),
  );
  const { Messages } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
  );
  expect(Messages).toHaveLength(1);
  expect(Messages?.[0]).toMatchObject({
    Body: '検出',
    Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(clock.now()) },
    MessageAttributes: { reason: { StringValue: 'no title' } },
  });
  const ReceiptHandle = Messages?.[0]?.ReceiptHandle;
  await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body).toBe('検出');
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: queues.get('findings')?.messages()[0]?.receipt }));
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
});

test('each entry of a batch succeeds or fails on its own', async () => {
  const entry = (Id: string, MessageGroupId?: string) => ({ Id, MessageBody: Id, MessageGroupId, MessageDeduplicationId: Id });
  const answer = await client.send(
    new SendMessageBatchCommand({ QueueUrl: urlOf('deliveries.fifo'), Entries: [entry('one', 'A'), entry('two'), entry('three', 'A')] }),
  );
  expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['one', 'three']);
  expect(answer.Failed).toMatchObject([{ Id: 'two', Code: 'MissingParameter' }]);
});

test('an unknown queue is the error that the client knows', async () => {
  expect(await errorOf(client.send(new SendMessageCommand({ QueueUrl: urlOf('other'), MessageBody: 'x' })))).toBeInstanceOf(
    QueueDoesNotExist,
  );
});

test('a message of more than 1 MiB is refused', async () => {
  const error = await errorOf(
    client.send(new SendMessageCommand({ QueueUrl: urlOf('findings'), MessageBody: 'x'.repeat(1024 * 1024 + 1) })),
  );
  expect(error.message).toMatch(/1048576/);
});
