/** A problem's row with what a recount came to in place of what differs. */
import type { ProblemRow } from './problem-row';
import { placed, type Ranking } from './ranking';
import type { Recount } from './recount';
import type { Sums } from './sums';

/** Pure. What once was there in this chapter stays known, at nothing: it is not new again. */
export function mended(problem: ProblemRow, { sums, untold, ranks, fresh }: Recount): ProblemRow {
  const { counts } = problem.sums;
  const next = structuredClone(sums);
  for (const group of ['accounts', 'regions', 'units', 'news'] as const)
    for (const key of Object.keys(counts[group])) if (!Object.hasOwn(next.counts[group], key)) next.counts[group][key] = 0;
  for (const group of ['accounts', 'news'] as const) earliest(next.since[group], problem.sums.since[group]);
  return { ...problem, sums: next, worst: rankingOf(ranks), untold: { ...untold, worst: rankingOf(fresh) } };
}

function earliest(since: Sums['since']['news'], held: Readonly<Sums['since']['news']>): void {
  for (const [key, fold] of Object.entries(held)) since[key] = Math.min(Object.hasOwn(since, key) ? (since[key] as number) : fold, fold);
}

function rankingOf(ranks: Recount['ranks']): Ranking {
  let ranking: Ranking = {};
  for (const [id, [open, severity, firstSeenAt]] of ranks) ranking = placed(ranking, id, { open: open === 1, severity, firstSeenAt });
  return ranking;
}
