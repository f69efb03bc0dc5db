/**
 * Turns at services that take so many calls a second, reserved in the ledger before a call, so that many workers together stay
 * below it. Those that wait are told in turns: CRITICAL first, then a lane an account and product, so that whoever has much to
 * tell delays nobody else. All times in epoch milliseconds.
 */

import { SECOND } from './time';

export interface Slot {
  /** The earliest time at which the next call may go. */
  nextAt: number;
  /** Up to when the rounds of both classes are reckoned. */
  at: number;
  /** The last moment given to those whose turn came before the way was free: they too come back one by one, each at a moment of its own. */
  late: number;
  critical: Class;
  others: Class;
}
/** Those that wait, of one class. */
interface Class {
  /** Rounds that are over: in each every lane has one call. */
  round: number;
  /** By lane, when its last call is over, in rounds. Only those that wait. */
  lanes: Record<string, number>;
}
/** The place in line of one that waits. */
export interface Ticket {
  critical: boolean;
  /** The round that it waits for. */
  start: number;
  /** It holds a moment of its own: see Slot.late. */
  late?: true;
}

/** What one that waits needs to know when it comes: see comesAt. */
export interface Line {
  /** Name of the slot's row. */
  slot: string;
  allowance: Allowance;
  ticket: Ticket;
}

export const FREE: Slot = {
  nextAt: 0,
  at: 0,
  late: 0,
  critical: { round: 0, lanes: {} },
  others: { round: 0, lanes: {} },
};

export type Turn = { slot: Slot; go: true } | { slot: Slot; go: false; until: number; ticket: Ticket };

export interface Allowance {
  /** Milliseconds between two calls in the long run. */
  interval: number;
  /** How many may come at once. */
  burst: number;
}
/**
 * One message a second into one channel (https://docs.slack.dev/apis/web-api/rate-limits). Of the short bursts that are tolerated three
 * are counted on: who comes back a second or two late, as timers and functions have it, would else take the next one's moment, and all come once more.
 */
export const CHANNEL: Allowance = { interval: 1000, burst: 3 };
/** Some 50 edits a minute in a workspace (same page): 40 in the long run, of which 8 may come at once, never more than 48 in a minute. */
export const EDITS: Allowance = { interval: 1500, burst: 8 };
/** Counted in GetFindings, which has 3 a second and bursts of 6; BatchUpdateFindings follows each and has 10. */
export const HUB: Allowance = { interval: 350, burst: 5 };

/**
 * Of Organizations, whose limits everybody's tools in the organization share (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html):
 * an account is DescribeAccount (20 a second, bursts of 30) and ListTagsForResource (10, 15), where Organizations gives no path also
 * ListParents (5, 8); a name is DescribeOrganizationalUnit (2, 2). Of each some is left to others, but of the last, of which little would be left.
 */
export const ACCOUNTS: Allowance = { interval: 125, burst: 8 };
export const PARENTS: Allowance = { interval: 250, burst: 4 };
export const ORGANIZATIONAL_UNITS: Allowance = { interval: 600, burst: 2 };

/** What others have of the turns while anything critical waits: one in five. */
const OTHERS_SHARE = 0.2;
/** Lanes that are told apart in each class; whoever comes then joins the shortest. Keeps the row below 1 KB, one write unit. */
export const LANES = 16;
/** Of whoever names none: DynamoDB takes no map with a name of no character. */
const ONE_LANE = 'all';
/** Moments given to those that are late; who comes later still goes into line anew, or a crowd of them would be one line for all. */
const LATE = 10;
/** Rounds are sums of fractions. */
const HAIR = 1e-4;

const CLASSES = ['critical', 'others'] as const;
type ClassName = (typeof CLASSES)[number];

/**
 * A turn from a shared allowance. `nextAt` runs ahead of the clock by what was taken (the generic cell rate algorithm), which
 * alone keeps the rate. Whose turn it is says a clock of rounds (generalized processor sharing, https://doi.org/10.1109/90.234856):
 * a call waits for the round after the last one of its lane, and a round takes as long as there are lanes that wait.
 * @param who its ticket as answered before: it holds its place, also where it comes back late or the way was blocked meanwhile.
 * @param calls how many calls this turn is for.
 */
