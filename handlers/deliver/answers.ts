/** The model's answers in the ledger: kept for all who ask the same, unless nothing of one may be shown, or a person took it back meanwhile. */
import { profilesOf } from '../../config/models';
import type { Language, Settings, Severity } from '../../config/schema';
import { reasonOf } from '../domain/failure';
import { type AnswerName, type AnswerRow, countsOf, isKept, type KeptAnswer, type Words } from '../domain/interpretation/answer';
import { type Brief, briefHash } from '../domain/interpretation/brief';
import { checkBriefing, examine, UnusableAnswer } from '../domain/interpretation/briefing';
import { cacheKey, PROMPT_VERSION } from '../domain/interpretation/prompt';
import { rowKeys } from '../domain/problem/rows';
import { DAY, expiry } from '../domain/time';
import type { Clock, Journal, Ledger, LedgerRow, Meter } from '../ports';
import { countSentences } from './counted';
import { presentable } from './judging';

export const KEPT_DAYS = 90;

/** Of one question to one model: of the brief, the model, the prompt and the language. */
export function keyOf(brief: Brief, profile: string, language: Language): string {
  return cacheKey(brief, profile, language);
}

/** Whether an answer is to the question as it is now, of any of the models: else it is as good until its message is edited. */
export function isCurrent({ key }: AnswerName, brief: Brief, language: Language, settings: Settings): boolean {
  return profilesOf(settings).some((profile) => keyOf(brief, profile, language) === key);
}

interface Question {
  key: string;
  brief: Brief;
  /** Of the problem that it was asked for. */
  severity: Severity;
  language: Language;
  /** As it stood before the model was asked. */
  row?: LedgerRow<AnswerRow>;
}

/**
 * Keeps an answer where the row is as it was before.
 * @returns it, or what another was answered meanwhile.
 * @throws UnusableAnswer where nothing of it may be shown, or it was purged while it was fetched. Not where the ledger fails: then it
 * costs another question.
 */
export async function kept(
  { briefing, judgement, model, inputTokens, outputTokens }: Words,
  { key, brief, severity, language, row }: Question,
  deps: { settings: Settings; ledger: Ledger; clock: Clock; journal: Journal; meter: Meter },
): Promise<KeptAnswer> {
  const { ledger, clock, journal, meter } = deps;
  const words = { briefing, judgement, model, inputTokens, outputTokens };
  // Before there is a judgement the gate alone says what may be kept.
  const { verdicts } = presentable(words, deps.settings);
  const withheld = countsOf(examine(briefing, brief, severity, language, verdicts).withheld);
  if (!checkBriefing(briefing, brief, severity, language, verdicts)) {
    countSentences(words, brief, severity, language, deps);
    meter.count('WithheldAnswers', {});
    throw new UnusableAnswer(`nothing of the model's answer may be shown: ${JSON.stringify(withheld)}`);
  }
  const at = clock.now();
  // The next one after a purge; a judgement is of the answer that was there.
  const edition = row ? row.value.edition + (isKept(row.value) ? 0 : 1) : 1;
  const answer: KeptAnswer = { ...words, edition, briefHash: briefHash(brief), promptVersion: PROMPT_VERSION, language, at, withheld };
  const there = await ledger
    .writeOrRead<AnswerRow>(rowKeys.briefing(key), answer, row?.version ?? 0, expiry(at + KEPT_DAYS * DAY))
    .catch((error: unknown) => {
      journal.warn('not kept for others', { row: rowKeys.briefing(key).pk, reason: reasonOf(error) });
      return true as const;
    });
  if (there === true || there === undefined) return answer;
  if (isKept(there.value)) return there.value;
  throw new UnusableAnswer('the answer was purged while the model gave it');
}
