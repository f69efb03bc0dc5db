/** How the findings of one resource grew, by their own times: the same in whatever order they came. Pure. */
import { isControl, type Report } from '../finding/report';
import type { Severity } from '../finding/finding';
import { worse, worst } from '../finding/severity';
import { MINUTE } from '../time';
import { vulnerabilitiesIn } from './news';

/** What began so soon after the first is one with it. */
export const WITH_THE_FIRST = 15 * MINUTE;

/** Ids kept of what came later: a message names two, and counts. */
const NAMED = 3;

export interface Growth {
  /** Since when it is as bad as it is, and how bad it was before. */
  rose?: { from: Severity; at: number };
  /** Findings that came later: how many, the first and the last of them, and the ids of the first few vulnerabilities that they brought. */
  further?: { count: number; from: number; until: number; ids?: string[] };
  /** Since when it is open again, and how it had ended, where that is suppressed. */
  again?: { at: number; ended?: 'suppressed' };
  /** When a finding last came to say something else: a sequence another step, a scan another vulnerability. */
  saysElse?: number;
}

interface Dated extends Pick<Report, 'rose' | 'news'> {
  severity: Severity;
  firstObservedAt: number;
}

/** Times are epoch milliseconds. @param reports its open findings. */
export function growthOf(reports: readonly Report[]): Growth {
  const inOrder = (those: readonly Report[]) =>
    those
      .flatMap(({ open, rose, news }): Dated[] => (open ? [{ ...open, rose, news }] : []))
      .sort((a, b) => a.firstObservedAt - b.firstObservedAt);
  const saysElse = reports.reduce((latest, { saysElseAt = 0 }) => Math.max(latest, saysElseAt), 0);
  // Each Security Hub has a copy of its own: the further ones are of that which has more. What another standard checks too is no news.
  const ofFormat = (format: Report['format']) => reports.filter((report) => report.format === format && !isControl(report));
  const [asff, ocsf] = [ofFormat('asff'), ofFormat('ocsf')];
  return {
    ...riseOf(inOrder(reports)),
    ...furtherOf(inOrder(ocsf.length > asff.length ? ocsf : asff)),
    ...againOf(reports),
    ...(saysElse > 0 ? { saysElse } : {}),
  };
}

/** Where each of them ended before: else it was open all the while. */
function againOf(reports: readonly Report[]): Pick<Growth, 'again'> {
  const all = reports.flatMap(({ again }) => again ?? []);
  const [first] = [...all].sort((a, b) => a.at - b.at);
  if (!first || all.length < reports.length) return {};
  return { again: { at: first.at, ...(all.every(({ ended }) => ended === 'suppressed') ? { ended: 'suppressed' as const } : {}) } };
}

/** What it is now, each finding has been since it was first seen, or since it rose itself. */
function riseOf(all: readonly Dated[]): Pick<Growth, 'rose'> {
  const severity = worst(all.map((each) => each.severity));
  const since = ({ rose, firstObservedAt }: Dated) => rose?.at ?? firstObservedAt;
  const [first] = all.filter((each) => each.severity === severity).sort((a, b) => since(a) - since(b));
  const [begun] = all;
  if (!first || !begun) return {};
  const before = all
    .flatMap((each) => (each.firstObservedAt < since(first) ? [each.rose?.from ?? each.severity] : []))
    .filter((each) => worse(severity, each));
  const isRise = first.rose !== undefined || since(first) > begun.firstObservedAt + WITH_THE_FIRST;
  return isRise && before.length > 0 ? { rose: { from: worst(before), at: since(first) } } : {};
}

function furtherOf(all: readonly Dated[]): Pick<Growth, 'further'> {
  const until = (all[0]?.firstObservedAt ?? 0) + WITH_THE_FIRST;
  const later = all.filter(({ firstObservedAt }) => firstObservedAt > until);
  const [first, last] = [later[0], later.at(-1)];
  if (!first || !last) return {};
  const namedBy = (those: readonly Dated[]) => vulnerabilitiesIn(those.flatMap(({ news = [] }) => news));
  const known = new Set(namedBy(all.filter(({ firstObservedAt }) => firstObservedAt <= until)));
  const ids = namedBy(later).filter((id) => !known.has(id));
  return {
    further: {
      count: ids.length || later.length,
      from: first.firstObservedAt,
      until: last.firstObservedAt,
      ...(ids.length > 0 ? { ids: ids.slice(0, NAMED) } : {}),
    },
  };
}
