/** How good the gate has to be, and where a set says that it is not. */
import { added, type Measured, type Row } from './measure';

/** Of what code can tell, so much is withheld; of what is good, no more than so much; of fifteen answers, fourteen are whole. */
const BAD = 0.95;
const GOOD = 0.03;
const WHOLE = 14 / 15;
/** Fewer sentences of one kind say nothing about a share. */
const ENOUGH = 20;

/** @returns what is wanting, a line each. */
export function wanting({ rows, whole }: Measured): string[] {
  return [
    ...totals(rows).flatMap(({ all, checkable, language }) => [
      ...(share(checkable.badWithheld, checkable.bad, 1) < BAD ? [`${language}: of what code can tell, less than 95 % is withheld`] : []),
      ...(share(all.goodWithheld, all.good, 0) > GOOD ? [`${language}: more than 3 % of the good sentences is withheld`] : []),
    ]),
    ...rows
      .filter(({ checkable, bad, badWithheld }) => checkable && bad >= ENOUGH && badWithheld / bad < BAD)
      .map(({ kind, language }) => `${language}: less than 95 % of kind ${kind} is withheld`),
    ...(wholeShare(whole) < WHOLE ? ['more than one answer of fifteen does not survive whole'] : []),
  ];
}

const wholeShare = (whole: Measured['whole']) =>
  share(
    whole.reduce((sum, each) => sum + each.whole, 0),
    whole.reduce((sum, each) => sum + each.answers, 0),
    1,
  );

/** Of each language all its rows, and those of what code can tell. */
export function totals(rows: readonly Row[]): { language: Row['language']; all: Row; checkable: Row }[] {
  return (['en', 'ja'] as const).flatMap((language) => {
    const own = rows.filter((row) => row.language === language);
    const [first] = own;
    if (!first) return [];
    const sum = (of: readonly Row[], kind: string): Row =>
      of.reduce(added, { ...first, kind, checkable: false, bad: 0, badWithheld: 0, good: 0, goodWithheld: 0 });
    return [
      {
        language,
        all: sum(own, 'all'),
        checkable: sum(
          own.filter(({ checkable }) => checkable),
          'what code can tell',
        ),
      },
    ];
  });
}

export const share = (part: number, whole: number, ofNothing: number): number => (whole === 0 ? ofNothing : part / whole);
