/** The words in which the judge answers, and what they do to a sentence: two of them let it be shown. */
import { hash } from '../text/identity';

/** From the harmless to what is farthest from the finding: where several fit, the last counts. */
export const VERDICTS = ['supported', 'general-advice', 'contradicts', 'weakens', 'dismisses', 'claims-done', 'off-topic'] as const;
export type Verdict = (typeof VERDICTS)[number];
/** `unjudged`: the judge was asked, and gave no verdict of the list, or more than one. */
export type Judged = Verdict | 'unjudged';

/** Whether what is wrong with a sentence is the judge's to say, and not a kind of the gate's. */
export const isJudged = (kind: string): kind is Judged => kind === 'unjudged' || VERDICTS.some((verdict) => verdict === kind);

/** By sentenceKey. */
export type Verdicts = Readonly<Record<string, Judged>>;

const SHOWN: ReadonlySet<Judged> = new Set(['supported', 'general-advice']);

/** By which a sentence is found again in whatever order, and by whichever release, the answer is taken apart. */
export function sentenceKey(sentence: string): string {
  return hash(sentence).slice(0, 16);
}

export function verdictOn(sentence: string, verdicts: Verdicts): Judged {
  const key = sentenceKey(sentence);
  return (Object.hasOwn(verdicts, key) ? verdicts[key] : undefined) ?? 'unjudged';
}

export const mayBeShown = (verdict: Judged): boolean => SHOWN.has(verdict);

/** How many sentences came to what. */
export function tally(verdicts: Verdicts): Partial<Record<Judged, number>> {
  const counts: Partial<Record<Judged, number>> = {};
  for (const verdict of Object.values(verdicts)) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
