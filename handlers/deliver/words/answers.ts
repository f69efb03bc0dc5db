/** The model's answers in the ledger: kept for all who ask the same, unless nothing of one may be shown, or a person took it back meanwhile. */
import { isDeepStrictEqual } from 'node:util';
import { profilesOf } from '../../../config/models';
import type { Settings } from '../../../config/schema';
import { reasonOf } from '../../domain/failure';
import {
  ANSWER_DAYS,
  type AnswerName,
  type AnswerRow,
  countsOf,
  isKept,
  type KeptAnswer,
  type Words,
} from '../../domain/interpretation/answer';
import { briefHash } from '../../domain/interpretation/brief';
import { isOfWorth, UnusableAnswer } from '../../domain/interpretation/briefing';
import { cacheKey, PROMPT_VERSION } from '../../domain/interpretation/prompt';
import { rowKeys } from '../../domain/problem/rows';
import { DAY, expiry } from '../../domain/time';
import type { LedgerRow } from '../../ports';
import { countSentences } from '../counted';
import { type AnyWords, examined } from './judging';
import type { Question, WordsDeps } from './models';

/** The same to all models, as it is now. */
export function keyOfAll({ brief, language }: Question, settings: Settings): string {
  return cacheKey(brief, profilesOf(settings).join(' '), language);
}

/** Whether an answer is to the question as it is now, of any of the models: else it is as good until its message is edited. */
export function isCurrent({ key }: AnswerName, { brief, language }: Question, settings: Settings): boolean {
  return profilesOf(settings).some((profile) => cacheKey(brief, profile, language) === key);
}

/** Whether anything of it may be shown of a problem of this severity: else it is no answer to whoever asks. */
export function saysSomething(words: AnyWords, question: Question, settings: Settings): boolean {
  return isOfWorth(examined(words, question, settings));
}

/**
 * Keeps an answer where the row is as it was before.
 * @param row as it stood before the model was asked.
 * @returns it, or what another was answered meanwhile.
 * @throws UnusableAnswer where nothing of it may be shown, or it was purged while it was fetched. Not where the ledger fails: then it
 * costs another question.
 */
export async function kept(
  { briefing, judgement, model, inputTokens, outputTokens }: Words,
  question: Question,
  key: string,
  row: LedgerRow<AnswerRow> | undefined,
  deps: WordsDeps,
): Promise<KeptAnswer> {
  const { ledger, clock, journal, meter } = deps;
  const { settings } = deps.config;
  const { brief, language } = question;
  const words = { briefing, judgement, model, inputTokens, outputTokens };
  // Before there is a judgement the gate alone says what may be kept.
  const checked = examined(words, question, settings);
  const withheld = countsOf(checked.withheld);
  const shown = isOfWorth(checked);
  const judgedNow = row !== undefined && isKept(row.value) && isDeepStrictEqual(row.value.briefing, briefing);
  const useless = () => new UnusableAnswer(`nothing of the model's answer may be shown: ${JSON.stringify(withheld)}`);
  if (!shown) {
    countSentences(words, question, deps);
    meter.count('WithheldAnswers', {});
    // What is kept already keeps what the judge said: nobody asks it again, and the model is asked anew.
    if (!judgedNow) throw useless();
  }
  const at = clock.now();
  // The next one after a purge, or after one that said nothing; a judgement is of the answer that was there.
  const edition = row ? row.value.edition + (judgedNow ? 0 : 1) : 1;
  const answer: KeptAnswer = { ...words, edition, briefHash: briefHash(brief), promptVersion: PROMPT_VERSION, language, at, withheld };
  const there = await ledger
    .writeOrRead<AnswerRow>(rowKeys.briefing(key), answer, row?.version ?? 0, expiry(at + ANSWER_DAYS * DAY))
    .catch((error: unknown) => {
      journal.warn('not kept for others', { row: rowKeys.briefing(key).pk, reason: reasonOf(error) });
      return true as const;
    });
  if (!shown) throw useless();
  if (there === true || there === undefined) return answer;
  if (isKept(there.value)) return there.value;
  throw new UnusableAnswer('the answer was purged while the model gave it');
}
