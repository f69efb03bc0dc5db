/**
 * What the members of a problem come to: sums, to which each member adds and from which its last state is taken away, so
 * that a change costs the same whatever the problem holds. They equal the sums over all members at any time (recount).
 */
import { ouPathName } from '../../../config/routing/owner';
import type { Closing } from '../finding/admission';
import type { Severity } from '../finding/finding';
import { DAY, HOUR } from '../time';
import { type Member, staleOn } from './member';
import { isLoud } from './news';

const GROUPS = ['open', 'closed', 'findings', 'accounts', 'regions', 'units', 'owners', 'titles', 'news', 'stale', 'ask'] as const;
type Group = (typeof GROUPS)[number];
/** Where it is, or was: these stay at nothing. */
export const PLACES = ['accounts', 'regions', 'units'] as const satisfies Group[];

/** `counts` by group and key. `since`: in which fold a key first had a member in this chapter. */
export interface Sums {
  counts: Record<Group, Record<string, number>>;
  since: { accounts: Record<string, number>; news: Record<string, number> };
}

const WEEK = 7 * DAY;

/** What closed leaves by the week, the rows and what they count as together. @param at epoch milliseconds. */
export function weekAfter(at: number): number {
  return Math.ceil(at / WEEK);
}

/** The end of that week, in epoch milliseconds. */
export function endOf(week: number): number {
  return week * WEEK;
}

export function noSums(): Sums {
  return { counts: Object.fromEntries(GROUPS.map((group) => [group, {}])) as Sums['counts'], since: { accounts: {}, news: {} } };
}

/** Whether the sums hold it: what is open always, of what closed that of this chapter. @param generationAt when that began. */
export function countsIn({ member, chapter }: { member: Pick<Member, 'open'>; chapter: number }, generationAt: number): boolean {
  return member.open || chapter === generationAt;
}

/** What one member adds. @param week in which it leaves once it is closed. */
function* partsOf(member: Member, week: number | undefined): Generator<[Group, string, number]> {
  if (!member.open) {
    yield ['closed', `${week} ${member.closing} ${member.severity}`, 1];
    yield ['findings', String(week), member.findings];
    // Where nothing is open, these are of what was.
    for (const [group, key] of placesOf(member)) yield [group, key, 0];
    return;
  }
  yield ['open', member.severity, 1];
  yield ['findings', 'open', member.openFindings];
  for (const [group, key] of placesOf(member)) yield [group, key, 1];
  if (member.owner.knowledge !== 'fresh') yield ['owners', member.owner.knowledge, 1];
  for (const [textKey, severity] of member.titles) yield ['titles', `${textKey} ${severity}`, 1];
  for (const each of member.news) yield ['news', each, 1];
  yield ['stale', String(staleOn(member)), 1];
  if (member.askAt !== undefined) yield ['ask', String(Math.ceil(member.askAt / HOUR)), 1];
}

function placesOf({ owner, region }: Member): [Group, string][] {
  return [
    ['accounts', owner.accountId],
    ['regions', region],
    ...(owner.knowledge === 'unknown' ? [] : [['units', ouPathName(owner)] as [Group, string]]),
  ];
}

/** What stays at nothing: an account or a vulnerability that was there once in this chapter is not new again. */
function stays(group: Group, key: string): boolean {
  return PLACES.some((place) => place === group) || (group === 'news' && isLoud(key));
}

/** Changes `sums`. @param sign 1 to add a state, -1 to take it away. @param fold in which. */
export function count(sums: Sums, member: Member, week: number | undefined, sign: 1 | -1, fold: number): void {
  for (const [group, key, n] of partsOf(member, week)) {
    const lasts = stays(group, key);
    tally(sums.counts[group], key, sign * n, lasts);
    if (lasts && (group === 'accounts' || group === 'news'))
      sums.since[group][keptAs(key)] = Math.min(kept(sums.since[group], key) ?? fold, fold);
  }
}

/** Keys may be foreign text: one of them no object keeps as its own. */
function keptAs(key: string): string {
  return key === '__proto__' ? '__proto__ ' : key;
}

/** What is kept under a key, which may be the name of what any object has. */
export function kept(counts: Partial<Record<string, number>>, key: string): number | undefined {
  return Object.hasOwn(counts, keptAs(key)) ? counts[keptAs(key)] : undefined;
}

/** Changes `counts`. @param stays at nothing. */
export function tally(counts: Partial<Record<string, number>>, key: string, n: number, stays = false): void {
  const next = (kept(counts, key) ?? 0) + n;
  if (next === 0 && !stays) delete counts[keptAs(key)];
  else counts[keptAs(key)] = next;
}

/** Changes `sums`: what closed so long ago that its rows are gone. @param now epoch milliseconds. */
export function leave({ counts }: Sums, now: number): void {
  // Their keys begin with the week, but of what is open, which leaves in none.
  for (const group of [counts.closed, counts.findings])
    for (const key of Object.keys(group)) if (endOf(Number.parseInt(key, 10)) <= now) delete group[key];
}

/** Changes `sums`: a new chapter begins with what is open. */
export function beginChapter({ counts, since }: Sums): void {
  counts.closed = {};
  counts.findings = counts.findings.open ? { open: counts.findings.open } : {};
  for (const group of PLACES) for (const [key, n] of Object.entries(counts[group])) if (n === 0) delete counts[group][key];
  for (const key of Object.keys(since.accounts)) if (!Object.hasOwn(counts.accounts, key)) delete since.accounts[key];
}

/** How many closed how, of this chapter. */
export function closedBy({ counts }: Sums): { closing: Closing; severity: Severity; count: number }[] {
  return Object.entries(counts.closed).map(([key, n]) => {
    const [, closing, severity] = key.split(' ') as [string, Closing, Severity];
    return { closing, severity, count: n };
  });
}

export function total(counts: Partial<Record<string, number>>): number {
  return Object.values(counts).reduce<number>((sum, n = 0) => sum + n, 0);
}

/** Keys of a group, the most first; ties by key. Those at nothing only where all are. */
export function mostFirst(counts: Record<string, number>): [key: string, count: number][] {
  const all = Object.entries(counts);
  const standing = all.filter(([, n]) => n > 0);
  return (standing.length > 0 ? standing : all).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}
