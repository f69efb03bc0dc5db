/** The phrasebook that the stack laid beside the code: read where it is asked for first, and then kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Phrasebook, phrasebookFile } from '../config/phrases/compiled';
import type { Language } from '../config/schema';

/** @param folder where the code is. */
export function compiledPhrasebook(folder = process.env.LAMBDA_TASK_ROOT ?? '.'): (language: Language) => Phrasebook {
  const read = new Map<Language, Phrasebook>();
  return (language) => {
    const book = read.get(language) ?? (JSON.parse(readFileSync(join(folder, phrasebookFile(language)), 'utf8')) as Phrasebook);
    read.set(language, book);
    return book;
  };
}
