/** What is known of one finding does not depend on the order in which its events come, nor on how often. */
import * as fc from 'fast-check';
import { admit } from '../../../handlers/domain/finding/admission';
import type { Finding } from '../../../handlers/domain/finding/finding';
import { canonical } from '../../../handlers/domain/text/identity';
import {
  compareRevisions,
  merge,
  type Report,
  type Revision,
  renewedAt,
  reportOf,
  sameState,
} from '../../../handlers/domain/finding/report';
import { finding, NOW } from '../made';

const settings = { severities: ['CRITICAL', 'HIGH'] as const, includeSamples: false };

interface ReportParts extends Partial<Finding> {
  time?: number;
  eventId?: string;
  asked?: boolean;
}
function told({ time, eventId = 'e', asked = false, ...changes }: ReportParts): Report {
  const given = finding(changes);
  return reportOf(given, {
    eventId,
    eventTime: time ?? given.updatedAt,
    asked,
    admission: admit(given, settings),
    textKey: `text of ${eventId}`,
  });
}
const all = (events: readonly Report[]) => events.reduce<Report | undefined>((known, event) => merge(known, event), undefined);

/** Events of one finding: each id is one event, so that equal revisions have equal content. */
const events = fc.uniqueArray(
  fc.record({
    eventId: fc.stringMatching(/^e\d{3}$/),
    updatedAt: fc.integer({ min: NOW, max: NOW + 3 }),
    time: fc.integer({ min: NOW, max: NOW + 3 }),
    severity: fc.constantFrom<Finding['severity']>('CRITICAL', 'HIGH', 'INFORMATIONAL'),
    workflow: fc.constantFrom<Finding['workflow']>('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'),
    recordState: fc.constantFrom<Finding['recordState']>('ACTIVE', 'ACTIVE', 'ARCHIVED'),
    compliance: fc.constantFrom<Finding['compliance']>('FAILED', 'PASSED', undefined),
    firstObservedAt: fc.integer({ min: NOW - 4, max: NOW }),
    kind: fc.constant<Finding['kind']>('control'),
    asked: fc.nat(4).map((n) => n === 0),
  }),
  { minLength: 1, maxLength: 7, selector: ({ eventId }) => eventId },
);

test('merge is commutative', () => {
  fc.assert(
    fc.property(events, (given) => {
      const [a, ...rest] = given.map(told);
      const b = all(rest);
      if (!a || !b) return;
      expect(canonical(merge(a, b))).toBe(canonical(merge(b, a)));
    }),
    { numRuns: 1000, seed: 20261124 },
  );
});

test('merge is associative', () => {
  fc.assert(
    fc.property(events, fc.nat(), fc.nat(), (given, firstDraw, secondDraw) => {
      const reports = given.map(told);
      if (reports.length < 3) return;
      const [first, second] = [1 + (firstDraw % (reports.length - 2)), 1 + (secondDraw % (reports.length - 2))].sort((x, y) => x - y) as [
        number,
        number,
      ];
      const [a, b, c] = [all(reports.slice(0, first)), all(reports.slice(first, second + 1)), all(reports.slice(second + 1))];
      if (!a || !b || !c) return;
      expect(canonical(merge(merge(a, b), c))).toBe(canonical(merge(a, merge(b, c))));
    }),
    { numRuns: 1000, seed: 20261125 },
  );
});

test('merge is idempotent: what was seen before changes nothing', () => {
  fc.assert(
    fc.property(events, (given) => {
      const reports = given.map(told);
      const known = all(reports);
      for (const again of reports) expect(canonical(merge(known, again))).toBe(canonical(merge(known, merge(known, known as Report))));
      expect(sameState(known, merge(known, known as Report))).toBe(true);
    }),
    { numRuns: 500, seed: 20261126 },
  );
});

