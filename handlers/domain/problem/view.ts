/** A problem as its readers see it: computed from members each time, never counted along. */
import type { Severity } from '../finding/finding';
import type { OrganizationalUnit, Owner } from '../../../config/routing/owner';
import { byPreference, latestAsked, type Report, renewedAt } from '../finding/report';
import { bySeverity, worse, worst } from '../finding/severity';
import { DAY } from '../time';
import type { MemberRow, Told } from './rows';

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
  status: Report['latest']['status'];
  findings: number;
  asked?: { at: number; eventId: string };
  renewedAt: number;
  textKey?: string;
  /** Not seen for a month though open: Security Hub refreshes what still exists far more often. */
  stale: boolean;
}

const STALE_AFTER = 30 * DAY;

export function memberOf(row: MemberRow, now: number): Member {
  const reports = Object.values(row.reports).sort(byPreference);
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
    status: open ? 'open' : (reports.find((report) => report.latest.closedAt === closedAt)?.latest.status ?? 'resolved'),
    findings: reports.length,
    asked: latestAsked(reports),
    renewedAt: maximum(openReports.map(renewedAt)),
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
 * @param since members that closed before this were told in an earlier message.
 * @returns undefined where no member is left to tell of.
 */
export function viewOf(rows: readonly MemberRow[], since: number, now: number): ProblemView | undefined {
  const members = rows
    .map((row) => memberOf(row, now))
    .filter((member) => member.open || (member.closedAt ?? 0) >= since)
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

export type Newness = 'new-account' | 'new' | 'risen' | 'reopened' | 'asked';

/** What readers have not been told of yet. */
export function freshOf(view: ProblemView, told: ReadonlyMap<string, Told>): { member: Member; newness: Newness }[] {
  const accountsTold = new Set(view.members.filter((member) => told.has(member.id)).map((member) => member.row.owner.accountId));
  return view.members.flatMap((member): { member: Member; newness: Newness }[] => {
    const before = told.get(member.id);
    if (member.asked && before?.asked !== member.asked.eventId) return [{ member, newness: 'asked' }];
    if (!before) return [{ member, newness: accountsTold.has(member.row.owner.accountId) ? 'new' : 'new-account' }];
    if (!member.open) return [];
    if (!before.open || member.renewedAt > (before.renewed ?? 0)) return [{ member, newness: 'reopened' }];
    if (worse(member.severity, before.severity)) return [{ member, newness: 'risen' }];
    return [];
  });
}

/** What will have been told of a member once a message with it is out. */
export function toldOf(member: Member, by: Told['by'], writeBack: boolean): Told {
  return {
    open: member.open,
    severity: member.severity,
    by,
    ...(member.asked ? { asked: member.asked.eventId } : {}),
    ...(member.renewedAt > 0 ? { renewed: member.renewedAt } : {}),
    ...(writeBack ? { toBeMarked: true } : {}),
  };
}
