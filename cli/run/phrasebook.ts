/** The phrasebook with what a configuration says otherwise, as a deployment would lay it beside the code. */
import { compile } from '../../config/phrases/compile';
import type { Phrasebook } from '../../config/phrases/compiled';
import { loadPhrasebook } from '../../config/phrases/load';
import type { Config, Language } from '../../config/schema';

/** Made where it is asked for first. */
export function phrasebookOf({ phrases = {} }: Pick<Config, 'phrases'>): (language: Language) => Phrasebook {
  const made = new Map<Language, Phrasebook>();
  return (language) => {
    const book = made.get(language) ?? compile(loadPhrasebook(), phrases, language);
    made.set(language, book);
    return book;
  };
}
