/**
 * The models of settings.yaml, in their order: the first that answers. Whatever is wrong with one (retired, denied, throttled, failing, an
 * answer of no use), the next is asked, within the same time. Each is left alone by itself while it fails.
 */
import type { Labels } from '../../../config/metrics';
import type { Language, Severity } from '../../../config/schema';
import type { Absence } from '../../domain/absence';
import type { Brief } from '../../domain/interpretation/brief';
import { UnusableAnswer } from '../../domain/interpretation/briefing';
import type { AnalystRequest } from '../../domain/interpretation/prompt';
import { Denied, outcomeOf, reasonOf, Unavailable } from '../../domain/failure';
import type { AnalystAnswer } from '../../ports';
import { answeredBy, refusedBy } from '../absences';
import type { DeliverDeps } from '../deps';
import { Paused } from './budget';

/** What words are asked for. */
export interface Question {
  brief: Brief;
  /** The gate compares it with what is said; an answer serves problems of another all the same. */
  severity: Severity;
  language: Language;
}

export type WordsDeps = Pick<DeliverDeps, 'config' | 'ledger' | 'analyst' | 'clock' | 'journal' | 'meter'>;

/** With the models that failed lately, by profile. */
export type ModelDeps = WordsDeps & { failing: ReadonlyMap<string, Absence> };

/** What a model answered, as it was read. */
export interface Answer<T> {
  value: T;
  /** Whom it was asked of, and who answered: these differ where something chose among models. */
  profile: string;
  by: Omit<AnalystAnswer, 'content'>;
  tookMs: number;
}

/** Of the time that is left, for whoever is not the last: a model that hangs leaves the next one enough for an answer of some four seconds. */
const SHARE = 2 / 3;

/** See absences.ts. */
export const serviceOf = (profile: string) => `bedrock ${profile}` as const;

/** The models that may be asked now, the first first. @throws Error where all are left alone. */
export function askable(profiles: readonly string[], { failing, clock }: Pick<ModelDeps, 'failing' | 'clock'>): string[] {
  const free = profiles.filter((profile) => (failing.get(profile)?.until ?? 0) <= clock.now());
  if (free.length > 0) return free;
  const left = [...failing.values()];
  const until = new Date(Math.min(...left.map((absence) => absence.until))).toISOString();
  throw new Error(`the model failed ${Math.max(...left.map(({ tries }) => tries))} times in a row and is left alone until ${until}`);
}

/**
 * @param read makes something of an answer, or throws UnusableAnswer.
 * @param until when whoever asks goes on without an answer, in epoch milliseconds.
 * @throws whatever the only one failed with; Unavailable with the reasons of all where several were asked in vain.
 */
export async function askInOrder<T>(
  request: AnalystRequest,
  read: (content: unknown) => T,
  profiles: readonly string[],
  until: number,
  deps: ModelDeps,
): Promise<Answer<T>> {
  const { failing, clock, journal } = deps;
  const free = askable(profiles, deps);
  const failures: { profile: string; error: unknown }[] = [];
  for (const [index, profile] of free.entries()) {
    const left = until - clock.now();
    if (index > 0 && left <= 0) break;
    try {
      const timeoutMs = index < free.length - 1 ? Math.floor(left * SHARE) : left;
      const answer = await askOne(request, read, { profile, timeoutMs }, deps);
      if (failing.has(profile)) await answeredBy(serviceOf(profile), deps);
      return answer;
    } catch (error) {
      if (error instanceof Paused) throw error;
      failures.push({ profile, error });
      journal.warn('a model gave no answer', { model: profile, why: whyOf(error), reason: reasonOf(error) });
      // An answer of no use, or a no to this brief, says nothing of the others.
      if (outcomeOf(error) === 'wait') await holdAgainst(profile, reasonOf(error), deps);
    }
  }
  const [first, ...others] = failures;
  if (first && others.length === 0) throw first.error;
  throw new Unavailable(failures.map(({ profile, error }) => `${profile}: ${reasonOf(error)}`).join('; '));
}

/** One question to one model, counted. */
export async function askOne<T>(
  request: AnalystRequest,
  read: (content: unknown) => T,
  asked: { profile: string; timeoutMs: number },
  { analyst, clock, meter }: WordsDeps,
): Promise<Answer<T>> {
  const from = clock.now();
  // Whatever it is worth.
  const paid = ({ inputTokens, outputTokens }: Answer<T>['by']) => {
    meter.count('ModelTokens', { asked: request.asked, direction: 'in' }, inputTokens);
    meter.count('ModelTokens', { asked: request.asked, direction: 'out' }, outputTokens);
  };
  try {
    const { content, ...by } = await analyst.interpret(request, asked);
    paid(by);
    const value = read(content);
    meter.count('ModelCalls', { asked: request.asked, result: 'answered' });
    return { value, profile: asked.profile, by, tookMs: clock.now() - from };
  } catch (error) {
    // Nobody was asked.
    if (error instanceof Paused) throw error;
    if (error instanceof UnusableAnswer && error.usage) paid(error.usage);
    meter.count('ModelFailures', { why: whyOf(error) });
    meter.count('ModelCalls', { asked: request.asked, result: error instanceof UnusableAnswer ? 'unusable' : 'failed' });
    throw error;
  }
}

/** By the words of adapters/aws-failure.ts. */
function whyOf(error: unknown): Labels<'ModelFailures'>['why'] {
  const said = reasonOf(error);
  if (error instanceof UnusableAnswer) return 'unusable';
  if (error instanceof Denied) return /NotFound/.test(said) ? 'absent' : 'denied';
  if (error instanceof Unavailable) return /Throttl|TooMany|Quota/.test(said) ? 'throttled' : 'failed';
  return /ValidationException/.test(said) ? 'refused' : 'failed';
}

async function holdAgainst(profile: string, why: string, deps: WordsDeps): Promise<void> {
  await refusedBy(serviceOf(profile), why, deps).catch((error: unknown) =>
    deps.journal.warn('a failure is not held against its model', { model: profile, reason: reasonOf(error) }),
  );
}
