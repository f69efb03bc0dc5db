/** Wake-ups out, messages given back for a time, and dead letters with their reason. */
import { sqsInbox, sqsOwnerQuestions, sqsTimers, sqsWakeUps } from '../../handlers/adapters/sqs';
import { questionIn } from '../../handlers/intake/pass-on';
import { createClock } from '../../local/clock';
import type { FaultPlan } from '../../local/protocol/faults';
import { listen, type Listener } from '../../local/protocol/listener';
import { createQueue, type Queue } from '../../local/sqs/queue';
import { sqsService } from '../../local/sqs/sqs';
import { towardsLoopback } from './loopback';

const NAMES = ['findings', 'findings-dead', 'deliveries.fifo', 'deliveries-dead.fifo'] as const;
const clock = createClock(Date.UTC(2026, 10, 21));
const queues = new Map<string, Queue>();
const queue = (name: (typeof NAMES)[number]) => queues.get(name) as Queue;
const urlOf = (name: string) => `${listener.url}/222222222222/${name}`;
let listener: Listener;
let faults: FaultPlan;
/** What SQS answers in place of what the stand-in would. */
let instead: object | undefined;

// One address for all: the product's client is made once, and keeps it.
beforeAll(async () => {
  const service = sqsService(queues, urlOf, clock.now);
  const json = (body: object) => ({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) });
  const answer: typeof service.answer = (call, request) => (instead ? json(instead) : service.answer(call, request));
  listener = await listen({ ...service, answer }, { faults: (call) => faults(call) });
  towardsLoopback({ SQS: listener.url });
});
afterAll(() => listener.close());

beforeEach(() => {
  faults = () => undefined;
  instead = undefined;
  for (const name of NAMES) {
    const arn = `arn:aws:sqs:ap-northeast-1:222222222222:${name}`;
    const fifo = name.endsWith('.fifo');
    const definition = { name, arn, fifo, visibilityTimeout: 30, delay: 0, contentBasedDeduplication: false };
    queues.set(name, createQueue({ ...definition, deduplicationScope: 'queue' }, clock.now));
  }
});

const wakeUps = (count: number) => Array.from({ length: count }, (_, index) => ({ receiver: '#security', fingerprint: `f${index}` }));

test('questions after owners all arrive as intake reads them, ten a call, in a queue without groups', async () => {
  const before = listener.calls('SendMessageBatch');
  const questions = Array.from({ length: 12 }, (_, n) => ({ owner: n === 0 ? 'not "AWS’s"' : String(200000000000 + n), nonce: `n${n}` }));
  await sqsOwnerQuestions(urlOf('findings')).ask(questions);
  expect(
    queue('findings')
      .messages()
      .map(({ body }) => questionIn(body)),
  ).toEqual(questions);
  expect(listener.calls('SendMessageBatch') - before).toBe(2);
});

test.each(['{"owner":', '{"owner":7,"nonce":"n"}', '{"version":"0","owner":"200000000000","nonce":"n"}', ''])(
  '%s is no question',
  (body) => {
    expect(questionIn(body)).toBeUndefined();
  },
);

test('a timer is over after its seconds, and not before', async () => {
  await sqsTimers(urlOf('findings')).set(wakeUps(12), 900);
  const timers = queue('findings');
  expect(timers.messages().map(({ body }) => JSON.parse(body))).toEqual(wakeUps(12));
  expect(timers.nextVisible()).toBe(clock.now() + 900_000);
  await expect(sqsTimers(urlOf('findings')).set(wakeUps(1), 901)).rejects.toThrow();
});

