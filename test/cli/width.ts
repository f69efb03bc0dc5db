/** Whether an output keeps to a terminal. */
import { displayWidth } from '../../cli/show/wrap';

/** Columns that a mark, a label or an indent may take before a word that stays whole. */
const BEFORE = 30;

/** Lines wider than `width`, but for those where one word, which must stay whole to be copied, fills what follows a label. */
export function tooWide(text: string, width: number): string[] {
  return text.split('\n').filter((line) => {
    if (displayWidth(line) <= width) return false;
    const column = line.replace(/ \\$/, '').trim().split(/ {2,}/).at(-1) ?? '';
    // Quotes hold a word together, and a flag may stand before its value.
    const words = column.replace(/'[^']*'|"[^"]*"/g, (quoted) => quoted.replaceAll(' ', '_')).split(' ');
    return words.length > 2 || Math.max(...words.map(displayWidth)) <= width - BEFORE;
  });
}
