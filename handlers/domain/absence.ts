/**
 * A service that is away: who asks again, and when. One row in the ledger serves all workers, so that an outage of hours
 * costs a question every few minutes, whatever waits for it. Pure; all times in epoch milliseconds.
 */
import { MINUTE } from './time';

export interface Absence {
  /** The first refusal in a row. */
  since: number;
  /** Refusals in a row. */
  tries: number;
  /** Nobody asks before. */
  until: number;
  /** From one refusal to the next question. */
  pause: number;
  reason: string;
}

/** After so long without a refusal the next one begins anew. */
const FORGOTTEN = 15 * MINUTE;

/** When a problem may ask: those that are not critical let the others go first, by a tick of the schedule at the most. */
export function mayAskAt({ until, pause }: Absence, critical: boolean): number {
  return critical ? until : until + Math.min(MINUTE, pause);
}

/**
 * After a refusal. Those that asked side by side count as one.
 * @param pause how long to wait after so many refusals in a row, in milliseconds.
 */
export function refusedOnceMore(
  known: Absence | undefined,
  now: number,
  reason: string,
  pause: (tries: number) => number,
): Absence | undefined {
  if (known && known.until > now) return undefined;
  const before = known && now - known.until < FORGOTTEN ? known : undefined;
  const tries = (before?.tries ?? 0) + 1;
  return { since: before?.since ?? now, tries, until: now + pause(tries), pause: pause(tries), reason: reason.slice(0, 300) };
}
