/**
 * How a message from a queue ends: done, given back, or dead-lettered with its reason.
 * To wait is not to fail, yet SQS counts each receive and forgets after fourteen days: so failures are counted in the ledger,
 * what waits long is sent anew, and the queues' own maxReceiveCount is only for what crashes the function.
 */
import type { SQSRecord } from 'aws-lambda';
import { backoffSeconds, Hopeless, Later, MAX_FAILURES, outcomeOf, reasonOf } from './domain/failure';
import { InvalidFinding } from './domain/text/reading';
import { rowKeys } from './domain/problem/rows';
import { DAY, expiry } from './domain/time';
import { change } from './optimistic';
import { type Clock, FIRST_SENT_AT, type Inbox, type Journal, type Ledger, type Meter } from './ports';
import type { Labels } from '../config/metrics';

export interface Failures {
  count: number;
  last: string;
}

/** Received so often a message is sent anew: half of what the stricter of the queues allows. */
export const RECEIVES_OF_ONE = 50;
/** The same after half of the queues' retention, in milliseconds. */
export const AGE_OF_ONE = 7 * DAY;
/**
 * Seconds from one try to the next of what a service keeps waiting, at the most: once it is back nobody waits longer. Five minutes of
 * what waits for an hour already.
 */
const LONGEST_WAIT = 60;
const OF_WHAT_WAITED = 12;
/** Whoever has waited so long says so in the log, in seconds: an alarm reads it, as what is sent anew looks young to SQS. */
const WORTH_A_LINE = 60;

export interface InboxDeps {
  inbox: Inbox;
  ledger: Ledger;
  clock: Clock;
  journal: Journal;
  meter: Meter;
  /** Which queue it came from. */
  queue: Labels<'Work'>['queue'];
  deadLetterBody?: (body: string) => string;
  abandoned?: (body: string) => Promise<void>;
}

/** When a message was first sent, however often it was sent anew since, in epoch milliseconds. */
export function sentAtOf({ attributes, messageAttributes }: SQSRecord): number {
  const firstSentAt = Number(messageAttributes[FIRST_SENT_AT]?.stringValue);
  return firstSentAt || Number(attributes.SentTimestamp);
}

/** @returns whether the message is done with; false: it stays in the queue and comes back. */
export async function settle(record: SQSRecord, work: () => Promise<void>, deps: InboxDeps): Promise<boolean> {
  try {
    await work();
    ended('done', deps);
    return true;
  } catch (error) {
    try {
      return await end(error, record, deps);
    } catch (second) {
      // The message comes back by itself when its visibility times out.
      const { messageId } = record;
      deps.journal.error('could not settle', { messageId, reason: reasonOf(error), second: reasonOf(second) });
      ended('failed', deps);
      return false;
    }
  }
}

function ended(end: Labels<'Work'>['end'], { meter, queue }: InboxDeps): void {
  meter.count('Work', { queue, end });
}

async function end(error: unknown, record: SQSRecord, deps: InboxDeps): Promise<boolean> {
  const { messageId } = record;
  const reason = reasonOf(error);
  if (error instanceof InvalidFinding || error instanceof Hopeless) return deadLetter(reason, record, deps);
  if (outcomeOf(error) === 'wait') return giveBack(error, record, deps);
  let failures: number;
  try {
    failures = await count(messageId, reason, deps);
  } catch (uncounted) {
    deps.journal.warn('failed', { messageId, reason, uncounted: reasonOf(uncounted) });
    return giveBack(uncounted, record, deps);
  }
  deps.journal.warn('failed', { messageId, failures, reason });
  if (failures >= MAX_FAILURES) return deadLetter(`failed ${failures} times, at last: ${reason}`, record, deps);
  await deps.inbox.defer(record.receiptHandle, backoffSeconds(failures));
  ended('failed', deps);
  return false;
}

async function giveBack(why: unknown, record: SQSRecord, deps: InboxDeps): Promise<boolean> {
  const { inbox, clock, journal } = deps;
  const { messageId, receiptHandle, body, attributes } = record;
  const sentAt = sentAtOf(record);
  const waited = Math.round((clock.now() - sentAt) / 1000);
  if (!(why instanceof Later) || waited >= WORTH_A_LINE)
    journal.warn('waits to be told', { messageId, seconds: waited, reason: reasonOf(why) });
  const receives = Number(attributes.ApproximateReceiveCount);
  if (receives >= RECEIVES_OF_ONE || clock.now() - Number(attributes.SentTimestamp) >= AGE_OF_ONE) {
    await inbox.sendAgain({ body, group: attributes.MessageGroupId, firstSentAt: sentAt });
    ended('waits', deps);
    return true;
  }
  const seconds =
    why instanceof Later
      ? (why.until - clock.now()) / 1000
      : Math.min(Math.max(LONGEST_WAIT, waited / OF_WHAT_WAITED), backoffSeconds(receives));
  await inbox.defer(receiptHandle, Math.max(1, Math.ceil(seconds)));
  ended('waits', deps);
  return false;
}

async function deadLetter(reason: string, { messageId, body, attributes }: SQSRecord, deps: InboxDeps): Promise<boolean> {
  // First, since it may be repeated: were it to fail after, the message would be dead-lettered twice.
  await deps.abandoned?.(body);
  await deps.inbox.deadLetter(deps.deadLetterBody?.(body) ?? body, reason, attributes.MessageGroupId);
  deps.journal.error('dead-lettered', { messageId, reason });
  ended('dead-lettered', deps);
  return true;
}

async function count(messageId: string, reason: string, { ledger, clock }: InboxDeps): Promise<number> {
  return change<Failures, number>(ledger, rowKeys.failures(messageId), (known) => {
    const next = { count: (known?.count ?? 0) + 1, last: reason.slice(0, 500) };
    return { next, result: next.count, expiresAt: expiry(clock.now() + 15 * DAY) };
  });
}
