/** Whose a finding is and who is told of it. */
import type { Config } from '../../config/schema';
import type { Finding, Severity } from '../domain/finding/finding';
import { bySeverity } from '../domain/finding/severity';
import type { Owner } from '../../config/routing/owner';
import { type RouteDecision, route } from '../../config/routing/walk';
import type { Clock } from '../ports';
import type { OwnerLookup } from './owner-lookup';

export interface Routed {
  owner: Owner;
  /** Path of routes by receiver; of several severities the worst one's. */
  receivers: Map<string, string[]>;
  mutes: RouteDecision['mutes'];
}

/** @param severities in which the finding was open so far: whoever was told of one of them is told how it goes on. */
export async function routeFinding(
  finding: Finding,
  severities: readonly Severity[],
  { config, owners, clock }: { config: Config; owners: OwnerLookup; clock: Clock },
): Promise<Routed> {
  // What is in another cloud is in no OU, and Organizations knows nothing of it: the root is told.
  const owner = finding.cloud
    ? { accountId: finding.accountId, accountName: finding.accountName ?? '', ouPath: [], tags: {}, knowledge: 'unknown' as const }
    : await owners.ownerOf(finding.accountId, finding.accountName);
  const routed: Routed = { owner, receivers: new Map(), mutes: [] };
  for (const severity of [...severities].sort(bySeverity)) {
    const { receivers, mutes } = route(
      config.routes,
      {
        accountId: finding.accountId,
        ouPath: owner.ouPath,
        ouKnown: owner.knowledge !== 'unknown',
        tags: owner.tags,
        severity,
        product: finding.product,
        controlId: finding.controlId,
        types: finding.types,
        resourceTypes: finding.resources.map(({ type }) => type),
        region: finding.region,
      },
      clock.now(),
    );
    for (const { name, path } of receivers) if (!routed.receivers.has(name)) routed.receivers.set(name, path);
    routed.mutes.push(...mutes);
  }
  return routed;
}
