/** The few members that are named: open before closed, worse before better, older before newer, then by id. */
import type { Severity } from '../finding/finding';
import { bySeverity } from '../finding/severity';
import type { Member } from './member';

/** Members by id, the most urgent first where it is sorted; at most RANKED of them. */
export type Ranking = Record<string, [open: 0 | 1, severity: Severity, firstSeenAt: number]>;

/** What a message and its thread name, and some more: the first few stay known while others close. */
export const RANKED = 64;

/** Ids, the most urgent first: a total order, so that every replay agrees. */
export function ranked(ranking: Ranking): string[] {
  return Object.entries(ranking)
    .sort(([a, x], [b, y]) => y[0] - x[0] || bySeverity(x[1], y[1]) || x[2] - y[2] || (a < b ? -1 : 1))
    .map(([id]) => id);
}

/** With a member as it stands now, or without it. */
export function placed(ranking: Ranking, id: string, member: Pick<Member, 'open' | 'severity' | 'firstSeenAt'> | undefined): Ranking {
  const { [id]: _before, ...others } = ranking;
  if (!member) return others;
  return first({ ...others, [id]: rankOf(member) });
}

/** What a member is ranked by. */
export function rankOf({ open, severity, firstSeenAt }: Pick<Member, 'open' | 'severity' | 'firstSeenAt'>): Ranking[string] {
  return [open ? 1 : 0, severity, firstSeenAt];
}

/** As many as are kept. */
export function first(all: Ranking): Ranking {
  if (Object.keys(all).length <= RANKED) return all;
  return Object.fromEntries(
    ranked(all)
      .slice(0, RANKED)
      .map((each) => [each, all[each] as Ranking[string]]),
  );
}
