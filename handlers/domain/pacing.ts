/**
 * Turns at Slack. About one message a second and channel, and about fifty edits a minute for the whole workspace
 * (https://docs.slack.dev/apis/web-api/rate-limits): turns are reserved in the ledger before a call, so that many
 * workers together stay below it. All times in epoch milliseconds.
 */

export interface Slot {
  /** The earliest time at which the next call may go. */
  nextAt: number;
  /** The last turn handed out to those that wait in line. */
  tail: number;
  /** Until when others leave the way to a critical delivery that found the channel busy. */
  yieldUntil: number;
}

export const FREE: Slot = { nextAt: 0, tail: 0, yieldUntil: 0 };

export type Turn = { slot: Slot; go: true } | { slot: Slot; go: false; until: number; ticket?: number };

export interface Allowance {
  /** Milliseconds between two calls in the long run. */
  interval: number;
  /** How many may come at once. */
  burst: number;
}
/** One message a second into one channel. Slack tolerates short bursts; we do not count on it. */
export const CHANNEL: Allowance = { interval: 1000, burst: 1 };
/** 40 edits a minute in the long run, of which 8 may come at once: never more than 48 in a minute. */
export const EDITS: Allowance = { interval: 1500, burst: 8 };
/** Counted in GetFindings, which has 3 a second and bursts of 6; BatchUpdateFindings follows each and has 10. */
export const HUB: Allowance = { interval: 350, burst: 5 };
/** DescribeOrganizationalUnit: 2 a second, shared by all callers of the organization. */
export const ORGANIZATIONAL_UNITS: Allowance = { interval: 600, burst: 2 };

/** How long others leave the way to a critical delivery, beyond the moment at which it may go. */
const YIELD = 3000;

/**
 * A turn from a shared allowance. `nextAt` runs ahead of the clock by what was taken (the generic cell rate algorithm).
 * What is critical goes as soon as anything may; the others hold a ticket, so that a hundred that wait come back one
 * after the other and not all at once.
 * @param calls how many calls this turn is for.
 */
export function turn(slot: Slot, now: number, { interval, burst }: Allowance, critical: boolean, ticket?: number, calls = 1): Turn {
  const free = slot.nextAt - (burst - 1) * interval;
  const taken = Math.max(slot.nextAt, now) + interval * calls;
  if (critical) {
    if (free <= now) return { go: true, slot: { ...slot, nextAt: taken, yieldUntil: 0 } };
    return { go: false, until: free, slot: { ...slot, yieldUntil: Math.max(slot.yieldUntil, free + YIELD) } };
  }
  const mine = ticket ?? Math.max(now, free, slot.tail > now - interval ? slot.tail + interval : 0);
  const queued = ticket === undefined && mine > now ? { ...slot, tail: mine } : slot;
  const earliest = Math.max(free, mine, Math.min(slot.yieldUntil, now + interval));
  if (earliest <= now) return { go: true, slot: { ...queued, nextAt: taken } };
  return { go: false, until: earliest, ticket: mine, slot: queued };
}

/** After a 429: nobody goes before Slack allows it. */
export function blocked(slot: Slot, until: number, { interval, burst }: Allowance): Slot {
  return { ...slot, nextAt: Math.max(slot.nextAt, until + (burst - 1) * interval) };
}
