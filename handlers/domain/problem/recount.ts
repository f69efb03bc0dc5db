/**
 * What a problem's row must come to, summed from scratch over all its states, and in what it differs. Deliver only ever adds and
 * takes away: tests of the world compare after every run.
 */
import { enter, nothingUntold } from './fold';
import type { ProblemRow, StateRow } from './problem-row';
import { first, RANKED, type Ranking, rankOf } from './ranking';
import { countsIn, leave, noSums, PLACES } from './sums';
import { freshnessOf } from './told';

/**
 * The row as it must be. Pure. What once was there in this chapter stays known, at nothing, and since when: it is not new again.
 * @param states of all its members, each once: the log's, else the row's. @param now epoch milliseconds.
 */
export function recount(problem: ProblemRow, states: Iterable<StateRow>, now: number): ProblemRow {
  const { counts, since } = problem.sums;
  const sums = { ...noSums(), since: structuredClone(since) };
  for (const group of [...PLACES, 'news'] as const)
    sums.counts[group] = Object.fromEntries(Object.keys(counts[group]).map((key) => [key, 0]));
  const next: ProblemRow = { ...problem, sums, untold: nothingUntold() };
  const ranks: Ranking = {};
  const fresh: Ranking = {};
  const all = [...states].filter(({ fold }) => fold >= (problem.began ?? 0));
  for (const state of all) {
    enter(next, state, 1);
    const { member } = state;
    if (countsIn(state, problem.generationAt)) ranks[member.id] = rankOf(member);
    if (freshnessOf(state, problem)) fresh[member.id] = rankOf(member);
  }
  leave(sums, now);
  next.worst = ranking(problem.worst, ranks, all.length);
  next.untold.worst = ranking(problem.untold.worst, fresh, Object.keys(fresh).length);
  return next;
}

/**
 * As it is kept where whoever is in it stands so, and nobody is missing: of more than are kept some are. One that left with its week is no
 * more. @param of how many it is made.
 */
function ranking(kept: Ranking, stands: Ranking, of: number): Ranking {
  const isRight = Object.entries(kept).every(([id, rank]) => (stands[id] ? String(stands[id]) === String(rank) : rank[0] === 0));
  const isWhole = of > RANKED || Object.keys(stands).every((id) => kept[id]);
  return isRight && isWhole ? kept : first(stands);
}

/** Each difference in words that name it; none where all is well. Pure. @param now epoch milliseconds, as for the recount. */
export function differences(problem: ProblemRow, recounted: ProblemRow, now: number): string[] {
  const sums = structuredClone(problem.sums);
  leave(sums, now);
  const [is, be] = [figuresOf({ ...problem, sums }), figuresOf(recounted)];
  return [...new Set([...is.keys(), ...be.keys()])].flatMap((name) =>
    is.get(name) === be.get(name) ? [] : [`${name}: ${is.get(name) ?? 0}, recounted ${be.get(name) ?? 0}`],
  );
}

/** By the way to each. What stays at nothing is as good as not there. */
function figuresOf({ sums, untold, worst }: ProblemRow): Map<string, string> {
  const flat = (name: string, value: object | number): [string, string][] =>
    typeof value === 'number' || Array.isArray(value)
      ? [[name, String(value)]]
      : Object.entries(value).flatMap(([key, each]) => flat(`${name} ${key}`, each));
  const all = Object.entries({ ...sums.counts, since: sums.since, untold, worst }).flatMap(([name, value]) => flat(name, value));
  return new Map(all.filter(([, value]) => value !== '0'));
}
