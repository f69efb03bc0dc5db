import { createClock } from '../../../local/clock';
import { createEventSource } from '../../../local/lambda/event-source';
import type { InvocationResult, LambdaFunction } from '../../../local/lambda/lambda';
import { createQueue } from '../../../local/sqs/queue';
import type { FunctionDefinition } from '../../../local/template/template';

interface Batch {
  Records: { messageId: string; body: string; attributes: Record<string, string>; messageAttributes: Record<string, unknown> }[];
}

/** A queue of `count` messages before a function that answers as `respond` says. */
function setUp(
  respond: (batch: Batch) => InvocationResult,
  { count = 3, batchSize = 10, partialResponses = true, fifo = false, concurrency = 1 } = {},
) {
  const clock = createClock(Date.UTC(2026, 10, 21));
  const name = fifo ? 'q.fifo' : 'q';
  const queue = createQueue(
    { name, arn: `arn:${name}`, fifo, visibilityTimeout: 30, delay: 0, contentBasedDeduplication: true, deduplicationScope: 'queue' },
    clock.now,
  );
  for (let index = 0; index < count; index += 1) queue.send({ body: `m${index}`, groupId: fifo ? 'g' : undefined });
  const batches: Batch[] = [];
  let most = 0;
  let running = 0;
  const lambda: LambdaFunction = {
    definition: { name: 'Intake' } as FunctionDefinition,
    concurrency,
    invocations: () => batches.length,
    maxMemoryUsedMb: () => 0,
    warm: () => {},
    knows: () => undefined,
    crash: () => {},
    close: async () => {},
    async invoke(event) {
      running += 1;
      most = Math.max(most, running);
      batches.push(event as Batch);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return respond(event as Batch);
    },
  };
  const source = createEventSource(
    { queue: name, functionName: 'Intake', batchSize, partialResponses, maxConcurrency: 10 },
    queue,
    lambda,
    'ap-northeast-1',
  );
  const work = async () => {
    const failed: number[] = [];
    await source.work(undefined, (invocation) => failed.push(invocation.failed));
    return failed;
  };
  return { queue, batches, work, clock, most: () => most };
}

const failures = (...ids: (string | undefined)[]): InvocationResult => ({
  outcome: 'answered',
  value: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) },
});
const left = (queue: { messages(): { body: string }[] }) => queue.messages().map(({ body }) => body);

test('what succeeded is deleted, and what was reported stays until its visibility is over', async () => {
  const { queue, work, batches, clock } = setUp(({ Records }) => failures(Records[1]?.messageId));
  expect(await work()).toEqual([1]);
  expect(left(queue)).toEqual(['m1']);
  expect(await work()).toEqual([]);
  clock.advanceTo(clock.now() + 30_000);
  await work();
  expect(batches[1]?.Records[0]?.attributes.ApproximateReceiveCount).toBe('2');
});

test.each<[string, InvocationResult]>([
  ['throws', { outcome: 'error', name: 'Error', message: 'no' }],
  ['is killed', { outcome: 'crashed', message: 'killed' }],
  ['reports an id that is not of the batch', failures('other')],
  ['reports an empty id', failures('')],
  ['reports no id', failures(undefined)],
])('a function that %s fails the whole batch', async (_name, result) => {
  const { queue, work } = setUp(() => result);
  expect(await work()).toEqual([3]);
  expect(left(queue)).toHaveLength(3);
});

test.each<[string, unknown]>([
  ['nothing', null],
  ['no failures', { batchItemFailures: [] }],
  ['failures of null', { batchItemFailures: null }],
])('a function that answers %s is done with all', async (_name, value) => {
  const { queue, work } = setUp(() => ({ outcome: 'answered', value }));
  expect(await work()).toEqual([0]);
  expect(left(queue)).toEqual([]);
});

test('without partial responses the answer does not matter', async () => {
  const { queue, work } = setUp(({ Records }) => failures(Records[0]?.messageId), { partialResponses: false });
  expect(await work()).toEqual([0]);
  expect(left(queue)).toEqual([]);
});

test('batches keep to their size, and as many run at a time as there are workers', async () => {
  const { batches, work, most } = setUp(() => failures(), { count: 7, batchSize: 2, concurrency: 3 });
  await work();
  expect(batches.map(({ Records }) => Records.length)).toEqual([2, 2, 2, 1]);
  expect(most()).toBe(3);
});

test('one group is never worked on twice at the same time', async () => {
  const { batches, work, most } = setUp(() => failures(), { count: 4, batchSize: 2, fifo: true, concurrency: 3 });
  await work();
  expect(batches.map(({ Records }) => Records.map(({ body }) => body))).toEqual([
    ['m0', 'm1'],
    ['m2', 'm3'],
  ]);
  expect(most()).toBe(1);
});