export function turn(
  slot: Slot,
  now: number,
  allowance: Allowance,
  { critical, lane = ONE_LANE, ticket }: { critical: boolean; lane?: string; ticket?: Ticket },
  calls = 1,
): Turn {
  const { interval, burst } = allowance;
  const free = slot.nextAt - (burst - 1) * interval;
  const idle = CLASSES.every((name) => Object.keys(slot[name].lanes).length === 0) && now > slot.late;
  const gone = (from: Slot): Turn => ({ go: true, slot: { ...from, nextAt: Math.max(from.nextAt, now) + interval * calls } });
  if (idle && free <= now) return gone(slot);
  const reckoned = idle ? { ...slot, at: Math.max(now, free) } : advance(slot, interval, now);
  const name = critical ? 'critical' : 'others';
  const held = ticket && holds(ticket, critical, reckoned[name]) ? ticket : undefined;
  const { start, placed } = held ? { start: held.start, placed: reckoned } : place(reckoned, name, lane, calls);
  // Timers go by the second: who waited and is a little early would only come once more.
  const isEarly = held && free <= now && comesAt(placed, allowance, held) <= now + SECOND;
  if (start > placed[name].round + HAIR && !isEarly) return wait(placed, held ?? { critical, start });

  // Its round has come: behind those that hold a moment.
  const behind = placed.late >= now ? placed.late + interval : 0;
  const way = held?.late ? free : Math.max(free, behind);
  if (way <= now) return gone(placed);
  // Who went before it was a little late. Were it a whole turn, the next who holds a moment would come then too, and could win each time.
  if (held?.late && way < now + interval) return { go: false, until: way, ticket: held, slot };
  const until = Math.max(free, behind);
  if (until <= Math.max(now, free) + LATE * interval) {
    // Its own turn went by unused: all that wait wait for one more, or each would come at the moment of one that is late.
    const at = held ? placed.at + interval : placed.at;
    return { go: false, until, ticket: { critical, start, late: true }, slot: { ...placed, late: until, at } };
  }
  const anew = place(placed, name, lane, calls);
  return wait(anew.placed, { critical, start: anew.start }, until);

  function wait(from: Slot, mine: Ticket, atLeast = 0): Turn {
    const until = Math.max(now + 1, atLeast, comesAt(from, allowance, mine));
    // Who only comes back too early changes nothing.
    return { go: false, until, ticket: mine, slot: from === reckoned ? slot : from };
  }
}

/** When one that waits has its turn, by what is known by now: whoever comes meanwhile may go before it. Epoch milliseconds. */
export function comesAt(slot: Slot, { interval, burst }: Allowance, { critical, start }: Ticket): number {
  const goal = { name: critical ? 'critical' : 'others', start } as const;
  return Math.max(slot.nextAt - (burst - 1) * interval, Math.ceil(advance(slot, interval, Number.POSITIVE_INFINITY, goal).at));
}

/** After a 429: nobody goes before Slack allows it. */
export function blocked(slot: Slot, until: number, { interval, burst }: Allowance): Slot {
  return { ...slot, at: Math.max(slot.at, until), nextAt: Math.max(slot.nextAt, until + (burst - 1) * interval) };
}

/** A ticket of the other class, or of a row that is no more, holds nothing. */
function holds(ticket: Ticket, critical: boolean, { round, lanes }: Class): boolean {
  return ticket.critical === critical && ticket.start <= Math.max(round, ...Object.values(lanes)) + HAIR;
}

/** The next place in a lane. */
function place(slot: Slot, name: ClassName, wanted: string, calls: number): { start: number; placed: Slot } {
  const { round, lanes } = slot[name];
  const waiting = Object.entries(lanes);
  const shortest = () => waiting.reduce((a, b) => (b[1] < a[1] ? b : a))[0];
  const lane = wanted in lanes || waiting.length < LANES ? wanted : shortest();
  const end = lanes[lane];
  const start = end === undefined ? apart(round, Object.values(lanes)) : Math.max(round, end);
  return { start, placed: { ...slot, [name]: { ...slot[name], lanes: { ...lanes, [lane]: start + calls } } } };
}

/** Where in a round a new lane has its turns: where no other has for longest, since all that come at one moment wait for each other. */
function apart(round: number, others: readonly number[]): number {
  const turns = others.map((end) => (((end - round) % 1) + 1) % 1).sort((a, b) => a - b);
  const gaps = turns.map((from, n) => ({ from, length: (turns[n + 1] ?? (turns[0] ?? 0) + 1) - from }));
  const widest = gaps.reduce((a, b) => (b.length > a.length + HAIR ? b : a), { from: 0, length: 0 });
  return round + ((widest.from + widest.length / 2) % 1);
}

/** Lets rounds go by until a moment, or until the round that somebody waits for has come. Lanes that are over leave. */
function advance(slot: Slot, interval: number, to: number, goal?: { name: ClassName; start: number }): Slot {
  let { at, critical, others } = slot;
  while (at < to) {
    const counts = { critical: Object.keys(critical.lanes).length, others: Object.keys(others.lanes).length };
    if (counts.critical + counts.others === 0) break;
    const both = counts.critical > 0 && counts.others > 0;
    const share = { critical: both ? 1 - OTHERS_SHARE : 1, others: both ? OTHERS_SHARE : 1 };
    const of = { critical, others };
    /** Milliseconds until a class has come so far. */
    const takes = (name: ClassName, start: number) => ((start - of[name].round) * interval * counts[name]) / share[name];
    if (goal && of[goal.name].round + HAIR >= goal.start) break;
    const steps = CLASSES.flatMap((name) => Object.values(of[name].lanes).map((end) => takes(name, end)));
    const step = Math.max(0, Math.min(to - at, ...steps, ...(goal && counts[goal.name] > 0 ? [takes(goal.name, goal.start)] : [])));
    const after = (name: ClassName): Class => {
      if (counts[name] === 0) return of[name];
      const round = Math.round((of[name].round + (step * share[name]) / (interval * counts[name])) * 1e6) / 1e6;
      return { ...of[name], round, lanes: Object.fromEntries(Object.entries(of[name].lanes).filter(([, end]) => end > round + HAIR)) };
    };
    [critical, others] = [after('critical'), after('others')];
    at += step;
  }
  return { ...slot, at: goal || to < at ? at : Math.max(at, to), critical, others };
}
