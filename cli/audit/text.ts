/** An answer on a terminal. */
import { type Paint, table } from '../show/columns';
import { displayWidth, folded } from '../show/wrap';
import type { Answer, Cell } from './answers/answer';

export function renderAnswer({ question, verdict, fine, tables }: Answer, { paint, width }: { paint: Paint; width: number }): string {
  const dim = (text: string) => ({ text, paint: (shown: string) => paint('dim', shown) });
  const parts = tables.map(({ title, head, rows }) => {
    const texts = rows.map((row) => row.map(textOf));
    const heading = ['', ...folded(title, width, 0).map((line) => paint('bold', line))];
    if (fits([head, ...texts], width))
      return [...heading, ...table([head.map(dim), ...texts.map((row) => row.map((text) => ({ text })))], width)];
    // What cannot stand side by side stands below each other, a record a row.
    const records = texts.flatMap(([first = '', ...others]) => [
      ...folded(first, width, 4),
      ...table(
        others.flatMap((text, index) => (text === '' ? [] : [[dim(`  ${head[index + 1]}`), { text }]])),
        width,
      ),
    ]);
    return [...heading, ...records];
  });
  const said = folded(verdict, width, 0).map((line) => (fine ? line : paint('red', line)));
  return [...folded(question, width, 0).map((line) => paint('bold', line)), ...said, ...parts.flat()].join('\n');
}

/** A word up to this long is not broken: cli/show/columns.ts. */
const WHOLE = 48;

function fits(rows: readonly string[][], width: number): boolean {
  const least = (text = '') => Math.min(WHOLE, Math.max(...text.split(' ').map(displayWidth), Math.min(displayWidth(text), 12)));
  const columns = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => least(row[index]))));
  return columns.reduce((sum, each) => sum + each + 2, -2) <= width;
}

/** All answers without their tables, and where the rest is. */
export function renderVerdicts(all: readonly Answer[], { paint, width }: { paint: Paint; width: number }, files: string): string {
  const lines = all.flatMap(({ question, verdict, fine }) => [
    ...folded(question, width, 0).map((line) => paint('bold', line)),
    ...folded(verdict, width - 2, 0).map((line) => `  ${fine ? line : paint('red', line)}`),
  ]);
  return [...lines, '', files].join('\n');
}

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);
