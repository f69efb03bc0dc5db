/** A queue on a clock of its own, and what it gave up. */
import { createClock } from '../../../local/clock';
import type { Message, QueueDefinition } from '../../../local/sqs/message';
import { createQueue } from '../../../local/sqs/queue';

export const START = Date.UTC(2026, 10, 21);

export function setUp(overrides: Partial<QueueDefinition> = {}, lookedAt?: number) {
  const clock = createClock(START);
  const dead: Message[] = [];
  const definition: QueueDefinition = {
    name: overrides.fifo ? 'q.fifo' : 'q',
    arn: 'arn:aws:sqs:ap-northeast-1:222222222222:q',
    fifo: false,
    visibilityTimeout: 30,
    delay: 0,
    contentBasedDeduplication: false,
    deduplicationScope: 'queue',
    ...overrides,
  };
  const queue = createQueue(definition, clock.now, (message) => dead.push(message), lookedAt);
  const later = (seconds: number) => clock.advanceTo(clock.now() + seconds * 1000);
  const bodies = (max = 10) => queue.receive(max).map(({ body }) => body);
  return { clock, queue, dead, later, bodies };
}
