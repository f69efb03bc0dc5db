/** The figures of a simulated quarter as tables. */
import { type Column, type Paint, table } from '../show/columns';
import { folded } from '../show/wrap';
import type { Figures, Report } from './figures';

const COLUMNS: [heading: string, key: keyof Figures][] = [
  ['matching', 'matchingEvents'],
  ['new', 'newFindings'],
  ['messages', 'messages'],
  ['posts', 'posts'],
  ['bcasts', 'broadcasts'],
  ['replies', 'replies'],
  ['edits', 'edits'],
  ['late', 'late'],
  ['a day', 'workingDay'],
  ['most', 'busiestDay'],
];

const EXPLAINED = [
  'matching: events that a rule for open CRITICAL and HIGH findings would match, without write-back. new: findings told for the first time, one for each finding and receiver.',
  'messages: posts and broadcasts, which notify; replies and edits notify nobody. late: CRITICAL news that no post or broadcast named within 15 minutes. a day: notifications of a working day, the median; most: of any day.',
];

export interface Summary {
  scale: number;
  days: number;
  seed: number;
  stopped: boolean;
  seconds: number;
  sent: number;
  passed: number;
  leftOut: number;
  deadLetters: { queue: string; reason: string }[];
}

export function renderReport(report: Report, summary: Summary, { width, paint }: { width: number; paint: Paint }): string {
  const { all } = report;
  const figure = (count: number) => count.toLocaleString('en');
  const notification = all.messages === 0 ? '' : ` One notification for ${(all.newFindings / all.messages).toFixed(1)} new findings.`;
  const lines = [
    `${summary.stopped ? 'Stopped: what follows is of what was played. ' : ''}${figure(summary.days)} days of ${summary.scale === 1 ? 300 : 30} accounts, seed ${summary.seed}: ${figure(summary.sent)} events, of which the rules let ${figure(summary.passed)} through; ${figure(summary.leftOut)} more re-emissions of what passed long ago are counted and not played. ${figure(summary.seconds)} s.`,
    `${figure(all.critical)} CRITICAL news, ${figure(all.late)} of them late.${notification}`,
    ...(summary.deadLetters.length > 0
      ? [`${figure(summary.deadLetters.length)} dead letters, the first: ${summary.deadLetters[0]?.reason}`]
      : []),
  ];
  return [
    ...lines.flatMap((line) => folded(line, width, 0)),
    '',
    ...tableOf('receiver', report.receivers, all, width, paint),
    '',
    ...tableOf('product', report.products, all, width, paint),
    '',
    ...EXPLAINED.flatMap((line) => folded(line, width, 0)).map((line) => paint('dim', line)),
  ].join('\n');
}

function tableOf(what: string, rows: Record<string, Figures>, all: Figures, width: number, paint: Paint): string[] {
  const cellsOf = (figures: Figures) => COLUMNS.map(([, key]) => figures[key].toLocaleString('en'));
  const body = [...Object.entries(rows), ['all', all] as const].map(([name, figures]) => [name, ...cellsOf(figures)]);
  const head = [what, ...COLUMNS.map(([heading]) => heading)];
  const widths = head.map((_, index) => Math.max(...[head, ...body].map((row) => (row[index] ?? '').length)));
  const columns = (row: string[], style?: 'bold'): Column[] =>
    row.map((text, index) => ({
      text: index === 0 ? text : text.padStart(widths[index] ?? 0),
      ...(style ? { paint: (each: string) => paint(style, each) } : {}),
    }));
  return table([columns(head, 'bold'), ...body.map((row) => columns(row))], width);
}
