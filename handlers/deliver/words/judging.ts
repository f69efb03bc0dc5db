/** The judge is asked once an answer, in what is left of the answer's own time; its verdicts are kept with the answer. */
import { profilesOf } from '../../../config/models';
import type { Settings } from '../../../config/schema';
import { reasonOf } from '../../domain/failure';
import type { Words } from '../../domain/interpretation/answer';
import { type Examined, examine } from '../../domain/interpretation/briefing';
import { JUDGE_VERSION, judgePromptFor, type Judgement, parseVerdicts, sentencesToJudge } from '../../domain/interpretation/judge';
import type { Interpretation } from '../../domain/problem/problem-row';
import { SECOND } from '../../domain/time';
import { askInOrder, type ModelDeps, type Question } from './models';

/** Words as they stand: of an answer that is kept, or with a problem. */
export type Said = Pick<Interpretation, 'briefing' | 'judgement'>;
/** Where there are any. */
export type AnyWords = Pick<Words, 'briefing' | 'judgement'>;

/** Words, and the model that they were asked of. */
export interface Answered {
  profile: string;
  words: Words;
}

/** In less than this it is not asked: it would be paid for, and given up. */
const SHORTEST = SECOND;

/** For a judge, in milliseconds: an answer is asked for again only where this is left besides. */
export const timeToJudge = ({ model }: Pick<Settings, 'model'>): number => (model.judge === 'off' ? 0 : 4 * SECOND);

/** Whether words are to wait for a verdict: those of an older judge are good enough to be shown, and asked for anew. */
export function awaitsJudge({ briefing, judgement }: Said, { model }: Pick<Settings, 'model'>): boolean {
  return model.judge === 'on' && briefing !== undefined && judgement?.version !== JUDGE_VERSION;
}

/** What the gate says of words under a question, and the judge where it is on and has seen them. */
export function examined({ briefing, judgement }: AnyWords, { brief, severity, language }: Question, { model }: Settings): Examined {
  return examine(briefing, brief, severity, language, model.judge === 'on' ? judgement?.verdicts : undefined);
}

/** The same, of what a message may be made of: with the judge on, no words that it has never seen. */
export function presentable({ briefing, judgement }: Said, question: Question, settings: Settings): Examined | undefined {
  if (!briefing || (settings.model.judge === 'on' && !judgement)) return undefined;
  return examined({ briefing, judgement }, question, settings);
}

/**
 * The words with what the judge says of them.
 * @param until when the verdicts have to be there, in epoch milliseconds.
 * @throws where the judge is on and gave nothing to go by: then the words are not shown. In shadow nothing.
 */
export async function judged(answered: Answered, question: Question, until: number, deps: ModelDeps): Promise<Words> {
  const { judge } = deps.config.settings.model;
  if (judge === 'off') return answered.words;
  try {
    return { ...answered.words, judgement: await judgementOn(answered, question, until, deps) };
  } catch (error) {
    if (judge === 'on') throw error;
    deps.journal.warn('no judgement', { reason: reasonOf(error) });
    return answered.words;
  }
}

async function judgementOn({ words, profile }: Answered, question: Question, until: number, deps: ModelDeps): Promise<Judgement> {
  const { brief, language } = question;
  const { settings } = deps.config;
  const sentences = sentencesToJudge(words.briefing, brief, language);
  // Of what the gate lets through nothing, there is nothing to judge.
  if (sentences.length === 0) return { version: JUDGE_VERSION, verdicts: {}, model: '', inputTokens: 0, outputTokens: 0 };
  const within = until - deps.clock.now();
  if (within < Math.min(SHORTEST, settings.model.timeoutSeconds * SECOND)) throw new Error('the answer left no time to judge it');
  // Whoever has just answered is asked first: one before it has just failed.
  const profiles = [profile, ...profilesOf(settings).filter((each) => each !== profile)];
  const request = judgePromptFor(brief, sentences, language);
  const { value, by } = await askInOrder(request, (content) => parseVerdicts(content, sentences), profiles, until, deps);
  return { version: JUDGE_VERSION, verdicts: value, ...by };
}
