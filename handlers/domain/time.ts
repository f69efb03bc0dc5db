/** Spans of time, in milliseconds, and the one place that speaks DynamoDB's seconds. */

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * What a row's `expiresAt` holds: TTL counts in seconds.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
 * @param at epoch milliseconds from which nobody needs the row.
 */
export function expiry(at: number): number {
  return Math.floor(at / SECOND);
}
