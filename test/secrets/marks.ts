/** Secrets with a mark in them, and the search for it in whatever came out: as it is, and in the encodings that a program makes of text. */

/** In every secret of these tests and nowhere else; letters alone, so that it survives wherever text is cleaned. */
export const MARK = 'MARKplughxyzzy';

const bytes = Buffer.from(MARK);
const bytesAs = (prefix: string) => [...bytes].map((byte) => `${prefix}${byte.toString(16).padStart(2, '0')}`).join('');

/** What base64 makes of the mark does not depend on its neighbours but in the first and last characters; there are three ways that it can fall. */
const base64 = [0, 1, 2].map((offset) => {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return text.slice(offset === 0 ? 0 : offset + 1, text.length - 1);
});

const FORMS: Record<string, string[]> = {
  'as it is': [MARK],
  'in base64': base64,
  'in hexadecimal': [bytesAs('')],
  'URL-encoded': [bytesAs('%')],
  'JSON-escaped': [bytesAs('\\u00'), bytesAs('\\\\u00')],
  backwards: [[...MARK].reverse().join('')],
};

/** @returns in which forms the mark stands in a text; base64 keeps the case, all others may lose it. */
export function marksIn(text: string): string[] {
  const lower = text.toLowerCase();
  return Object.entries(FORMS).flatMap(([form, all]) =>
    all.some((each) => (form === 'in base64' ? text.includes(each) : lower.includes(each.toLowerCase()))) ? [form] : [],
  );
}