describe('wake-ups', () => {
  const send = (...sent: Parameters<ReturnType<typeof sqsWakeUps>['send']>) => sqsWakeUps(urlOf('deliveries.fifo')).send(...sent);
  const held = () => queue('deliveries.fifo').messages();

  test('all arrive as they were sent, ten a call', async () => {
    const before = listener.calls('SendMessageBatch');
    const sent = [...wakeUps(23), { receiver: '#security', fingerprint: 'f23', due: '2026', again: true }];
    await send(sent);
    expect(held().map(({ body }) => JSON.parse(body))).toEqual(sent);
    expect(listener.calls('SendMessageBatch') - before).toBe(3);
  });

  test('exactly ten need one call, none needs none', async () => {
    const before = listener.calls();
    await send(wakeUps(10));
    await send([]);
    expect(listener.calls() - before).toBe(1);
  });

  test('of one problem at one receiver all stand in one line, of others in others', async () => {
    const [one, other] = [
      { receiver: '#security', fingerprint: 'f1' },
      { receiver: '#payments', fingerprint: 'f1' },
    ];
    await send([one, other, { ...one, due: 'later' }, { receiver: '#security', fingerprint: 'f2' }]);
    const lines = held().map(({ groupId }) => groupId);
    expect(lines[2]).toBe(lines[0]);
    expect(new Set(lines).size).toBe(3);
  });

  test('the same problem twice within five minutes is two wake-ups', async () => {
    await send(wakeUps(1));
    await send(wakeUps(1));
    expect(held()).toHaveLength(2);
  });

  test('a call that SQS refuses is an error', async () => {
    await expect(send([{ receiver: '#security', fingerprint: 'x'.repeat(1024 * 1024) }])).rejects.toThrow('BatchRequestTooLong');
  });

  // SQS's text is not repeated: it may quote what was sent.
  test.each([
    ['InternalError', 'We encountered an internal error.'],
    ['ServiceUnavailable', undefined],
  ])('one that SQS does not accept is an error that says how many, and why: %s', async (Code, Message) => {
    instead = { Successful: [], Failed: ['0', '1', '2'].map((Id) => ({ Id, Code, Message, SenderFault: false })) };
    await expect(send(wakeUps(3))).rejects.toThrow(`SQS did not accept 3 of 3 wake-ups: ${Code}; the message is tried again`);
  });
});

describe('a message given back', () => {
  const inbox = (name: 'findings' | 'deliveries.fifo') =>
    sqsInbox({ queueUrl: urlOf(name), deadLetterUrl: urlOf(name === 'findings' ? 'findings-dead' : 'deliveries-dead.fifo') });

  test.each([
    [45, 45],
    // The longest that SQS takes, from when it was received: more is an error there.
    [100_000, 43_200],
  ])('for %i seconds is seen again after %i', async (asked, hidden) => {
    queue('findings').send({ body: 'a' });
    const [message] = queue('findings').receive(1);
    await inbox('findings').defer(message?.receipt ?? '', asked);
    expect(queue('findings').messages()[0]?.visibleAt).toBe(clock.now() + hidden * 1000);
  });

  test('as a dead letter keeps its body and says why', async () => {
    await inbox('findings').deadLetter('{"detail":1}', 'no title');
    expect(queue('findings-dead').messages()).toMatchObject([
      { body: '{"detail":1}', attributes: { reason: { DataType: 'String', StringValue: 'no title' } } },
    ]);
    expect(queue('findings').messages()).toEqual([]);
  });

  test.each([
    ['an empty reason, which SQS refuses', '', 'unknown'],
    ['control characters, which SQS refuses', 'line 1\nline 2\u0000', 'line 1 line 2 '],
    ['a reason without end', 'x'.repeat(2000), 'x'.repeat(1000)],
  ])('%s', async (_what, reason, told) => {
    await inbox('findings').deadLetter('a', reason);
    expect(queue('findings-dead').messages()[0]?.attributes.reason?.StringValue).toBe(told);
  });

  test('from a FIFO queue twice is there twice: as much as was given up', async () => {
    for (let n = 0; n < 2; n++) await inbox('deliveries.fifo').deadLetter('same', 'no such channel', 'problem');
    await inbox('deliveries.fifo').deadLetter('another', 'no such channel', 'other');
    const letters = queue('deliveries-dead.fifo').messages();
    expect(letters.map(({ body }) => body)).toEqual(['same', 'same', 'another']);
    // Of one problem in one line: others are not held up.
    expect(letters[1]?.groupId).toBe(letters[0]?.groupId);
    expect(letters[2]?.groupId).not.toBe(letters[0]?.groupId);
  });

  test('a queue that refuses is an error', async () => {
    faults = () => 'refused';
    await expect(inbox('findings').deadLetter('a', 'b')).rejects.toMatchObject({ name: 'Denied' });
    await expect(inbox('findings').defer('receipt', 1)).rejects.toMatchObject({ name: 'Denied' });
  });
});
