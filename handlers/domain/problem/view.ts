/** A problem as its readers see it: computed from members each time, never counted along. */
import type { Note, Severity } from '../finding/finding';
import type { OrganizationalUnit, Owner } from '../../../config/routing/owner';
import type { Unchecked } from '../finding/status-reasons';
import { byPreference, latestAsked, type Report, renewedAt } from '../finding/report';
import { bySeverity, worse, worst } from '../finding/severity';
import { DAY } from '../time';
import type { Closing } from '../finding/admission';
import { CLOSING_ORDER, closingOfAll } from './closing';
import { isLoud, newsOf, untold, vulnerabilitiesIn } from './news';
import type { MemberRow, Told } from './rows';
import { titlePart } from './text-key';

/** Members named in the message itself. */
export const LISTED = 5;

export interface Member {
  id: string;
  row: MemberRow;
  open: boolean;
  /** Of its open findings; once closed, of when it was last open. */
  severity: Severity;
  firstSeenAt: number;
  closedAt?: number;
  /** How it ended; absent while it is open. */
  closing?: Closing;
  /** What a person wrote who suppressed it. */
  note?: Note;
  /** Why it could not be checked any more. */
  unchecked?: Unchecked[];
  findings: number;
  /** Those findings. */
  reports: readonly Report[];
  asked?: { at: number; eventId: string };
  renewedAt: number;
  /** What is worth calling people for again. */
  news: string[];
  textKey?: string;
  /** Not seen for a month though open: Security Hub refreshes what still exists far more often. */
  stale: boolean;
}

const STALE_AFTER = 30 * DAY;

/** @param since when the chapter began: what of it closed before is of an earlier message, as far as anything else is left to tell. */
export function memberOf(row: MemberRow, now: number, since = 0): Member {
  const all = Object.values(row.reports).sort(byPreference);
  const current = all.filter(({ latest }) => latest.status === 'open' || (latest.closedAt ?? 0) >= since);
  const reports = current.length > 0 ? current : all;
  const openReports = reports.filter((report) => report.latest.status === 'open');
  const open = openReports.length > 0;
  const telling = open ? openReports : reports;
  // Severity and words are of one finding: the worst that was open, and of equals ASFF's.
  const lead = telling.filter((report) => report.open).sort((a, b) => bySeverity(severityOf(a), severityOf(b)) || byPreference(a, b))[0];
  const closedAt = open ? undefined : maximum(reports.map((report) => report.latest.closedAt ?? 0));
  return {
    id: row.memberId,
    row,
    open,
    severity: lead ? severityOf(lead) : 'INFORMATIONAL',
    firstSeenAt: minimum(telling.flatMap((report) => report.open?.firstObservedAt ?? [])),
    closedAt,
    ...(open ? {} : { closing: closingOfAll(reports) }),
    note: reports.find(({ latest }) => latest.note)?.latest.note,
    unchecked: reports.find(({ latest }) => latest.unchecked)?.latest.unchecked,
    findings: reports.length,
    asked: latestAsked(reports),
    renewedAt: maximum(openReports.map(renewedAt)),
    reports,
    news: newsOf(all),
    textKey: lead?.textKey ?? reports.find((report) => report.textKey)?.textKey,
    stale: open && now - row.seenAt > STALE_AFTER,
  };
}

function severityOf(report: Report): Severity {
  return report.open?.severity ?? 'INFORMATIONAL';
}

