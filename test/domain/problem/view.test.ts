/** A problem as its readers see it, computed from its members each time. */
import * as fc from 'fast-check';
import type { Told } from '../../../handlers/domain/problem/problem-row';
import { toldUpTo } from '../../../handlers/domain/problem/fold';
import { isStale } from '../../../handlers/domain/problem/member';
import { total } from '../../../handlers/domain/problem/sums';
import { toldAt } from '../../../handlers/domain/problem/told';
import { viewOf } from '../../../handlers/domain/problem/view';
import { worse, worst } from '../../../handlers/domain/finding/severity';
import { closed, HOUR, member, memberFrom, NOW, owner, problemOf, type Reported, report, viewed } from '../made';

const DAY = 24 * HOUR;
const open = (severity: 'CRITICAL' | 'HIGH' | 'LOW', firstObservedAt = NOW - HOUR) => ({
  revision: [NOW, NOW, 'e'] as [number, number, string],
  severity,
  firstObservedAt,
});
const view = (all: Reported[], since = 0) => viewed(problemOf(all, { since }));

describe('severities are ordered', () => {
  test('critical is worse than high, and nothing is worse than itself', () => {
    expect(worse('CRITICAL', 'HIGH')).toBe(true);
    expect(worse('LOW', 'MEDIUM')).toBe(false);
    expect(worse('HIGH', 'HIGH')).toBe(false);
    expect(worst(['LOW', 'CRITICAL', 'HIGH'])).toBe('CRITICAL');
    expect(worst([])).toBe('INFORMATIONAL');
  });
});

describe('a member', () => {
  test('is open while any of its findings is, and as bad as the worst that is open', () => {
    const row = member('m', {
      reports: { a: closed(NOW, { id: 'a', open: open('CRITICAL') }), b: report({ id: 'b', open: open('HIGH') }) },
    });
    expect(memberFrom(row)).toMatchObject({ open: true, severity: 'HIGH', findings: 2 });
    expect(memberFrom(row).closedAt).toBeUndefined();
  });
  test('once closed is as bad as it was, since when the last of its findings closed', () => {
    const row = member('m', {
      reports: {
        a: closed(NOW, { id: 'a', open: open('CRITICAL') }),
        b: closed(NOW + 5, {
          id: 'b',
          open: open('HIGH'),
          latest: { revision: [1, 1, 'x'], status: 'passed', workflow: 'NEW', closedAt: NOW + 5 },
        }),
      },
    });
    expect(memberFrom(row)).toMatchObject({ open: false, severity: 'CRITICAL', closing: 'mended', closedAt: NOW + 5, findings: 2 });
  });
  test('is stale when it was not seen for thirty days, and only while it is open', () => {
    const row = member('m', { seenAt: NOW - 30 * DAY });
    expect(isStale(memberFrom(row), NOW - DAY)).toBe(false);
    expect(isStale(memberFrom(row), NOW + DAY)).toBe(true);
    expect(isStale(memberFrom({ ...row, reports: { r: closed(NOW) } }), NOW + DAY)).toBe(false);
  });
  test('takes the words of ASFF before those of OCSF, whichever came first', () => {
    const asff = report({ id: 'z', textKey: 'asff' });
    const ocsf = report({ id: 'a', format: 'ocsf', textKey: 'ocsf' });
    expect(memberFrom(member('m', { reports: { 1: ocsf, 2: asff } })).textKey).toBe('asff');
    expect(memberFrom(member('m', { reports: { 1: ocsf } })).textKey).toBe('ocsf');
  });
  test('takes severity and words of the same finding: the worst of the open ones', () => {
    const worst = report({ id: 'z', format: 'ocsf', textKey: 'remote code', open: open('CRITICAL') });
    const other = report({ id: 'a', textKey: 'telnet', open: open('HIGH') });
    expect(memberFrom(member('m', { reports: { 1: other, 2: worst } }))).toMatchObject({ severity: 'CRITICAL', textKey: 'remote code' });
    const mended = { ...worst, latest: closed(NOW).latest };
    expect(memberFrom(member('m', { reports: { 1: other, 2: mended } }))).toMatchObject({ severity: 'HIGH', textKey: 'telnet' });
  });
  test('was sent by hand when the latest of its findings was', () => {
    const reports = { a: report({ id: 'a', asked: { at: 5, eventId: 'x' } }), b: report({ id: 'b', asked: { at: 7, eventId: 'y' } }) };
    expect(memberFrom(member('m', { reports })).asked).toEqual({ at: 7, eventId: 'y' });
  });
});

