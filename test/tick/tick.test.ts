/** The minute's tick: what is due is woken, and where the tick stops, whatever stops it, an alarm says so. */
import { MemoryLedger } from '../../cli/simulate/world/ledger';
import { MARKER, rowKeys, dueKey } from '../../handlers/domain/problem/rows';
import type { Ledger, OwnerQuestion, WakeUp } from '../../handlers/ports';
import { handle, tick } from '../../handlers/tick/tick';
import { alarmOn, type Line } from '../stacks/alarm-over-logs';
import { hubTemplate } from '../stacks/synthesize';
import { MINUTE, START } from '../world/world';

const HOUR = 60 * MINUTE;
const problem = { receiver: 'workloads', fingerprint: 'aws:control:S3.2' };

function start() {
  const clock = { at: START, now: () => clock.at };
  const lines: Line[] = [];
  const woken: WakeUp[] = [];
  const asked: OwnerQuestion[] = [];
  const timed: { wakeUp: WakeUp; seconds: number }[] = [];
  const log = (level: string) => (message: string, details: Record<string, unknown>) =>
    void lines.push({ at: clock.at, entry: { level, message, ...details } });
  const ledger = new MemoryLedger({ now: clock.now });
  const deps = {
    ledger: ledger as Pick<Ledger, 'list' | 'readAll'>,
    clock,
    wakeUps: { send: async (wakeUps: WakeUp[]) => void woken.push(...wakeUps) },
    timers: { set: async (wakeUps: WakeUp[], seconds: number) => void timed.push(...wakeUps.map((wakeUp) => ({ wakeUp, seconds }))) },
    questions: { ask: async (questions: OwnerQuestion[]) => void asked.push(...questions) },
    journal: { info: log('info'), warn: log('warn'), error: log('error') },
  };
  return { clock, lines, woken, asked, timed, ledger, deps };
}

const later = async () => {
  throw new Error('ThrottlingException: Throughput exceeds the current capacity');
};

test('wakes the marker once, however much is to be marked by now', async () => {
  const { deps, ledger, woken } = start();
  await ledger.writeAll([
    { key: rowKeys.toMark(problem, START - 1, 1), value: {} },
    { key: rowKeys.toMark(problem, START, 2), value: {} },
  ]);
  await tick(deps);
  expect(woken).toEqual([MARKER]);
});

test('and leaves it alone until then', async () => {
  const { deps, ledger, woken } = start();
  await ledger.writeAll([{ key: rowKeys.toMark(problem, START + MINUTE, 1), value: {} }]);
  await tick(deps);
  expect(woken).toEqual([]);
});

test('wakes what is due by now with the name of its row, and leaves the rest for its time', async () => {
  const { deps, ledger, woken } = start();
  const [now, then] = [dueKey(START, problem), dueKey(START + 1, problem)];
  for (const key of [now, then]) await ledger.write(rowKeys.due(key), { problem }, 0);
  await tick(deps);
  expect(woken).toEqual([{ ...problem, due: now }]);
});

test('what has a timer is left to it, and woken where that was lost: when it is more than a minute late', async () => {
  const { deps, ledger, woken, clock } = start();
  const due = dueKey(START, problem);
  await ledger.write(rowKeys.due(due), { problem, timed: true }, 0);
  clock.at = START + MINUTE;
  await tick(deps);
  expect(woken).toEqual([]);
  clock.at += 1;
  await tick(deps);
  expect(woken).toEqual([{ ...problem, due }]);
});

test('a flag that is two minutes old is woken, as urgent where it is', async () => {
  const { deps, ledger, woken, clock } = start();
  const urgent = true as const;
  await ledger.write(rowKeys.flag(problem), { problem, nonce: 'n1', at: START }, 0);
  await ledger.write(rowKeys.flag(problem, urgent), { problem, nonce: 'n2', at: START, urgent }, 0);
  clock.at = START + 2 * MINUTE + 1;
  await tick(deps);
  expect(woken).toHaveLength(2);
  expect(woken).toEqual(
    expect.arrayContaining([
      { ...problem, nonce: 'n1' },
      { ...problem, nonce: 'n2', urgent },
    ]),
  );
});

