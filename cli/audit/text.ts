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

export const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);
