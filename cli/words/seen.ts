/** What rows of the ledger say of the model's answers: those that are kept, and the problems that show one. */
import type { Language } from '../../config/schema';
import { type AnswerName, type KeptAnswer, nameOf, type WithheldCounts } from '../../handlers/domain/interpretation/answer';
import type { ProblemRow } from '../../handlers/domain/problem/problem-row';
import type { LedgerKey } from '../../handlers/domain/problem/rows';

export interface SeenAnswer {
  kind: 'answer';
  name: string;
  briefHash: string;
  model: string;
  language: Language;
  promptVersion: string;
  /** Epoch milliseconds. */
  at: number;
  withheld: WithheldCounts;
}

/** A problem that holds words of an answer, or held them until they were purged. */
export interface SeenProblem {
  kind: 'problem';
  key: LedgerKey;
  answer: AnswerName;
  purged: boolean;
  message?: { channel: string; ts: string };
  /** A message of what is closed shows no words. */
  closed: boolean;
}

export type Seen = SeenAnswer | SeenProblem;

/** @param value of the row, or the parts of it that are looked at here. */
export function seenIn(key: LedgerKey, value: unknown): Seen | undefined {
  if (key.pk.startsWith('briefing#')) return answerIn(key.pk.slice('briefing#'.length), value as Partial<KeptAnswer>);
  return key.sk === 'header' ? problemIn(key, value as Partial<ProblemRow>) : undefined;
}

/** What was purged has no model. */
function answerIn(key: string, row: Partial<KeptAnswer>): SeenAnswer | undefined {
  const { edition = 1, briefHash = '', model, language = 'en', promptVersion = '', at = 0, withheld = {} } = row;
  return model === undefined
    ? undefined
    : { kind: 'answer', name: nameOf({ key, edition }), briefHash, model, language, promptVersion, at, withheld };
}

function problemIn(key: LedgerKey, { interpretation, message, resolvedAt }: Partial<ProblemRow>): SeenProblem | undefined {
  const answer = interpretation?.answer ?? interpretation?.purged;
  if (!answer) return undefined;
  const { purged } = interpretation ?? {};
  return {
    kind: 'problem',
    key,
    answer,
    purged: purged !== undefined,
    ...(message ? { message: { channel: message.channel, ts: message.ts } } : {}),
    closed: resolvedAt !== undefined,
  };
}

/** Whether a problem shows this answer, or one before it to the same question. */
export function isOf(answer: AnswerName, { key, edition }: AnswerName): boolean {
  return answer.key === key && answer.edition <= edition;
}

/** As the rows of problems are named: `problem#workloads#aws:control:S3.2`. */
export function problemOf({ pk }: LedgerKey): { receiver: string; fingerprint: string } {
  const [, receiver = '', fingerprint = ''] = /^problem#([^#]*)#(.*)$/s.exec(pk) ?? [];
  return { receiver, fingerprint };
}
