import { Agenda } from '../../cli/simulate/population/agenda';
import { BEGIN, DAY, HOUR, inWorkingHours, isWorkingDay, midnight } from '../../cli/simulate/population/calendar';
import { Allotment, Chance } from '../../cli/simulate/population/chance';
import { CONTROLS } from '../../cli/simulate/population/controls';
import { PopulationHub, type Sent } from '../../cli/simulate/population/hub';
import { organizationOf, placeOf, reports } from '../../cli/simulate/population/organization';
import { populate } from '../../cli/simulate/population/population';

/** Everything that is sent, without anybody hearing of it. */
function sentIn(scale: number, days: number, seed = 1): Sent[] {
  const all: Sent[] = [];
  let now = BEGIN;
  const hub = new PopulationHub({
    clock: { now: () => now },
    severities: ['CRITICAL', 'HIGH'],
    send: (sent) => all.push(sent),
    all: false,
  });
  const { agenda } = populate({ organization: organizationOf(scale, seed), hub, scale, seed, days });
  for (let at = agenda.nextAt; at !== undefined && at < BEGIN + days * DAY; at = agenda.nextAt) {
    now = at;
    agenda.next();
  }
  return all;
}
const isNew = (sent: Sent) => sent.state.count === 1 && sent.copy.format === 'asff';

describe('the organization', () => {
  const { accounts, units } = organizationOf(1, 1);

  test('has 300 accounts in 40 OUs three deep', () => {
    expect([accounts.length, units.size]).toEqual([300, 40]);
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(300);
    expect(Math.max(...accounts.map(({ places }) => places[0]?.ous.length ?? 0))).toBe(3);
  });

  test('has accounts that are shared, report by standards or by both Security Hubs', () => {
    const count = (of: (account: (typeof accounts)[number]) => boolean) => accounts.filter(of).length;
    expect([count(({ shared }) => shared), count(({ standards }) => standards), count(({ both }) => both)]).toEqual([60, 30, 150]);
    expect(count(({ standards, both }) => standards && both)).toBe(15);
  });

  test('moves six, closes three, is joined by ten and gets Security Hub late in forty', () => {
    const end = midnight(90);
    expect(accounts.filter((account) => placeOf(account, 0) !== placeOf(account, end))).toHaveLength(6);
    expect(accounts.filter((account) => account.closes < end && !reports(account, end))).toHaveLength(3);
    expect(accounts.filter(({ joins }) => joins > BEGIN)).toHaveLength(10);
    expect(accounts.filter((account) => !reports(account, midnight(60)) && reports(account, midnight(60) + 11 * HOUR))).not.toHaveLength(0);
    expect(accounts.filter(({ hubSince }) => hubSince > BEGIN)).toHaveLength(40);
  });
});

describe('the calendar', () => {
  test('begins on a Thursday and has two holidays in 90 days', () => {
    expect(new Date(BEGIN + 9 * HOUR).getUTCDay()).toBe(4);
    const workingDays = Array.from({ length: 90 }, (_, day) => day).filter(isWorkingDay);
    const weekdays = Array.from({ length: 90 }, (_, day) => new Date(BEGIN + 9 * HOUR + day * DAY).getUTCDay()).filter(
      (day) => day % 6 !== 0,
    );
    expect(weekdays.length - workingDays.length).toBe(2);
  });

  test('moves what people do into their hours', () => {
    const saturday = midnight(2) + 12 * HOUR;
    const moved = inWorkingHours(saturday, Chance.of(1, 'test'));
    expect(moved).toBeGreaterThanOrEqual(midnight(4) + 9 * HOUR);
    expect(moved).toBeLessThan(midnight(4) + 19 * HOUR);
    expect(inWorkingHours(midnight(0) + 10 * HOUR, Chance.of(1, 'test'))).toBe(midnight(0) + 10 * HOUR);
  });
});

test('an allotment hands out neither more nor less than its rate', () => {
  const allotment = new Allotment();
  expect(Array.from({ length: 30 }, () => allotment.take(0.1)).reduce((a, b) => a + b)).toBe(3);
});

test('the agenda keeps the order of time, and of planning at one moment', () => {
  const agenda = new Agenda();
  const happened: string[] = [];
  for (const [at, what] of [
    [3, 'c'],
    [1, 'a'],
    [3, 'd'],
    [2, 'b'],
  ] as const)
    agenda.plan(at, () => happened.push(what));
  while (agenda.nextAt !== undefined) agenda.next();
  expect(happened).toEqual(['a', 'b', 'c', 'd']);
});