describe('a problem', () => {
  test('is nothing without members, or once all closed before it began', () => {
    const seen = (all: Reported[], since: number) => viewOf(problemOf(all, { since }), new Map(), new Map(), NOW);
    expect(seen([], 0)).toBeUndefined();
    expect(seen([member('m', { reports: { r: closed(NOW) } })], NOW + 1)).toBeUndefined();
    expect(view([member('m', { reports: { r: closed(NOW) } })], NOW).closed).toBe(1);
  });
  test('is headed by what is open, then worse, then older', () => {
    const rows = [
      member('c', { reports: { r: closed(NOW, { open: open('CRITICAL', 1) }) } }),
      member('b', { reports: { r: report({ open: open('HIGH', 5) }) } }),
      member('a', { reports: { r: report({ open: open('HIGH', 9) }) } }),
      member('d', { reports: { r: report({ open: open('LOW', 1) }) } }),
    ];
    expect(view(rows).named.map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c']);
    expect(view(rows)).toMatchObject({ severity: 'HIGH', firstSeenAt: 1, lead: { id: 'b' } });
    expect(view(rows).closedAt).toBeUndefined();
  });
  test('counts accounts by what is open in them, and leaves out those with nothing open', () => {
    const of = (id: string, accountId: string, shut = false) =>
      member(id, { owner: owner({ accountId, accountName: accountId }), reports: { r: shut ? closed(NOW) : report() } });
    const rows = [of('a', '1'), of('b', '2'), of('c', '2'), of('d', '3', true)];
    const accounts = (all: Reported[]) => view(all).accounts.named.map(({ accountId }) => accountId);
    expect(accounts(rows)).toEqual(['2', '1']);
    expect(view(rows).accounts.count).toBe(2);
    expect(accounts([of('d', '3', true)])).toEqual(['3']);
  });
  test('is the same whatever order its members come in', () => {
    const rows = Array.from({ length: 8 }, (_, n) =>
      member(`m${n}`, { owner: owner({ accountId: String(n % 3) }), region: `r${n % 2}`, reports: { r: n % 3 ? report() : closed(NOW) } }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 8 }), (shuffled) => {
        expect(view(shuffled)).toEqual(view(rows));
      }),
      { numRuns: 50, seed: 2 },
    );
  });
  test('of ten thousand members counts all and names the most urgent', () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => member(`m${n}`));
    expect(view(rows)).toMatchObject({ open: 10_000, members: 10_000, findings: 10_000 });
    expect(view(rows).named).toHaveLength(64);
  });
  test('is as old as the oldest of its findings, also where that is not among the named', () => {
    const worse = Array.from({ length: 64 }, (_, n) => member(`m${n}`, { reports: { r: report({ open: open('CRITICAL', NOW) }) } }));
    const old = member('old', { reports: { r: report({ open: open('HIGH', NOW - 48 * HOUR) }) } });
    expect(view([...worse, old]).named.map(({ id }) => id)).not.toContain('old');
    expect(view([...worse, old]).firstSeenAt).toBe(NOW - 48 * HOUR);
  });
});

test('closed when the last of it did, also where that is not among the named', () => {
  const worse = Array.from({ length: 64 }, (_, n) => member(`m${n}`, { reports: { r: closed(NOW, { open: open('CRITICAL', NOW) }) } }));
  const last = member('last', { reports: { r: closed(NOW + HOUR, { open: open('HIGH', NOW) }) } });
  expect(view([...worse, last]).named.map(({ id }) => id)).not.toContain('last');
  expect(view([...worse, last]).closedAt).toBe(NOW + HOUR);
});

