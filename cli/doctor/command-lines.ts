/** A command on several lines of a terminal that is still the same command when it is copied. */
import { displayWidth } from '../show/wrap';

/** Broken before a word, outside quotes, with a backslash at the end of the line. A word that is too long stays whole. */
export function commandLines(command: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of words(command)) {
    const longer = line === indent || line.trim() === '' ? line + word : `${line} ${word}`;
    // Two columns are kept for the backslash.
    if (displayWidth(longer) <= width - 2 || line.trim() === '') line = longer;
    else {
      lines.push(`${line} \\`);
      line = `${indent}  ${word}`;
    }
  }
  return [...lines, line];
}

/** Split at spaces that no quote holds; a flag stays with its first value. */
function words(command: string): string[] {
  const all = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const joined: string[] = [];
  for (const word of all) {
    const before = joined.at(-1) ?? '';
    if (/^--[\w-]+$/.test(before) && !/^(-|\|)/.test(word)) joined[joined.length - 1] = `${before} ${word}`;
    else joined.push(word);
  }
  return joined;
}
