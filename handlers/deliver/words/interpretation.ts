/**
 * What a model makes of a brief: asked once for all who need it, never waited for longer than its time,
 * and skipped for a while when it keeps failing. Whatever happens here, the message goes out.
 */
import { profilesOf } from '../../../config/models';
import type { Absence } from '../../domain/absence';
import { briefHash } from '../../domain/interpretation/brief';
import { type AnswerRow, isKept, type KeptAnswer } from '../../domain/interpretation/answer';
import { parseBriefing } from '../../domain/interpretation/briefing';
import type { SpentRow } from '../../domain/interpretation/budget';
import { Later, reasonOf, Unavailable } from '../../domain/failure';
import { cacheKey, PROMPT_VERSION, promptFor } from '../../domain/interpretation/prompt';
import type { Interpretation } from '../../domain/problem/problem-row';
import { rowKeys } from '../../domain/problem/rows';
import { DAY, expiry, HOUR, MINUTE, SECOND } from '../../domain/time';
import type { LedgerKey, LedgerRow } from '../../ports';
import { askedAgain } from './again';
import { kept, keyOfAll, saysSomething } from './answers';
import { mayAsk, Paused, spentKeys } from './budget';
import { type Answered, awaitsJudge, judged, timeToJudge } from './judging';
import { askable, askInOrder, type ModelDeps, type Question, serviceOf, type WordsDeps } from './models';

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
 * @param waitUntil until when the answer that another worker is fetching may be waited for.
 * @throws Later while another worker asks for the same brief; nothing else.
 */
export async function interpret(
  question: Question,
  before: Interpretation | undefined,
  waitUntil: number,
  deps: WordsDeps,
): Promise<Interpretation> {
  const { config, clock, journal } = deps;
  const asked = keyOfAll(question, config.settings);
  const interpretation = { briefHash: briefHash(question.brief), promptVersion: PROMPT_VERSION, tries: triesOf(before, asked) };
  if (!config.settings.model.enabled) return { ...interpretation, failure: 'switched off in settings.yaml' };
  try {
    const { key, answer } = await ask(question, waitUntil, deps);
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
      question: asked,
      failure: reasonOf(error).slice(0, 300),
      ...(wait ? { nextAt: clock.now() + wait } : {}),
    };
  }
}

/** How often this question was asked in vain. What was written before there were questions is of any. */
export function triesOf(before: Pick<Interpretation, 'tries' | 'question'> | undefined, question: string): number {
  return before && (before.question ?? question) === question ? before.tries : 0;
}

interface Found {
  /** Of the question to the model that answered. */
  key: string;
  answer: KeptAnswer;
}

/** The right to ask, and what was read with it. */
interface Leased extends Pick<ModelDeps, 'failing'> {
  lease: LedgerKey;
  /** By their keys. */
  rows: ReadonlyMap<string, LedgerRow<AnswerRow>>;
  /** The answer that awaits its judge, if there is one. */
  unjudged?: Answered;
}

async function ask(question: Question, waitUntil: number, deps: WordsDeps): Promise<Found> {
  const { config, ledger, clock, journal, meter } = deps;
  const known = await cachedOrLeased(question, waitUntil, deps);
  if ('answer' in known) {
    meter.count('ModelCacheHits', {});
    return known;
  }
  // Answer and judge have the time of one between them.
  const until = clock.now() + config.settings.model.timeoutSeconds * SECOND;
  const asking = { ...deps, failing: known.failing };
  let answered = known.unjudged;
  const keep = async ({ profile, words }: Answered) => {
    const key = cacheKey(question.brief, profile, question.language);
    return { key, answer: await kept(words, question, key, known.rows.get(key), deps) };
  };
  try {
    answered ??= await askModels(question, until, asking);
    const { profile } = answered;
    const words = await judged(answered, question, until, asking).catch(async (error: unknown) => {
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

async function askModels(question: Question, until: number, deps: ModelDeps): Promise<Answered> {
  const { settings } = deps.config;
  const request = promptFor(question.brief, question.language);
  const first = await askInOrder(request, parseBriefing, profilesOf(settings), until, deps);
  const { value, profile, by } = await askedAgain(first, request, question, until - timeToJudge(settings), deps);
  return { profile, words: { briefing: value, ...by } };
}

/**
 * What any of the models was answered to the same, the preferred one's first: it stands until brief or prompt change, also where a
 * model before it is back. Or else the right to ask.
 * @throws Later; Error where nobody is to ask now.
 */
async function cachedOrLeased(question: Question, waitUntil: number, { config, ledger, clock }: WordsDeps): Promise<Found | Leased> {
  const { settings } = config;
  const { brief, language } = question;
  const lease = rowKeys.lease(cacheKey(brief, '', language));
  const profiles = profilesOf(settings);
  const keys = profiles.map((profile) => ({ profile, key: cacheKey(brief, profile, language) }));
  const spent = spentKeys(settings, clock);
  const read = [
    ...keys.map(({ key }) => rowKeys.briefing(key)),
    lease,
    ...profiles.map((profile) => rowKeys.away(serviceOf(profile))),
    ...spent,
  ];
  for (let tries = 0; tries < LEASE_TRIES; tries++) {
    const found = new Map((await ledger.readAll<unknown>(read)).map((row) => [row.key.pk, row]));
    const rows = new Map<string, LedgerRow<AnswerRow>>();
    let unjudged: Answered | undefined;
    for (const { profile, key } of keys) {
      const row = found.get(rowKeys.briefing(key).pk) as LedgerRow<AnswerRow> | undefined;
      if (!row) continue;
      rows.set(key, row);
      if (!isKept(row.value) || !saysSomething(row.value, question, settings)) continue;
      if (!awaitsJudge(row.value, settings)) return { key, answer: row.value };
      unjudged ??= { profile, words: row.value };
    }
    for (const { pk } of spent) mayAsk(found.get(pk)?.value as SpentRow | undefined, settings, clock);
    const failing = new Map<string, Absence>();
    for (const profile of profiles) {
      const away = found.get(rowKeys.away(serviceOf(profile)).pk);
      if (away) failing.set(profile, away.value as Absence);
    }
    askable(profiles, { failing, clock });
    const now = clock.now();
    const before = found.get(lease.pk) as LedgerRow<Lease> | undefined;
    const { until, failedAt } = before?.value ?? { until: 0 };
    if (failedAt !== undefined && now - failedAt < FAILURE_SHARED)
      throw new Error('the model failed at the same brief less than a minute ago');
    if (until > now) {
      if (now < waitUntil) throw new Later(Math.min(until, now + 2000), 'another worker is asking the model the same');
      throw new Error('another worker is asking the model the same and has no answer yet');
    }
    const mine: Lease = { until: now + settings.model.timeoutSeconds * 1000 + 5000 };
    if (await ledger.write(lease, mine, before?.version ?? 0, expiry(now + HOUR))) return { unjudged, rows, lease, failing };
  }
  throw new Unavailable('others ask the model the same brief again and again');
}
