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

/** Between two messages into one channel. */
export const CHANNEL_INTERVAL = 1000;
/** 40 edits a minute in the long run, of which 8 may come at once: never more than 48 in a minute. */
export const EDIT_INTERVAL = 1500;
export const EDIT_BURST = 8;
const YIELD = 3000;

/**
 * A turn at a channel. A critical delivery goes as soon as the channel is free; the others hold a ticket,
 * so that a hundred that wait come back one after the other and not all every second.
 */
export function channelTurn(slot: Slot, now: number, critical: boolean, ticket: number | undefined): Turn {
  if (critical) {
    if (slot.nextAt <= now) return { go: true, slot: { ...slot, nextAt: now + CHANNEL_INTERVAL, yieldUntil: 0 } };
    return { go: false, until: slot.nextAt, slot: { ...slot, yieldUntil: Math.max(slot.yieldUntil, slot.nextAt + YIELD) } };
  }
  const mine = ticket ?? Math.max(now, slot.nextAt, slot.tail + CHANNEL_INTERVAL);
  const queued = ticket === undefined ? { ...slot, tail: mine } : slot;
  const free = Math.max(slot.nextAt, mine, slot.yieldUntil > now ? Math.min(slot.yieldUntil, now + CHANNEL_INTERVAL) : 0);
  if (free <= now) return { go: true, slot: { ...queued, nextAt: now + CHANNEL_INTERVAL } };
  return { go: false, until: free, ticket: mine, slot: queued };
}

export interface Bucket {
  /** Milliseconds between two calls in the long run. */
  interval: number;
  /** How many may come at once. */
  burst: number;
}
export const EDITS: Bucket = { interval: EDIT_INTERVAL, burst: EDIT_BURST };
/** The last of the burst is for what is critical. */
export const EDITS_OF_OTHERS: Bucket = { interval: EDIT_INTERVAL, burst: EDIT_BURST - 2 };
/** BatchUpdateFindings: 10 a second, burst 30; GetFindings: 3 a second, burst 6. Together below both. */
export const HUB: Bucket = { interval: 350, burst: 3 };
/** DescribeOrganizationalUnit: 2 a second, shared by all callers of the organization. */
export const ORGANIZATIONAL_UNITS: Bucket = { interval: 600, burst: 2 };

/** A turn from a shared allowance: `nextAt` runs ahead of the clock by what was taken (the generic cell rate algorithm). */
export function bucketTurn(slot: Slot, now: number, { interval, burst }: Bucket): Turn {
  const free = slot.nextAt - (burst - 1) * interval;
  if (free > now) return { go: false, until: free, slot };
  return { go: true, slot: { ...slot, nextAt: Math.max(slot.nextAt, now) + interval } };
}

/** After a 429: nobody goes before Slack allows it. */
export function blocked(slot: Slot, until: number, kind: 'channel' | 'edit'): Slot {
  return { ...slot, nextAt: Math.max(slot.nextAt, until + (kind === 'edit' ? EDIT_BURST * EDIT_INTERVAL : 0)) };
}
