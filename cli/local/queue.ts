/**
 * One SQS queue, standard or FIFO, on the virtual clock.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
import { createHash } from 'node:crypto';
import { ServiceError } from './wire';

export interface QueueDefinition {
  name: string;
  arn: string;
  fifo: boolean;
  /** Seconds. */
  visibilityTimeout: number;
  /** Seconds. */
  delay: number;
  contentBasedDeduplication: boolean;
  redrive?: { deadLetterQueue: string; maxReceiveCount: number };
}

export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

export interface Message {
  id: string;
  sequence: number;
  body: string;
  md5: string;
  attributes: Record<string, MessageAttribute>;
  groupId?: string;
  deduplicationId?: string;
  /** Epoch milliseconds, as all times here. */
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  receivedAt?: number;
  /** Of the last receive. */
  receipt?: string;
  /** ARN of the queue that gave it up. */
  deadLetterSource?: string;
}

export interface Send {
  body: string;
  attributes?: Record<string, MessageAttribute>;
  groupId?: string;
  deduplicationId?: string;
  delaySeconds?: number;
}

export interface SavedQueue {
  sequence: number;
  messages: Message[];
}

export interface Queue {
  readonly definition: QueueDefinition;
  send(message: Send): Message;
  /** Up to `max` messages that are visible now; each becomes invisible for `timeout` seconds. */
  receive(max: number, timeout?: number): Message[];
  delete(receipt: string): void;
  changeVisibility(receipt: string, seconds: number): void;
  /** All that it holds, in order, whether visible or not. */
  messages(): Message[];
  counts(): { visible: number; inFlight: number; delayed: number };
  /** The next instant after this one at which something becomes visible; undefined where nothing waits. */
  nextVisible(): number | undefined;
  save(): SavedQueue;
  restore(saved: SavedQueue): void;
}

const MAX_BYTES = 1024 * 1024;
const MAX_VISIBILITY_SECONDS = 43_200;
const DEDUPLICATION_MS = 5 * 60_000;

