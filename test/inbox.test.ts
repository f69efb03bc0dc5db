/** How a message from a queue ends: done, given back, or dead-lettered with its reason. */
import type { SQSRecord } from 'aws-lambda';
import { MemoryLedger } from '../cli/simulate/world/ledger';
import { Hopeless, Later } from '../handlers/domain/failure';
import { InvalidFinding } from '../handlers/domain/text/reading';
import { rowKeys } from '../handlers/domain/problem/rows';
import { type Failures, settle } from '../handlers/inbox';

const NOW = Date.UTC(2026, 10, 21);
const record = { messageId: 'm1', body: '{"a":1}', receiptHandle: 'r1', attributes: {} } as SQSRecord;

function start() {
  const ledger = new MemoryLedger();
  const deferred: [string, number][] = [];
  const dead: [string, string][] = [];
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  const deps = {
    ledger,
    clock: { now: () => NOW },
    journal: { info: log, warn: log, error: log },
    inbox: {
      defer: async (handle: string, seconds: number) => void deferred.push([handle, seconds]),
      deadLetter: async (body: string, reason: string) => void dead.push([body, reason]),
    },
  };
  const throwing = (error: unknown) => async () => {
    throw error;
  };
  return { ledger, deferred, dead, lines, deps, settleWith: (error: unknown) => settle(record, throwing(error), deps) };
}

test('what went well is done with, and leaves nothing behind', async () => {
  const { deps, deferred, dead, lines, ledger } = start();
  expect(await settle(record, async () => undefined, deps)).toBe(true);
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

test.each([new InvalidFinding('no account'), new Hopeless('no receiver')])(
  '%s goes to the dead letters at once, with its reason',
  async (error) => {
    const { settleWith, deferred, dead } = start();
    expect(await settleWith(error)).toBe(true);
    expect(dead).toEqual([['{"a":1}', `${error.name}: ${error.message}`]]);
    expect(deferred).toEqual([]);
  },
);

test('a failure is tried again, later each time, and dead-lettered after the fifth', async () => {
  const { settleWith, deferred, dead } = start();
  const ends: boolean[] = [];
  for (let n = 0; n < 5; n++) ends.push(await settleWith(new Error('503')));
  expect(ends).toEqual([false, false, false, false, true]);
  expect(deferred.map(([, seconds]) => seconds)).toEqual([5, 10, 20, 40]);
  expect(dead).toEqual([['{"a":1}', 'failed 5 times, at last: Error: 503']]);
});

test('waiting in between does not count', async () => {
  const { settleWith, dead, ledger } = start();
  for (let n = 0; n < 20; n++) await settleWith(new Later(NOW + 1000, 'not yet'));
  for (let n = 0; n < 4; n++) await settleWith(new Error('503'));
  expect(dead).toEqual([]);
  expect((await ledger.read<Failures>(rowKeys.failures('m1')))?.value).toEqual({ count: 4, last: 'Error: 503' });
});

test('the dead letter is what its queue needs, and somebody hears of it', async () => {
  const { deps, dead } = start();
  const abandoned: string[] = [];
  const work = async () => {
    throw new Hopeless('no use');
  };
  await settle(record, work, {
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
    const ofProblem = { ...record, attributes: { MessageGroupId: 'problem' } } as SQSRecord;
    for (let n = 0; n < 5 && groups.length === 0; n++) await settle(ofProblem, work, { ...deps, inbox });
    expect(groups).toEqual(['problem']);
  },
);

describe('where settling fails the message stays, and comes back by itself', () => {
  const refuse = async () => {
    throw new Error('SQS is down');
  };
  test.each([
    ['giving back', new Later(NOW + 1, 'x'), 'defer'],
    ['the dead letter', new Hopeless('x'), 'deadLetter'],
    ['counting', new Error('x'), 'count'],
  ])('%s', async (_what, error, broken) => {
    const { deps, lines, ledger } = start();
    if (broken === 'count') ledger.read = refuse;
    const inbox = { ...deps.inbox, ...(broken === 'count' ? {} : { [broken]: refuse }) };
    const work = async () => {
      throw error;
    };
    expect(await settle(record, work, { ...deps, inbox })).toBe(false);
    expect(lines).toContain('could not settle');
  });
});

test('what is thrown and is no error still has a reason', async () => {
  const { settleWith, ledger } = start();
  expect(await settleWith('text')).toBe(false);
  expect((await ledger.read<Failures>(rowKeys.failures('m1')))?.value.last).toBe('text');
});
