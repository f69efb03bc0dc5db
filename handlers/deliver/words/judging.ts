/** The judge is asked once an answer, in what is left of the answer's own time; its verdicts are kept with the answer. */
import { profilesOf } from '../../../config/models';
import type { Language, Settings } from '../../../config/schema';
import { reasonOf } from '../../domain/failure';
import type { Brief } from '../../domain/interpretation/brief';
import type { Briefing } from '../../domain/interpretation/briefing';
import { JUDGE_VERSION, judgePromptFor, type Judgement, parseVerdicts, sentencesToJudge } from '../../domain/interpretation/judge';
import type { Interpretation } from '../../domain/problem/problem-row';
import { SECOND } from '../../domain/time';
import { askInOrder, type Breaker, type ModelDeps } from './models';

interface Answered {
  briefing?: Briefing;
  judgement?: Judgement;
}

/** In less than this it is not asked: it would be paid for, and given up. */
const SHORTEST = SECOND;

/** For a judge, in milliseconds: an answer is asked for again only where this is left besides. */
export const timeToJudge = ({ model }: Pick<Settings, 'model'>): number => (model.judge === 'off' ? 0 : 4 * SECOND);

/** Whether words are to wait for a verdict: those of an older judge are good enough to be shown, and asked for anew. */
export function awaitsJudge({ briefing, judgement }: Answered, { model }: Pick<Settings, 'model'>): boolean {
  return model.judge === 'on' && briefing !== undefined && judgement?.version !== JUDGE_VERSION;
}

/** What of an interpretation a message may be made of: with the judge on, no words that it has never seen. */
export function presentable(
  { briefing, judgement }: Pick<Interpretation, 'briefing' | 'judgement'>,
  { model }: Pick<Settings, 'model'>,
): { briefing?: Briefing; verdicts?: Judgement['verdicts'] } {
  if (model.judge !== 'on') return { briefing };
  return judgement ? { briefing, verdicts: judgement.verdicts } : {};
}

/** What an answer is of, and of whom. */
export interface Judging {
  brief: Brief;
  language: Language;
  /** The model that wrote it. */
  profile: string;
  /** When the verdicts have to be there, in epoch milliseconds. */
  until: number;
}

/**
 * The answer with what the judge says of it.
 * @throws where the judge is on and gave nothing to go by: then the words are not shown. In shadow nothing.
 */
export async function judged<A extends { briefing: Briefing }>(
  answer: A,
  judging: Judging,
  breakers: ReadonlyMap<string, Breaker>,
  deps: ModelDeps,
): Promise<A & { judgement?: Judgement }> {
  const { judge } = deps.settings.model;
  if (judge === 'off') return answer;
  try {
    return { ...answer, judgement: await judgementOn(answer.briefing, judging, breakers, deps) };
  } catch (error) {
    if (judge === 'on') throw error;
    deps.journal.warn('no judgement', { reason: reasonOf(error) });
    return answer;
  }
}

async function judgementOn(
  briefing: Briefing,
  { brief, language, profile, until }: Judging,
  breakers: ReadonlyMap<string, Breaker>,
  deps: ModelDeps,
): Promise<Judgement> {
  const sentences = sentencesToJudge(briefing, brief, language);
  // Of what the gate lets through nothing, there is nothing to judge.
  if (sentences.length === 0) return { version: JUDGE_VERSION, verdicts: {}, model: '', inputTokens: 0, outputTokens: 0 };
  const within = until - deps.clock.now();
  if (within < Math.min(SHORTEST, deps.settings.model.timeoutSeconds * SECOND)) throw new Error('the answer left no time to judge it');
  // Whoever has just answered is asked first: one before it has just failed.
  const { model: models } = deps.settings;
  const profiles = [profile, ...profilesOf(deps.settings).filter((each) => each !== profile)];
  const { value, model, inputTokens, outputTokens } = await askInOrder(
    judgePromptFor(brief, sentences, language),
    (content) => parseVerdicts(content, sentences),
    breakers,
    until,
    { ...deps, settings: { ...deps.settings, model: { ...models, profiles } } },
  );
  return { version: JUDGE_VERSION, verdicts: value, model, inputTokens, outputTokens };
}
