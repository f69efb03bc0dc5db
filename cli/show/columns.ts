/** Rows of a terminal, their columns aligned, none wider than the terminal. */
import { styleText } from 'node:util';
import { inert } from './inert';
import { cells, displayWidth, folded, wrap } from './wrap';

export type Paint = (style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

/** Paints where there is colour, and leaves text as it is where there is none. */
export function painter(colour: boolean): Paint {
  return (style, text) => (colour && text !== '' ? styleText(style, text, { validateStream: false }) : text);
}

export interface Column {
  text: string;
  /** What its further lines begin with. */
  hang?: string;
  paint?: (text: string) => string;
}

/** Pads every column but the last of a row to the widest of its kind. Control characters are made visible. */
export function align(rows: Column[][]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, column] of row.slice(0, -1).entries())
      widths[index] = Math.max(widths[index] ?? 0, displayWidth(inert(column.text)));
  }
  return rows.map((row) =>
    row
      .map(({ text, paint = (same) => same }, index) => {
        const visible = inert(text);
        const padding = index === row.length - 1 ? '' : ' '.repeat((widths[index] ?? 0) - displayWidth(visible));
        return paint(visible) + padding;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Columns between two columns. */
const GAP = 2;
/** A word up to this long is not broken. */
const WHOLE = 48;

/**
 * Aligned, and folded inside its columns where a row is wider than `width`: the widest columns give way first. Where even
 * that is too wide, what does not fit beside its neighbour goes below it.
 */
export function table(rows: readonly Column[][], width: number): string[] {
  const visible = rows.map((row) => row.map((column) => ({ ...column, text: inert(column.text) })));
  const widths = columnWidths(visible, width);
  return visible.flatMap((row) => (widths ? folding(row, widths) : stacked(row, width)));
}

/** undefined where the columns cannot stand side by side. */
function columnWidths(rows: readonly Column[][], width: number): number[] | undefined {
  const count = Math.max(...rows.map((row) => row.length), 0);
  const of = (measure: (column: Column) => number) =>
    Array.from({ length: count }, (_, index) => Math.max(...rows.map((row) => (row[index] ? measure(row[index]) : 0))));
  const widths = of(({ text }) => displayWidth(text));
  const least = of(({ text, hang = '' }) => {
    const words = text.split(' ').map((word) => displayWidth(hang) + displayWidth(word));
    return Math.min(displayWidth(text), WHOLE, Math.max(...words, 12));
  });
  let excess = widths.reduce((sum, each) => sum + each, GAP * (count - 1)) - width;
  for (; excess > 0; excess -= 1) {
    const widest = widths.reduce((best, each, index) => (each > (least[index] ?? 0) && each > (widths[best] ?? 0) ? index : best), -1);
    if (widest === -1) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function folding(row: Column[], widths: number[]): string[] {
  const columns = row.map((column, index) => linesOf(column, widths[index] ?? 0));
  return Array.from({ length: Math.max(...columns.map((lines) => lines.length)) }, (_, line) =>
    row
      .map(({ paint = (same: string) => same, hang = '' }, index) => {
        const text = columns[index]?.[line] ?? hang;
        return paint(text) + ' '.repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(text)));
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function linesOf({ text, hang = '' }: Column, width: number): string[] {
  const [first = [], ...others] = wrap(cells(text), width);
  const plain = (line: typeof first) => line.map((cell) => cell.text).join('');
  if (others.length === 0) return [plain(first)];
  const rest = cells(text.slice(plain(first).length).trimStart());
  return [plain(first), ...wrap(rest, width - displayWidth(hang)).map((line) => hang + plain(line))];
}

function stacked(row: Column[], width: number): string[] {
  const hang = row[0]?.hang ?? '';
  const indent = hang + ' '.repeat(4);
  const lines: string[] = [];
  let room = -1;
  for (const { text, paint = (same: string) => same } of row) {
    const columns = displayWidth(text);
    if (columns === 0) continue;
    if (columns + GAP <= room) {
      lines[lines.length - 1] += ' '.repeat(GAP) + paint(text);
      room -= GAP + columns;
      continue;
    }
    const parts = folded(text, width - displayWidth(indent), 0);
    for (const part of parts) {
      const before = lines.length === 0 ? '' : indent;
      lines.push(before + paint(part));
      room = width - displayWidth(before) - displayWidth(part);
    }
  }
  return lines;
}
