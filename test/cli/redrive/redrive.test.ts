/** Each dead-letter queue goes back its own way, and nothing is lost on it. */
import { ListMessageMoveTasksCommand } from '@aws-sdk/client-sqs';
import { look } from '../../../cli/redrive/look';
import { redrive } from '../../../cli/redrive/redrive';
import { arnOf, openQueues, type Queues, START, text } from './queues';

let queues: Queues;
/** Asked before each call of SQS; the answer is what it fails with. */
let trouble: (operation: string, body: string) => 'refused' | undefined;
beforeEach(async () => {
  trouble = () => undefined;
  queues = await openQueues({
    faults: ({ operation, body }) => trouble(operation, String(body.MessageBody ?? '')),
  });
});
afterEach(() => queues.close());

const fill = (name: string, count: number) => {
  for (let index = 0; index < count; index += 1) {
    const fifo = name.endsWith('.fifo') ? { groupId: `G${index}`, deduplicationId: `D${index}` } : {};
    queues.of(name).send({ body: `${name} ${index}`, attributes: { reason: text('failed 5 times') }, ...fifo });
  }
};

test.each([
  ['findings', 'FindingsDeadLetters', 'Findings'],
  ['deliveries', 'DeliveriesDeadLetters.fifo', 'Deliveries.fifo'],
  ['tick', 'TickDeadLetters', 'Tick'],
] as const)('%s that were sent straight to the dead letters go back by a move that names the destination', async (name, from, to) => {
  fill(from, 1200);
  const sent = queues.bodies(from);
  expect(await redrive(queues.places[name], queues.ground)).toEqual({ done: 1200, stopped: false });
  expect(queues.bodies(from)).toEqual([]);
  expect(queues.bodies(to)).toEqual(sent);
  expect(queues.progressLines).toEqual(expect.arrayContaining([`${name}: 1000 of 1200 moved by SQS`]));
});

test('Ctrl-C cancels the move: each message is in one queue or in the other, and the next run takes the rest', async () => {
  fill('FindingsDeadLetters', 2500);
  const { sleep } = queues.ground.timing;
  queues.ground.timing.sleep = async (ms, signal) => {
    await sleep(ms, signal);
    queues.stop.abort();
  };
  const { done, stopped } = await redrive(queues.places.findings, queues.ground);
  expect([done, stopped]).toEqual([1000, true]);
  expect([queues.bodies('Findings').length, queues.bodies('FindingsDeadLetters').length]).toEqual([1000, 1500]);
  const again = { ...queues.ground, signal: new AbortController().signal, timing: { ...queues.ground.timing, sleep } };
  expect(await redrive(queues.places.findings, again)).toEqual({ done: 1500, stopped: false });
  expect(new Set(queues.bodies('Findings')).size).toBe(2500);
});

test('a move that is under way already is followed, not started again', async () => {
  fill('FindingsDeadLetters', 2500);
  const { sleep } = queues.ground.timing;
  // Whoever started it closed the terminal.
  queues.ground.timing.sleep = () => Promise.reject(new Error('terminal closed'));
  trouble = (operation) => (operation === 'ListMessageMoveTasks' && queues.calls('StartMessageMoveTask') > 0 ? 'refused' : undefined);
  await expect(redrive(queues.places.findings, queues.ground)).rejects.toThrow();
  trouble = () => undefined;
  queues.ground.timing.sleep = sleep;
  expect(await redrive(queues.places.findings, queues.ground)).toEqual({ done: 2500, stopped: false });
  expect(queues.calls('StartMessageMoveTask')).toBe(1);
});

test('a list of moves that lags behind does not pass an earlier move off as this one', async () => {
  fill('FindingsDeadLetters', 3);
  await redrive(queues.places.findings, queues.ground);
  fill('FindingsDeadLetters', 5);
  const { sqs } = queues;
  const earlier = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('FindingsDeadLetters') }));
  let looks = 0;
  const lagging = {
    send: (command: Parameters<typeof sqs.send>[0]) =>
      command instanceof ListMessageMoveTasksCommand && ++looks <= 3 ? Promise.resolve(earlier) : sqs.send(command),
  } as typeof sqs;
  expect(await redrive(queues.places.findings, { ...queues.ground, sqs: lagging })).toEqual({ done: 5, stopped: false });
  expect(queues.bodies('FindingsDeadLetters')).toEqual([]);
});

test('the rules’ events are sent to the findings queue as they are, and deleted', async () => {
  fill('RulesDeadLetters', 25);
  const events = queues.bodies('RulesDeadLetters');
  expect(await redrive(queues.places.rules, queues.ground)).toEqual({ done: 25, stopped: false });
  expect(queues.bodies('RulesDeadLetters')).toEqual([]);
  expect(queues.bodies('Findings').sort()).toEqual(events.sort());
});

