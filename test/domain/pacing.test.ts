/** Turns at Slack and Security Hub: many workers together stay below the limits, critical ones first, and each gets its turn. */
import * as fc from 'fast-check';
import { type Allowance, blocked, CHANNEL, EDITS, FREE, HUB, ORGANIZATIONAL_UNITS, type Slot, turn } from '../../handlers/domain/pacing';

const ALLOWANCES = { CHANNEL, EDITS, HUB, ORGANIZATIONAL_UNITS };
const NOW = 1_000_000;

interface Worker {
  at: number;
  critical: boolean;
  calls: number;
  ticket?: number;
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
    const mine = turn(slot, next.at, allowance, next.critical, next.ticket, next.calls);
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
const went = (workers: Worker[]) => workers.map(({ went: at }) => (at ?? 0) - NOW);

test('what comes alone goes at once', () => {
  for (const allowance of Object.values(ALLOWANCES)) expect(turn(FREE, NOW, allowance, false).go).toBe(true);
});

test('a channel takes one message a second, in the order in which they came', () => {
  const workers = [worker(0), worker(1), worker(2), worker(3)];
  serve(workers, CHANNEL);
  expect(went(workers)).toEqual([0, 1000, 2000, 3000]);
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
  for (const critical of [true, false]) expect(turn(slot, NOW, CHANNEL, critical)).toMatchObject({ go: false });
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

const workers = fc.array(fc.record({ at: fc.nat(20_000), critical: fc.nat(4).map((n) => n === 0) }), { minLength: 1, maxLength: 60 });

describe.each(Object.entries(ALLOWANCES))('%s', (_name, allowance) => {
  test('however workers come, and come back late, no window holds more calls than the allowance, and all go', () => {
    fc.assert(
      fc.property(workers, fc.array(fc.nat(3000), { minLength: 1, maxLength: 10 }), (given, lateness) => {
        const all = given.map(({ at, critical }) => worker(at, critical));
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
        const all = given.map(({ at, critical }) => worker(at, critical));
        serve(all, allowance);
        for (const { looks } of all) expect(looks).toBeLessThanOrEqual(3 + all.filter(({ critical }) => critical).length);
        const last = Math.max(...went(all));
        const latest = Math.max(...given.map(({ at }) => at));
        expect(last).toBeLessThanOrEqual(latest + (given.length + 3) * allowance.interval);
      }),
      { numRuns: 150, seed: 10 },
    );
  });
});
