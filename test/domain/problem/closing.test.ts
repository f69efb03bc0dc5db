/** How a resource ended whose findings ended in several ways. */
import * as fc from 'fast-check';
import { type Closing, closingOf, type Status } from '../../../handlers/domain/finding/admission';
import type { Report } from '../../../handlers/domain/finding/report';
import { CLOSING_ORDER, closingOfAll } from '../../../handlers/domain/problem/closing';
import { NOW, report } from '../made';

type Ended = [Exclude<Status, 'open'>, number];
const ended = ([status, closedAt]: Ended, episodes: number[]): Report =>
  report({ episodes, latest: { revision: [closedAt, closedAt, 'e'], status, workflow: 'NEW', closedAt } });
const control = (...all: Ended[]) => all.map((each) => ended(each, [NOW]));
const cases = (...all: Ended[]) => all.map((each) => ended(each, []));

test.each<[Exclude<Status, 'open'>, Closing]>([
  ['passed', 'mended'],
  ['resolved', 'set-to-resolved'],
  ['suppressed', 'suppressed'],
  ['archived', 'archived'],
  ['unchecked', 'no-longer-evaluated'],
  ['unreported', 'no-longer-reported'],
])('of one finding that is %s it is %s', (status, closing) => {
  expect(closingOfAll(control([status, 1]))).toBe(closing);
  expect(closingOfAll(cases([status, 1]))).toBe(closing);
});

describe('of a check that several report, the last word counts', () => {
  test.each<[string, Ended[], Closing]>([
    [
      'a standard that was turned off before archived its copy',
      [
        ['archived', 1],
        ['passed', 2],
      ],
      'mended',
    ],
    [
      'a standard that was turned off afterwards archives its copy',
      [
        ['passed', 1],
        ['archived', 2],
      ],
      'archived',
    ],
    [
      'one that could not be checked passed elsewhere later',
      [
        ['unchecked', 1],
        ['passed', 2],
      ],
      'mended',
    ],
    [
      'a copy that was gone before is passed elsewhere later',
      [
        ['unreported', 1],
        ['passed', 2],
      ],
      'mended',
    ],
    [
      'a person set one copy to resolved, and the check fails there still: the last that passed counts',
      [
        ['resolved', 1],
        ['passed', 2],
      ],
      'mended',
    ],
    [
      'at one moment what may still be there is named before what is gone',
      [
        ['passed', 2],
        ['archived', 2],
      ],
      'archived',
    ],
  ])('%s', (_what, all, closing) => {
    expect(closingOfAll(control(...all))).toBe(closing);
  });

  test('but what a person suppressed stays suppressed, whatever passed later', () => {
    expect(closingOfAll(control(['suppressed', 1], ['passed', 2]))).toBe('suppressed');
  });
});

describe('of findings that are each a case of its own, all count, whichever was last', () => {
  const worstFirst: Ended[] = [
    ['suppressed', 1],
    ['unreported', 2],
    ['unchecked', 3],
    ['archived', 4],
    ['resolved', 5],
    ['passed', 6],
  ];
  test.each(worstFirst.map((each, index): [string, Ended[]] => [each[0], worstFirst.slice(index)]))(
    'what is %s is named before all that follow',
    (status, all) => {
      expect(closingOfAll(cases(...all))).toBe(closingOf(status as Status));
    },
  );

  test('and with one that is no control among them none is passed over', () => {
    expect(closingOfAll([...control(['passed', 2]), ...cases(['archived', 1])])).toBe('archived');
  });
});

test('only what is mended altogether is mended, and the order changes nothing', () => {
  const one = fc.tuple(
    fc.constantFrom<Ended[0]>('passed', 'resolved', 'suppressed', 'archived', 'unchecked', 'unreported'),
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom<number[]>([], [NOW]),
  );
  fc.assert(
    fc.property(
      fc
        .array(one, { minLength: 1, maxLength: 5 })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, order]) => {
        const made = (of: typeof all) => of.map(([status, at, episodes]) => ended([status, at], episodes));
        const closing = closingOfAll(made(all));
        expect(closingOfAll(made(order))).toBe(closing);
        expect(CLOSING_ORDER).toContain(closing);
        if (closing !== 'mended') return;
        // Somebody mended it, and nobody suppressed it.
        expect(all.some(([status]) => status === 'passed')).toBe(true);
        expect(all.some(([status]) => status === 'suppressed')).toBe(false);
      },
    ),
    { numRuns: 300, seed: 20261127 },
  );
});

test('a resource with more findings than a call takes arguments ends too', () => {
  expect(closingOfAll(Array.from({ length: 200_000 }, () => ended(['passed', 1], [])))).toBe('mended');
});
