/** What was measured, for the terminal. */
import { type Column, type Paint, table } from '../show/columns';
import { folded } from '../show/wrap';
import type { Judged, Measured, Row } from './measure';
import { share, totals } from './thresholds';

const EXPLAINED = [
  'Bad sentences may not be shown, good ones may. Kinds in brackets want an understanding of the sentence: they are reported, and the gate is not measured by them.',
];

export function renderMeasured({ rows, whole }: Measured, width: number, paint: Paint): string {
  const named = (row: Row) => (row.checkable || row.bad === 0 ? row.kind : `(${row.kind})`);
  const order = [...rows].sort((a, b) => Number(b.checkable) - Number(a.checkable) || a.kind.localeCompare(b.kind));
  const sums = totals(rows).flatMap(({ language, all, checkable }) => [
    line(`${checkable.kind}`, language, { ...checkable, good: 0 }),
    line('all', language, all),
  ]);
  const head = ['kind', 'language', 'bad', 'withheld', 'good', 'withheld'];
  const body = [...order.map((row) => line(named(row), row.language, row)), ...sums];
  const columns = (row: readonly string[], style?: 'bold'): Column[] =>
    row.map((text, index) => ({
      text: index < 2 ? text : text.padStart(10),
      ...(style ? { paint: (each: string) => paint(style, each) } : {}),
    }));
  return [
    ...table([columns(head, 'bold'), ...body.map((row) => columns(row))], width),
    '',
    ...whole.map(({ language, answers, whole }) => `${language}: ${whole} of ${answers} whole answers keep every sentence`),
    ...EXPLAINED.flatMap((text) => folded(text, width, 0)).map((text) => paint('dim', text)),
  ].join('\n');
}

function line(kind: string, language: string, { bad, badWithheld, good, goodWithheld }: Row): string[] {
  const of = (part: number, all: number) => (all === 0 ? '' : `${part} (${(100 * share(part, all, 0)).toFixed(0)} %)`);
  return [kind, language, bad === 0 ? '' : String(bad), of(badWithheld, bad), good === 0 ? '' : String(good), of(goodWithheld, good)];
}

/** Each sentence that the gate did not judge as the set does. */
export function renderMissed(judged: readonly Judged[]): string[] {
  return judged
    .filter(({ good, withheld }) => good === withheld)
    .map(({ good, language, kind, field, sentence, reasons }) =>
      [good ? 'withheld though good' : 'shown though bad', `${language} ${kind} ${field}`, sentence, ...reasons].join(' | '),
    );
}
