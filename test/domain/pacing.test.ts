/** Turns at Slack and Security Hub: many workers together stay below the limits, critical ones first, and each gets its turn. */
import * as fc from 'fast-check';
import {
  ACCOUNTS,
  type Allowance,
  blocked,
  CHANNEL,
  comesAt,
  EDITS,
  FREE,
  HUB,
  LANES,
  ORGANIZATIONAL_UNITS,
  PARENTS,
  type Slot,
  type Ticket,
  turn,
} from '../../handlers/domain/pacing';

const ALLOWANCES = { CHANNEL, EDITS, HUB, ACCOUNTS, PARENTS, ORGANIZATIONAL_UNITS };
const NOW = 1_000_000;

interface Worker {
  at: number;
  critical: boolean;
  calls: number;
  lane?: string;
  ticket?: Ticket;
  went?: number;
  looks: number;
}

/** Each worker comes, and comes back when it was told to, until it went. @param late how much later than told. */
function serve(
  workers: Worker[],
  allowance: Allowance,
  late: (n: number) => number = () => 0,
  blocks: { at: number; until: number }[] = [],
): Slot {
  let slot = FREE;
  const pending = [...blocks];
  for (let steps = 0; steps < 100_000; steps++) {
    const next = workers.filter(({ went }) => went === undefined).sort((a, b) => a.at - b.at)[0];
    if (!next) return slot;
    while (pending[0] && pending[0].at <= next.at) slot = blocked(slot, pending.shift()?.until ?? 0, allowance);
    next.looks++;
    const mine = turn(slot, next.at, allowance, next, next.calls);
    slot = mine.slot;
    if (mine.go) next.went = next.at;
    else {
      expect(mine.until).toBeGreaterThan(next.at);
      next.ticket = mine.ticket;
      next.at = mine.until + late(steps);
    }
  }
  throw new Error('somebody never gets a turn');
}

const worker = (at: number, critical = false, calls = 1): Worker => ({ at: NOW + at, critical, calls, looks: 0 });
/** How long one waited, in milliseconds. */
const waited = ({ went: at = 0 }: Worker, from: number) => at - NOW - from;
const went = (workers: Worker[]) => workers.map(({ went: at }) => (at ?? 0) - NOW);

test('what comes alone goes at once', () => {
  for (const allowance of Object.values(ALLOWANCES)) expect(turn(FREE, NOW, allowance, { critical: false }).go).toBe(true);
});

test('a channel takes three messages at once and then one a second, in the order in which they came', () => {
  const workers = Array.from({ length: 6 }, (_, n) => worker(n));
  serve(workers, CHANNEL);
  expect(went(workers)).toEqual([0, 1, 2, 1000, 2000, 3000]);
});

test('edits go in bursts of eight and then one each 1.5 s: never more than 48 in a minute', () => {
  const workers = Array.from({ length: 100 }, (_, n) => worker(n));
  serve(workers, EDITS);
  const times = went(workers).sort((a, b) => a - b);
  expect(times.filter((time) => time < 10)).toHaveLength(8);
  for (const from of times) expect(times.filter((time) => time >= from && time < from + 60_000).length).toBeLessThanOrEqual(48);
});

test('a critical one that comes last goes next', () => {
  const workers = [...Array.from({ length: 20 }, (_, n) => worker(n)), worker(30, true)];
  serve(workers, CHANNEL);
  expect(went(workers).at(-1)).toBeLessThanOrEqual(2000);
});

test('after a 429 nobody goes before Slack allows it', () => {
  const slot = blocked(FREE, NOW + 30_000, CHANNEL);
  for (const critical of [true, false]) expect(turn(slot, NOW, CHANNEL, { critical })).toMatchObject({ go: false });
  const workers = [worker(1), worker(2, true), worker(3)];
  serve(workers, EDITS, undefined, [{ at: NOW, until: NOW + 30_000 }]);
  for (const at of went(workers)) expect(at).toBeGreaterThanOrEqual(30_000);
});

test('a turn for several calls takes that many', () => {
  const workers = [worker(0, false, 5), worker(1)];
  serve(workers, HUB);
  expect(went(workers)).toEqual([0, 350]);
  const more = [worker(0, false, 5), worker(1, false, 5), worker(2, false, 5)];
  serve(more, HUB);
  expect((more[2]?.went ?? 0) - NOW).toBeGreaterThanOrEqual(350 * 5);
});

