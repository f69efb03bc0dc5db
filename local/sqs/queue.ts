/**
 * One SQS queue, standard or FIFO, on the virtual clock.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
import { createHash } from 'node:crypto';
import { fifoOrder, LOOKED_AT } from './fifo-order';
import type { Message, QueueDefinition, Send } from './message';
import { checkSend, IN_FLIGHT } from './queue-limits';
import { ServiceError } from '../protocol/wire';

export interface SavedQueue {
  sequence: number;
  messages: Message[];
}

export interface Queue {
  readonly definition: QueueDefinition;
  send(message: Send): Message;
  /**
   * Takes what another queue gave up: the id stays. In a FIFO queue the id is the deduplication id from now on, so that
   * none is swallowed, and the time of sending begins anew; in a standard one the first time of sending stays.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
   */
  accept(message: Message): void;
  /** Takes one of its messages out, as a move task does. */
  remove(message: Message): void;
  /**
   * Up to `max` messages that are visible now; each becomes invisible for `timeout` seconds. What was received as often as
   * it may be is given up when it would be received once more. Nothing comes while too many are in flight: no error either.
   */
  receive(max: number, timeout?: number): Message[];
  /** What was received with this receipt, while no later receive gave it another. */
  ofReceipt(receipt: string): Message | undefined;
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

const MAX_VISIBILITY_SECONDS = 43_200;
const DEDUPLICATION_MS = 5 * 60_000;

/** `deadLetters` takes a message that was received as often as it may be; `lookedAt`: see fifo-order.ts. */
export function createQueue(
  definition: QueueDefinition,
  now: () => number,
  deadLetters?: (message: Message) => void,
  lookedAt = LOOKED_AT,
): Queue {
  /** In order of sending: a Map keeps it, and a message that comes back is at its old place. */
  const held = new Map<number, Message>();
  const deduplicated = new Map<string, { until: number; message: Message }>();
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
  const inFlight = ({ visibleAt, receiveCount }: Message, at: number) => visibleAt > at && receiveCount > 0;
  const byReceipt = (receipt: string): Message | undefined => {
    const message = held.get(Number(receipt.split('.').at(-2)));
    return message?.receipt === receipt ? message : undefined;
  };

  return {
    definition,
    send(input) {
      checkSend(definition, input);
      const deduplicationId = definition.fifo ? (input.deduplicationId ?? sha256(input.body)) : undefined;
      const scoped = definition.deduplicationScope === 'messageGroup' ? `${input.groupId} ${deduplicationId}` : `${deduplicationId}`;
      const earlier = definition.fifo ? deduplicated.get(scoped) : undefined;
      if (earlier && earlier.until > now()) return earlier.message;
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
      if (definition.fifo) deduplicated.set(scoped, { until: now() + DEDUPLICATION_MS, message });
      return message;
    },
    accept(message) {
      sequence += 1;
      const anew = definition.fifo ? { deduplicationId: message.id, sentAt: now() } : {};
      held.set(sequence, { ...message, ...anew, sequence, visibleAt: now(), receipt: undefined });
    },
    remove(message) {
      held.delete(message.sequence);
    },
    receive(max, timeout = definition.visibilityTimeout) {
      const at = now();
      const all = [...held.values()];
      const ready = definition.fifo ? fifoOrder(all.slice(0, lookedAt), at) : all.filter(({ visibleAt }) => visibleAt <= at);
      const room = Math.min(max, IN_FLIGHT - all.filter((message) => inFlight(message, at)).length);
      const taken: Message[] = [];
      for (const message of ready) {
        if (taken.length >= room) break;
        if (exhausted(message)) giveUp(message);
        else {
          take(message, timeout);
          taken.push(message);
        }
      }
      return taken;
    },
    ofReceipt: byReceipt,
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
      const at = now();
      const counts = { visible: 0, inFlight: 0, delayed: 0 };
      for (const message of held.values()) {
        if (message.visibleAt <= at) counts.visible += 1;
        else if (inFlight(message, at)) counts.inFlight += 1;
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

function sha256(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
