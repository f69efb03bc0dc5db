/** The rows of a table of an answer, as text. */
import type { Answer } from '../../../cli/audit/answers/answer';

export function rows({ tables }: Pick<Answer, 'tables'>, title: RegExp): string[][] {
  const found = tables.find((table) => title.test(table.title));
  if (!found) throw new Error(`no table ${title}: ${tables.map((table) => table.title).join('; ')}`);
  return found.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text)));
}