describe('who waits in a line for its turn', () => {
  const due = dueKey(START, problem);
  /** Two others have come before it: the turn is in two seconds. */
  const slot = { nextAt: START, at: START, late: 0, critical: { round: 0, lanes: { a: 2 } }, others: { round: 0, lanes: {} } };
  const line = { slot: 'slack-C1', allowance: { interval: 1000, burst: 1 }, ticket: { critical: true, start: 2 } };

  test('is not woken before it comes: its timer is set anew', async () => {
    const { deps, ledger, woken, timed, clock } = start();
    await ledger.write(rowKeys.due(due), { problem, timed: true, line }, 0);
    await ledger.write(rowKeys.slot('slack-C1'), slot, 0);
    await handle([JSON.stringify({ ...problem, due })], deps);
    expect(woken).toEqual([]);
    expect(timed).toEqual([{ wakeUp: { ...problem, due }, seconds: 2 }]);
    // Nor a second too early, when it might go in vain and come once more.
    clock.at += 1000;
    await handle([JSON.stringify({ ...problem, due })], deps);
    expect(woken).toEqual([]);
    expect(timed.map(({ seconds }) => seconds)).toEqual([2, 1]);
    clock.at += 1000;
    await handle([JSON.stringify({ ...problem, due })], deps);
    expect(woken).toEqual([{ ...problem, due }]);
    expect(timed).toHaveLength(2);
  });

  test('is woken by the tick, where its timer was lost, when it has come', async () => {
    const { deps, ledger, woken, clock } = start();
    await ledger.write(rowKeys.due(due), { problem, timed: true, line }, 0);
    await ledger.write(rowKeys.slot('slack-C1'), { ...slot, nextAt: START + 5 * MINUTE }, 0);
    clock.at += 2 * MINUTE;
    await tick(deps);
    expect(woken).toEqual([]);
    clock.at += 3 * MINUTE;
    await tick(deps);
    expect(woken).toEqual([{ ...problem, due }]);
  });

  test('is woken where nothing is known of the line', async () => {
    const { deps, ledger, woken } = start();
    await ledger.write(rowKeys.due(due), { problem, timed: true, line }, 0);
    await handle([JSON.stringify({ ...problem, due })], deps);
    expect(woken).toEqual([{ ...problem, due }]);
  });
});

describe('a timer that is over', () => {
  const scheduled = JSON.stringify({ version: '0', 'detail-type': 'Scheduled Event', detail: {} });

  test('sends its wake-up on, but where its row was removed; ticks beside it are one look', async () => {
    const { deps, ledger, woken, lines } = start();
    const [stands, gone] = [dueKey(START, problem), dueKey(START - 1, problem)];
    await ledger.write(rowKeys.due(stands), { problem, timed: true }, 0);
    const flagged = { fingerprint: problem.fingerprint, nonce: 'n', receiver: problem.receiver };
    const sent = [{ ...problem, due: stands }, { ...problem, due: gone }, flagged];
    await handle([scheduled, ...sent.map((each) => JSON.stringify(each)), scheduled, ''], deps);
    expect(woken).toEqual([{ ...problem, due: stands }, flagged]);
    expect(lines.map(({ entry }) => entry.message)).toEqual(['ticked']);
  });

  test('reads nothing where it is of a flag', async () => {
    const { deps, woken } = start();
    const readAll = async (keys: readonly unknown[]) => (keys.length > 0 ? later() : []);
    await handle([JSON.stringify({ ...problem, nonce: 'n' })], { ...deps, ledger: { list: later, readAll } });
    expect(woken).toHaveLength(1);
  });

  test.each(['the ledger', 'the queue'])('and that %s refuses is dropped with its reason: its row is there', async (refuser) => {
    const { deps, ledger, lines, woken, clock } = start();
    const due = dueKey(START, problem);
    await ledger.write(rowKeys.due(due), { problem, timed: true }, 0);
    const failing = refuser === 'the ledger' ? { ...deps, ledger: { list: later, readAll: later } } : { ...deps, wakeUps: { send: later } };
    await handle([JSON.stringify({ ...problem, due })], failing);
    expect(lines.map(({ entry }) => entry)).toEqual([
      { level: 'warn', message: 'timer failed', problems: 1, reason: expect.stringContaining('ThrottlingException') },
    ]);
    clock.at = START + MINUTE + 1;
    await tick(deps);
    expect(woken).toEqual([{ ...problem, due }]);
  });
});

