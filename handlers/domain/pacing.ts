/**
 * Turns at Slack. About one message a second and channel, and about fifty edits a minute for the whole workspace
 * (https://docs.slack.dev/apis/web-api/rate-limits): turns are reserved in the ledger before a call, so that many
 * workers together stay below it. All times in epoch milliseconds.
 */

export interface Slot {
  /** The earliest time at which the next call may go. */
  nextAt: number;
  critical: Line;
  others: Line;
}
/** Those that wait. */
interface Line {
  /** The last turn handed out. */
  tail: number;
  /** The last moment given to those whose turn passed before the way was free: they too come back one by one. */
  late: number;
}

export const FREE: Slot = { nextAt: 0, critical: { tail: 0, late: 0 }, others: { tail: 0, late: 0 } };

export type Turn = { slot: Slot; go: true } | { slot: Slot; go: false; until: number; ticket: number };

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

/**
 * A turn from a shared allowance. `nextAt` runs ahead of the clock by what was taken (the generic cell rate algorithm).
 * Those that wait hold a ticket, so that a hundred of them come back one after the other and not all at once. There are
 * two lines: while anything critical waits, the others go behind the last of it.
 * @param ticket as answered before; it holds its place, also where it comes back late or the way was blocked meanwhile.
 * @param calls how many calls this turn is for.
 */
export function turn(slot: Slot, now: number, { interval, burst }: Allowance, critical: boolean, ticket?: number, calls = 1): Turn {
  const free = slot.nextAt - (burst - 1) * interval;
  const behind = (last: number) => (last > now - interval ? last + interval : 0);
  const name = critical ? 'critical' : 'others';
  const line = slot[name];
  const way = critical ? 0 : behind(slot.critical.tail);
  const last = Math.max(now, free, way, behind(line.tail));
  // Whose turn has come while critical ones wait goes behind them; what turned critical need not wait for its old turn.
  const mine = ticket === undefined || ticket < way ? last : critical ? Math.min(ticket, last) : ticket;
  if (Math.max(free, mine) <= now) return { go: true, slot: { ...slot, nextAt: Math.max(slot.nextAt, now) + interval * calls } };
  const until = mine <= now ? Math.max(free, behind(line.late)) : Math.max(free, mine);
  const waiting = mine <= now ? { ...line, late: until } : { ...line, tail: Math.max(line.tail, mine) };
  return { go: false, until, ticket: mine, slot: { ...slot, [name]: waiting } };
}

/** After a 429: nobody goes before Slack allows it. */
export function blocked(slot: Slot, until: number, { interval, burst }: Allowance): Slot {
  return { ...slot, nextAt: Math.max(slot.nextAt, until + (burst - 1) * interval) };
}
