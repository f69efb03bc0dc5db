/** A problem as its readers see it: its sums, and the members that are named. */
import type { Owner } from '../../../config/routing/owner';
import type { Closing } from '../finding/admission';
import type { Severity } from '../finding/finding';
import { bySeverity, worst } from '../finding/severity';
import { DAY } from '../time';
import { CLOSING_ORDER } from './closing';
import type { Member } from './member';
import { namesNotAll, vulnerabilitiesIn } from './news';
import { ranked } from './ranking';
import type { Freshness, ProblemRow, StateRow, Untold } from './problem-row';
import { closedBy, mostFirst, total } from './sums';
import { titlePart } from './text-key';
import { freshnessOf } from './told';

/** Members named in the message itself. */
export const LISTED = 5;
/** Other resources of a finding, beside that which it is about. */
export const LISTED_BESIDE = 3;
/** Accounts named in it. */
const ACCOUNTS_NAMED = 3;

/** Its name is empty where it is not known. */
export type AccountView = Omit<Owner, 'tags'>;

/** A member with something that readers have not been told of yet. */
export interface Fresh extends Freshness {
  member: Member;
}

export interface ProblemView {
  severity: Severity;
  /** How many resources: open, closed in this chapter, both. */
  open: number;
  closed: number;
  members: number;
  /** The open ones while any is, which never expire; all of them once none is. */
  findings: number;
  /** The most urgent, at most RANKED. */
  named: Member[];
  /** The member whose words head the message. */
  lead: Member;
  /** How many ended how; only those that did. */
  closings: [Closing, number][];
  stale: number;
  /** With something open; all of the chapter once nothing is. Named: those with most. */
  accounts: { count: number; named: AccountView[]; ids: string[] };
  /** Where all of it is, or most; undefined where no OU is known. */
  unit?: { path: string; isOfAll: boolean };
  /** Whether of any owner only an older answer, or none, is known. */
  owners: { stale: boolean; unknown: boolean };
  regions: string[];
  /** The wordings under which its open findings are told, worst first; a problem may hold several. */
  titles: { textKey: string; severity: Severity }[];
  /** The ids of the vulnerabilities that are open in it, each once. */
  vulnerabilities: string[];
  /** Whether some finding names more than are known of it. */
  otherVulnerabilities: boolean;
  firstSeenAt: number;
  addedAt: number;
  /** When the last one closed. */
  closedAt?: number;
  untold: Untold;
  /** The most urgent of what is untold. */
  fresh: Fresh[];
}

/**
 * @param states of the members that `problem` ranks, by id. @param names of accounts that are not among these, by id.
 * @returns undefined where no member is left to tell of.
 */
export function viewOf(
  problem: ProblemRow,
  states: ReadonlyMap<string, StateRow>,
  names: ReadonlyMap<string, string>,
  now: number,
): ProblemView | undefined {
  const { sums, untold } = problem;
  const { counts } = sums;
  const at = (id: string) => states.get(id) ?? [];
  const named = ranked(problem.worst)
    .flatMap(at)
    .map(({ member }) => member);
  const [lead] = named;
  if (!lead) return undefined;
  const closed = closedBy(sums);
  const open = total(counts.open);
  const ended = total(counts.closed);
  const news = Object.keys(counts.news)
    .filter((key) => (counts.news[key] ?? 0) > 0)
    .sort();
  const openNamed = named.filter((member) => member.open);
  const standing = open > 0 ? openNamed : named;
  return {
    severity: worst(open > 0 ? (Object.keys(counts.open) as Severity[]) : closed.map(({ severity }) => severity)),
    open,
    closed: ended,
    members: open + ended,
    findings: open > 0 ? (counts.findings.open ?? 0) : total(counts.findings),
    named,
    lead,
    closings: CLOSING_ORDER.flatMap((closing): [Closing, number][] => {
      const count = closed.filter((each) => each.closing === closing).reduce((sum, each) => sum + each.count, 0);
      return count > 0 ? [[closing, count]] : [];
    }),
    stale: Object.entries(counts.stale).reduce((sum, [day, n]) => (Number(day) <= Math.floor(now / DAY) ? sum + n : sum), 0),
    accounts: accountsOf(counts.accounts, named, names),
    unit: unitOf(counts, open > 0 || (named.length === ended && named.every(({ owner }) => owner.knowledge !== 'unknown'))),
    owners: { stale: (counts.owners.stale ?? 0) > 0, unknown: (counts.owners.unknown ?? 0) > 0 },
    regions: mostFirst(counts.regions)
      .map(([region]) => region)
      .sort(),
    // Of equals in the order of the members, so that the one which heads the message is the first.
    titles: titlesOf(standing, open > 0 ? Object.keys(counts.titles) : []),
    vulnerabilities: vulnerabilitiesIn(news),
    otherVulnerabilities: namesNotAll(news),
    // Of many it is the earliest of the chapter; of few, which are all named, that of those that stand.
    firstSeenAt: openNamed.length === open ? Math.min(...standing.map((each) => each.firstSeenAt)) : problem.firstSeenAt,
    addedAt: problem.addedAt,
    ...(open === 0 ? { closedAt: named.length === ended ? Math.max(...named.map(({ closedAt = 0 }) => closedAt)) : problem.closedAt } : {}),
    untold,
    fresh: ranked(untold.worst)
      .flatMap(at)
      .flatMap((state): Fresh[] => {
        const fresh = freshnessOf(state, problem);
        return fresh ? [{ ...fresh, member: state.member }] : [];
      }),
  };
}

/** Ids of the accounts that the message names. */
export function accountsToName({ sums: { counts } }: Pick<ProblemRow, 'sums'>): string[] {
  return mostFirst(counts.accounts)
    .slice(0, ACCOUNTS_NAMED)
    .map(([accountId]) => accountId);
}

/** What is of an unknown OU may be elsewhere. @param areKnown whether the counts are of all; what closed counts nothing. */
function unitOf({ units, regions }: ProblemRow['sums']['counts'], areKnown: boolean): ProblemView['unit'] {
  const [first, ...others] = mostFirst(units);
  return first && { path: first[0], isOfAll: areKnown && others.length === 0 && first[1] === total(regions) };
}

function accountsOf(counts: Record<string, number>, named: readonly Member[], names: ReadonlyMap<string, string>): ProblemView['accounts'] {
  const all = mostFirst(counts);
  const view = (accountId: string): AccountView =>
    named.find(({ owner }) => owner.accountId === accountId)?.owner ?? {
      accountId,
      accountName: names.get(accountId) ?? '',
      ouPath: [],
      knowledge: 'unknown',
    };
  const ids = all.map(([accountId]) => accountId).sort();
  return { count: all.length, ids, named: all.slice(0, ACCOUNTS_NAMED).map(([accountId]) => view(accountId)) };
}

/** Each once, worst first; of equals in the order given. @param others a text's key and a severity each. */
function titlesOf(members: readonly Member[], others: readonly string[]): ProblemView['titles'] {
  const byTitle = new Map<string, ProblemView['titles'][number]>();
  const all = [...members.flatMap(({ titles }) => titles), ...others.map((key) => key.split(' ') as [string, Severity])];
  for (const [textKey, severity] of all) {
    const known = byTitle.get(titlePart(textKey));
    if (!known) byTitle.set(titlePart(textKey), { textKey, severity });
    else if (bySeverity(severity, known.severity) < 0) known.severity = severity;
  }
  return [...byTitle.values()].sort((a, b) => bySeverity(a.severity, b.severity));
}
