import { createClock } from '../../../local/clock';
import { createQueue } from '../../../local/sqs/queue';
import type { Message, QueueDefinition } from '../../../local/sqs/message';

const START = Date.UTC(2026, 10, 21);

function setUp(overrides: Partial<QueueDefinition> = {}, lookedAt?: number) {
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

describe('a standard queue', () => {
  test('hides what was received until its visibility timeout', () => {
    const { queue, later, bodies } = setUp();
    queue.send({ body: 'a' });
    expect(bodies()).toEqual(['a']);
    expect(bodies()).toEqual([]);
    expect(queue.nextVisible()).toBe(START + 30_000);
    later(30);
    expect(bodies()).toEqual(['a']);
  });

  test('counts receives, and gives a message up after the allowed number of them', () => {
    const { queue, dead, later } = setUp({ redrive: { deadLetterQueue: 'dead', maxReceiveCount: 2 } });
    queue.send({ body: 'poison' });
    for (const count of [1, 2]) {
      expect(queue.receive(1)[0]?.receiveCount).toBe(count);
      later(30);
    }
    expect(queue.receive(1)).toEqual([]);
    expect(dead.map(({ body }) => body)).toEqual(['poison']);
    expect(queue.messages()).toEqual([]);
  });

  test('a changed visibility counts from now, and is refused once the message is back', () => {
    const { queue, later, bodies } = setUp();
    queue.send({ body: 'a' });
    const receipt = queue.receive(1)[0]?.receipt ?? '';
    later(10);
    queue.changeVisibility(receipt, 300);
    later(299);
    expect(bodies()).toEqual([]);
    later(1);
    expect(() => queue.changeVisibility(receipt, 5)).toThrow(/not in flight/);
    expect(bodies()).toEqual(['a']);
  });

  test('no message stays invisible for more than twelve hours', () => {
    const { queue, later } = setUp({ visibilityTimeout: 43_200 });
    queue.send({ body: 'a' });
    const receipt = queue.receive(1)[0]?.receipt ?? '';
    later(3600);
    expect(() => queue.changeVisibility(receipt, 43_200)).toThrow(/43200/);
  });

  test('a receipt of an earlier receive deletes nothing', () => {
    const { queue, later } = setUp();
    queue.send({ body: 'a' });
    const old = queue.receive(1)[0]?.receipt ?? '';
    later(30);
    const current = queue.receive(1)[0]?.receipt ?? '';
    queue.delete(old);
    expect(queue.messages()).toHaveLength(1);
    queue.delete(current);
    expect(queue.messages()).toHaveLength(0);
  });

  test('no more than 120,000 messages are in flight', () => {
    const { queue, later } = setUp({ visibilityTimeout: 3600 });
    for (let n = 0; n < 120_005; n++) queue.send({ body: 'x' });
    expect(queue.receive(119_998)).toHaveLength(119_998);
    expect([queue.receive(10).length, queue.receive(10).length]).toEqual([2, 0]);
    later(3600);
    expect(queue.receive(10)).toHaveLength(10);
  });

  test('a dead letter of a standard queue is as old as when it was first sent', () => {
    const { queue, dead, later } = setUp({ redrive: { deadLetterQueue: 'dead', maxReceiveCount: 1 } });
    queue.send({ body: 'poison' });
    queue.receive(1);
    later(30);
    queue.receive(1);
    const letters = setUp();
    for (const message of dead) letters.queue.accept(message);
    expect(letters.queue.messages()).toMatchObject([{ sentAt: START, body: 'poison' }]);
  });

  test('a delayed message comes when its delay is over', () => {
    const { queue, later, bodies } = setUp();
    queue.send({ body: 'late', delaySeconds: 30 });
    expect(queue.counts()).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    expect(bodies()).toEqual([]);
    later(30);
    expect(bodies()).toEqual(['late']);
  });
});

describe('a FIFO queue', () => {
  let serial = 0;
  const send = (queue: ReturnType<typeof setUp>['queue'], groupId: string, body: string) => {
    serial += 1;
    return queue.send({ body, groupId, deduplicationId: `id-${serial}` });
  };

  test('a group waits while one of its messages is out; other groups go on', () => {
    const { queue, bodies } = setUp({ fifo: true });
    for (const [group, body] of [
      ['A', 'a1'],
      ['A', 'a2'],
      ['B', 'b1'],
    ] as const)
      send(queue, group, body);
    expect(bodies(1)).toEqual(['a1']);
    expect(bodies()).toEqual(['b1']);
    expect(bodies()).toEqual([]);
  });

  test('the next message of a group comes when the one before is deleted', () => {
    const { queue, bodies } = setUp({ fifo: true });
    send(queue, 'A', 'a1');
    send(queue, 'A', 'a2');
    queue.delete(queue.receive(1)[0]?.receipt ?? '');
    expect(bodies()).toEqual(['a2']);
  });

  test('a message that comes back is before those that were sent after it', () => {
    const { queue, later, bodies } = setUp({ fifo: true });
    send(queue, 'A', 'a1');
    send(queue, 'A', 'a2');
    queue.receive(1);
    later(30);
    expect(bodies()).toEqual(['a1', 'a2']);
  });

  test('a batch takes a group’s messages together', () => {
    const { queue, bodies } = setUp({ fifo: true });
    for (const [group, body] of [
      ['A', 'a1'],
      ['B', 'b1'],
      ['A', 'a2'],
    ] as const)
      send(queue, group, body);
    expect(bodies(3)).toEqual(['a1', 'a2', 'b1']);
  });

  test('behind the messages that are looked at no group is found, until some of those are gone', () => {
    const { queue, later, bodies } = setUp({ fifo: true }, 3);
    for (const n of [1, 2, 3, 4]) send(queue, 'long', `long-${n}`);
    send(queue, 'other', 'other');
    const receive = () => queue.receive(1)[0];
    const first = receive();
    expect([first?.body, receive()]).toEqual(['long-1', undefined]);
    queue.delete(first?.receipt ?? '');
    const second = receive();
    expect([second?.body, receive()]).toEqual(['long-2', undefined]);
    queue.delete(second?.receipt ?? '');
    expect([receive()?.body, receive()?.body]).toEqual(['long-3', 'other']);
    later(30);
    expect(bodies()).toEqual(['long-3', 'long-4', 'other']);
  });

  test('120,000 messages are looked at', () => {
    const { queue } = setUp({ fifo: true });
    for (let n = 0; n < 119_999; n++) send(queue, 'long', 'x');
    send(queue, 'near', 'near');
    send(queue, 'far', 'far');
    expect([queue.receive(1), queue.receive(10)].map((taken) => taken.map(({ groupId }) => groupId))).toEqual([['long'], ['near']]);
  });

  test('what was received as often as it may be waits for its turn in its group, then goes to the dead letters with its group', () => {
    const { queue, dead, later, bodies } = setUp({ fifo: true, redrive: { deadLetterQueue: 'dead.fifo', maxReceiveCount: 1 } });
    for (const body of ['a1', 'a2', 'a3']) send(queue, 'A', body);
    expect(bodies(2)).toEqual(['a1', 'a2']);
    queue.changeVisibility(queue.messages()[1]?.receipt ?? '', 0);
    expect([bodies(), dead]).toEqual([[], []]);
    later(30);
    expect(bodies()).toEqual(['a3']);
    expect(dead.map(({ body, groupId }) => [body, groupId])).toEqual([
      ['a1', 'A'],
      ['a2', 'A'],
    ]);
  });

  test('a dead letter keeps its message id and its group, has that id for deduplication, and is as old as its move', () => {
    const { queue, dead, later } = setUp({ fifo: true, redrive: { deadLetterQueue: 'dead.fifo', maxReceiveCount: 1 } });
    const sent = send(queue, 'A', 'poison');
    queue.receive(1);
    later(30);
    queue.receive(1);
    const letters = setUp({ fifo: true });
    letters.later(30);
    for (const message of dead) letters.queue.accept(message);
    expect(letters.queue.receive(1)).toMatchObject([
      {
        id: sent.id,
        groupId: 'A',
        deduplicationId: sent.id,
        sentAt: START + 30_000,
        deadLetterSource: queue.definition.arn,
        receiveCount: 2,
      },
    ]);
  });

  test('the same deduplication id within five minutes is the same message', () => {
    const { queue, later } = setUp({ fifo: true });
    const first = queue.send({ body: 'x', groupId: 'A', deduplicationId: 'same' });
    later(299);
    expect(queue.send({ body: 'x', groupId: 'A', deduplicationId: 'same' }).id).toBe(first.id);
    expect(queue.messages()).toHaveLength(1);
    later(1);
    queue.send({ body: 'x', groupId: 'A', deduplicationId: 'same' });
    expect(queue.messages()).toHaveLength(2);
  });

  test('a deduplication id may count within its group only', () => {
    const { queue } = setUp({ fifo: true, deduplicationScope: 'messageGroup' });
    queue.send({ body: 'x', groupId: 'A', deduplicationId: 'same' });
    queue.send({ body: 'x', groupId: 'B', deduplicationId: 'same' });
    expect(queue.messages()).toHaveLength(2);
  });

  test.each<[string, object, RegExp]>([
    ['no group', { body: 'x', deduplicationId: 'd' }, /MessageGroupId/],
    ['neither a deduplication id nor content-based deduplication', { body: 'x', groupId: 'A' }, /MessageDeduplicationId/],
    ['a delay of its own', { body: 'x', groupId: 'A', deduplicationId: 'd', delaySeconds: 1 }, /DelaySeconds/],
    ['a group id of 129 characters', { body: 'x', groupId: 'g'.repeat(129), deduplicationId: 'd' }, /128/],
  ])('refuses a message with %s', (_name, message, expected) => {
    const { queue } = setUp({ fifo: true });
    expect(() => queue.send(message as { body: string })).toThrow(expected);
  });
});

test('a queue goes on where it was saved', () => {
  const { queue } = setUp();
  queue.send({ body: 'a' });
  queue.receive(1);
  const other = setUp();
  other.queue.restore(JSON.parse(JSON.stringify(queue.save())));
  expect(other.bodies()).toEqual([]);
  other.later(30);
  expect(other.bodies()).toEqual(['a']);
  expect(other.queue.send({ body: 'b' }).sequence).toBe(2);
});