/** Of any number: a call takes some 100,000 arguments at the most. Infinite where there is none. */
function minimum(times: readonly number[]): number {
  return times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function maximum(times: readonly number[]): number {
  return times.reduce((a, b) => Math.max(a, b), 0);
}

export interface AccountView {
  accountId: string;
  accountName: string;
  ouPath: OrganizationalUnit[];
  knowledge: Owner['knowledge'];
  open: number;
}

export interface ProblemView {
  severity: Severity;
  members: Member[];
  open: Member[];
  closed: Member[];
  /** How many ended how; only those that did. */
  closings: [Closing, number][];
  stale: number;
  /** With something open, most first; all of them once nothing is. */
  accounts: AccountView[];
  regions: string[];
  findings: number;
  firstSeenAt: number;
  /** When the last one closed. */
  closedAt?: number;
  /** The member whose words head the message. */
  lead: Member;
}

/**
 * @param since when this chapter began: members that closed before it were told in an earlier message, unless they were told
 * as open in this one. A closing may come late.
 * @returns undefined where no member is left to tell of.
 */
export function viewOf(rows: readonly MemberRow[], since: number, now: number, told?: ReadonlyMap<string, Told>): ProblemView | undefined {
  const members = rows
    .map((row) => memberOf(row, now, since))
    .filter((member) => member.open || (member.closedAt ?? 0) >= since || told?.get(member.id)?.chapter === since)
    .sort(byUrgency);
  const lead = members[0];
  if (!lead) return undefined;
  const open = members.filter((member) => member.open);
  const closed = members.filter((member) => !member.open);
  const standing = open.length > 0 ? open : closed;
  return {
    severity: worst(standing.map((member) => member.severity)),
    members,
    open,
    closed,
    closings: CLOSING_ORDER.flatMap((closing): [Closing, number][] => {
      const count = closed.filter((member) => member.closing === closing).length;
      return count > 0 ? [[closing, count]] : [];
    }),
    stale: open.filter((member) => member.stale).length,
    accounts: accountsOf(standing),
    regions: [...new Set(standing.map((member) => member.row.region))].sort(),
    findings: members.reduce((sum, member) => sum + member.findings, 0),
    firstSeenAt: Math.min(...standing.map((member) => member.firstSeenAt)),
    closedAt: open.length === 0 ? Math.max(...closed.map((member) => member.closedAt ?? 0)) : undefined,
    lead,
  };
}

/** Open before closed, worse before better, older before newer, then by id: a total order, so that every replay agrees. */
function byUrgency(a: Member, b: Member): number {
  return Number(b.open) - Number(a.open) || bySeverity(a.severity, b.severity) || a.firstSeenAt - b.firstSeenAt || (a.id < b.id ? -1 : 1);
}

function accountsOf(members: readonly Member[]): AccountView[] {
  const accounts = new Map<string, AccountView>();
  for (const { row, open } of members) {
    const known = accounts.get(row.owner.accountId);
    if (known) known.open += Number(open);
    else accounts.set(row.owner.accountId, { ...row.owner, open: Number(open) });
  }
  return [...accounts.values()].sort((a, b) => b.open - a.open || (a.accountId < b.accountId ? -1 : 1));
}

/** news: a resource whose findings are worth a call; more: further findings of one that was told. */
export type Newness = 'new-account' | 'new' | 'more' | 'risen' | 'reopened' | 'news' | 'asked';

export interface Fresh {
  member: Member;
  newness: Newness;
  /** What of its news was not told; see news. */
  news: string[];
}

/** Whether it is worth calling people for: growth within an account that was told is not, nor is what has closed by now. */
export function isLoudNews({ member, newness, news }: Fresh): boolean {
  return member.open && newness !== 'new' && (newness !== 'more' || news.some(isLoud));
}

/** What readers have not been told of yet. */
export function freshOf(view: ProblemView, told: ReadonlyMap<string, Told>): Fresh[] {
  const loudTold = new Set([...told.values()].flatMap(({ news = [] }) => news.filter(isLoud)));
  const accountsTold = new Set(view.members.filter((member) => told.has(member.id)).map((member) => member.row.owner.accountId));
  return view.members.flatMap((member): Fresh[] => {
    const before = told.get(member.id);
    const news = untold(member.news, loudTold, before?.news);
    const newness = newnessOf(member, before, news, accountsTold);
    return newness === undefined ? [] : [{ member, newness, news }];
  });
}

function newnessOf(
  member: Member,
  before: Told | undefined,
  news: readonly string[],
  accountsTold: ReadonlySet<string>,
): Newness | undefined {
  if (member.asked && before?.asked !== member.asked.eventId) return 'asked';
  if (!before && !accountsTold.has(member.row.owner.accountId)) return 'new-account';
  if (!before) return news.some(isLoud) ? 'news' : 'new';
  if (!member.open) return undefined;
  if (!before.open || member.renewedAt > (before.renewed ?? 0)) return 'reopened';
  if (worse(member.severity, before.severity)) return 'risen';
  return news.length > 0 ? 'more' : undefined;
}

/** What will have been told of a member once a message with it is out. */
export function toldOf(member: Member, by: Told['by'], writeBack: boolean, chapter: number): Told {
  return {
    open: member.open,
    severity: member.severity,
    by,
    chapter,
    ...(member.news.length > 0 ? { news: member.news } : {}),
    ...(member.asked ? { asked: member.asked.eventId } : {}),
    ...(member.renewedAt > 0 ? { renewed: member.renewedAt } : {}),
    ...(writeBack ? { toBeMarked: true } : {}),
  };
}

/** The titles under which its open findings (once none is open, all) are told, each once, worst first; a problem may hold several. */
export function headings(view: ProblemView): { textKey: string; severity: Severity }[] {
  const reports = (view.open.length > 0 ? view.open : view.closed).flatMap((member) =>
    member.reports.filter(({ latest }) => !member.open || latest.status === 'open'),
  );
  const byTitle = new Map<string, { textKey: string; severity: Severity }>();
  for (const { textKey, open } of reports.sort(byPreference)) {
    if (textKey === undefined || open === undefined) continue;
    const known = byTitle.get(titlePart(textKey));
    byTitle.set(titlePart(textKey), {
      textKey: known?.textKey ?? textKey,
      severity: worst([open.severity, known?.severity ?? open.severity]),
    });
  }
  return [...byTitle.values()].sort((a, b) => bySeverity(a.severity, b.severity));
}

/** The ids of the vulnerabilities that are open in it, each once. */
export function vulnerabilitiesOf(view: ProblemView): string[] {
  return vulnerabilitiesIn(view.open.flatMap(({ news }) => news).sort());
}
