/** What is counted of a telling: that it stands in Slack, or why a call failed; and what of the model's words may be shown. */
import { type Labels, REMOVED } from '../../config/metrics';
import type { Severity } from '../../config/schema';
import { SlackFailure } from '../domain/failure';
import { isJudged, verdictOn } from '../domain/interpretation/verdict';
import type { ProblemRow } from '../domain/problem/problem-row';
import { SECOND } from '../domain/time';
import type { Messenger } from '../ports';
import type { DeliverDeps } from './deps';
import { presentable, type Said } from './words/judging';
import type { Question } from './words/models';

/** A messenger that counts. @param name of the receiver: those no longer configured are one, so that the set that a metric is split by stays closed. */
export function countedMessenger(name: string, { messenger, config, meter }: DeliverDeps): Messenger {
  const receiver = Object.hasOwn(config.routes.receivers, name) ? name : REMOVED;
  const counted = async <T>(call: Promise<T>, action?: Labels<'Tellings'>['action']): Promise<T> => {
    try {
      const answer = await call;
      if (action) meter.count('Tellings', { receiver, action });
      return answer;
    } catch (error) {
      if (error instanceof SlackFailure) meter.count('TellingFailures', { receiver, kind: error.kind });
      throw error;
    }
  };
  return {
    post: (channel, message, thread) => counted(messenger.post(channel, message, thread), thread ? 'reply' : 'message'),
    update: (channel, ts, message) => counted(messenger.update(channel, ts, message), 'update'),
    permalink: (channel, ts) => counted(messenger.permalink(channel, ts)),
  };
}

/** A problem has a message of its own now. @param events see ProblemRow.events. */
export function countProblem(
  severity: Severity,
  events: ProblemRow['events'] = {},
  { meter, clock }: Pick<DeliverDeps, 'meter' | 'clock'>,
): void {
  meter.count('Problems', { severity });
  const times = Object.values(events).filter((time) => time > 0);
  if (times.length > 0) meter.count('SecondsToSlack', { severity }, Math.max(0, clock.now() - Math.min(...times)) / SECOND);
}

/** Of words that a problem was given just now. */
export function countSentences(said: Said, question: Question, { meter, config }: Pick<DeliverDeps, 'meter' | 'config'>): void {
  const checked = presentable(said, question, config.settings);
  if (!checked) return;
  const { shown, passed, withheld } = checked;
  if (shown + withheld.length > 0) meter.count('WrittenSentences', {}, shown + withheld.length);
  if (shown > 0) meter.count('ShownSentences', {}, shown);
  for (const { kind } of withheld) if (!isJudged(kind)) meter.count('WithheldSentences', { kind });
  const { judgement } = said;
  if (judgement) for (const { sentence } of passed) meter.count('JudgedSentences', { verdict: verdictOn(sentence, judgement.verdicts) });
}
