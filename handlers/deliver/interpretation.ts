/**
 * What the model makes of a brief: asked once for all who need it, never waited for longer than its time,
 * and skipped for a while when the service keeps failing. Whatever happens here, the message goes out.
 */
import type { Language, Settings } from '../../config/schema';
import { briefHash } from '../domain/interpretation/brief';
import { type Briefing, parseBriefing } from '../domain/interpretation/briefing';
import type { Brief } from '../domain/interpretation/brief';
import { Later, outcomeOf, reasonOf } from '../domain/failure';
import { cacheKey, PROMPT_VERSION, promptFor } from '../domain/interpretation/prompt';
import type { Interpretation } from '../domain/problem/problem-row';
import { rowKeys } from '../domain/problem/rows';
import { DAY, expiry, HOUR, MINUTE } from '../domain/time';
import { change } from '../optimistic';
import type { Analyst, Clock, Journal, Ledger, LedgerKey } from '../ports';

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
/** Who asks for a brief now has until then; whether the last one to ask got no answer, and when. */
interface Lease {
  until: number;
  failedAt?: number;
}

/** Tries after the first: the words come by update. */
const RETRIES = [5 * MINUTE, HOUR, 6 * HOUR];
const BREAKER_FAILURES = 3;
const KEPT_DAYS = 90;
/** Those that waited while another asked in vain do not ask one after the other: each would wait as long again. */
const FAILURE_SHARED = MINUTE;

/**
 * @param waitUntil until when the answer that another worker is fetching may be waited for.
 * @throws Later while another worker asks for the same brief; nothing else.
 */
export async function interpret(
  brief: Brief,
  language: Language,
  before: Interpretation | undefined,
  waitUntil: number,
  deps: InterpretationDeps,
): Promise<Interpretation> {
  const { settings, clock, journal } = deps;
  const interpretation = { briefHash: briefHash(brief), promptVersion: PROMPT_VERSION, tries: before?.tries ?? 0 };
  if (!settings.model.enabled) return { ...interpretation, failure: 'switched off in settings.yaml' };
  try {
    const cached = await ask(brief, language, waitUntil, deps);
    return { ...interpretation, ...cached, tries: 0 };
  } catch (error) {
    if (error instanceof Later) throw error;
    const wait = RETRIES[interpretation.tries];
    journal.warn('no interpretation', { briefHash: interpretation.briefHash, tries: interpretation.tries + 1, reason: reasonOf(error) });
    return {
      ...interpretation,
      tries: interpretation.tries + 1,
      failure: reasonOf(error).slice(0, 300),
      ...(wait ? { nextAt: clock.now() + wait } : {}),
    };
  }
}

async function ask(brief: Brief, language: Language, waitUntil: number, deps: InterpretationDeps): Promise<CachedBriefing> {
  const { settings, ledger, analyst, clock, journal } = deps;
  const key = cacheKey(brief, settings.model.profile, language);
  const cached = await ledger.read<CachedBriefing>(rowKeys.briefing(key));
  if (cached) return cached.value;

  const breaker = await ledger.read<Breaker>(rowKeys.breaker('bedrock'));
  if (breaker && breaker.value.openUntil > clock.now())
    throw new Error(
      `the model failed ${breaker.value.failures} times in a row and is left alone until ${new Date(breaker.value.openUntil).toISOString()}`,
    );

  const lease = settings.model.timeoutSeconds * 1000 + 5000;
  const { until, failedAt } = await change<Lease, Lease>(ledger, rowKeys.lease(key), (held) => {
    if (held && held.until > clock.now()) return { result: held };
    if (held?.failedAt !== undefined && clock.now() - held.failedAt < FAILURE_SHARED) return { result: held };
    return { next: { until: clock.now() + lease }, result: { until: 0 }, expiresAt: expiry(clock.now() + HOUR) };
  });
  if (failedAt !== undefined) throw new Error('the model failed at the same brief less than a minute ago');
  if (until > 0) {
    if (clock.now() < waitUntil) throw new Later(Math.min(until, clock.now() + 2000), 'another worker is asking the model the same');
    throw new Error('another worker is asking the model the same and has no answer yet');
  }
  // What cannot be written here costs another question at the most.
  const set = <T>(key: LedgerKey, value: T, days: number) =>
    ledger
      .writeAll([{ key, value, expiresAt: expiry(clock.now() + days * DAY) }])
      .catch((error: unknown) => journal.warn('not kept for others', { row: key.pk, reason: reasonOf(error) }));
  // Between the look into the cache and the lease another may have asked, kept the answer and gone.
  const meanwhile = await ledger.read<CachedBriefing>(rowKeys.briefing(key));
  if (meanwhile) {
    await set<Lease>(rowKeys.lease(key), { until: 0 }, 1);
    return meanwhile.value;
  }
  try {
    const answer = await analyst.interpret(promptFor(brief, language));
    const result: CachedBriefing = {
      briefing: parseBriefing(answer.content),
      model: answer.model,
      inputTokens: answer.inputTokens,
      outputTokens: answer.outputTokens,
    };
    await set<CachedBriefing>(rowKeys.briefing(key), result, KEPT_DAYS);
    if (breaker && breaker.value.failures > 0) await set<Breaker>(rowKeys.breaker('bedrock'), { failures: 0, openUntil: 0 }, KEPT_DAYS);
    await set<Lease>(rowKeys.lease(key), { until: 0 }, 1);
    return result;
  } catch (error) {
    await set<Lease>(rowKeys.lease(key), { until: 0, failedAt: clock.now() }, 1);
    // An answer of no use, or a no to this brief, says nothing of the others.
    if (outcomeOf(error) !== 'wait') throw error;
    await change<Breaker, void>(ledger, rowKeys.breaker('bedrock'), (known) => {
      const failures = (known?.failures ?? 0) + 1;
      // Doubling from one minute to a quarter of an hour.
      const pause = failures < BREAKER_FAILURES ? 0 : Math.min(15 * MINUTE, MINUTE * 2 ** (failures - BREAKER_FAILURES));
      return { next: { failures, openUntil: clock.now() + pause }, result: undefined, expiresAt: expiry(clock.now() + KEPT_DAYS * DAY) };
    });
    throw error;
  }
}
