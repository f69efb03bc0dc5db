/** Whether an output keeps to a terminal. */
import { displayWidth } from '../../cli/show/wrap';

/** Lines wider than `width`, but for those that one word, which must stay whole to be copied, fills by itself. */
export function tooWide(text: string, width: number): string[] {
  return text.split('\n').filter((line) => {
    if (displayWidth(line) <= width) return false;
    // Quotes hold a word together.
    const words = line
      .replace(/ \\$/, '')
      .trim()
      .replace(/'[^']*'|"[^"]*"/g, (quoted) => quoted.replaceAll(' ', '_'))
      .split(' ');
    const longest = Math.max(...words.map(displayWidth));
    // A flag stays with its value; a mark, an arrow or a label may stand before the word.
    return !(longest > width - 30 && words.filter((word) => word !== '').length <= 2);
  });
}
