/** HTML that is escaped, and inert, unless it is itself made here: forgetting it is not possible. */
import { inert } from './inert';

export class Html {
  constructor(readonly markup: string) {}
}
type Value = string | number | Html | undefined | false | readonly Value[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A template's own text is markup; every value in it becomes text, in attributes too (quote them). */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((markup, string, index) => markup + escaped(values[index - 1]) + string));
}

function escaped(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string' || typeof value === 'number')
    return inert(String(value)).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  return value.map(escaped).join('');
}