test.each(['the ledger', 'the queue'])(
  'a tick that %s refuses is dropped with its reason, and the next one does its work',
  async (refuser) => {
    const { deps, ledger, woken, lines } = start();
    await ledger.write(rowKeys.due(dueKey(START, problem)), { problem }, 0);
    await tick(refuser === 'the ledger' ? { ...deps, ledger: { list: later, readAll: later } } : { ...deps, wakeUps: { send: later } });
    expect(woken).toEqual([]);
    expect(lines.map(({ entry }) => entry)).toEqual([
      { level: 'warn', message: 'tick failed', reason: expect.stringContaining('ThrottlingException') },
    ]);
    await tick(deps);
    expect(woken).toHaveLength(1);
  },
);

test('asks for the accounts whose owner is waited for, sixty a minute in turns, and no longer than they are waited for', async () => {
  const { deps, ledger, asked, clock } = start();
  const wait = (n: number, until = START + HOUR) => {
    const accountId = String(200000000000 + n);
    return ledger.write(rowKeys.unknownAccount(accountId), { accountId, nonce: `n${n}`, until }, 0);
  };
  await wait(0, START);
  for (let n = 1; n <= 130; n++) await wait(n);
  await tick(deps);
  expect(asked).toHaveLength(60);
  for (clock.at += MINUTE; clock.at < START + 10 * MINUTE; clock.at += MINUTE) await tick(deps);
  expect(new Set(asked.map(({ owner }) => owner)).size).toBe(130);
  expect(asked).toContainEqual({ owner: '200000000130', nonce: 'n130' });
  expect(asked.some(({ owner }) => owner === '200000000000')).toBe(false);
});

describe('the alarm of a tick that stops', () => {
  const template = hubTemplate();
  /** Three hours of ticks, of which `at` says what became of each. */
  async function on(at: (minute: number) => 'done' | 'refused' | 'missing') {
    const { deps, clock, lines } = start();
    for (let minute = 0; minute < 180; minute++) {
      clock.at = START + minute * MINUTE;
      if (at(minute) !== 'missing') await tick(at(minute) === 'done' ? deps : { ...deps, ledger: { list: later, readAll: later } });
    }
    return alarmOn(template, 'tick-stopped', lines, START + 3 * HOUR - 1).map((time) => (time - START) / MINUTE);
  }

  test('is silent while there is one each minute, whether or not anything is due', async () => {
    expect(await on(() => 'done')).toEqual([]);
  });

  test.each(['missing', 'refused'] as const)('rings when for ten minutes each is %s, until there is one again', async (fate) => {
    const rang = await on((minute) => (minute >= 60 && minute < 120 ? fate : 'done'));
    expect(rang[0]).toBeGreaterThanOrEqual(60);
    expect(rang[0]).toBeLessThanOrEqual(70);
    expect(rang.at(-1)).toBeLessThan(120);
    expect(rang.length).toBeGreaterThan(8);
  });

  test('is silent where one in four is lost', async () => {
    expect(await on((minute) => (minute % 4 === 0 ? 'missing' : 'done'))).toEqual([]);
  });
});
