/**
 * The stand-in's answer where it is asked to judge sentences. It understands none of them: what says what was found is called supported, and a step general
 * advice, so that everything behind a judge can be played.
 */
import { isObject, jsonObject, objects } from '../protocol/wire';

/** Beside the verdicts, as models say something beside what they are asked for. */
export const JUDGES_NOTHING = 'This is the stand-in: it lets every sentence pass and has judged none.';

export interface LocalVerdicts {
  verdicts: { number: number; verdict: string }[];
}

/** @param prompt JSON with numbered sentences. */
export function localVerdicts(prompt: string): LocalVerdicts {
  return {
    verdicts: objects(jsonObject(prompt)?.sentences).map(({ number, part }) => ({
      number: Number(number),
      verdict: part === 'actions' ? 'general-advice' : 'supported',
    })),
  };
}

/** Whether a request of Converse asks for verdicts: it lists sentences, each with its number; asked again a model has its own as text. */
export function asksForVerdicts(prompt: string): boolean {
  const asked = jsonObject(prompt);
  return isObject(asked) && objects(asked.sentences).length > 0;
}
