/** The one second question to a model of whose answer sentences are withheld, where the message still has the time for it. */
import { againFor, isBetter } from '../../domain/interpretation/again';
import { type Briefing, examine, parseBriefing } from '../../domain/interpretation/briefing';
import type { AnalystRequest } from '../../domain/interpretation/prompt';
import { reasonOf } from '../../domain/failure';
import { type Answer, askOne, type Question, type WordsDeps } from './models';

/**
 * @param request that was answered first.
 * @param until when whoever asks goes on, in epoch milliseconds. A second answer takes as long as the first: with less left, none is asked for.
 * @returns the better of both, by the sentences that may be shown, with the tokens of both.
 */
export async function askedAgain(
  first: Answer<Briefing>,
  request: AnalystRequest,
  { brief, severity, language }: Question,
  until: number,
  deps: WordsDeps,
): Promise<Answer<Briefing>> {
  const checked = examine(first.value, brief, severity, language);
  const left = until - deps.clock.now();
  if (checked.withheld.length === 0 || left <= first.tookMs) return first;
  const { profile } = first;
  try {
    const second = await askOne(againFor(request, first.value, checked.withheld), parseBriefing, { profile, timeoutMs: left }, deps);
    const better = isBetter(examine(second.value, brief, severity, language), checked);
    deps.journal.info('a model was asked again', { model: profile, withheld: checked.withheld.length, better });
    const kept = better ? second : first;
    const [inputTokens, outputTokens] = [first.by.inputTokens + second.by.inputTokens, first.by.outputTokens + second.by.outputTokens];
    return { ...kept, by: { ...kept.by, inputTokens, outputTokens } };
  } catch (error) {
    // What there is can be shown in part, and a second no is no reason to leave the model alone.
    deps.journal.warn('a model was asked again in vain', { model: profile, reason: reasonOf(error) });
    return first;
  }
}