test('of the controls 60 are told, 20 of them CRITICAL, 60 are not, and 21 come with the new standard', () => {
  const severities = (of: typeof CONTROLS.told) => new Set(of.map(({ severity }) => severity));
  expect([CONTROLS.told.length, CONTROLS.untold.length, CONTROLS.storm.length]).toEqual([60, 60, 21]);
  expect(CONTROLS.told.filter(({ severity }) => severity === 'CRITICAL')).toHaveLength(20);
  expect(severities(CONTROLS.untold)).toEqual(new Set(['MEDIUM', 'LOW']));
  expect([...severities(CONTROLS.storm)].every((severity) => severity === 'CRITICAL' || severity === 'HIGH')).toBe(true);
});

describe('the population', () => {
  const tenth = sentIn(0.1, 30);

  test('is the same for the same seed, and another for another', () => {
    const names = (all: readonly Sent[]) => all.slice(0, 3000).map(({ at, copy }) => `${at} ${copy.accountId} ${copy.thing.words}`);
    expect(names(sentIn(0.1, 1))).toEqual(names(sentIn(0.1, 1)));
    expect(names(sentIn(0.1, 1))).not.toEqual(names(sentIn(0.1, 1, 2)));
  });

  test('never goes back in time', () => {
    expect(tenth.every(({ at }, index) => at >= (tenth[index - 1]?.at ?? 0))).toBe(true);
  });

  test('has the storm on day 21 between ten and twelve: a tenth of 2,900 checks of 21 controls', () => {
    const ids = new Set(CONTROLS.storm.map(({ id }) => id));
    const storm = tenth.filter((sent) => isNew(sent) && ids.has(String(sent.copy.thing.words[0])));
    const things = new Set(storm.map(({ copy }) => copy.thing));
    expect(things.size).toBeGreaterThanOrEqual(280);
    expect(storm.every(({ at }) => at >= midnight(20) + 10 * HOUR && at <= midnight(20) + 14 * HOUR)).toBe(true);
  });

  test('begins with a tenth of 3,000 failing and 60,000 passed checks, each by as many copies as its account sends', () => {
    const first = tenth.filter((sent) => isNew(sent) && sent.at < midnight(1) && sent.copy.source === 'control');
    const count = (compliance: string) =>
      new Set(first.filter(({ state }) => state.compliance === compliance).map(({ copy }) => copy.thing)).size;
    expect(count('FAILED')).toBeGreaterThan(200);
    expect(count('FAILED')).toBeLessThan(400);
    expect(count('PASSED')).toBeGreaterThan(3500);
  });

  test('five of a hundred of the controls make eighty of a hundred of what fails', () => {
    const storm = new Set(CONTROLS.storm.map(({ id }) => id));
    const failing = tenth.filter(
      (sent) =>
        isNew(sent) && sent.state.compliance === 'FAILED' && sent.copy.source === 'control' && !storm.has(String(sent.copy.thing.words[0])),
    );
    const few = new Set(CONTROLS.told.slice(0, 3).map(({ id }) => id));
    const share = failing.filter(({ copy }) => few.has(String(copy.thing.words[0]))).length / failing.length;
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.9);
  });

  test('pushes images that bring 60 to 400 CVEs within minutes', () => {
    const inspector = tenth.filter((sent) => isNew(sent) && sent.copy.source === 'inspector' && sent.at > midnight(2));
    const perHour = new Map<number, number>();
    for (const { at } of inspector) perHour.set(Math.floor(at / HOUR), (perHour.get(Math.floor(at / HOUR)) ?? 0) + 1);
    const most = Math.max(...perHour.values());
    expect(most).toBeGreaterThanOrEqual(50);
    expect(most).toBeLessThanOrEqual(420);
  });

  test('lets a suppressed finding rest', () => {
    const suppressed = new Map<object, number>();
    for (const { copy, state } of tenth) if (state.workflow === 'SUPPRESSED') suppressed.set(copy, (suppressed.get(copy) ?? 0) + 1);
    expect(suppressed.size).toBeGreaterThan(0);
    expect([...suppressed.values()].every((count) => count === 1)).toBe(true);
  });
});
