/**
 * What the model makes of a brief: asked once for all who need it, never waited for longer than its time,
 * and skipped for a while when it keeps failing. Whatever happens here, the message goes out.
 */
import type { Language, Settings } from '../../config/schema';
import { briefHash } from '../domain/brief';
import { type Briefing, parseBriefing } from '../domain/briefing';
import type { Brief } from '../domain/brief';
import { Later, reasonOf } from '../domain/failure';
import { cacheKey, PROMPT_VERSION, promptFor } from '../domain/prompt';
import { rowKeys, type Words } from '../domain/rows';
import { change } from '../optimistic';
import type { Analyst, Clock, Journal, Ledger } from '../ports';

export interface InterpretationDeps {
  settings: Settings;
  ledger: Ledger;
  analyst: Analyst;
  clock: Clock;
  journal: Journal;
}

interface CachedBriefing {
  briefing: Briefing;
  model: string;
  inputTokens: number;
  outputTokens: number;
}
interface Breaker {
  failures: number;
  openUntil: number;
}

const MINUTE = 60_000;
/** Tries after the first: the words come by update. */
const RETRIES = [5 * MINUTE, 60 * MINUTE, 360 * MINUTE];
const BREAKER_FAILURES = 3;
const KEPT_DAYS = 90;

/**
 * @param waitUntil until when the answer that another worker is fetching may be waited for.
 * @throws Later while another worker asks for the same brief; nothing else.
 */
export async function interpret(
  brief: Brief,
  language: Language,
  before: Words | undefined,
  waitUntil: number,
  deps: InterpretationDeps,
): Promise<Words> {
  const { settings, clock, journal } = deps;
  const words = { briefHash: briefHash(brief), promptVersion: PROMPT_VERSION, tries: before?.tries ?? 0 };
  if (!settings.model.enabled) return { ...words, failure: 'switched off in settings.yaml' };
  try {
    const cached = await ask(brief, language, waitUntil, deps);
    return { ...words, ...cached, tries: 0 };
  } catch (error) {
    if (error instanceof Later) throw error;
    const wait = RETRIES[words.tries];
    journal.warn('no interpretation', { briefHash: words.briefHash, tries: words.tries + 1, reason: reasonOf(error) });
    return { ...words, tries: words.tries + 1, failure: reasonOf(error).slice(0, 300), ...(wait ? { nextAt: clock.now() + wait } : {}) };
  }
}

async function ask(brief: Brief, language: Language, waitUntil: number, deps: InterpretationDeps): Promise<CachedBriefing> {
  const { settings, ledger, analyst, clock } = deps;
  const key = cacheKey(brief, settings.model.profile, language);
  const cached = await ledger.read<CachedBriefing>(rowKeys.briefing(key));
  if (cached) return cached.value;

  const breaker = await ledger.read<Breaker>(rowKeys.breaker('bedrock'));
  if (breaker && breaker.value.openUntil > clock.now())
    throw new Error(
      `the model failed ${breaker.value.failures} times in a row and is left alone until ${new Date(breaker.value.openUntil).toISOString()}`,
    );

  const lease = settings.model.timeoutSeconds * 1000 + 5000;
  const until = await change<{ until: number }, number>(ledger, rowKeys.lease(key), (held) => {
    if (held && held.until > clock.now()) return { result: held.until };
    return { next: { until: clock.now() + lease }, result: 0, expiresAt: Math.floor(clock.now() / 1000) + 3600 };
  });
  if (until > 0) {
    if (clock.now() < waitUntil) throw new Later(Math.min(until, clock.now() + 2000), 'another worker is asking the model the same');
    throw new Error('another worker is asking the model the same and has no answer yet');
  }
  try {
    const answer = await analyst.interpret(promptFor(brief, language));
    const result: CachedBriefing = {
      briefing: parseBriefing(answer.content),
      model: answer.model,
      inputTokens: answer.inputTokens,
      outputTokens: answer.outputTokens,
    };
    await change<CachedBriefing, void>(ledger, rowKeys.briefing(key), () => ({
      next: result,
      result: undefined,
      expiresAt: Math.floor(clock.now() / 1000) + KEPT_DAYS * 86_400,
    }));
    if (breaker && breaker.value.failures > 0)
      await change<Breaker, void>(ledger, rowKeys.breaker('bedrock'), () => ({ next: { failures: 0, openUntil: 0 }, result: undefined }));
    return result;
  } catch (error) {
    await change<Breaker, void>(ledger, rowKeys.breaker('bedrock'), (known) => {
      const failures = (known?.failures ?? 0) + 1;
      // Doubling from one minute to a quarter of an hour.
      const pause = failures < BREAKER_FAILURES ? 0 : Math.min(15 * MINUTE, MINUTE * 2 ** (failures - BREAKER_FAILURES));
      return { next: { failures, openUntil: clock.now() + pause }, result: undefined };
    });
    throw error;
  } finally {
    // The others need not wait for the lease to run out.
    await change<{ until: number }, void>(ledger, rowKeys.lease(key), () => ({
      next: { until: 0 },
      result: undefined,
      expiresAt: Math.floor(clock.now() / 1000) + 3600,
    })).catch(() => undefined);
  }
}
