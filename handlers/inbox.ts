/**
 * How a message from a queue ends: done, given back, or dead-lettered with its reason.
 * A give-back is not a failure, yet SQS counts it as a receive: so failures are counted in the ledger
 * and the queues' own maxReceiveCount is only the last resort.
 */
import type { SQSRecord } from 'aws-lambda';
import { backoffSeconds, Hopeless, Later, MAX_FAILURES, reasonOf } from './domain/failure';
import { InvalidFinding } from './domain/text/reading';
import { rowKeys } from './domain/problem/rows';
import { DAY, expiry } from './domain/time';
import { change } from './optimistic';
import type { Clock, Inbox, Journal, Ledger } from './ports';

export interface Failures {
  count: number;
  last: string;
}

/** @returns whether the message is done with; false: it stays in the queue and comes back. */
export async function settle(
  record: SQSRecord,
  work: () => Promise<void>,
  deps: {
    inbox: Inbox;
    ledger: Ledger;
    clock: Clock;
    journal: Journal;
    deadLetterBody?: (body: string) => string;
    abandoned?: (body: string) => Promise<void>;
  },
): Promise<boolean> {
  const { inbox, clock, journal } = deps;
  const deadLetter = async (reason: string) => {
    // First, since it may be repeated: were it to fail after, the message would be dead-lettered twice.
    await deps.abandoned?.(record.body);
    await inbox.deadLetter(deps.deadLetterBody?.(record.body) ?? record.body, reason, record.attributes.MessageGroupId);
    journal.error('dead-lettered', { messageId: record.messageId, reason });
    return true;
  };
  try {
    await work();
    return true;
  } catch (error) {
    try {
      if (error instanceof Later) {
        await inbox.defer(record.receiptHandle, Math.max(1, Math.ceil((error.until - clock.now()) / 1000)));
        return false;
      }
      if (error instanceof InvalidFinding || error instanceof Hopeless) return await deadLetter(reasonOf(error));
      const failures = await count(record.messageId, reasonOf(error), deps);
      journal.warn('failed', { messageId: record.messageId, failures, reason: reasonOf(error) });
      if (failures >= MAX_FAILURES) return await deadLetter(`failed ${failures} times, at last: ${reasonOf(error)}`);
      await inbox.defer(record.receiptHandle, backoffSeconds(failures));
    } catch (second) {
      // The message comes back by itself when its visibility times out.
      journal.error('could not settle', { messageId: record.messageId, reason: reasonOf(error), second: reasonOf(second) });
    }
    return false;
  }
}

async function count(messageId: string, reason: string, { ledger, clock }: { ledger: Ledger; clock: Clock }): Promise<number> {
  return change<Failures, number>(ledger, rowKeys.failures(messageId), (known) => {
    const next = { count: (known?.count ?? 0) + 1, last: reason.slice(0, 500) };
    return { next, result: next.count, expiresAt: expiry(clock.now() + 15 * DAY) };
  });
}
