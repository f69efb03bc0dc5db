/** A second question about an answer of which sentences are withheld: with what was wrong with which. There is never a third. */
import { cut } from '../text/inert';
import { type Briefing, type CheckedBriefing, sentences } from './briefing';
import { KINDS } from './gate/kinds';
import type { AnalystRequest } from './prompt';
import { AGAIN } from './prompt/instructions';

/** How much of a sentence the gate keeps. */
const KEPT = 200;

/**
 * What was found in a sentence is not repeated: its own words are there, and its kind says what to leave out.
 * @param withheld as examine has it.
 */
export function againFor(first: AnalystRequest, briefing: Briefing, withheld: CheckedBriefing['withheld']): AnalystRequest {
  const said = [briefing.summary, briefing.impact, ...briefing.actions].flatMap(sentences);
  const reasons = withheld.flatMap(({ sentence, kind }) => {
    const reason = KINDS.find((each) => each.kind === kind)?.reason;
    // Of what is only wrong where two sentences meet, the first of them.
    const at = said.findIndex((each) => cut(each, KEPT) === sentence || sentence.startsWith(each));
    return at < 0 ? [] : [{ sentence: at + 1, kind, reason }];
  });
  return {
    ...first,
    system: [first.system, ...AGAIN].join('\n'),
    prompt: JSON.stringify({
      ...JSON.parse(first.prompt),
      sentences: said.map((sentence, index) => `${index + 1}: ${sentence}`),
      withheld: reasons,
    }),
  };
}

/** Whether the second is to be kept: more of it can be shown, or as much of it and less is withheld. */
export function isBetter(
  second: { shown: number; withheld: readonly unknown[] },
  first: { shown: number; withheld: readonly unknown[] },
): boolean {
  return second.shown > first.shown || (second.shown === first.shown && second.withheld.length < first.withheld.length);
}
