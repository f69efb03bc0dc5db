/** How a message from a queue ends: done, given back, sent anew, or dead-lettered with its reason. */
import type { SQSRecord } from 'aws-lambda';
import { MemoryLedger } from '../cli/simulate/world/ledger';
import { Denied, Hopeless, Later, Refused, SlackFailure, Unavailable } from '../handlers/domain/failure';
import { InvalidFinding } from '../handlers/domain/text/reading';
import { rowKeys } from '../handlers/domain/problem/rows';
import { sentAtOf, type Failures, RECEIVES_OF_ONE, settle } from '../handlers/inbox';
import type { Inbox } from '../handlers/ports';

const NOW = Date.UTC(2026, 10, 21);
const DAY = 86_400_000;

interface Came {
  receives?: number;
  /** By SQS's clock. */
  sentAt?: number;
  /** Of what was sent anew. */
  firstSentAt?: number;
  group?: string;
}
/** As Lambda hands it over. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function recordOf({ receives = 1, sentAt = NOW, firstSentAt, group }: Came = {}): SQSRecord {
  return {
    messageId: 'm1',
    body: '{"a":1}',
    receiptHandle: 'r1',
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt),
      ...(group === undefined ? {} : { MessageGroupId: group }),
    },
    messageAttributes: firstSentAt === undefined ? {} : { firstSentAt: { stringValue: String(firstSentAt), dataType: 'Number' } },
  } as unknown as SQSRecord;
}

function start() {
  const ledger = new MemoryLedger();
  const deferred: [string, number][] = [];
  const dead: [string, string][] = [];
  const again: Parameters<Inbox['sendAgain']>[0][] = [];
  const lines: string[] = [];
  const ends: object[] = [];
  const waited: unknown[] = [];
  const log = (message: string, { seconds }: Record<string, unknown>) => {
    lines.push(message);
    if (message === 'waits to be told') waited.push(seconds);
  };
  const deps = {
    ledger,
    clock: { now: () => NOW },
    journal: { info: log, warn: log, error: log },
    meter: { count: (_name: string, labels: object) => void ends.push(labels) },
    queue: 'findings' as const,
    inbox: {
      defer: async (handle: string, seconds: number) => void deferred.push([handle, seconds]),
      sendAgain: async (message: Parameters<Inbox['sendAgain']>[0]) => void again.push(message),
      deadLetter: async (body: string, reason: string) => void dead.push([body, reason]),
    },
  };
  const throwing = (error: unknown) => async () => {
    throw error;
  };
  const settleWith = (error: unknown, came?: Came) => settle(recordOf(came), throwing(error), deps);
  return { ledger, deferred, dead, again, lines, waited, ends, deps, settleWith };
}

test('what went well is done with, and leaves nothing behind', async () => {
  const { deps, deferred, dead, lines, ledger } = start();
  expect(await settle(recordOf(), async () => undefined, deps)).toBe(true);
  expect([deferred, dead, lines, ledger.calls.write]).toEqual([[], [], [], 0]);
});

test.each([
  [NOW + 1, 1],
  [NOW + 1001, 2],
  [NOW + 60_000, 60],
  [NOW, 1],
  [NOW - 60_000, 1],
])('what must wait until %i is given back for %i s, and is no failure', async (until, seconds) => {
  const { settleWith, deferred, dead, ledger } = start();
  expect(await settleWith(new Later(until, 'not yet'))).toBe(false);
  expect(deferred).toEqual([['r1', seconds]]);
  expect(dead).toEqual([]);
  expect(await ledger.read(rowKeys.failures('m1'))).toBeUndefined();
});

test.each([
  new Unavailable('DynamoDB answered ThrottlingException'),
  new Denied('DynamoDB answered AccessDeniedException'),
  new SlackFailure('unavailable', 'Slack answered HTTP 503'),
  new SlackFailure('rate-limited', 'Slack answered 429'),
])('$name ($message) waits, a little longer each time and a minute at the most, and is never counted', async (error) => {
  const { settleWith, deferred, dead, ledger } = start();
  for (const receives of [1, 2, 3, 4, 5, 6, 49]) expect(await settleWith(error, { receives })).toBe(false);
  expect(deferred.map(([, seconds]) => seconds)).toEqual([5, 10, 20, 40, 60, 60, 60]);
  expect(dead).toEqual([]);
  expect(ledger.calls.write).toBe(0);
});

test.each([
  ['was received half as often as it may be', { receives: RECEIVES_OF_ONE }],
  ['has spent half of its retention', { sentAt: NOW - 7 * DAY }],
])('what waits and %s is sent anew, in its group, and stays as old as it was', async (_what, came) => {
  const { settleWith, deferred, again } = start();
  const sentAt = NOW - 7 * DAY;
  expect(await settleWith(new Unavailable('away'), { sentAt, group: 'g', ...came })).toBe(true);
  expect(await settleWith(new Later(NOW + 1, 'not yet'), { sentAt, group: 'g', ...came, firstSentAt: NOW - 30 * DAY })).toBe(true);
  expect(again).toEqual([
    { body: '{"a":1}', group: 'g', firstSentAt: sentAt },
    { body: '{"a":1}', group: 'g', firstSentAt: NOW - 30 * DAY },
  ]);
  expect(deferred).toEqual([]);
});

test('what was sent anew is as old as when it was first sent', () => {
  expect(sentAtOf(recordOf())).toBe(NOW);
  expect(sentAtOf(recordOf({ firstSentAt: NOW - DAY }))).toBe(NOW - DAY);
});

test('what waits for a service, or for a minute, leaves a line with the seconds since it was first sent', async () => {
  const { settleWith, waited } = start();
  await settleWith(new Later(NOW + 1, 'not yet'), { sentAt: NOW - 59_000 });
  expect(waited).toEqual([]);
  await settleWith(new Later(NOW + 1, 'not yet'), { sentAt: NOW - 60_000 });
  await settleWith(new Unavailable('away'), { sentAt: NOW - 1000 });
  await settleWith(new Unavailable('away'), { firstSentAt: NOW - DAY });
  expect(waited).toEqual([60, 1, 86_400]);
});

test.each([new InvalidFinding('no account'), new Hopeless('no receiver')])(
  '$name goes to the dead letters at once, with its reason',
  async (error) => {
    const { settleWith, deferred, dead } = start();
    expect(await settleWith(error)).toBe(true);
    expect(dead).toEqual([['{"a":1}', `${error.name}: ${error.message}`]]);
    expect(deferred).toEqual([]);
  },
);

test.each([
  ['what a service refuses for this work alone', new Refused('no')],
  ['an outcome that nobody knows', new SlackFailure('unknown', 'no')],
  ['an error of ours', new TypeError('no')],
])('%s is tried again, later each time, and dead-lettered after the fifth', async (_what, error) => {
  const { settleWith, deferred, dead } = start();
  const ends: boolean[] = [];
  for (let n = 0; n < 5; n++) ends.push(await settleWith(error));
  expect(ends).toEqual([false, false, false, false, true]);
  expect(deferred.map(([, seconds]) => seconds)).toEqual([5, 10, 20, 40]);
  expect(dead).toEqual([['{"a":1}', `failed 5 times, at last: ${error.name}: no`]]);
});

test('waiting in between does not count', async () => {
  const { settleWith, dead, ledger } = start();
  for (let n = 0; n < 20; n++) await settleWith(new Later(NOW + 1000, 'not yet'));
  for (let n = 0; n < 20; n++) await settleWith(new Unavailable('away'));
  for (let n = 0; n < 4; n++) await settleWith(new Error('503'));
  expect(dead).toEqual([]);
  expect((await ledger.read<Failures>(rowKeys.failures('m1')))?.value).toEqual({ count: 4, last: 'Error: 503' });
});

test('a failure that cannot be counted waits until it can', async () => {
  const { deps, settleWith, deferred, lines, ledger } = start();
  ledger.read = async () => {
    throw new Unavailable('DynamoDB answered ThrottlingException');
  };
  expect(await settleWith(new Error('x'), { receives: 3 })).toBe(false);
  expect([deferred, lines]).toEqual([[['r1', 20]], ['failed', 'waits to be told']]);
  expect(deps.ledger.calls.write).toBe(0);
});

test('the dead letter is what its queue needs, and somebody hears of it', async () => {
  const { deps, dead } = start();
  const abandoned: string[] = [];
  const work = async () => {
    throw new Hopeless('no use');
  };
  await settle(recordOf(), work, {
    ...deps,
    deadLetterBody: (body) => `<${body}>`,
    abandoned: async (body: string) => void abandoned.push(body),
  });
  expect(dead).toEqual([['<{"a":1}>', 'Hopeless: no use']]);
  expect(abandoned).toEqual(['{"a":1}']);
});

test.each([new Hopeless('no use'), new Error('503')])(
  'the dead letter of %s stays in the group that its message came in',
  async (error) => {
    const { deps } = start();
    const groups: (string | undefined)[] = [];
    const inbox = { ...deps.inbox, deadLetter: async (_body: string, _reason: string, group?: string) => void groups.push(group) };
    const work = async () => {
      throw error;
    };
    const ofProblem = recordOf({ group: 'problem' });
    for (let n = 0; n < 5 && groups.length === 0; n++) await settle(ofProblem, work, { ...deps, inbox });
    expect(groups).toEqual(['problem']);
  },
);

test.each([
  ['done', undefined, 1],
  ['waits', new Later(NOW + 1, 'x'), 1],
  ['waits', new Unavailable('503'), RECEIVES_OF_ONE],
  ['failed', new Error('x'), 1],
  ['dead-lettered', new Hopeless('x'), 1],
])('one that is %s is counted so once, of its queue', async (end, error, receives) => {
  const { deps, ends } = start();
  const work = async () => {
    if (error) throw error;
  };
  await settle(recordOf({ receives }), work, deps);
  expect(ends).toEqual([{ queue: 'findings', end }]);
});

describe('where settling fails the message stays, and comes back by itself', () => {
  const refuse = async () => {
    throw new Error('SQS is down');
  };
  test.each([
    ['giving back', new Later(NOW + 1, 'x'), 'defer', 1],
    ['sending anew', new Later(NOW + 1, 'x'), 'sendAgain', RECEIVES_OF_ONE],
    ['the dead letter', new Hopeless('x'), 'deadLetter', 1],
  ])('%s', async (_what, error, broken, receives) => {
    const { deps, lines } = start();
    const work = async () => {
      throw error;
    };
    expect(await settle(recordOf({ receives }), work, { ...deps, inbox: { ...deps.inbox, [broken]: refuse } })).toBe(false);
    expect(lines).toContain('could not settle');
  });
});

test('what is thrown and is no error still has a reason', async () => {
  const { settleWith, ledger } = start();
  expect(await settleWith('text')).toBe(false);
  expect((await ledger.read<Failures>(rowKeys.failures('m1')))?.value.last).toBe('text');
});
