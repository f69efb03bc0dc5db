/** What readers were told of a member, and what of it they were not. */
import { worse } from '../finding/severity';
import type { Member } from './member';
import { isLoud, isWorse, untold } from './news';
import type { Freshness, Newness, ProblemRow, StateRow, Told } from './problem-row';
import { kept } from './sums';

/** What was told of it; undefined where nothing was. */
export function toldAt(
  state: StateRow | undefined,
  { told, shown, edited }: Pick<ProblemRow, 'told' | 'shown' | 'edited'>,
): Told | undefined {
  if (!state) return undefined;
  const { member, fold, base } = state;
  if (fold <= told) return toldOf(member);
  if (!base?.open) return base;
  if (!member.open) return fold <= shown ? { ...base, open: false, ...endOf(member) } : base;
  // A rise after a fall that readers saw is one.
  return fold <= edited && worse(base.severity, member.severity) ? { ...base, severity: member.severity } : base;
}

/** What of a state is not told yet. */
export function freshnessOf(state: StateRow, { told }: Pick<ProblemRow, 'told'>): Freshness | undefined {
  return state.fold > told ? state.fresh : undefined;
}

function toldOf(member: Member): Told {
  return {
    open: member.open,
    severity: member.severity,
    ...(member.news.length > 0 ? { news: member.news } : {}),
    ...(member.asked ? { asked: member.asked.eventId } : {}),
    ...(member.renewedAt > 0 ? { renewed: member.renewedAt } : {}),
    ...endOf(member),
  };
}

function endOf({ closing }: Member): Pick<Told, 'closing'> {
  return closing === 'suppressed' ? { closing } : {};
}

/**
 * What of a member is new to readers who were told of it `before`.
 * @param since in which fold each account, and each loud piece of news, first came; what came up to `told` is known.
 */
export function freshness(member: Member, before: Told | undefined, { told, sums: { since } }: ProblemRow): Freshness | undefined {
  const known = (fold: number | undefined) => fold !== undefined && fold <= told;
  const loudTold = new Set(Object.keys(since.news).filter((key) => known(since.news[key])));
  const news = untold(member.news, loudTold, before?.news);
  const newness = newnessOf(member, before, news, known(kept(since.accounts, member.owner.accountId)));
  const ended = newness === 'reopened' && before?.closing ? { ended: before.closing } : {};
  const from = newness === 'risen' && before ? { from: before.severity } : {};
  // Worth calling people for: growth within an account that was told is not, nor is what has closed by now.
  const loud = member.open && newness !== 'new' && (newness !== 'more' || news.some(isLoud));
  return newness && { newness, news, loud, ...ended, ...from };
}

function newnessOf(member: Member, before: Told | undefined, news: readonly string[], accountTold: boolean): Newness | undefined {
  if (member.asked && before?.asked !== member.asked.eventId) return 'asked';
  if (!before && !accountTold) return 'new-account';
  if (!before) return news.some(isLoud) ? 'news' : 'new';
  if (!member.open) return undefined;
  if (!before.open || member.renewedAt > (before.renewed ?? 0)) return 'reopened';
  if (worse(member.severity, before.severity)) return 'risen';
  if (news.length === 0) return undefined;
  return isWorse(news, before.news) ? 'worse' : 'more';
}
