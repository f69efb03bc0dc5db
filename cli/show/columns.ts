/** Rows of a terminal, their columns aligned. */
import { inert } from './inert';
import { displayWidth } from './wrap';

export type Paint = (style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

/** Paints where there is colour, and leaves text as it is where there is none. */
export function painter(colour: boolean): Paint {
  return (style, text) => (colour && text !== '' ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

export interface Column {
  text: string;
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
        const shown = inert(text);
        const padding = index === row.length - 1 ? '' : ' '.repeat((widths[index] ?? 0) - displayWidth(shown));
        return paint(shown) + padding;
      })
      .join('  ')
      .trimEnd(),
  );
}
