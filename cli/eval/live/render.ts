/** What was measured on a model, for the terminal. */
import { type Column, type Paint, table } from '../../show/columns';
import { folded } from '../../show/wrap';
import type { Caught, Figures } from './figures';

export const MEANS_NOTHING = 'The stand-in answered, which understands nothing: these figures mean nothing.';

const STOPPED = {
  spent: 'Stopped: the next question could have cost more than --at-most allows. The figures are of what was asked until then.',
  interrupted: 'Stopped by Ctrl-C. The figures are of what was asked until then.',
  failing: 'Stopped: the model no longer answers. The figures are of what was asked until then.',
} as const;

/** Empty of nothing. */
export const percentage = (part: number, whole: number) => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(0)} %`);
export const usd = (amount: number): string => `${amount.toFixed(amount < 0.01 ? 4 : 2)} USD`;
const seconds = (value: number) => `${value.toFixed(1)} s`;

/** Kinds that code can tell first. */
export function ordered(rows: readonly Caught[]): Caught[] {
  return [...rows].sort(
    (a, b) => Number(b.checkable) - Number(a.checkable) || a.kind.localeCompare(b.kind) || a.language.localeCompare(b.language),
  );
}

export function renderFigures(figures: Figures, width: number, paint: Paint): string {
  const { stopped, standIn, survival, sentences, verdicts, seconds: took, tokens, cost } = figures;
  const note = (text: string, style: 'red' | 'dim') => folded(text, width, 0).map((line) => paint(style, line));
  const whole = survival.map(
    ({ language, asked, whole, wholeByGate, partly, none }) =>
      `${language}: of ${asked} explanations ${whole} survive whole (${wholeByGate} by the gate alone), ${partly} in part, ${none} not at all`,
  );
  const head = ['kind', 'language', 'bad', 'gate', 'judge', 'good', 'gate', 'judge'];
  const body = ordered(sentences.rows).map((row) => [
    row.checkable || row.bad === 0 ? row.kind : `(${row.kind})`,
    row.language,
    row.bad === 0 ? '' : String(row.bad),
    percentage(row.badByGate, row.bad),
    percentage(row.badByJudge, row.bad),
    row.good === 0 ? '' : String(row.good),
    percentage(row.goodByGate, row.good),
    percentage(row.goodByJudge, row.good),
  ]);
  const columns = (row: readonly string[], style?: 'bold'): Column[] =>
    row.map((text, index) => ({
      text: index < 2 ? text : text.padStart(5),
      ...(style ? { paint: (each: string) => paint(style, each) } : {}),
    }));
  return [
    ...(standIn ? note(MEANS_NOTHING, 'red') : []),
    ...(stopped ? note(STOPPED[stopped], 'red') : []),
    `${figures.profile} · ${figures.models.join(', ')}`,
    '',
    ...whole.flatMap((line) => folded(line, width, 2)),
    ...(figures.unanswered > 0 ? [`${figures.unanswered} explanations were asked for in vain`] : []),
    '',
    ...table([columns(head, 'bold'), ...body.map((row) => columns(row))], width),
    ...note(
      `Of sentences that were written for it, how many are withheld: by the gate, and by the judge, who is asked of what the gate lets through. Bad ones may not be shown, good ones may. ${sentences.judged} of ${sentences.asked} were judged.`,
      'dim',
    ),
    '',
    ...folded(
      `verdicts: ${
        Object.entries(verdicts)
          .map(([verdict, count]) => `${verdict} ${count}`)
          .join(', ') || 'none'
      }`,
      width,
      2,
    ),
    `answer ${seconds(took.answer.p50)} (p95 ${seconds(took.answer.p95)}), judge ${seconds(took.judge.p50)} (p95 ${seconds(took.judge.p95)}), both ${seconds(took.both.p50)} (p95 ${seconds(took.both.p95)})`,
    `${took.inTime} of ${took.both.count} come within the ${took.limit} s that a message waits; the others by an edit`,
    `tokens: answers ${tokens.answers.in} in, ${tokens.answers.out} out; judge ${tokens.judge.in} in, ${tokens.judge.out} out`,
    `cost: ${usd(cost.spent)} of at most ${usd(cost.atMost)}${cost.aFinding === undefined ? '' : `; a finding, judged: ${usd(cost.aFinding)}`}`,
  ].join('\n');
}