describe('whoever has much to tell delays nobody else', () => {
  const flood = (lane: string, critical = true) => Array.from({ length: 300 }, (_, n) => ({ ...worker(n), critical, lane }));

  test('of one account among many that wait, the next goes within as many turns as there are accounts', () => {
    const other = { ...worker(50_000, true), lane: 'b' };
    serve([...flood('a'), other], CHANNEL);
    expect(waited(other, 50_000)).toBeLessThanOrEqual(2000);
    const third = { ...worker(60_000, true), lane: 'c' };
    serve([...flood('a'), ...flood('b'), third], CHANNEL);
    expect(waited(third, 60_000)).toBeLessThanOrEqual(3000);
  });

  test('also where many wait already for the moment at which it comes, and whoever came before it is asked first', () => {
    const all = Array.from({ length: 60 }, (_, n) => ({ ...worker(20_000), critical: true, lane: 'a', n }));
    const other = { ...worker(20_000, true), lane: 'b' };
    serve([...flood('a'), ...all, other], CHANNEL, (n) => (n % 4 === 0 ? 4000 : 0));
    expect(waited(other, 20_000)).toBeLessThanOrEqual(15_000);
  });

  test('whoever holds a moment that a whole turn was taken of gets one that nobody else has; a little lateness it waits out', () => {
    const slot: Slot = {
      nextAt: NOW + 3000,
      at: NOW,
      late: NOW + 3000,
      critical: { round: 0, lanes: {} },
      others: { round: 0, lanes: {} },
    };
    const ticket: Ticket = { critical: true, start: 0, late: true };
    expect(turn(slot, NOW, CHANNEL, { critical: true, ticket })).toMatchObject({ go: false, until: NOW + 4000 });
    expect(turn(slot, NOW + 400, CHANNEL, { critical: true, ticket })).toMatchObject({ go: false, until: NOW + 1000 });
  });

  test('those that wait go in turns, one of each account, and none goes before its own account’s earlier ones', () => {
    const [a, b] = [flood('a'), flood('b')];
    serve([...a, ...b], CHANNEL);
    for (const minute of [1, 2, 3, 4]) {
      const until = NOW + minute * 60_000;
      const [ofA, ofB] = [a, b].map((all) => all.filter(({ went: at = 0 }) => at <= until).length);
      expect(Math.abs((ofA ?? 0) - (ofB ?? 0))).toBeLessThanOrEqual(2);
    }
    for (const all of [a, b]) expect(went(all)).toEqual(went(all).sort((x, y) => x - y));
  });

  test('also where all of those come too late at one moment, as where the function did not run for long', () => {
    const ask = (slot: Slot, at: number, ticket?: Ticket) => turn(slot, NOW + at, CHANNEL, { critical: false, lane: 'a', ticket });
    let slot = FREE;
    const tickets = Array.from({ length: 300 }, (_, n) => {
      const mine = ask(slot, n);
      slot = mine.slot;
      return mine.go ? undefined : mine.ticket;
    });
    for (const ticket of tickets) if (ticket) slot = ask(slot, 600_000, ticket).slot;
    const other = turn(slot, NOW + 601_000, CHANNEL, { critical: true, lane: 'b' });
    expect(other.go ? 0 : other.until - NOW - 601_000).toBeLessThanOrEqual(15_000);
  });

  test('also where those that wait all come too late, as after an outage', () => {
    const other = { ...worker(700_000, true), lane: 'b' };
    const all = [...flood('a'), other];
    serve(all, CHANNEL, undefined, [{ at: NOW + 5000, until: NOW + 650_000 }]);
    expect(waited(other, 700_000)).toBeLessThanOrEqual(15_000);
  });
});

test('while 60 critical edits a minute take all that there is and more, one in five is of the others', () => {
  const critical = Array.from({ length: 600 }, (_, n) => worker(n * 1000, true));
  const others = Array.from({ length: 20 }, (_, n) => worker(60_000 + n * 3000));
  serve([...critical, ...others], EDITS);
  for (const [n, other] of others.entries()) expect(waited(other, 60_000 + n * 3000)).toBeLessThanOrEqual(180_000);
  const minutes = (from: number, all: Worker[]) => all.filter(({ went: at = 0 }) => at >= NOW + from && at < NOW + from + 60_000).length;
  expect(minutes(120_000, critical)).toBeGreaterThanOrEqual(28);
});

