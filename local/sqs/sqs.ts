/** SQS in its JSON protocol, over the queues of the template. */
import { awsJsonService } from '../protocol/aws-json';
import { moveTasks } from './move-tasks';
import type { Queue } from './queue';
import type { Message, MessageAttribute, Send } from './message';
import { IN_FLIGHT } from './queue-limits';
import { isObject, type JsonObject, objects, type Service, ServiceError, text } from '../protocol/wire';

/** `queues` by name. A queue's URL is `<base URL>/<account>/<name>`; only the name is looked at. `now` is the queues' clock. */
export function sqsService(queues: ReadonlyMap<string, Queue>, urlOf: (name: string) => string, now: () => number): Service {
  const queueOf = (input: JsonObject): Queue => named(text(input.QueueUrl).split('/').pop() ?? '');
  const named = (name: string): Queue => {
    const queue = queues.get(name);
    if (!queue) throw new ServiceError('com.amazonaws.sqs#QueueDoesNotExist', `The specified queue does not exist: ${name}.`);
    return queue;
  };
  return awsJsonService({
    name: 'sqs',
    target: 'AmazonSQS',
    version: '1.0',
    queryErrors: true,
    failures: {
      refused: new ServiceError('com.amazonaws.sqs#AccessDeniedException', 'Access to the resource is denied.', 403),
      throttled: new ServiceError('com.amazonaws.sqs#RequestThrottled', 'Request is throttled.', 400),
      'error-500': new ServiceError('com.amazonaws.sqs#InternalError', 'We encountered an internal error. Please try again.', 500),
    },
    operations: {
      sendMessage: (input) => sent(queueOf(input), input),
      sendMessageBatch: (input) => batch(input, (entry) => sent(queueOf(input), entry)),
      receiveMessage: (input) => ({ Messages: received(queueOf(input), input) }),
      deleteMessage: (input) => deleted(queueOf(input), input),
      deleteMessageBatch: (input) => batch(input, (entry) => deleted(queueOf(input), entry)),
      changeMessageVisibility: (input) => changed(queueOf(input), input),
      changeMessageVisibilityBatch: (input) => batch(input, (entry) => changed(queueOf(input), entry)),
      getQueueUrl: (input) => ({ QueueUrl: urlOf(named(text(input.QueueName)).definition.name) }),
      getQueueAttributes: (input) => ({ Attributes: attributes(queueOf(input)) }),
      ...moveTasks(queues, now),
    },
  });
}

function sent(queue: Queue, input: JsonObject): JsonObject {
  const message = queue.send({
    body: text(input.MessageBody),
    attributes: isObject(input.MessageAttributes) ? (input.MessageAttributes as Record<string, MessageAttribute>) : undefined,
    groupId: optional(input.MessageGroupId),
    deduplicationId: optional(input.MessageDeduplicationId),
    delaySeconds: typeof input.DelaySeconds === 'number' ? input.DelaySeconds : undefined,
  } satisfies Send);
  return {
    MessageId: message.id,
    MD5OfMessageBody: message.md5,
    ...(queue.definition.fifo ? { SequenceNumber: String(message.sequence) } : {}),
  };
}

function received(queue: Queue, input: JsonObject): JsonObject[] {
  const max = typeof input.MaxNumberOfMessages === 'number' ? input.MaxNumberOfMessages : 1;
  if (max < 1 || max > 10) throw new ServiceError('InvalidParameterValue', `MaxNumberOfMessages must be 1 to 10, not ${max}.`);
  const timeout = typeof input.VisibilityTimeout === 'number' ? input.VisibilityTimeout : undefined;
  // A standard queue says so to those who do not wait; a FIFO queue never does.
  if (!queue.definition.fifo && !input.WaitTimeSeconds && queue.counts().inFlight >= IN_FLIGHT)
    throw new ServiceError('com.amazonaws.sqs#OverLimit', 'The maximum number of in flight messages is reached.', 403);
  return queue.receive(max, timeout).map((message) => ({
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: message.md5,
    Attributes: asked(systemAttributes(message), input.MessageSystemAttributeNames ?? input.AttributeNames),
    MessageAttributes: asked(message.attributes, input.MessageAttributeNames),
  }));
}

/** ReceiveMessage tells only the attributes that it is asked for. */
function asked<T>(all: Record<string, T>, names: unknown): Record<string, T> {
  const wanted = Array.isArray(names) ? names.map(String) : [];
  if (wanted.includes('All') || wanted.includes('.*')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
}

function deleted(queue: Queue, input: JsonObject): JsonObject {
  queue.delete(text(input.ReceiptHandle));
  return {};
}

function changed(queue: Queue, input: JsonObject): JsonObject {
  if (typeof input.VisibilityTimeout !== 'number')
    throw new ServiceError('MissingParameter', 'The request must contain VisibilityTimeout.');
  queue.changeVisibility(text(input.ReceiptHandle), input.VisibilityTimeout);
  return {};
}

/** What Lambda and ReceiveMessage tell of a message beside its body. Values are texts, times in epoch milliseconds. */
export function systemAttributes(message: Message): Record<string, string> {
  const attributes: Record<string, string> = {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'AIDALOCAL',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
  };
  if (message.groupId !== undefined) attributes.MessageGroupId = message.groupId;
  if (message.deduplicationId !== undefined) {
    attributes.MessageDeduplicationId = message.deduplicationId;
    attributes.SequenceNumber = String(message.sequence);
  }
  if (message.deadLetterSource !== undefined) attributes.DeadLetterQueueSourceArn = message.deadLetterSource;
  return attributes;
}

function attributes({ definition, counts }: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = counts();
  return {
    QueueArn: definition.arn,
    VisibilityTimeout: String(definition.visibilityTimeout),
    DelaySeconds: String(definition.delay),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ...(definition.fifo ? { FifoQueue: 'true' } : {}),
  };
}

/** 1 to 10 entries of distinct ids and at most 1 MiB together; each succeeds or fails on its own. */
function batch(input: JsonObject, each: (entry: JsonObject) => JsonObject): JsonObject {
  const entries = objects(input.Entries);
  if (entries.length === 0)
    throw new ServiceError('com.amazonaws.sqs#EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10)
    throw new ServiceError('com.amazonaws.sqs#TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.');
  if (new Set(entries.map((entry) => entry.Id)).size < entries.length) {
    throw new ServiceError('com.amazonaws.sqs#BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
  }
  if (entries.reduce((sum, entry) => sum + Buffer.byteLength(text(entry.MessageBody)), 0) > 1024 * 1024) {
    throw new ServiceError('com.amazonaws.sqs#BatchRequestTooLong', 'Batch requests cannot be longer than 1048576 bytes.');
  }
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...each(entry) });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      Failed.push({ Id: entry.Id, Code: error.type, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
