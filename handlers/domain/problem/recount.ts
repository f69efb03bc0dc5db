/**
 * What a problem's row must come to, summed from scratch over all its states, and in what it differs. Deliver only ever adds and
 * takes away: tests of the world compare after every run.
 */
import { canonical } from '../text/identity';
import type { ProblemRow, StateRow, Untold } from './problem-row';
import { first, RANKED, type Ranking } from './ranking';
import { count, countsIn, GROUPS, leave, noSums, PLACES, type Sums, tally } from './sums';
import { freshnessOf } from './told';

export interface Recount {
  /** `since`: of what is counted, the latest fold in which it can have come first. */
  sums: Sums;
  untold: Omit<Untold, 'worst'>;
  /** What each counted member is ranked by. */
  ranks: ReadonlyMap<string, Ranking[string]>;
  /** The same of those of which something is untold, counted or not. */
  fresh: ReadonlyMap<string, Ranking[string]>;
  states: number;
}

/** Pure. @param states of all its members, each once: the log's, else the row's. @param now epoch milliseconds. */
export function recount(states: Iterable<StateRow>, problem: ProblemRow, now: number): Recount {
  const sums = noSums();
  const untold: Recount['untold'] = { kinds: {}, loud: 0, accounts: {} };
  const ranks = new Map<string, Ranking[string]>();
  const fresh: typeof ranks = new Map();
  // By the fold that counted it, so that of what several hold the first is known.
  const all = [...states].filter(({ fold }) => fold >= (problem.began ?? 0)).sort((a, b) => a.fold - b.fold);
  for (const state of all) {
    const { member } = state;
    const rank: Ranking[string] = [member.open ? 1 : 0, member.severity, member.firstSeenAt];
    if (countsIn(state, problem.generationAt)) {
      count(sums, member, state.week, 1, state.fold);
      ranks.set(member.id, rank);
    }
    const each = freshnessOf(state, problem);
    if (!each) continue;
    fresh.set(member.id, rank);
    tally(untold.kinds, each.newness, 1, false);
    tally(untold.accounts, member.owner.accountId, 1, false);
    if (each.loud) untold.loud++;
  }
  leave(sums, now);
  return { sums, untold, ranks, fresh, states: all.length };
}

/** Each difference in words that name it; none where all is well. Pure. @param now epoch milliseconds, as for the recount. */
export function differences(problem: ProblemRow, recounted: Recount, now: number): string[] {
  const { sums, untold, worst } = problem;
  const held = structuredClone(sums);
  leave(held, now);
  const found: string[] = [];
  for (const group of GROUPS) found.push(...countsDiffer(group, held.counts[group], recounted.sums.counts[group]));
  for (const group of ['accounts', 'news'] as const) {
    for (const [key, latest] of Object.entries(recounted.sums.since[group])) {
      const since = ownOf(sums.since[group], key);
      if (since === undefined || since > latest) found.push(`since ${group} ${key}: fold ${since}, though counted in fold ${latest}`);
    }
  }
  found.push(...countsDiffer('untold', untold.kinds, recounted.untold.kinds));
  found.push(...countsDiffer('untold accounts', untold.accounts, recounted.untold.accounts));
  if (untold.loud !== recounted.untold.loud) found.push(`untold loud: ${untold.loud}, recounted ${recounted.untold.loud}`);
  found.push(...ranksDiffer(worst, recounted), ...freshDiffer(untold, recounted));
  return found;
}

type Counts = Readonly<Partial<Record<string, number>>>;

/** What stays at nothing is as good as not there. */
function countsDiffer(name: string, held: Counts, recounted: Counts): string[] {
  return [...new Set([...Object.keys(held), ...Object.keys(recounted)])].sort().flatMap((key) => {
    const [is, be] = [ownOf(held, key) ?? 0, ownOf(recounted, key) ?? 0];
    return is === be ? [] : [`${name} ${key}: ${is}, recounted ${be}`];
  });
}

/** Whoever is ranked is ranked as it stands; one that left with its week is no more. Of more than are kept some are missing. */
function ranksDiffer(worst: ProblemRow['worst'], { ranks, states }: Recount): string[] {
  const found = Object.entries(worst).flatMap(([id, held]) => {
    const be = ranks.get(id);
    if (be ? canonical(be) === canonical(held) : held[0] === 0) return [];
    return [`ranked ${id}: as ${held.join(' ')}, stands as ${be ? be.join(' ') : 'not counted'}`];
  });
  if (states > RANKED) return found;
  return [...found, ...[...ranks.keys()].filter((id) => !Object.hasOwn(worst, id)).map((id) => `ranked ${id}: missing`)];
}

function freshDiffer({ worst }: Untold, { fresh }: Recount): string[] {
  const found = Object.entries(worst).flatMap(([id, held]) =>
    canonical(fresh.get(id) ?? []) === canonical(held) ? [] : [`untold ${id}: named as untold otherwise than it stands`],
  );
  if (fresh.size > RANKED) return found;
  return [...found, ...[...fresh.keys()].filter((id) => !Object.hasOwn(worst, id)).map((id) => `untold ${id}: not named`)];
}

function ownOf(record: Counts, key: string): number | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A problem's row with what a recount came to in place of what differs. Pure. What once was there in this chapter stays known, at nothing: it is not new again. */
export function mended(problem: ProblemRow, { sums, untold, ranks, fresh }: Recount): ProblemRow {
  const { counts } = problem.sums;
  const next = structuredClone(sums);
  for (const group of [...PLACES, 'news'] as const)
    for (const key of Object.keys(counts[group])) if (!Object.hasOwn(next.counts[group], key)) next.counts[group][key] = 0;
  for (const group of ['accounts', 'news'] as const)
    for (const [key, fold] of Object.entries(problem.sums.since[group]))
      next.since[group][key] = Math.min(ownOf(next.since[group], key) ?? fold, fold);
  return {
    ...problem,
    sums: next,
    worst: first(Object.fromEntries(ranks)),
    untold: { ...untold, worst: first(Object.fromEntries(fresh)) },
  };
}
