/** The queues of the hub stack on the stand-in for SQS, their dead letters, and a command that meets them. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { createClock } from '../../../local/clock';
import { listen, type ListenerHooks } from '../../../local/protocol/listener';
import { createQueue, type Queue } from '../../../local/sqs/queue';
import { sqsService } from '../../../local/sqs/sqs';
import type { Place, QueueName } from '../../../cli/redrive/places';
import type { Ground } from '../../../cli/redrive/places';
import { towards } from '../../local/clients';

export const START = Date.UTC(2026, 10, 21);
const NAMES = [
  'Findings',
  'FindingsDeadLetters',
  'Deliveries.fifo',
  'DeliveriesDeadLetters.fifo',
  'RulesDeadLetters',
  'Tick',
  'TickDeadLetters',
  'EnrollDeadLetters',
];
const GIVES_UP_TO: Record<string, string> = {
  Findings: 'FindingsDeadLetters',
  'Deliveries.fifo': 'DeliveriesDeadLetters.fifo',
  Tick: 'TickDeadLetters',
};
export const arnOf = (name: string) => `arn:aws:sqs:ap-northeast-1:222222222222:${name}`;

export async function openQueues(hooks: ListenerHooks = {}) {
  const clock = createClock(START);
  const queues = new Map<string, Queue>();
  for (const name of NAMES) {
    const deadLetterQueue = GIVES_UP_TO[name];
    const redrive = deadLetterQueue === undefined ? {} : { redrive: { deadLetterQueue, maxReceiveCount: 2 } };
    const common = { visibilityTimeout: 30, delay: 0, contentBasedDeduplication: false, deduplicationScope: 'messageGroup' as const };
    queues.set(
      name,
      createQueue({ name, arn: arnOf(name), fifo: name.endsWith('.fifo'), ...common, ...redrive }, clock.now, (message) =>
        queues.get(deadLetterQueue ?? '')?.accept(message),
      ),
    );
  }
  const urlOf = (name: string) => `${listener.url}/222222222222/${name}`;
  const listener = await listen(sqsService(queues, urlOf, clock.now), hooks);
  const sqs = new SQSClient({ ...towards(listener.url), useQueueUrlAsEndpoint: false });
  const stop = new AbortController();
  const started: string[] = [];
  const progressLines: string[] = [];
  const of = (name: string): Queue => {
    const queue = queues.get(name);
    if (!queue) throw new Error(`no queue ${name}`);
    return queue;
  };
  const ground: Ground = {
    sqs,
    start: async (name) => {
      started.push(name);
    },
    timing: {
      now: clock.now,
      sleep: async (ms, signal) => {
        signal.throwIfAborted();
        clock.advanceTo(clock.now() + ms);
      },
    },
    signal: stop.signal,
    progress: (text) => progressLines.push(text),
  };
  const places: Record<QueueName, Place> = {
    findings: { queue: 'findings', way: 'move', url: urlOf('FindingsDeadLetters'), to: urlOf('Findings') },
    deliveries: { queue: 'deliveries', way: 'move', url: urlOf('DeliveriesDeadLetters.fifo'), to: urlOf('Deliveries.fifo') },
    rules: { queue: 'rules', way: 'send', url: urlOf('RulesDeadLetters'), to: urlOf('Findings') },
    tick: { queue: 'tick', way: 'move', url: urlOf('TickDeadLetters'), to: urlOf('Tick') },
    enroll: { queue: 'enroll', way: 'run', url: urlOf('EnrollDeadLetters'), to: 'Enroll-function' },
  };
  return {
    clock,
    sqs,
    ground,
    places,
    stop,
    started,
    progressLines,
    url: listener.url,
    urlOf,
    of,
    bodies: (name: string) =>
      of(name)
        .messages()
        .map(({ body }) => body),
    calls: (operation: string) => listener.calls(operation),
    later: (seconds: number) => clock.advanceTo(clock.now() + seconds * 1000),
    async close() {
      sqs.destroy();
      await listener.close();
    },
  };
}

export type Queues = Awaited<ReturnType<typeof openQueues>>;

export const text = (StringValue: string) => ({ DataType: 'String', StringValue });
