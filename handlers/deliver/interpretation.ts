/**
 * What the model makes of a brief: asked once for all who need it, never waited for longer than its time,
 * and skipped for a while when the service keeps failing. Whatever happens here, the message goes out.
 */
import type { Labels } from '../../config/metrics';
import type { Language, Settings, Severity } from '../../config/schema';
import { briefHash } from '../domain/interpretation/brief';
import { type AnswerRow, isKept, type KeptAnswer } from '../domain/interpretation/answer';
import { parseBriefing, UnusableAnswer } from '../domain/interpretation/briefing';
import type { Brief } from '../domain/interpretation/brief';
import type { SpentRow } from '../domain/interpretation/budget';
import { Later, outcomeOf, reasonOf, Unavailable } from '../domain/failure';
import { PROMPT_VERSION, promptFor } from '../domain/interpretation/prompt';
import type { Interpretation } from '../domain/problem/problem-row';
import { rowKeys } from '../domain/problem/rows';
import { DAY, expiry, HOUR, MINUTE } from '../domain/time';
import { change } from '../optimistic';
import type { Analyst, AnalystAnswer, Clock, Journal, Ledger, LedgerKey, LedgerRow, Meter } from '../ports';
import { KEPT_DAYS, kept, questionKey } from './answers';
import { mayAsk, Paused, spentKeys } from './budget';

export interface InterpretationDeps {
  settings: Settings;
  ledger: Ledger;
  analyst: Analyst;
  clock: Clock;
  journal: Journal;
  meter: Meter;
}

type Answered = Pick<KeptAnswer, 'briefing' | 'model' | 'inputTokens' | 'outputTokens'>;
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
const LEASE_TRIES = 4;
/** Those that waited while another asked in vain do not ask one after the other: each would wait as long again. */
const FAILURE_SHARED = MINUTE;

/**
 * @param waitUntil until when the answer that another worker is fetching may be waited for.
 * @throws Later while another worker asks for the same brief; nothing else.
 */
export async function interpret(
  brief: Brief,
  severity: Severity,
  language: Language,
  before: Interpretation | undefined,
  waitUntil: number,
  deps: InterpretationDeps,
): Promise<Interpretation> {
  const { settings, clock, journal } = deps;
  const interpretation = { briefHash: briefHash(brief), promptVersion: PROMPT_VERSION, tries: before?.tries ?? 0 };
  if (!settings.model.enabled) return { ...interpretation, failure: 'switched off in settings.yaml' };
  try {
    const { key, answer } = await ask(brief, severity, language, waitUntil, deps);
    const { briefing, model, inputTokens, outputTokens, edition } = answer;
    return { ...interpretation, briefing, model, inputTokens, outputTokens, answer: { key, edition }, tries: 0 };
  } catch (error) {
    if (error instanceof Later) throw error;
    if (error instanceof Paused) {
      journal.warn('words paused', { briefHash: interpretation.briefHash, budget: error.period, reason: reasonOf(error) });
      return { ...interpretation, failure: reasonOf(error), paused: error.period };
    }
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

async function ask(
  brief: Brief,
  severity: Severity,
  language: Language,
  waitUntil: number,
  deps: InterpretationDeps,
): Promise<{ key: string; answer: KeptAnswer }> {
  const { ledger, clock, journal, meter } = deps;
  const key = questionKey(brief, language, deps.settings);
  const { cached, row, failures } = await cachedOrLeased(key, waitUntil, deps);
  if (cached) {
    meter.count('ModelCacheHits', {});
    return { key, answer: cached };
  }
  // What cannot be written here costs another question at the most.
  const set = <T>(key: LedgerKey, value: T, days: number) =>
    ledger
      .writeAll([{ key, value, expiresAt: expiry(clock.now() + days * DAY) }])
      .catch((error: unknown) => journal.warn('not kept for others', { row: key.pk, reason: reasonOf(error) }));
  try {
    const answered = await askModel(brief, language, deps);
    // The lease is left to end by itself: whoever looks for the answer finds it before the lease.
    const answer = await kept(answered, { key, brief, severity, language, row }, deps);
    if (failures > 0) await set<Breaker>(rowKeys.breaker('bedrock'), { failures: 0, openUntil: 0 }, KEPT_DAYS);
    return { key, answer };
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

async function askModel(brief: Brief, language: Language, { analyst, meter }: InterpretationDeps): Promise<Answered> {
  let result: Labels<'ModelCalls'>['result'] = 'failed';
  try {
    const { content, model, inputTokens, outputTokens }: AnalystAnswer = await analyst.interpret(promptFor(brief, language));
    // It is paid for, whatever it is worth.
    meter.count('ModelTokens', { direction: 'in' }, inputTokens);
    meter.count('ModelTokens', { direction: 'out' }, outputTokens);
    const briefing = parseBriefing(content);
    result = 'answered';
    return { briefing, model, inputTokens, outputTokens };
  } catch (error) {
    if (error instanceof UnusableAnswer) result = 'unusable';
    throw error;
  } finally {
    meter.count('ModelCalls', { result });
  }
}

/** What another was answered; or else the right to ask, with the failures of the model so far. @throws Later; Error where nobody is to ask now. */
async function cachedOrLeased(
  key: string,
  waitUntil: number,
  { settings, ledger, clock }: InterpretationDeps,
): Promise<{ cached?: KeptAnswer; row?: LedgerRow<AnswerRow>; failures: number }> {
  const keys = [rowKeys.briefing(key), rowKeys.lease(key), rowKeys.breaker('bedrock'), ...spentKeys(settings, clock)];
  for (let tries = 0; tries < LEASE_TRIES; tries++) {
    const rows = await ledger.readAll<unknown>(keys);
    const [known, lease, breaker, spent] = keys.map(({ pk }) => rows.find((row) => row.key.pk === pk));
    const row = known as LedgerRow<AnswerRow> | undefined;
    if (isKept(row?.value)) return { cached: row.value, failures: 0 };
    mayAsk(spent?.value as SpentRow | undefined, settings, clock);
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
    if (await ledger.write(rowKeys.lease(key), mine, lease?.version ?? 0, expiry(now + HOUR))) return { row, failures };
  }
  throw new Unavailable('others ask the model the same brief again and again');
}