test('an event that the findings queue does not take is not deleted, and the command says so', async () => {
  fill('RulesDeadLetters', 3);
  trouble = (operation, body) => (operation === 'SendMessage' && body.includes('RulesDeadLetters 1') ? 'refused' : undefined);
  const { done, failed } = await redrive(queues.places.rules, queues.ground);
  expect([done, failed]).toEqual([2, expect.stringMatching(/AccessDenied.*still lies there/)]);
  expect(queues.of('RulesDeadLetters').counts()).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  expect(queues.bodies('RulesDeadLetters')).toEqual(['RulesDeadLetters 1']);
});

test('dying between sending and deleting sends an event once more; it is never in neither queue', async () => {
  fill('RulesDeadLetters', 1);
  trouble = (operation) => (operation === 'DeleteMessage' ? 'refused' : undefined);
  expect((await redrive(queues.places.rules, queues.ground)).failed).toMatch(/AccessDenied/);
  expect([queues.bodies('Findings').length, queues.bodies('RulesDeadLetters').length]).toEqual([1, 1]);
});

test('Ctrl-C ends the batch in hand and leaves the rest where it is', async () => {
  fill('RulesDeadLetters', 25);
  queues.ground.progress = () => queues.stop.abort();
  expect(await redrive(queues.places.rules, queues.ground)).toEqual({ done: 10, stopped: true });
  expect(queues.of('RulesDeadLetters').counts()).toEqual({ visible: 15, inFlight: 0, delayed: 0 });
  expect(queues.bodies('Findings')).toHaveLength(10);
});

test('what comes in while it goes on is left for the next time, or a rule that still fails would keep it busy for ever', async () => {
  fill('RulesDeadLetters', 1);
  queues.ground.progress = () => {
    queues.later(1);
    queues.of('RulesDeadLetters').send({ body: 'newer' });
  };
  expect(await redrive(queues.places.rules, queues.ground)).toEqual({ done: 1, stopped: false });
  expect(new Set(queues.bodies('RulesDeadLetters'))).toEqual(new Set(['newer']));
});

test('records of failed enroll runs start one run, and go once Lambda has accepted it', async () => {
  fill('EnrollDeadLetters', 12);
  expect(await redrive(queues.places.enroll, queues.ground)).toEqual({ done: 12, stopped: false });
  expect(queues.started).toEqual(['Enroll-function']);
  expect(queues.bodies('EnrollDeadLetters')).toEqual([]);
});

test('a run that Lambda does not accept leaves every record, and an empty queue starts none', async () => {
  expect(await redrive(queues.places.enroll, queues.ground)).toEqual({ done: 0, stopped: false });
  expect(queues.started).toEqual([]);
  fill('EnrollDeadLetters', 2);
  queues.ground.start = () => Promise.reject(new Error('TooManyRequests'));
  expect(await redrive(queues.places.enroll, queues.ground)).toMatchObject({ done: 0, failed: expect.stringMatching(/TooManyRequests/) });
  expect(queues.of('EnrollDeadLetters').counts().visible).toBe(2);
});

test('a look tells reasons and ages, and every message is there for others afterwards', async () => {
  queues.of('RulesDeadLetters').send({
    body: '{}',
    attributes: { ERROR_CODE: text('NO_PERMISSIONS'), ERROR_MESSAGE: text('not authorized'), RULE_ARN: text('arn') },
  });
  queues.later(60);
  fill('RulesDeadLetters', 12);
  queues.of('RulesDeadLetters').send({
    body: JSON.stringify({
      requestContext: { condition: 'RetriesExhausted' },
      responsePayload: { errorType: 'Error', errorMessage: 'Region failed' },
    }),
  });
  queues.of('RulesDeadLetters').send({ body: 'nothing' });
  expect(await look(queues.places.rules.url, queues.sqs, queues.ground.signal)).toEqual({
    total: 15,
    read: 15,
    reasons: [
      { reason: 'failed 5 times', count: 12, oldest: START + 60_000 },
      { reason: 'NO_PERMISSIONS: not authorized', count: 1, oldest: START },
      { reason: 'RetriesExhausted: Error: Region failed', count: 1, oldest: START + 60_000 },
      { reason: 'no reason is written on it', count: 1, oldest: START + 60_000 },
    ],
  });
  expect(queues.of('RulesDeadLetters').counts()).toEqual({ visible: 15, inFlight: 0, delayed: 0 });
});

test('a look that fails half way gives back what it holds', async () => {
  fill('DeliveriesDeadLetters.fifo', 30);
  trouble = (operation) => (operation === 'ReceiveMessage' && queues.calls('ReceiveMessage') > 2 ? 'refused' : undefined);
  await expect(look(queues.places.deliveries.url, queues.sqs, queues.ground.signal)).rejects.toThrow();
  expect(queues.of('DeliveriesDeadLetters.fifo').counts()).toEqual({ visible: 30, inFlight: 0, delayed: 0 });
});
