/** One Japanese word for one English term: phrasebook/terms.yaml, from which docs/terms.md is made. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { LANGUAGES, type Language } from '../../terms';
import type { Objection } from './objection';

const termSchema = z.strictObject({
  en: z.string(),
  ja: z.string(),
  /** Other words for the same, which no text uses; as regular expressions. */
  not: z.strictObject({ ja: z.array(z.string()).optional(), en: z.array(z.string()).optional() }).optional(),
});
export type Term = z.infer<typeof termSchema>;

const file = join(__dirname, '../../../phrasebook/terms.yaml');

export const readTerms = once(() => z.array(termSchema).parse(parse(readFileSync(file, 'utf8'))));

const refused = once(() =>
  Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      readTerms().flatMap((term) =>
        (term.not?.[language] ?? []).map((other) => ({ pattern: new RegExp(language === 'en' ? `\\b(?:${other})\\b` : other, 'i'), term })),
      ),
    ]),
  ),
);

export function termFaults(text: string, language: Language): Objection[] {
  return (refused()[language] ?? []).flatMap(({ pattern, term }) => {
    const found = pattern.exec(text);
    return found
      ? [
          {
            rule: 'term' as const,
            message: `${JSON.stringify(found[0])} is not the word for ${term.en}`,
            remedy: `Write ${term[language]}.`,
          },
        ]
      : [];
  });
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
