/** A member of a problem: one resource, and all findings that report it. Folded from their rows at each look, never stored. */
import type { Owner } from '../../../config/routing/owner';
import { byPreference } from '../finding/report';
import { type LedgerKey, type MemberRow, type ReportRow, reportKey } from './rows';

interface Entry {
  key: LedgerKey;
  value: ReportRow;
}

/** The members of a problem. The same whatever the order of the rows. */
export function membersOf(rows: readonly Entry[]): MemberRow[] {
  const byMember = new Map<string, [Entry, ...Entry[]]>();
  for (const row of rows) {
    const known = byMember.get(row.value.memberId);
    if (known) known.push(row);
    else byMember.set(row.value.memberId, [row]);
  }
  return [...byMember.values()].map((entries) => memberFrom(entries.sort((a, b) => byPreference(a.value.report, b.value.report))));
}

/** What is shown of a resource is of the row that comes first: ASFF's spelling before OCSF's copy of it. */
function memberFrom(entries: readonly Entry[]): MemberRow {
  const rows = entries.map(({ value }) => value) as [ReportRow, ...ReportRow[]];
  const [first] = rows;
  return {
    memberId: first.memberId,
    owner: rows.map(({ owner, ownerAt }) => ({ owner, ownerAt })).reduce(better).owner,
    region: first.region,
    resource: first.resource,
    otherResources: first.report.others ?? 0,
    reports: Object.fromEntries(entries.map(({ key, value }) => [reportKey(key), value.report])),
    routePath: rows.find(({ routePath }) => routePath.length > 0)?.routePath ?? [],
    addedAt: rows.reduce((earliest, { addedAt }) => Math.min(earliest, addedAt), first.addedAt),
    seenAt: rows.reduce((latest, { seenAt }) => Math.max(latest, seenAt), first.seenAt),
    receivers: [...new Set(rows.flatMap(({ receivers }) => receivers))].sort(),
    elsewhere: Object.assign({}, ...rows.map(({ elsewhere }) => elsewhere)),
  };
}

interface Known {
  owner: Owner;
  ownerAt: number;
}

/** What Organizations said before what it did not say, the latest before the earlier; of two names in findings any fixed choice will do. */
export function better(a: Known, b: Known): Known {
  if (a.owner.knowledge === 'unknown' && b.owner.knowledge === 'unknown') return b.owner.accountName > a.owner.accountName ? b : a;
  if (a.owner.knowledge === 'unknown' || b.owner.knowledge === 'unknown') return a.owner.knowledge === 'unknown' ? b : a;
  return b.ownerAt > a.ownerAt ? b : a;
}
