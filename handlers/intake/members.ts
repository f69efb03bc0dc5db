/** Writes what one finding says into the member it reports, in one receiver's problem. */
import type { Config } from '../../config/schema';
import type { Finding } from '../domain/finding/finding';
import { canonical, hash } from '../domain/text/identity';
import type { Owner } from '../../config/routing/owner';
import { asffFirst, merge, type Report } from '../domain/finding/report';
import { type MemberRow, type ProblemKey, rowKeys } from '../domain/problem/rows';
import { DAY, expiry } from '../domain/time';
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
    const expiresAt = closed ? expiry(now + deps.config.settings.retention.ledgerDays * DAY) : undefined;
    const same = known && canonical({ ...known, seenAt: 0 }) === canonical({ ...next, seenAt: 0 }) && now - known.seenAt < DAY;
    return { next: same ? undefined : next, expiresAt, result: undefined };
  });
}

/** Pure. Nothing of it depends on the order in which events come. */
function withReport(
  known: MemberRow | undefined,
  { finding, report, memberId, receivers, owner, routePath }: Membership,
  now: number,
): MemberRow {
  const id = hash(finding.format, finding.id).slice(0, 12);
  const reports = { ...known?.reports, [id]: merge(known?.reports[id], report) };
  const kept = bound(reports);
  const routePaths = pick({ ...known?.routePaths, ...(routePath ? { [id]: routePath } : {}) }, kept);
  const preferred = Object.entries(kept)
    .sort(([a, x], [b, y]) => asffFirst(x, y) || (a < b ? -1 : 1))
    .map(([key]) => key);
  const [resource] = finding.resources;
  const described = known && Object.values(known.reports).some((each) => asffFirst(each, report) < 0);
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
    resource: described ? known.resource : { ...resource, id: resource.id.slice(0, 512), name: resource.name.slice(0, 256) },
    otherResources: preferred.flatMap((each) => kept[each]?.others ?? [])[0] ?? 0,
    reports: kept,
    dropped: (known?.dropped ?? 0) + Object.keys(reports).length - Object.keys(kept).length,
    routePath: preferred.flatMap((each) => (routePaths[each] ? [routePaths[each]] : []))[0] ?? known?.routePath ?? [],
    routePaths,
    addedAt: known?.addedAt ?? now,
    seenAt: now,
    receivers: [...new Set([...(known?.receivers ?? []), ...receivers])].sort(),
  };
}

function pick<T>(all: Record<string, T>, of: Record<string, unknown>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in of));
}

/** What is known for certain is not overwritten by what is not; of two names in findings any fixed choice will do. */
function better(next: Owner | undefined, known: Owner | undefined): Owner | undefined {
  if (!next || !known) return next ?? known;
  if (next.knowledge !== 'unknown') return next;
  return known.knowledge === 'unknown' && next.accountName > known.accountName ? next : known;
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
