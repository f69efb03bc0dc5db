/** What the model is asked: instructions of one version, the brief, and what follows from the brief. */
import type { Language } from '../../../config/schema';
import { canonical, hash } from '../text/identity';
import type { Brief } from './brief';
import { servicesOf } from './gate/services';
import { wordsIn } from './gate/said';
import { GLOSSARY, meaningsOf } from './glossary';
import { AGAIN, instructions, MEANINGS } from './prompt/instructions';
import { ANSWER_SCHEMA } from './prompt/schema';

export { ANSWER_SCHEMA };

/**
 * Of everything that the model is sent but the brief and what is computed from it: nobody has to remember to count it up. It is part
 * of the cache key, and stands with each delivery; docs/prompt.md says what each was.
 */
export const PROMPT_VERSION = hash(canonical([instructions('ja'), instructions('en'), MEANINGS, AGAIN, ANSWER_SCHEMA, GLOSSARY])).slice(
  0,
  8,
);

export interface AnalystRequest {
  system: string;
  prompt: string;
  /** JSON Schema of the answer. */
  schema: Record<string, unknown>;
}

export function promptFor(brief: Brief, language: Language): AnalystRequest {
  const meanings = meaningsOf(brief);
  // What the gate lets through of them: what is not told cannot be kept to.
  const { anywhere, inAdvice } = servicesOf(wordsIn(brief));
  return {
    system: [...instructions(language), ...(meanings.length > 0 ? [MEANINGS, ...meanings] : [])].join('\n'),
    prompt: JSON.stringify({ language, brief: JSON.parse(canonical(brief)), services: anywhere, servicesInActions: inAdvice }),
    schema: ANSWER_SCHEMA,
  };
}

/** The same question to the same model has the same key: it is asked once. */
export function cacheKey(brief: Brief, model: string, language: Language): string {
  return hash(canonical(brief), model, PROMPT_VERSION, language);
}