describe.each([0, 200, 1000])('as timers go by the second, and a function takes up to %i ms to come', (takes) => {
  /** In a line of 100 seconds and more: each comes, asks anew when its timer is over (tick/tick.ts), and comes once its turn is there. */
  function lined(workers: Worker[], allowance: Allowance): number {
    let [slot, asked] = [FREE, 0];
    for (let steps = 0; workers.some(({ went: at }) => at === undefined); steps++) {
      const next = workers.filter(({ went: at }) => at === undefined).reduce((a, b) => (b.at < a.at ? b : a));
      const left = next.ticket ? comesAt(slot, allowance, next.ticket) - next.at : 0;
      if (left <= 1000) {
        next.looks++;
        const mine = turn(slot, next.at, allowance, next, next.calls);
        slot = mine.slot;
        if (mine.go) next.went = next.at;
        else {
          next.ticket = mine.ticket;
          next.at += Math.ceil((mine.until - next.at) / 1000) * 1000 + ((steps * 7919) % (takes + 1));
        }
      } else {
        asked++;
        next.at += Math.ceil(left / 1000) * 1000 + ((steps * 7919) % (takes + 1));
      }
    }
    return asked;
  }
  const many = (count: number, critical: (n: number) => boolean) =>
    Array.from({ length: count }, (_, n) => ({ ...worker(Math.floor(n / 4) * 1000, critical(n)), lane: String(n % 50) }));

  test.each([
    ['CHANNEL', CHANNEL, 400],
    ['EDITS', EDITS, 200],
    ['HUB', HUB, 600],
  ])('%s: hardly any comes more than twice, and nothing is wasted', (_name, allowance, count) => {
    const workers = many(count, (n) => n % 10 === 0);
    lined(workers, allowance);
    expect(workers.reduce((sum, { looks }) => sum + looks, 0) / count).toBeLessThanOrEqual(2.1);
    expect(Math.max(...went(workers))).toBeLessThanOrEqual(1.1 * count * allowance.interval + 5000);
  });

  test('what is critical goes within seconds all the same', () => {
    const workers = many(400, (n) => n % 10 === 0);
    lined(workers, CHANNEL);
    for (const [n, each] of workers.entries())
      if (each.critical) expect(waited(each, Math.floor(n / 4) * 1000)).toBeLessThanOrEqual(10_000);
  });
});

test('what is critical goes before all others, but for one in five', () => {
  const critical = Array.from({ length: 40 }, (_, n) => ({ ...worker(10_000 + n, true), lane: String(n % 7) }));
  const others = Array.from({ length: 100 }, (_, n) => ({ ...worker(n), lane: String(n % 13) }));
  serve([...others, ...critical], CHANNEL);
  const last = Math.max(...went(critical));
  expect(last).toBeLessThanOrEqual(10_000 + 52_000);
  expect(went(others).filter((at) => at > 10_000 && at <= last).length).toBeLessThanOrEqual(13);
});

test('the row stays below one write unit, however many accounts wait', () => {
  let slot = FREE;
  for (let n = 0; n < 2000; n++) slot = turn(slot, NOW + n, CHANNEL, { critical: n % 2 === 0, lane: `0123456${n}`.slice(-7) }).slot;
  expect(Object.keys(slot.critical.lanes)).toHaveLength(LANES);
  expect(JSON.stringify(slot).length).toBeLessThan(1000);
  // And forgets those that are over.
  expect(turn(slot, NOW + 10_000_000, CHANNEL, { critical: false }).slot).toMatchObject({ critical: { lanes: {} }, others: { lanes: {} } });
});

test('a ticket of a row that was lost, or was written by an earlier version, keeps nobody waiting', () => {
  for (const ticket of [{ critical: true, start: 1e9 }, 1_000_000 as unknown as Ticket])
    expect(turn(FREE, NOW, CHANNEL, { critical: true, ticket })).toMatchObject({ go: true });
});

const workers = fc.array(fc.record({ at: fc.nat(20_000), critical: fc.nat(4).map((n) => n === 0), lane: fc.nat(40).map(String) }), {
  minLength: 1,
  maxLength: 60,
});

describe.each(Object.entries(ALLOWANCES))('%s', (_name, allowance) => {
  test('however workers come, and come back late, no window holds more calls than the allowance, and all go', () => {
    fc.assert(
      fc.property(workers, fc.array(fc.nat(3000), { minLength: 1, maxLength: 10 }), (given, lateness) => {
        const all = given.map(({ at, critical, lane }) => ({ ...worker(at, critical), lane }));
        serve(all, allowance, (n) => lateness[n % lateness.length] ?? 0);
        const times = went(all).sort((a, b) => a - b);
        for (const [n, from] of times.entries()) {
          for (let count = allowance.burst; n + count < times.length; count++) {
            const to = times[n + count] ?? 0;
            expect(to - from).toBeGreaterThanOrEqual((count - allowance.burst + 1) * allowance.interval);
          }
        }
      }),
      { numRuns: 150, seed: 9 },
    );
  });

  test('who comes back when told looks a few times only, and the allowance is not wasted', () => {
    fc.assert(
      fc.property(workers, (given) => {
        const all = given.map(({ at, critical, lane }) => ({ ...worker(at, critical), lane }));
        serve(all, allowance);
        for (const { looks } of all) expect(looks).toBeLessThanOrEqual(6 + all.filter(({ critical }) => critical).length);
        const last = Math.max(...went(all));
        const latest = Math.max(...given.map(({ at }) => at));
        expect(last).toBeLessThanOrEqual(latest + (given.length + 3) * allowance.interval);
      }),
      { numRuns: 150, seed: 10 },
    );
  });
});
