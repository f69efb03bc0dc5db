/**
 * An answer of the model as the ledger keeps it for all who ask the same. It has a name, so that a person can take it back:
 * messages carry the name of the answer whose words they show.
 */
import type { Language } from '../../../config/schema';
import type { Briefing } from './briefing';
import type { Kind } from './gate/kinds';
import type { Judgement } from './judge';
import type { Judged } from './verdict';

/** An answer is kept for so many days for all who ask the same. */
export const ANSWER_DAYS = 90;

/** How many sentences of an answer are withheld, by what is wrong with them. */
export type WithheldCounts = Partial<Record<Kind | Judged, number>>;

/** Its edition counts the answers to one question: each that was purged is followed by the next. */
export interface AnswerName {
  /** cacheKey of the question. */
  key: string;
  /** From 1. */
  edition: number;
}

/** What a model answered, and what the judge said of it: absent where nobody asked it, or it gave nothing to go by. */
export interface Words {
  briefing: Briefing;
  judgement?: Judgement;
  model: string;
  inputTokens: number;
  outputTokens: number;
}

/** Written by deliver, where nobody has answered or purged since it looked. */
export interface KeptAnswer extends Words {
  edition: number;
  /** Of the brief; see Interpretation. */
  briefHash: string;
  promptVersion: string;
  language: Language;
  /** When the model gave it, in epoch milliseconds. */
  at: number;
  withheld: WithheldCounts;
}

/** In the place of an answer that a person took back (cli/words): whoever was asking meanwhile must not put it there again. */
export interface PurgedAnswer {
  /** Of the answer that was. */
  edition: number;
  /** Epoch milliseconds. */
  purgedAt: number;
}

export type AnswerRow = KeptAnswer | PurgedAnswer;

/** Who purged an answer, when and why. Written by the operator's command, kept as long as the ledger remembers. */
export interface PurgeRow {
  answer: string;
  /** ARN of whoever did it, as AWS has it. */
  by: string;
  why: string;
  /** Epoch milliseconds. */
  at: number;
  /** What it came to, once it was over. */
  messages?: number;
}

export function isKept(row: AnswerRow | undefined): row is KeptAnswer {
  return row !== undefined && 'briefing' in row;
}

/** As people type it: the first answer to a question by its key alone. */
export function nameOf({ key, edition }: AnswerName): string {
  return edition === 1 ? key : `${key}.${edition}`;
}

/** @returns undefined for what is no such name. */
export function namedBy(text: string): AnswerName | undefined {
  const [, key = '', edition = '1'] = /^([0-9a-f]{32})(?:\.([1-9]\d{0,8}))?$/.exec(text) ?? [];
  return key === '' ? undefined : { key, edition: Number(edition) };
}

export function countsOf(withheld: readonly { kind: Kind | Judged }[]): WithheldCounts {
  const counts: WithheldCounts = {};
  for (const { kind } of withheld) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
