/**
 * What a model makes of a brief: asked once for all who need it, never waited for longer than its time,
 * and skipped for a while when it keeps failing. Whatever happens here, the message goes out.
 */
import { profilesOf } from '../../config/models';
import type { Language, Severity } from '../../config/schema';
import { briefHash } from '../domain/interpretation/brief';
import { type Briefing, parseBriefing } from '../domain/interpretation/briefing';
import type { Judgement } from '../domain/interpretation/judge';
import type { Brief } from '../domain/interpretation/brief';
import { Later, reasonOf, Unavailable } from '../domain/failure';
import { cacheKey, PROMPT_VERSION, promptFor } from '../domain/interpretation/prompt';
import type { Interpretation } from '../domain/problem/problem-row';
import { rowKeys } from '../domain/problem/rows';
import { DAY, expiry, HOUR, MINUTE, SECOND } from '../domain/time';
import type { LedgerKey } from '../ports';
import { askedAgain } from './again';
import { awaitsJudge, judged, timeToJudge } from './judging';
import { askable, askInOrder, type Breaker, breakerOf, type ModelDeps } from './models';

export type InterpretationDeps = ModelDeps;

interface CachedBriefing {
  briefing: Briefing;
  judgement?: Judgement;
  model: string;
  inputTokens: number;
  outputTokens: number;
}
/** An answer, of whom it was asked, and where it is kept. */
interface Kept {
  profile: string;
  key: LedgerKey;
  value: CachedBriefing;
}
/** Who asks for a brief now has until then; whether the last one to ask got no answer, and when. */
interface Lease {
  until: number;
  failedAt?: number;
}

/** Tries after the first: the words come by update. */
const RETRIES = [5 * MINUTE, HOUR, 6 * HOUR];
const KEPT_DAYS = 90;
const LEASE_TRIES = 4;
/** Those that waited while another asked in vain do not ask one after the other: each would wait as long again. */
const FAILURE_SHARED = MINUTE;

/**
 * @param severity the gate compares it with what is said; an answer serves problems of another all the same.
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
    const cached = await wordsOn(brief, severity, language, waitUntil, deps);
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

async function wordsOn(
  brief: Brief,
  severity: Severity,
  language: Language,
  waitUntil: number,
  deps: InterpretationDeps,
): Promise<CachedBriefing> {
  const { settings, ledger, clock, journal, meter } = deps;
  const known = await cachedOrLeased(brief, language, waitUntil, deps);
  if ('cached' in known) {
    meter.count('ModelCacheHits', {});
    return known.cached;
  }
  const { unjudged, lease, breakers } = known;
  // What cannot be written here costs another question at the most.
  const set = <T>(key: LedgerKey, value: T, days: number) =>
    ledger
      .writeAll([{ key, value, expiresAt: expiry(clock.now() + days * DAY) }])
      .catch((error: unknown) => journal.warn('not kept for others', { row: key.pk, reason: reasonOf(error) }));
  // Answer and judge have the time of one between them.
  const until = clock.now() + settings.model.timeoutSeconds * SECOND;
  let answer = unjudged;
  try {
    answer ??= await askModels(brief, severity, language, until, breakers, deps);
    const result = { ...answer, value: await judged(answer.value, { brief, language, profile: answer.profile, until }, breakers, deps) };
    // The lease is left to end by itself: whoever looks for the answer finds it before the lease.
    await set<CachedBriefing>(result.key, result.value, KEPT_DAYS);
    return result.value;
  } catch (error) {
    // What is answered is paid for: the next try asks the judge alone.
    if (answer && !unjudged) await set<CachedBriefing>(answer.key, answer.value, KEPT_DAYS);
    await set<Lease>(lease, { until: 0, failedAt: clock.now() }, 1);
    throw error;
  }
}

async function askModels(
  brief: Brief,
  severity: Severity,
  language: Language,
  until: number,
  breakers: ReadonlyMap<string, Breaker>,
  deps: InterpretationDeps,
): Promise<Kept> {
  const request = promptFor(brief, language);
  const first = await askInOrder(request, parseBriefing, breakers, until, deps);
  const { value, profile, model, inputTokens, outputTokens } = await askedAgain(
    first,
    { request, brief, severity, language },
    until - timeToJudge(deps.settings),
    deps,
  );
  return {
    profile,
    key: rowKeys.briefing(cacheKey(brief, profile, language)),
    value: { briefing: value, model, inputTokens, outputTokens },
  };
}

/**
 * What any of the models was answered to the same, the preferred one's first: it stands until brief or prompt change, also where a
 * model before it is back. Or else the right to ask, with how the models have fared so far, and the answer that awaits its judge, if there is one.
 * @throws Later; Error where nobody is to ask now.
 */
async function cachedOrLeased(
  brief: Brief,
  language: Language,
  waitUntil: number,
  { settings, ledger, clock }: InterpretationDeps,
): Promise<{ cached: CachedBriefing } | { unjudged?: Kept; lease: LedgerKey; breakers: Map<string, Breaker> }> {
  const profiles = profilesOf(settings);
  const leaseKey = rowKeys.lease(cacheKey(brief, '', language));
  const answerOf = (profile: string) => rowKeys.briefing(cacheKey(brief, profile, language));
  for (let tries = 0; tries < LEASE_TRIES; tries++) {
    const rows = await ledger.readAll<unknown>([...profiles.map(answerOf), leaseKey, ...profiles.map(breakerOf)]);
    const at = ({ pk }: LedgerKey) => rows.find((row) => row.key.pk === pk);
    const [known] = profiles.flatMap((profile): Kept[] => {
      const key = answerOf(profile);
      const row = at(key);
      return row ? [{ profile, key, value: row.value as CachedBriefing }] : [];
    });
    if (known && !awaitsJudge(known.value, settings)) return { cached: known.value };
    const breakers = new Map(
      profiles.flatMap((profile) => [at(breakerOf(profile))].flatMap((row) => (row ? [[profile, row.value as Breaker]] : []))),
    );
    const now = clock.now();
    askable(settings, breakers, now);
    const lease = at(leaseKey);
    const { until, failedAt } = (lease?.value ?? { until: 0 }) as Lease;
    if (failedAt !== undefined && now - failedAt < FAILURE_SHARED)
      throw new Error('the model failed at the same brief less than a minute ago');
    if (until > now) {
      if (now < waitUntil) throw new Later(Math.min(until, now + 2000), 'another worker is asking the model the same');
      throw new Error('another worker is asking the model the same and has no answer yet');
    }
    const mine: Lease = { until: now + settings.model.timeoutSeconds * 1000 + 5000 };
    if (await ledger.write(leaseKey, mine, lease?.version ?? 0, expiry(now + HOUR)))
      return { ...(known ? { unjudged: known } : {}), lease: leaseKey, breakers };
  }
  throw new Unavailable('others ask the model the same brief again and again');
}
