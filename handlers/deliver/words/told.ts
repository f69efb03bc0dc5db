/** What a telling's row says of the model: whose words it shows, what of them is withheld and why, or why there are none. */
import { nameOf, countsOf } from '../../domain/interpretation/answer';
import { isOfWorth } from '../../domain/interpretation/briefing';
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
  const checked = presentable(interpretation, await questionFor(view, context), config.settings);
  if (!checked) return { briefHash, promptVersion, withoutWords: failure ?? 'nobody has judged the answer yet' };
  const { withheld } = checked;
  const judge = judgement && { judge: { ...judgement, verdicts: tally(judgement.verdicts) } };
  const counts = { ...judge, ...(withheld.length > 0 ? { withheld: countsOf(withheld) } : {}) };
  // Nobody was shown a model whose every sentence is withheld.
  if (!isOfWorth(checked)) return { briefHash, promptVersion, ...counts, withoutWords: 'nothing of the answer may be shown' };
  return { briefHash, promptVersion, model, answer: answer && nameOf(answer), inputTokens, outputTokens, ...counts };
}
