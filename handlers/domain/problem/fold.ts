/**
 * Takes changes of members into a problem: one pure function, whose result is written in one conditional put. So a worker
 * that dies, or one that was thought dead, leaves nothing that could count later (docs/decisions.md).
 */
import { isOneWay } from '../../../config/routing/address';
import { DAY, expiry, SECOND } from '../time';
import type { Change } from './change';
import { placed } from './ranking';
import type { ProblemRow, StateRow, Untold } from './problem-row';
import { beginChapter, count, countsIn, endOf, leave, noSums, type Sums, tally, total, weekAfter } from './sums';
import { freshness, freshnessOf, toldAt } from './told';

export const NEW_PROBLEM: ProblemRow = {
  generationAt: 0,
  lastUpdateAt: 0,
  lastReplyAt: 0,
  lastBroadcastAt: 0,
  confirmed: 0,
  writeBackPending: false,
  fold: 0,
  foldedAt: 0,
  told: 0,
  shown: 0,
  edited: 0,
  posted: 0,
  untold: nothingUntold(),
  sums: noSums(),
  worst: {},
  addedAt: Number.MAX_SAFE_INTEGER,
  firstSeenAt: Number.MAX_SAFE_INTEGER,
  closedAt: 0,
  log: {},
};

export function nothingUntold(): Untold {
  return { kinds: {}, loud: 0, accounts: {}, worst: {} };
}

/** Open problems stay; where all is closed, the row leaves with the last of its members. In epoch seconds. */
export function problemExpiry({ sums, closedAt, foldedAt }: ProblemRow, ledgerDays: number): number | undefined {
  if (total(sums.counts.open) > 0) return undefined;
  return expiry(endOf(weekAfter(Math.max(closedAt, foldedAt) + ledgerDays * DAY)));
}

/** Pure. @param now epoch milliseconds. */
export function fold(
  problem: ProblemRow,
  changes: readonly Change[],
  { now, ledgerDays }: { now: number; ledgerDays: number },
): ProblemRow {
  const next: ProblemRow = {
    ...problem,
    ...structuredClone({ sums: problem.sums, untold: problem.untold }),
    log: { ...problem.log },
    ...(problem.fold > 0 ? { fold: problem.fold + 1 } : { fold: firstFold(now), began: firstFold(now) }),
    foldedAt: now,
  };
  leave(next.sums, now);
  // All of them first: what comes of a fold is new together.
  const before = changes.map((change) => takenAway(next, change, now));
  for (const [index, change] of changes.entries()) add(next, change, before[index], ledgerDays);
  return next;
}

/**
 * A problem's row may leave before the states of its members: DynamoDB deletes each some time after it has expired, and the retention may
 * have been shortened. What is left of an earlier problem of the same name must be older than all of this one (Ledger.writeNewer), and
 * nobody folds more than once a second for long.
 */
function firstFold(now: number): number {
  return Math.max(1, Math.floor(now / SECOND));
}

/** Without the last state of a member. @returns what was told of it. */
function takenAway(next: ProblemRow, { member, before }: Change, now: number): ReturnType<typeof toldAt> {
  if (!before) return undefined;
  // By the week in which it was counted, however long the operator keeps rows since.
  const hasLeft = before.week !== undefined && endOf(before.week) <= now;
  enter(next, hasLeft ? { ...before, chapter: NONE } : before, -1);
  next.untold.worst = placed(next.untold.worst, member.id, undefined);
  return toldAt(before, next);
}

function add(next: ProblemRow, { member, findings, before, goesOn }: Change, last: ReturnType<typeof toldAt>, ledgerDays: number): void {
  // The edit that shows it open again is all that there is to say; a webhook has none.
  const isQuiet = goesOn && last && !isOneWay(next.message?.channel ?? '');
  const told = isQuiet ? { ...last, open: true } : last;
  if (isQuiet) next.resumed = true;
  // An open one leaves in none.
  const week = member.open ? undefined : weekAfter((member.closedAt ?? 0) + ledgerDays * DAY);
  const counts = member.open || (member.closedAt ?? 0) >= next.generationAt || closedLate(next, before, week);
  const fresh = counts ? freshness(member, told, next) : undefined;
  const state: StateRow = {
    member,
    week,
    findings,
    fold: next.fold,
    since: before?.since ?? next.fold,
    // A closing that is of no chapter is in no sum: nothing may be taken away for it.
    chapter: counts ? next.generationAt : NONE,
    base: told,
    fresh,
  };
  enter(next, state, 1);
  next.worst = placed(next.worst, member.id, counts ? member : undefined);
  if (fresh) next.untold.worst = placed(next.untold.worst, member.id, member);
  if (counts) {
    next.addedAt = Math.min(next.addedAt, member.addedAt);
    next.firstSeenAt = Math.min(next.firstSeenAt, member.firstSeenAt);
    next.closedAt = Math.max(next.closedAt, member.closedAt ?? 0);
  }
  next.log[member.id] = state;
}

/** See StateRow.chapter. */
const NONE = -1;

/** Changes the sums, and what is untold. @param sign 1 to add a state, -1 to take it away. */
export function enter(problem: Pick<ProblemRow, 'sums' | 'untold' | 'told' | 'generationAt'>, state: StateRow, sign: 1 | -1): void {
  const { member, week, fold } = state;
  if (countsIn(state, problem.generationAt)) count(problem.sums, member, week, sign, fold);
  const fresh = freshnessOf(state, problem);
  if (!fresh) return;
  const { untold } = problem;
  tally(untold.kinds, fresh.newness, sign);
  tally(untold.accounts, member.owner.accountId, sign);
  untold.loud += fresh.loud ? sign : 0;
}

/**
 * A closing may come late: it belongs to the chapter in which its opening was counted, told or not. Where that is not known either,
 * neither was told in whatever chapter it was. @param week in which it leaves.
 */
function closedLate({ generationAt, foldedAt }: ProblemRow, before: StateRow | undefined, week: number | undefined): boolean {
  if (!before) return week !== undefined && endOf(week) > foldedAt;
  return before.member.open || before.chapter === generationAt;
}

/** Readers know all that is counted up to this fold. */
export function toldUpTo(told: number): Pick<ProblemRow, 'told' | 'untold'> {
  return { told, untold: nothingUntold() };
}

/** What a problem holds once its message is gone, or done with: the next telling is a new message, which names the one before it. */
export function nextMessage({ message }: ProblemRow): Partial<ProblemRow> {
  return {
    message: undefined,
    // A webhook's message has no address that could be linked.
    previous: message && !isOneWay(message.channel) ? { channel: message.channel, ts: message.ts } : undefined,
    earlierUrl: undefined,
    linkTries: 0,
    contentHash: undefined,
  };
}

/** What is open begins a chapter of its own. @param now epoch milliseconds. */
export function newChapter(problem: ProblemRow, now: number): Partial<ProblemRow> {
  const sums: Sums = structuredClone(problem.sums);
  beginChapter(sums);
  const worst = Object.fromEntries(Object.entries(problem.worst).filter(([, [open]]) => open === 1));
  const firstSeenAt = Math.min(...Object.values(worst).map(([, , at]) => at));
  return { generationAt: now, sums, worst, firstSeenAt, closedAt: 0 };
}
