import { createClock } from '../../local/clock';
import { drain } from '../../local/drain';
import type { EventBus } from '../../local/eventbridge/event-bus';
import type { EventSourceMapping } from '../../local/lambda/event-source';
import { createQueue, type Queue } from '../../local/sqs/queue';

const START = Date.UTC(2026, 10, 21);

/** Two queues in a row; `log` says which function got what, and when. */
function setUp(handle: (name: string, body: string, queues: Record<string, Queue>) => void = () => {}) {
  const clock = createClock(START);
  const log: string[] = [];
  const queue = (name: string) =>
    createQueue(
      { name, arn: name, fifo: false, visibilityTimeout: 30, delay: 0, contentBasedDeduplication: false, deduplicationScope: 'queue' },
      clock.now,
    );
  const queues: Record<string, Queue> = { intake: queue('intake'), deliver: queue('deliver') };
  const sources = Object.entries(queues).map(
    ([functionName, each]): EventSourceMapping => ({
      queue: each,
      functionName,
      async work(signal, onInvocation) {
        for (let [message] = each.receive(1); message && !signal?.aborted; [message] = each.receive(1)) {
          log.push(`${functionName} ${message.body} +${(clock.now() - START) / 1000}s`);
          each.delete(message.receipt ?? '');
          handle(functionName, message.body, queues);
          onInvocation({ functionName, messages: 1, failed: 0, result: { outcome: 'answered', value: null } });
        }
      },
    }),
  );
  const ticks: number[] = [];
  const bus: EventBus = {
    put: () => [],
    nextTick: (due) => Math.ceil(Math.max(due, clock.now() + 1) / 60_000) * 60_000,
    tick: () => {
      ticks.push((clock.now() - START) / 1000);
      return [];
    },
  };
  return { clock, bus, sources, queues, log, ticks };
}

test('work that a delivery causes for intake is done before the next delivery', async () => {
  const { queues, log, ...cloud } = setUp((name, body, all) => {
    if (name === 'intake') all.deliver?.send({ body });
    if (name === 'deliver' && body === 'a') all.intake?.send({ body: 'again' });
  });
  queues.intake?.send({ body: 'a' });
  await drain(cloud, {});
  expect(log).toEqual(['intake a +0s', 'deliver a +0s', 'intake again +0s', 'deliver again +0s']);
});

test('time moves to the next message that becomes visible, never beyond', async () => {
  const { queues, log, ...cloud } = setUp();
  queues.deliver?.send({ body: 'late', delaySeconds: 300 });
  queues.intake?.send({ body: 'soon', delaySeconds: 20 });
  expect(await drain(cloud, {})).toMatchObject({ ended: 'idle', invocations: 2, elapsed: 300_000 });
  expect(log).toEqual(['intake soon +20s', 'deliver late +300s']);
});

test('a schedule that is due before the next message fires first', async () => {
  const { queues, log, ticks, ...cloud } = setUp();
  queues.intake?.send({ body: 'late', delaySeconds: 300 });
  const due = [START + 100_000];
  await drain({ ...cloud, nextDue: async () => due.shift() }, {});
  expect(ticks).toEqual([120]);
  expect(log).toEqual(['intake late +300s']);
});

test('work that stays due is woken each minute, not in an endless instant', async () => {
  const { ticks, ...cloud } = setUp();
  await drain({ ...cloud, nextDue: async () => START }, { until: START + 180_000 });
  expect(ticks).toEqual([60, 120, 180]);
});

test('until an instant: what is due at it is done, and the clock stands there', async () => {
  const { queues, log, clock, ...cloud } = setUp();
  queues.intake?.send({ body: 'at', delaySeconds: 60 });
  queues.intake?.send({ body: 'after', delaySeconds: 61 });
  expect(await drain({ clock, ...cloud }, { until: START + 60_000 })).toMatchObject({ ended: 'until', invocations: 1 });
  expect(log).toEqual(['intake at +60s']);
  expect(clock.now()).toBe(START + 60_000);
});

test('progress is told after each invocation', async () => {
  const { queues, ...cloud } = setUp();
  for (const body of ['a', 'b']) queues.intake?.send({ body });
  const progress: unknown[] = [];
  await drain(cloud, { onProgress: ({ done, waiting }) => progress.push([done, waiting]) });
  expect(progress).toEqual([
    [1, { intake: 1, deliver: 0 }],
    [2, { intake: 0, deliver: 0 }],
  ]);
});
