/**
 * Lines of a fixed width for a terminal, where Chinese, Japanese and Korean
 * characters and emoji take two columns (Unicode TR11) and Japanese has no
 * spaces to break at.
 */
import stringWidth from 'string-width';
import type { Style } from './blocks';

/** One character as people see it, with its columns. */
export interface Cell {
  text: string;
  columns: number;
  style: CellStyle;
  /** Never broken inside, even where it is longer than a line: addresses stay whole and clickable. */
  solid?: boolean;
}
export interface CellStyle extends Style {
  dim?: boolean;
  underline?: boolean;
  /** Where a terminal that can leads to. */
  link?: string;
}

/** Japanese typesetting (JIS X 4051): these do not begin a line, … */
const NOT_FIRST = /^[、。，．・：；？！ー〜～…‥）」』】〉》〕］｝ぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.:;?!)\]}％%]/;
/** … and these do not end one. */
const NOT_LAST = /^[（「『【〈《〔［｛([{]/;

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

export function cells(text: string, style: CellStyle = {}, solid = false): Cell[] {
  return [...graphemes.segment(text)].map(({ segment }) => ({
    text: segment,
    columns: stringWidth(segment),
    style,
    ...(solid ? { solid } : {}),
  }));
}

/** Columns that the text takes in a terminal. Line feeds count nothing. */
export function displayWidth(text: string): number {
  return cells(text).reduce((sum, cell) => sum + cell.columns, 0);
}

/** At least one line. No line is wider than `width`, unless one solid run alone is. */
export function wrap(content: Cell[], width: number): Cell[][] {
  return split(content).flatMap((line) => wrapLine(line, width));
}

function split(content: Cell[]): Cell[][] {
  const lines: Cell[][] = [[]];
  for (const cell of content) {
    if (cell.text === '\n') lines.push([]);
    else lines.at(-1)?.push(cell);
  }
  return lines;
}

function wrapLine(content: Cell[], width: number): Cell[][] {
  const lines: Cell[][] = [];
  let line: Cell[] = [];
  for (const word of words(content)) {
    if (columns(line) + columns(trimEnd(word)) > width && line.length > 0) {
      lines.push(trimEnd(line));
      line = [];
    }
    for (const cell of word) {
      if (columns(line) + cell.columns > width && !cell.solid && cell.text !== ' ') {
        lines.push(trimEnd(line));
        line = [];
      }
      line.push(cell);
    }
  }
  return [...lines, trimEnd(line)];
}

/**
 * Text as lines that fit. A word longer than a line is left whole, so that it can still be copied.
 * @param hang columns by which every line but the first is set in.
 */
export function folded(text: string, width: number, hang: number): string[] {
  const lines = wrap(
    text.split(/(\s+)/).flatMap((word) => cells(word, {}, !/^\s/.test(word) && displayWidth(word) > width - hang)),
    Math.max(20, width - hang),
  );
  return lines.map((line, index) => (index === 0 ? '' : ' '.repeat(hang)) + line.map((cell) => cell.text).join(''));
}

/** Runs between two places where a line may break. Spaces stay at the end of the run before them. */
function words(content: Cell[]): Cell[][] {
  const runs: Cell[][] = [];
  for (const [index, cell] of content.entries()) {
    const before = content[index - 1];
    if (before && !mayBreak(before, cell)) runs.at(-1)?.push(cell);
    else runs.push([cell]);
  }
  return runs;
}

function mayBreak(before: Cell, after: Cell): boolean {
  if (after.text === ' ' || (before.solid && after.solid)) return false;
  if (before.text === ' ') return true;
  if (NOT_FIRST.test(after.text) || NOT_LAST.test(before.text)) return false;
  return before.columns === 2 || after.columns === 2;
}

function columns(line: Cell[]): number {
  return line.reduce((sum, cell) => sum + cell.columns, 0);
}

function trimEnd(line: Cell[]): Cell[] {
  const last = line.findLastIndex((cell) => cell.text !== ' ');
  return line.slice(0, last + 1);
}
