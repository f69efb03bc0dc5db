/** What the linter says of one text. */

export type Field = 'headline' | 'meaning' | 'impact' | 'step';

export type PhraseRule = 'weakens' | 'evidence' | 'promise' | 'severity' | 'ours' | 'certain' | 'code' | 'form' | 'term' | 'repeats';

export interface Objection {
  rule: PhraseRule;
  message: string;
  remedy: string;
}
