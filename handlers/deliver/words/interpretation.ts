/**
 * What a model makes of a brief: asked once for all who need it, never waited for longer than its time,
 * and skipped for a while when it keeps failing. Whatever happens here, the message goes out.
 */
import { profilesOf } from '../../../config/models';
import type { Language, Severity } from '../../../config/schema';
import { briefHash } from '../../domain/interpretation/brief';
import { type AnswerRow, isKept, type KeptAnswer, type Words } from '../../domain/interpretation/answer';
import { parseBriefing } from '../../domain/interpretation/briefing';
import type { Brief } from '../../domain/interpretation/brief';
import type { SpentRow } from '../../domain/interpretation/budget';
import { Later, reasonOf, Unavailable } from '../../domain/failure';
import { cacheKey, PROMPT_VERSION, promptFor } from '../../domain/interpretation/prompt';
import type { Interpretation } from '../../domain/problem/problem-row';
import { rowKeys } from '../../domain/problem/rows';
import { DAY, expiry, HOUR, MINUTE, SECOND } from '../../domain/time';
import type { LedgerKey, LedgerRow } from '../../ports';
import { askedAgain } from './again';
import { kept, questionOf, saysSomething } from './answers';
import { mayAsk, Paused, spentKeys } from './budget';
import { awaitsJudge, judged, timeToJudge } from './judging';
import { askable, askInOrder, type Breaker, breakerOf, type ModelDeps } from './models';

/** Who asks for a brief now has until then; whether the last one to ask got no answer, and when. */
interface Lease {
  until: number;
  failedAt?: number;
}

/** Tries after the first: the words come by update. */
export const RETRIES = [5 * MINUTE, HOUR, 6 * HOUR];
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
  deps: ModelDeps,
): Promise<Interpretation> {
  const { settings, clock, journal } = deps;
  const question = questionOf(brief, language, settings);
  const interpretation = { briefHash: briefHash(brief), promptVersion: PROMPT_VERSION, tries: triesOf(before, question) };
  if (!settings.model.enabled) return { ...interpretation, failure: 'switched off in settings.yaml' };
  try {
    const { key, answer } = await ask(brief, severity, language, waitUntil, deps);
    const { briefing, judgement, model, inputTokens, outputTokens, edition } = answer;
    return { ...interpretation, briefing, judgement, model, inputTokens, outputTokens, answer: { key, edition }, tries: 0 };
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
      question,
      failure: reasonOf(error).slice(0, 300),
      ...(wait ? { nextAt: clock.now() + wait } : {}),
    };
  }
}

/** How often this question was asked in vain. What was written before there were questions is of any. */
export function triesOf(before: Pick<Interpretation, 'tries' | 'question'> | undefined, question: string): number {
  return before && (before.question ?? question) === question ? before.tries : 0;
}

/** Words, and the model that they were asked of. */
interface Answered {
  profile: string;
  words: Words;
}

interface Found {
  /** Of the question to the model that answered. */
  key: string;
  answer: KeptAnswer;
}

async function ask(brief: Brief, severity: Severity, language: Language, waitUntil: number, deps: ModelDeps): Promise<Found> {
  const { settings, ledger, clock, journal, meter } = deps;
  const known = await cachedOrLeased({ brief, severity, language }, waitUntil, deps);
  if ('cached' in known) {
    meter.count('ModelCacheHits', {});
    return known.cached;
  }
  // Answer and judge have the time of one between them.
  const until = clock.now() + settings.model.timeoutSeconds * SECOND;
  let answered = known.unjudged;
  const keep = ({ profile, words }: Answered) => {
    const key = cacheKey(brief, profile, language);
    return kept(words, { key, brief, severity, language, row: known.rows.get(key) }, deps).then((answer) => ({ key, answer }));
  };
  try {
    answered ??= await askModels(brief, severity, language, until, known.breakers, deps);
    const { profile } = answered;
    const words = await judged(answered.words, { brief, language, profile, until }, known.breakers, deps).catch(async (error: unknown) => {
      // What is answered is paid for: the next try asks the judge alone.
      if (answered && !known.unjudged) await keep(answered).catch(() => undefined);
      throw error;
    });
    // The lease is left to end by itself: whoever looks for the answer finds it before the lease.
    return await keep({ profile, words });
  } catch (error) {
    // What cannot be written here costs another question at the most.
    await ledger
      .writeAll([{ key: known.lease, value: { until: 0, failedAt: clock.now() } satisfies Lease, expiresAt: expiry(clock.now() + DAY) }])
      .catch((reason: unknown) => journal.warn('not kept for others', { row: known.lease.pk, reason: reasonOf(reason) }));
    throw error;
  }
}

async function askModels(
  brief: Brief,
  severity: Severity,
  language: Language,
  until: number,
  breakers: ReadonlyMap<string, Breaker>,
  deps: ModelDeps,
): Promise<Answered> {
  const request = promptFor(brief, language);
  const first = await askInOrder(request, parseBriefing, breakers, until, deps);
  const { value, profile, model, inputTokens, outputTokens } = await askedAgain(
    first,
    { request, brief, severity, language },
    until - timeToJudge(deps.settings),
    deps,
  );
  return { profile, words: { briefing: value, model, inputTokens, outputTokens } };
}

/**
 * What any of the models was answered to the same, the preferred one's first: it stands until brief or prompt change, also where a
 * model before it is back. Or else the right to ask, with how the models have fared so far, and the
 * answer that awaits its judge, if there is one.
 * @throws Later; Error where nobody is to ask now.
 */
async function cachedOrLeased(
  { brief, severity, language }: { brief: Brief; severity: Severity; language: Language },
  waitUntil: number,
  { settings, ledger, clock }: ModelDeps,
): Promise<
  { cached: Found } | { unjudged?: Answered; rows: Map<string, LedgerRow<AnswerRow>>; lease: LedgerKey; breakers: Map<string, Breaker> }
> {
  const profiles = profilesOf(settings);
  const leaseKey = rowKeys.lease(cacheKey(brief, '', language));
  const answers = profiles.map((profile) => rowKeys.briefing(cacheKey(brief, profile, language)));
  const read = [...answers, leaseKey, ...profiles.map(breakerOf), ...spentKeys(settings, clock)];
  for (let tries = 0; tries < LEASE_TRIES; tries++) {
    const found = await ledger.readAll<unknown>(read);
    const at = ({ pk }: LedgerKey) => found.find((row) => row.key.pk === pk);
    const rows = new Map<string, LedgerRow<AnswerRow>>();
    let unjudged: Answered | undefined;
    for (const profile of profiles) {
      const key = cacheKey(brief, profile, language);
      const row = at(rowKeys.briefing(key)) as LedgerRow<AnswerRow> | undefined;
      if (!row) continue;
      if (isKept(row.value)) {
        const says = saysSomething(row.value, { brief, severity, language }, settings);
        if (says && !awaitsJudge(row.value, settings)) return { cached: { key, answer: row.value } };
        if (says) unjudged ??= { profile, words: row.value };
      }
      rows.set(key, row);
    }
    for (const key of spentKeys(settings, clock)) mayAsk(at(key)?.value as SpentRow | undefined, settings, clock);
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
    if (await ledger.write(leaseKey, mine, lease?.version ?? 0, expiry(now + HOUR))) return { unjudged, rows, lease: leaseKey, breakers };
  }
  throw new Unavailable('others ask the model the same brief again and again');
}
