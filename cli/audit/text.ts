/** An answer on a terminal. */
import { type Paint, table } from '../show/columns';
import { folded } from '../show/wrap';
import type { Answer, Cell } from './answers/answer';

export function renderAnswer({ question, verdict, fine, tables }: Answer, { paint, width }: { paint: Paint; width: number }): string {
  const parts = tables.map(({ title, head, rows }) => {
    const heading = head.map((text) => ({ text, paint: (shown: string) => paint('dim', shown) }));
    const body = rows.map((row) => row.map((cell) => ({ text: textOf(cell) })));
    return ['', ...folded(title, width, 0).map((line) => paint('bold', line)), ...table([heading, ...body], width)];
  });
  const said = folded(verdict, width, 0).map((line) => (fine ? line : paint('red', line)));
  return [...folded(question, width, 0).map((line) => paint('bold', line)), ...said, ...parts.flat()].join('\n');
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
