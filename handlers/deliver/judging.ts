/** The judge is asked once an answer, in what is left of the answer's own time; its verdicts are kept with the answer. */
import type { Language, Settings } from '../../config/schema';
import { reasonOf } from '../domain/failure';
import type { Brief } from '../domain/interpretation/brief';
import type { Briefing } from '../domain/interpretation/briefing';
import { JUDGE_VERSION, judgePromptFor, type Judgement, parseVerdicts, sentencesToJudge } from '../domain/interpretation/judge';
import type { Interpretation } from '../domain/problem/problem-row';
import { SECOND } from '../domain/time';
import type { Analyst, Clock, Journal, Meter } from '../ports';
import { ask } from './asking';

interface JudgingDeps {
  settings: Settings;
  analyst: Analyst;
  clock: Clock;
  journal: Journal;
  meter: Meter;
}

interface Answered {
  briefing?: Briefing;
  judgement?: Judgement;
}

/** In less than this it is not asked: it would be paid for, and given up. */
const SHORTEST = SECOND;

/** Whether words are to wait for a verdict: those of an older judge are good enough to be shown, and asked for anew. */
export function awaitsJudge({ briefing, judgement }: Answered, { model }: Settings): boolean {
  return model.judge === 'on' && briefing !== undefined && judgement?.version !== JUDGE_VERSION;
}

/** What of an interpretation a message may be made of: with the judge on, no words that it has never seen. */
export function presentable(
  { briefing, judgement }: Pick<Interpretation, 'briefing' | 'judgement'>,
  { model }: Settings,
): { briefing?: Briefing; verdicts?: Judgement['verdicts'] } {
  if (model.judge !== 'on') return { briefing };
  return judgement ? { briefing, verdicts: judgement.verdicts } : {};
}

/**
 * The answer with what the judge says of it.
 * @param until when the answer has to be there, in epoch milliseconds.
 * @throws where the judge is on and gave nothing to go by: then the words are not shown. In shadow nothing.
 */
export async function judged<A extends { briefing: Briefing }>(
  answer: A,
  brief: Brief,
  language: Language,
  until: number,
  deps: JudgingDeps,
): Promise<A & { judgement?: Judgement }> {
  const { judge } = deps.settings.model;
  if (judge === 'off') return answer;
  try {
    return { ...answer, judgement: await judgementOn(answer.briefing, brief, language, until, deps) };
  } catch (error) {
    if (judge === 'on') throw error;
    deps.journal.warn('no judgement', { reason: reasonOf(error) });
    return answer;
  }
}

async function judgementOn(briefing: Briefing, brief: Brief, language: Language, until: number, deps: JudgingDeps): Promise<Judgement> {
  const sentences = sentencesToJudge(briefing, brief, language);
  // Of what the gate lets through nothing, there is nothing to judge.
  if (sentences.length === 0) return { version: JUDGE_VERSION, verdicts: {}, model: '', inputTokens: 0, outputTokens: 0 };
  const within = until - deps.clock.now();
  if (within < Math.min(SHORTEST, deps.settings.model.timeoutSeconds * SECOND)) throw new Error('the answer left no time to judge it');
  return ask(
    judgePromptFor(brief, sentences, language),
    within,
    ({ content, model, inputTokens, outputTokens }) => ({
      version: JUDGE_VERSION,
      verdicts: parseVerdicts(content, sentences),
      model,
      inputTokens,
      outputTokens,
    }),
    deps,
  );
}
