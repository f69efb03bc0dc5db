/** How far SQS looks, how many messages may be out, and what becomes of a message that it gives up. */
import { START, setUp } from './one-queue';

let serial = 0;
const send = (queue: ReturnType<typeof setUp>['queue'], groupId: string, body: string) => {
  serial += 1;
  return queue.send({ body, groupId, deduplicationId: `id-${serial}` });
};

/** As if so many had been sent. */
function hold(queue: ReturnType<typeof setUp>['queue'], count: number, groupId?: string): void {
  const message = { body: 'x', md5: '', attributes: {}, groupId, sentAt: START, visibleAt: START, receiveCount: 0 };
  const messages = Array.from({ length: count }, (_, index) => ({ ...message, id: String(index), sequence: index + 1 }));
  queue.restore({ sequence: count, messages });
}

describe('of a FIFO queue', () => {
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
    hold(queue, 119_999, 'long');
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
});

describe('of a standard queue', () => {
  test('no more than 120,000 messages are in flight', () => {
    const { queue, later } = setUp({ visibilityTimeout: 3600 });
    hold(queue, 120_005);
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
});