describe('the wordings of a problem', () => {
  const worded = (textKey: string, severity: 'CRITICAL' | 'HIGH' | 'LOW', at = NOW, id = textKey) =>
    report({ id, textKey, open: open(severity, at) });
  const keys = (all: Reported[]) => view(all).titles.map(({ textKey, severity }) => `${textKey} ${severity}`);

  test('are worst first, and of equals in the order of its members: what heads the message is the first of them', () => {
    const rows = [
      member('a', { reports: { 1: worded('young', 'CRITICAL', 9), 2: worded('low', 'LOW', 9) } }),
      member('z', { reports: { 1: worded('zeta', 'CRITICAL', 5), 2: worded('alpha', 'HIGH', 5) } }),
    ];
    expect(keys(rows)).toEqual(['zeta CRITICAL', 'young CRITICAL', 'alpha HIGH', 'low LOW']);
    expect(view(rows).lead.textKey).toBe('zeta');
  });

  test('are each named once, as bad as the worst that has it', () => {
    const rows = [
      member('a', { reports: { 1: worded('one', 'LOW', 1), 2: worded('two', 'HIGH', 2) } }),
      member('b', { reports: { 1: worded('one', 'CRITICAL', 3) } }),
    ];
    expect(keys(rows)).toEqual(['one CRITICAL', 'two HIGH']);
  });

  test('are those of what is open; once nothing is, of all', () => {
    const mended = { ...worded('mended', 'CRITICAL', 1), latest: closed(NOW).latest };
    const left = worded('left', 'HIGH', 1);
    expect(keys([member('a', { reports: { 1: mended, 2: left } }), member('b', { reports: { 1: mended } })])).toEqual(['left HIGH']);
    expect(keys([member('a', { reports: { 1: mended, 2: { ...left, latest: closed(NOW).latest } } })])).toEqual([
      'mended CRITICAL',
      'left HIGH',
    ]);
  });

  test('always begin with the one that heads the message', () => {
    const finding = fc.record({
      textKey: fc.constantFrom('a', 'b', 'c', 'd'),
      severity: fc.constantFrom('CRITICAL' as const, 'HIGH' as const, 'LOW' as const),
      at: fc.integer({ min: 1, max: 3 }),
      id: fc.constantFrom('w', 'x', 'y', 'z'),
      format: fc.constantFrom('asff' as const, 'ocsf' as const),
      isOpen: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(finding, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (all) => {
        const rows = all.map((findings, n) =>
          member(`m${n}`, {
            reports: Object.fromEntries(
              findings.map(({ textKey, severity, at, id, format, isOpen }, index) => {
                const made = { ...worded(textKey, severity, at, id), format };
                return [index, isOpen ? made : { ...made, latest: closed(NOW).latest }];
              }),
            ),
          }),
        );
        expect(view(rows).titles[0]).toEqual({ textKey: view(rows).lead.textKey, severity: view(rows).severity });
      }),
      { numRuns: 300, seed: 20261129 },
    );
  });
});

describe('what readers have not been told of', () => {
  const told = (changes: Partial<Told> = {}): Told => ({ open: true, severity: 'CRITICAL', ...changes });
  const newness = (all: Reported[], known: Record<string, Partial<Told>>) =>
    viewed(problemOf(all, { told: known })).fresh.map(({ member: { id }, newness: how }) => `${id} ${how}`);
  const here = owner({ accountId: '1' });
  const there = owner({ accountId: '2' });

  test.each<[string, Reported[], Record<string, Told>, string[]]>([
    ['nothing', [member('a')], { a: told() }, []],
    ['a resource in an account that was told', [member('a', { owner: here }), member('b', { owner: here })], { a: told() }, ['b new']],
    ['the first of a new account', [member('a', { owner: here }), member('b', { owner: there })], { a: told() }, ['b new-account']],
    ['a rise in severity', [member('a')], { a: told({ severity: 'HIGH' }) }, ['a risen']],
    ['a fall tells nothing', [member('a', { reports: { r: report({ open: open('LOW') }) } })], { a: told() }, []],
    ['what is open again', [member('a')], { a: told({ open: false }) }, ['a reopened']],
    ['what failed again', [member('a', { reports: { r: report({ episodes: [5, 9] }) } })], { a: told() }, ['a reopened']],
    ['what failed again and was told', [member('a', { reports: { r: report({ episodes: [5, 9] }) } })], { a: told({ renewed: 9 }) }, []],
    ['what closed is no news by itself', [member('a', { reports: { r: closed(NOW) } })], { a: told() }, []],
    ['what was sent by hand', [member('a', { reports: { r: report({ asked: { at: 1, eventId: 'x' } }) } })], { a: told() }, ['a asked']],
    [
      'what was sent by hand and told',
      [member('a', { reports: { r: report({ asked: { at: 1, eventId: 'x' } }) } })],
      { a: told({ asked: 'x' }) },
      [],
    ],
  ])('%s', (_what, rows, known, expected) => {
    expect(newness(rows, known)).toEqual(expected);
  });

  test('what was told is no longer fresh, and its sums are empty', () => {
    const rows = [
      member('a', { owner: here }),
      member('b', { owner: there, reports: { r: report({ asked: { at: 1, eventId: 'x' }, episodes: [5, 9] }) } }),
      member('c', { reports: { r: closed(NOW) } }),
    ];
    const problem = problemOf(rows);
    expect(viewed(problem).fresh).toHaveLength(3);
    expect(total(problem.untold.kinds)).toBe(3);
    const after = { ...problem, ...toldUpTo(problem.fold) };
    expect(viewed(after)).toMatchObject({ fresh: [], untold: { kinds: {}, loud: 0, accounts: {}, worst: {} } });
    expect(toldAt(after.log.b, after)).toEqual({ open: true, severity: 'CRITICAL', asked: 'x', renewed: 9 });
  });
});
