/**
 * What the model makes of a brief: asked once for all who need it, never waited for longer than its time,
 * and skipped for a while when the service keeps failing. Whatever happens here, the message goes out.
 */
import type { Language, Settings } from '../../config/schema';
import { briefHash } from '../domain/interpretation/brief';
import { type Briefing, parseBriefing } from '../domain/interpretation/briefing';
import type { Brief } from '../domain/interpretation/brief';
import { Later, outcomeOf, reasonOf, Unavailable } from '../domain/failure';
import type { Judgement } from '../domain/interpretation/judge';
import { cacheKey, PROMPT_VERSION, promptFor } from '../domain/interpretation/prompt';
import type { Interpretation } from '../domain/problem/problem-row';
import { rowKeys } from '../domain/problem/rows';
import { DAY, expiry, HOUR, MINUTE, SECOND } from '../domain/time';
import { change } from '../optimistic';
import type { Analyst, Clock, Journal, Ledger, LedgerKey, Meter } from '../ports';
import { ask } from './asking';
import { awaitsJudge, judged } from './judging';

export interface InterpretationDeps {
  settings: Settings;
  ledger: Ledger;
  analyst: Analyst;
  clock: Clock;
  journal: Journal;
  meter: Meter;
}

interface CachedBriefing {
  briefing: Briefing;
  judgement?: Judgement;
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
const LEASE_TRIES = 4;
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
    const cached = await wordsOn(brief, language, waitUntil, deps);
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

async function wordsOn(brief: Brief, language: Language, waitUntil: number, deps: InterpretationDeps): Promise<CachedBriefing> {
  const { settings, ledger, clock, journal, meter } = deps;
  const key = cacheKey(brief, settings.model.profile, language);
  const { cached, failures } = await cachedOrLeased(key, waitUntil, deps);
  if (cached && !awaitsJudge(cached, settings)) {
    meter.count('ModelCacheHits', {});
    return cached;
  }
  // What cannot be written here costs another question at the most.
  const set = <T>(key: LedgerKey, value: T, days: number) =>
    ledger
      .writeAll([{ key, value, expiresAt: expiry(clock.now() + days * DAY) }])
      .catch((error: unknown) => journal.warn('not kept for others', { row: key.pk, reason: reasonOf(error) }));
  // Answer and judge have the time of one between them.
  const until = clock.now() + settings.model.timeoutSeconds * SECOND;
  let answer = cached;
  try {
    answer ??= await askModel(brief, language, deps);
    const result = await judged(answer, brief, language, until, deps);
    // The lease is left to end by itself: whoever looks for the answer finds it before the lease.
    await set<CachedBriefing>(rowKeys.briefing(key), result, KEPT_DAYS);
    if (failures > 0) await set<Breaker>(rowKeys.breaker('bedrock'), { failures: 0, openUntil: 0 }, KEPT_DAYS);
    return result;
  } catch (error) {
    // What is answered is paid for: the next try asks the judge alone.
    if (answer && !cached) await set<CachedBriefing>(rowKeys.briefing(key), answer, KEPT_DAYS);
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

function askModel(brief: Brief, language: Language, deps: InterpretationDeps): Promise<CachedBriefing> {
  return ask(
    promptFor(brief, language),
    undefined,
    ({ content, model, inputTokens, outputTokens }) => ({ briefing: parseBriefing(content), model, inputTokens, outputTokens }),
    deps,
  );
}

/**
 * What another was answered; or else the right to ask, with the failures of the model so far: of an answer that awaits its judge, both.
 * @throws Later; Error where nobody is to ask now.
 */
async function cachedOrLeased(
  key: string,
  waitUntil: number,
  { settings, ledger, clock }: InterpretationDeps,
): Promise<{ cached?: CachedBriefing; failures: number }> {
  const keys = [rowKeys.briefing(key), rowKeys.lease(key), rowKeys.breaker('bedrock')] as const;
  for (let tries = 0; tries < LEASE_TRIES; tries++) {
    const rows = await ledger.readAll<unknown>(keys);
    const [known, lease, breaker] = keys.map(({ pk }) => rows.find((row) => row.key.pk === pk));
    const cached = known?.value as CachedBriefing | undefined;
    if (cached && !awaitsJudge(cached, settings)) return { cached, failures: 0 };
    const { failures, openUntil } = (breaker?.value ?? { failures: 0, openUntil: 0 }) as Breaker;
    const now = clock.now();
    if (openUntil > now)
      throw new Error(`the model failed ${failures} times in a row and is left alone until ${new Date(openUntil).toISOString()}`);
    const { until, failedAt } = (lease?.value ?? { until: 0 }) as Lease;
    if (failedAt !== undefined && now - failedAt < FAILURE_SHARED)
      throw new Error('the model failed at the same brief less than a minute ago');
    if (until > now) {
      if (now < waitUntil) throw new Later(Math.min(until, now + 2000), 'another worker is asking the model the same');
      throw new Error('another worker is asking the model the same and has no answer yet');
    }
    const mine: Lease = { until: now + settings.model.timeoutSeconds * 1000 + 5000 };
    if (await ledger.write(rowKeys.lease(key), mine, lease?.version ?? 0, expiry(now + HOUR)))
      return { ...(cached ? { cached } : {}), failures };
  }
  throw new Unavailable('others ask the model the same brief again and again');
}
