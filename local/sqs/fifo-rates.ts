/**
 * How many calls of one action a FIFO queue takes a second. A batch is one call, but in high throughput mode one for each
 * partition that it reaches: which groups share one is not known, so each is taken to have its own.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
 */
import { Rate } from '../protocol/rate';
import { type JsonObject, objects, text } from '../protocol/wire';
import type { Queue } from './queue';

/** Calls a second of one action at a partition; a queue without high throughput has one. */
export const FIFO_CALLS = 300;

/** In high throughput mode, all partitions of a queue together, by Region. */
const HIGH_THROUGHPUT: Record<string, number> = {
  'us-east-1': 70_000,
  'us-west-2': 70_000,
  'eu-west-1': 70_000,
  'us-east-2': 19_000,
  'eu-central-1': 19_000,
  'ap-south-1': 9000,
  'ap-southeast-1': 9000,
  'ap-southeast-2': 9000,
  'ap-northeast-1': 9000,
  'eu-west-2': 4500,
  'sa-east-1': 4500,
};
const OTHER_REGIONS = 2400;

/** Batched or not: the action is the same. What is not listed here has no rate of its own. */
const ACTIONS: Record<string, string> = {
  SendMessage: 'send',
  SendMessageBatch: 'send',
  ReceiveMessage: 'receive',
  DeleteMessage: 'delete',
  DeleteMessageBatch: 'delete',
  ChangeMessageVisibility: 'change',
  ChangeMessageVisibilityBatch: 'change',
};

/** Whether there is room for a call, by the clock `now` in epoch milliseconds. What Lambda's pollers do is not counted. */
export function fifoRates(queues: ReadonlyMap<string, Queue>, now: () => number): (operation: string, input: JsonObject) => boolean {
  const rates = new Map<string, Rate>();
  const take = (key: string, perSecond: number) => {
    const rate = rates.get(key) ?? new Rate({ perSecond, burst: perSecond }, now);
    rates.set(key, rate);
    return rate.take();
  };
  return (operation, input) => {
    const queue = queues.get(text(input.QueueUrl).split('/').pop() ?? '');
    const action = ACTIONS[operation];
    if (!queue?.definition.fifo || !action) return true;
    const { name, arn, highThroughput } = queue.definition;
    if (!highThroughput) return take(`${name} ${action}`, FIFO_CALLS);
    const region = HIGH_THROUGHPUT[arn.split(':')[3] ?? ''] ?? OTHER_REGIONS;
    return (
      take(`${name} ${action}`, region) && [...groupsOf(queue, input)].every((group) => take(`${name} ${action} ${group}`, FIFO_CALLS))
    );
  };
}

/** Of what is sent, and of what was received before; a receive names none. */
function groupsOf(queue: Queue, input: JsonObject): Set<string> {
  const entries = input.Entries === undefined ? [input] : objects(input.Entries);
  const groups = entries.map(({ MessageGroupId, ReceiptHandle }) =>
    ReceiptHandle === undefined ? text(MessageGroupId) : (queue.ofReceipt(text(ReceiptHandle))?.groupId ?? ''),
  );
  return new Set(groups.filter((group) => group !== ''));
}