/** `deadLetters` takes a message that was received as often as it may be. */
export function createQueue(definition: QueueDefinition, now: () => number, deadLetters?: (message: Message) => void): Queue {
  /** In order of sending: a Map keeps it, and a message that comes back is at its old place. */
  const held = new Map<number, Message>();
  const seen = new Map<string, { until: number; message: Message }>();
  let sequence = 0;

  const take = (message: Message, timeout: number) => {
    message.receiveCount += 1;
    message.receivedAt = now();
    message.firstReceivedAt ??= now();
    message.visibleAt = now() + timeout * 1000;
    message.receipt = `${definition.name}.${message.sequence}.${message.receiveCount}`;
  };
  const giveUp = (message: Message) => {
    held.delete(message.sequence);
    deadLetters?.({ ...message, deadLetterSource: definition.arn });
  };
  const exhausted = (message: Message) => definition.redrive !== undefined && message.receiveCount >= definition.redrive.maxReceiveCount;
  const byReceipt = (receipt: string): Message | undefined => {
    const message = held.get(Number(receipt.split('.').at(-2)));
    return message?.receipt === receipt ? message : undefined;
  };

  return {
    definition,
    send(input) {
      check(definition, input);
      const deduplicationId = definition.fifo ? (input.deduplicationId ?? sha256(input.body)) : undefined;
      if (deduplicationId !== undefined) {
        const earlier = seen.get(deduplicationId);
        if (earlier && earlier.until > now()) return earlier.message;
      }
      sequence += 1;
      const message: Message = {
        id: `00000000-0000-4000-8000-${createHash('md5').update(`${definition.name} ${sequence}`).digest('hex').slice(0, 12)}`,
        sequence,
        body: input.body,
        md5: createHash('md5').update(input.body).digest('hex'),
        attributes: input.attributes ?? {},
        groupId: input.groupId,
        deduplicationId,
        sentAt: now(),
        visibleAt: now() + (input.delaySeconds ?? definition.delay) * 1000,
        receiveCount: 0,
      };
      held.set(sequence, message);
      if (deduplicationId !== undefined) seen.set(deduplicationId, { until: now() + DEDUPLICATION_MS, message });
      return message;
    },
    receive(max, timeout = definition.visibilityTimeout) {
      const ready = [...held.values()].filter((message) => message.visibleAt <= now());
      for (const message of ready.filter(exhausted)) giveUp(message);
      const candidates = ready.filter((message) => held.has(message.sequence));
      const taken = (definition.fifo ? fifoOrder(candidates, held.values(), now()) : candidates).slice(0, max);
      for (const message of taken) take(message, timeout);
      return taken;
    },
    delete(receipt) {
      const message = byReceipt(receipt);
      if (definition.fifo && (!message || message.visibleAt <= now())) {
        throw new ServiceError(
          'InvalidParameterValue',
          'Value for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
        );
      }
      if (message) held.delete(message.sequence);
    },
    changeVisibility(receipt, seconds) {
      const message = byReceipt(receipt);
      if (!message || message.visibleAt <= now()) {
        throw new ServiceError('com.amazonaws.sqs#MessageNotInflight', 'The message referred to is not in flight.');
      }
      const total = (now() - (message.receivedAt ?? now())) / 1000 + seconds;
      if (seconds < 0 || total > MAX_VISIBILITY_SECONDS) {
        throw new ServiceError(
          'InvalidParameterValue',
          `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].`,
        );
      }
      message.visibleAt = now() + seconds * 1000;
    },
    messages: () => [...held.values()],
    counts() {
      const counts = { visible: 0, inFlight: 0, delayed: 0 };
      for (const message of held.values()) {
        if (message.visibleAt <= now()) counts.visible += 1;
        else if (message.receiveCount > 0) counts.inFlight += 1;
        else counts.delayed += 1;
      }
      return counts;
    },
    nextVisible() {
      let next = Number.POSITIVE_INFINITY;
      for (const { visibleAt } of held.values()) if (visibleAt > now() && visibleAt < next) next = visibleAt;
      return next === Number.POSITIVE_INFINITY ? undefined : next;
    },
    save: () => ({ sequence, messages: [...held.values()] }),
    restore(saved) {
      sequence = saved.sequence;
      for (const message of saved.messages) held.set(message.sequence, message);
    },
  };
}

/** A group waits while one of its messages is out; of the others, whole groups after one another, the oldest head first. */
function fifoOrder(candidates: Message[], all: Iterable<Message>, now: number): Message[] {
  const blocked = new Set<string | undefined>();
  for (const message of all) if (message.visibleAt > now) blocked.add(message.groupId);
  const groups = new Map<string | undefined, Message[]>();
  for (const message of candidates) {
    if (blocked.has(message.groupId)) continue;
    const group = groups.get(message.groupId);
    if (group) group.push(message);
    else groups.set(message.groupId, [message]);
  }
  return [...groups.values()].flat();
}

function check(definition: QueueDefinition, input: Send): void {
  const fail = (message: string, type = 'InvalidParameterValue') => {
    throw new ServiceError(type, message);
  };
  if (input.body === '') fail('The request must contain the parameter MessageBody.', 'MissingParameter');
  if (Buffer.byteLength(input.body) > MAX_BYTES)
    fail('One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.');
  if ((input.delaySeconds ?? 0) > 900) fail('DelaySeconds must be 0 to 900.');
  if (!definition.fifo) {
    if (input.deduplicationId !== undefined)
      fail('The request includes a parameter that is not valid for this queue type: MessageDeduplicationId.');
    return;
  }
  if (input.groupId === undefined) fail('The request must contain the parameter MessageGroupId.', 'MissingParameter');
  if (input.delaySeconds !== undefined) fail('The request includes a parameter that is not valid for this queue type: DelaySeconds.');
  if (input.deduplicationId === undefined && !definition.contentBasedDeduplication) {
    fail('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.');
  }
  for (const id of [input.groupId, input.deduplicationId]) {
    if (id !== undefined && !/^[!-~]{1,128}$/.test(id)) fail(`${JSON.stringify(id)} must be 1 to 128 letters, digits or punctuation.`);
  }
}

function sha256(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
