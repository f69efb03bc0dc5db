/** A command on several lines of a terminal that is still the same command when it is copied. */
import { displayWidth } from '../show/wrap';

/** Broken before a word, outside quotes, with a backslash at the end of the line. A word that is too long stays whole. */
export function commandLines(command: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  // A further indent, a space and the backslash want four columns.
  for (const word of words(command, width - displayWidth(indent) - 4)) {
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

/** Split at spaces that no quote holds; a flag stays with its first value where both fit. */
function words(command: string, room: number): string[] {
  const all = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const joined: string[] = [];
  for (const word of all) {
    const before = joined.at(-1) ?? '';
    if (/^--[\w-]+$/.test(before) && !/^(-|\|)/.test(word) && displayWidth(`${before} ${word}`) <= room)
      joined[joined.length - 1] = `${before} ${word}`;
    else joined.push(word);
  }
  return joined;
}
