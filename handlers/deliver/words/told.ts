/** What a telling's row says of the model: whose words it shows, what of them is withheld and why, or why there are none. */
import { nameOf, countsOf } from '../../domain/interpretation/answer';
import { examine } from '../../domain/interpretation/briefing';
import { tally } from '../../domain/interpretation/verdict';
import type { DeliveryRow } from '../../domain/problem/problem-row';
import type { ProblemView } from '../../domain/problem/view';
import { type Context, questionFor } from '../context';
import { presentable } from './judging';

export async function wordsTold(view: ProblemView, context: Context): Promise<Partial<DeliveryRow>> {
  const { state, config } = context;
  const { interpretation } = state.header;
  if (!interpretation) return {};
  const { briefHash, promptVersion, judgement, model, answer, inputTokens, outputTokens, failure } = interpretation;
  const { briefing, verdicts } = presentable(interpretation, config.settings);
  if (!briefing) return { briefHash, promptVersion, withoutWords: failure ?? 'nobody has judged the answer yet' };
  const { brief, severity, language } = await questionFor(view, context);
  const { summary, actions, withheld } = examine(briefing, brief, severity, language, verdicts);
  const judge = judgement && { judge: { ...judgement, verdicts: tally(judgement.verdicts) } };
  const counts = { ...judge, ...(withheld.length > 0 ? { withheld: countsOf(withheld) } : {}) };
  // Nobody was shown a model whose every sentence is withheld; see checkBriefing.
  if (!summary && actions.length === 0) return { briefHash, promptVersion, ...counts, withoutWords: 'nothing of the answer may be shown' };
  return { briefHash, promptVersion, model, answer: answer && nameOf(answer), inputTokens, outputTokens, ...counts };
}