test('any order and any repetition of the same events ends the same', () => {
  const shuffled = events.chain((given) =>
    fc.tuple(
      fc.constant(given),
      fc.shuffledSubarray(given, { minLength: given.length }),
      fc.array(fc.constantFrom(...given), { maxLength: 5 }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([given, order, again]) => {
      expect(canonical(all([...order, ...again].map(told)))).toBe(canonical(all(given.map(told))));
    }),
    { numRuns: 1000, seed: 20261127 },
  );
});

describe('the highest revision wins', () => {
  test('by UpdatedAt, then by the time of the event, then by its id', () => {
    const revisions: Revision[] = [
      [1, 9, 'z'],
      [2, 1, 'z'],
      [2, 2, 'a'],
      [2, 2, 'b'],
    ];
    expect([...revisions].reverse().sort(compareRevisions)).toEqual(revisions);
    expect(compareRevisions([1, 1, 'a'], [1, 1, 'a'])).toBe(0);
  });

  test('BatchUpdateFindings leaves UpdatedAt as it is: the time of the event decides', () => {
    const known = all([told({ time: NOW }), told({ time: NOW + 5, eventId: 'f', workflow: 'SUPPRESSED' })]);
    expect(known?.latest).toMatchObject({ status: 'suppressed', closedAt: NOW + 5 });
  });

  test('a control that passed is INFORMATIONAL, and stays as bad as it was', () => {
    const known = all([told({}), told({ updatedAt: NOW + 1, eventId: 'f', compliance: 'PASSED', severity: 'INFORMATIONAL' })]);
    expect(known).toMatchObject({ admitted: true, latest: { status: 'passed' }, open: { severity: 'CRITICAL' }, textKey: 'text of e' });
  });

  test('a closing that overtook its opening closes it', () => {
    const opening = told({});
    const closing = told({ updatedAt: NOW + 1, eventId: 'f', workflow: 'RESOLVED' });
    expect(closing.admitted).toBe(false);
    expect(all([closing, opening])).toMatchObject({ admitted: true, latest: { status: 'resolved' }, open: { severity: 'CRITICAL' } });
  });
});

describe('what readers would be shown', () => {
  const base = told({});
  test.each<[string, ReportParts]>([
    ['a later UpdatedAt', { updatedAt: NOW + 1, eventId: 'f' }],
    ['NOTIFIED', { updatedAt: NOW + 1, eventId: 'f', workflow: 'NOTIFIED' }],
    ['another title', { updatedAt: NOW + 1, eventId: 'f', description: 'Other words.' }],
  ])('is the same after %s', (_what, changes) => {
    expect(sameState(base, merge(base, told(changes)))).toBe(true);
  });
  test.each<[string, ReportParts]>([
    ['another severity', { severity: 'HIGH' }],
    ['a closing', { workflow: 'RESOLVED' }],
    ['a new failure', { firstObservedAt: NOW }],
    ['being sent by hand', { asked: true }],
  ])('is another after %s', (_what, changes) => {
    expect(sameState(base, merge(base, told({ updatedAt: NOW + 1, eventId: 'f', ...changes })))).toBe(false);
  });
  test('is new where nothing was known', () => {
    expect(sameState(undefined, base)).toBe(false);
  });
});

describe('episodes', () => {
  test('a control that failed again says when; one that never passed does not', () => {
    expect(renewedAt(told({}))).toBe(0);
    expect(renewedAt(all([told({ firstObservedAt: 5 }), told({ firstObservedAt: 9, updatedAt: NOW + 1, eventId: 'f' })]) as Report)).toBe(
      9,
    );
    expect(
      renewedAt(
        all([told({ kind: 'guardduty', firstObservedAt: 5 }), told({ kind: 'guardduty', firstObservedAt: 9, eventId: 'f' })]) as Report,
      ),
    ).toBe(0);
  });
  test('only the last few are kept', () => {
    const many = Array.from({ length: 50 }, (_, n) => told({ firstObservedAt: NOW - n, eventId: `e${n}` }));
    const known = all(many);
    expect(known?.episodes).toHaveLength(5);
    expect(known?.episodes.at(-1)).toBe(NOW);
    expect(JSON.stringify(known).length).toBeLessThan(5000);
  });
});

test('what could not be checked says why, and nothing else does', () => {
  const particulars = { statusReasons: ['CONFIG_ACCESS_DENIED'] };
  expect(told({ compliance: 'WARNING', particulars }).latest).toMatchObject({ status: 'unchecked', unchecked: ['right-of-config'] });
  expect(told({ compliance: 'NOT_AVAILABLE' }).latest).toMatchObject({ status: 'unchecked', unchecked: ['unknown'] });
  expect(told({ compliance: 'FAILED', particulars }).latest).not.toHaveProperty('unchecked');
});

test('a note says why it was suppressed, or what a person says who resolved it; of what is open or passes it says nothing', () => {
  const note = { text: 'accepted until May', author: 'yamada' };
  expect(told({ workflow: 'SUPPRESSED', note }).latest).toMatchObject({ status: 'suppressed', note });
  expect(told({ workflow: 'RESOLVED', note }).latest).toMatchObject({ status: 'resolved', note });
  for (const changes of [{}, { compliance: 'PASSED' as const, workflow: 'RESOLVED' as const }])
    expect(told({ note, ...changes }).latest).not.toHaveProperty('note');
});

test('what a person sends is told whatever its state, and shown as it stands', () => {
  const closedByHand = told({ asked: true, workflow: 'RESOLVED', severity: 'MEDIUM' });
  expect(closedByHand).toMatchObject({
    admitted: true,
    asked: { at: NOW, eventId: 'e' },
    open: { severity: 'MEDIUM' },
    latest: { status: 'resolved' },
  });
  const twice = all([closedByHand, told({ asked: true, time: NOW + 9, eventId: 'later' })]);
  expect(twice?.asked).toEqual({ at: NOW + 9, eventId: 'later' });
});
