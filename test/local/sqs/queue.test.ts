import { setUp, START } from './one-queue';

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
