/** Writes what one finding says into the member it reports, in one receiver's problem. */
import type { Config } from '../../config/schema';
import type { Finding } from '../domain/finding';
import { canonical, hash } from '../domain/identity';
import type { Owner } from '../domain/owner';
import { merge, type Report } from '../domain/report';
import { type MemberRow, type ProblemKey, rowKeys } from '../domain/rows';
import { change } from '../optimistic';
import type { Clock, Ledger } from '../ports';

/** Findings kept by name in one member; a resource that a product reports anew each time would grow without end. */
const MAX_REPORTS = 40;

export interface Membership {
  finding: Finding;
  report: Report;
  memberId: string;
  receivers: string[];
  /** Absent when a closing is recorded: what is known stays. */
  owner?: Owner;
  routePath?: string[];
}

export async function recordMember(
  problem: ProblemKey,
  membership: Membership,
  deps: { ledger: Ledger; clock: Clock; config: Config },
): Promise<void> {
  const now = deps.clock.now();
  await change<MemberRow, void>(deps.ledger, rowKeys.member(problem, membership.memberId), (known) => {
    const next = withReport(known, membership, now);
    const closed = Object.values(next.reports).every((report) => report.latest.status !== 'open');
    const expiresAt = closed ? Math.floor(now / 1000) + deps.config.settings.retention.ledgerDays * 86_400 : undefined;
    const same = known && canonical({ ...known, seenAt: 0 }) === canonical({ ...next, seenAt: 0 }) && now - known.seenAt < 86_400_000;
    return { next: same ? undefined : next, expiresAt, result: undefined };
  });
}

/** Pure. The merge of reports does not depend on their order, so neither does the member. */
export function withReport(
  known: MemberRow | undefined,
  { finding, report, memberId, receivers, owner, routePath }: Membership,
  now: number,
): MemberRow {
  const id = hash(finding.id).slice(0, 12);
  const reports = { ...known?.reports, [id]: merge(known?.reports[id], report) };
  const kept = bound(reports);
  return {
    memberId,
    owner: better(owner, known?.owner) ?? {
      accountId: finding.accountId,
      accountName: finding.accountName ?? '',
      ouPath: [],
      tags: {},
      knowledge: 'unknown',
    },
    region: finding.region,
    resource: { ...finding.resources[0], id: finding.resources[0].id.slice(0, 512), name: finding.resources[0].name.slice(0, 256) },
    otherResources: finding.resources.length - 1,
    reports: kept,
    dropped: (known?.dropped ?? 0) + Object.keys(reports).length - Object.keys(kept).length,
    routePath: routePath ?? known?.routePath ?? [],
    addedAt: known?.addedAt ?? now,
    seenAt: now,
    receivers: [...new Set([...(known?.receivers ?? []), ...receivers])].sort(),
  };
}

/** What is known for certain is not overwritten by what is not. */
function better(next: Owner | undefined, known: Owner | undefined): Owner | undefined {
  if (!next || !known) return next ?? known;
  return next.knowledge === 'unknown' && known.knowledge !== 'unknown' ? known : next;
}

/** The closed that were closed first go first. */
function bound(reports: Record<string, Report>): Record<string, Report> {
  const entries = Object.entries(reports);
  if (entries.length <= MAX_REPORTS) return reports;
  entries.sort(
    ([, a], [, b]) =>
      Number(b.latest.status === 'open') - Number(a.latest.status === 'open') || b.latest.revision[0] - a.latest.revision[0],
  );
  return Object.fromEntries(entries.slice(0, MAX_REPORTS));
}
