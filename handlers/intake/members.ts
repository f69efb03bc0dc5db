/** Writes what one finding says of the resource it reports, in one receiver's problem: one row, whatever else reports it. */
import type { Config } from '../../config/schema';
import type { Finding } from '../domain/finding/finding';
import { canonical } from '../domain/text/identity';
import type { Owner } from '../../config/routing/owner';
import { merge, type Report } from '../domain/finding/report';
import { better } from '../domain/problem/member';
import { type ProblemKey, type ReportRow, rowKeys } from '../domain/problem/rows';
import { DAY, expiry } from '../domain/time';
import { change } from '../optimistic';
import type { Clock, Ledger } from '../ports';

export interface Membership {
  finding: Finding;
  report: Report;
  memberId: string;
  receivers: string[];
  /** The fingerprints of those that gather it otherwise. */
  elsewhere?: Record<string, string>;
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
  const key = rowKeys.report(problem, membership.memberId, membership.finding);
  await change<ReportRow, void>(deps.ledger, key, (known) => {
    const next = withReport(known, membership, now);
    const closed = next.report.latest.status !== 'open';
    const expiresAt = closed ? expiry(now + deps.config.settings.retention.ledgerDays * DAY) : undefined;
    const same = known && timeless(known) === timeless(next) && now - known.seenAt < DAY;
    return { next: same ? undefined : next, expiresAt, result: undefined };
  });
}

function timeless(row: ReportRow): string {
  return canonical({ ...row, seenAt: 0, ownerAt: 0 });
}

/** Pure. What it says of the finding does not depend on the order in which events come. */
function withReport(
  known: ReportRow | undefined,
  { finding, report, memberId, receivers, elsewhere, owner, routePath }: Membership,
  now: number,
): ReportRow {
  const [resource] = finding.resources;
  const { accountId, accountName = '' } = finding;
  const asked = owner
    ? { owner: { ...owner, tags: {} }, ownerAt: now }
    : { owner: { accountId, accountName, ouPath: [], tags: {}, knowledge: 'unknown' as const }, ownerAt: 0 };
  return {
    memberId,
    ...(known ? better({ owner: known.owner, ownerAt: known.ownerAt }, asked) : asked),
    region: finding.region,
    resource: { ...resource, id: resource.id.slice(0, 512), name: resource.name.slice(0, 256) },
    report: merge(known?.report, report),
    routePath: routePath ?? known?.routePath ?? [],
    addedAt: known?.addedAt ?? now,
    seenAt: now,
    receivers: [...new Set([...(known?.receivers ?? []), ...receivers])].sort(),
    ...(elsewhere ? { elsewhere } : {}),
  };
}
