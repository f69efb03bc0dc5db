/** Whose a finding is and who is told of it. */
import type { Owner } from '../../config/routing/owner';
import type { Config } from '../../config/schema';
import type { Finding, Severity } from '../domain/finding/finding';
import { bySeverity } from '../domain/finding/severity';
import { type RoutingSubject, route } from '../../config/routing/walk';
import type { Routing } from '../domain/problem/decision';
import { better } from '../domain/problem/member';
import type { FindingFacts, FindingRow } from '../domain/problem/rows';
import type { Clock, Journal } from '../ports';
import type { OwnerLookup } from './owner-lookup';

/**
 * Of several severities a receiver's route is the worst one's.
 * @param severities in which the finding was open so far: whoever was told of one of them is told how it goes on.
 */
export async function routeFinding(
  finding: Finding,
  severities: readonly Severity[],
  { config, owners, clock, journal }: { config: Config; owners: OwnerLookup; clock: Clock; journal: Journal },
): Promise<Routing> {
  // What is in another cloud is in no OU, and Organizations knows nothing of it: the root is told.
  const owner = finding.cloud
    ? unknownOwner(finding)
    : await owners.ownerOf(finding.accountId, finding.accountName, { critical: severities.includes('CRITICAL'), journal });
  const subject = { ...finding, resourceTypes: finding.resources.map(({ type }) => type), resourceTags: finding.resourceTags ?? {} };
  return routeOf(subject, owner, severities, config, clock.now());
}

/** All that is known of whose it is where Organizations was not asked. */
export function unknownOwner({ accountId, accountName = '' }: Pick<Finding, 'accountId' | 'accountName'>): Owner {
  return { accountId, accountName, ouPath: [], tags: {}, knowledge: 'unknown' };
}

/** What routing looks at of the finding itself. */
export type FindingSubject = Pick<RoutingSubject, 'accountId' | 'product' | 'controlId' | 'types' | 'resourceTypes' | 'region'> &
  Partial<Pick<RoutingSubject, 'resourceTags'>>;

/** @param now epoch milliseconds. */
export function routeOf(subject: FindingSubject, owner: Owner, severities: readonly Severity[], config: Config, now: number): Routing {
  const routing: Routing = { owner, receivers: [], mutes: [] };
  for (const severity of [...severities].sort(bySeverity)) {
    const { receivers, mutes } = route(
      config.routes,
      { resourceTags: {}, ...subject, ouPath: owner.ouPath, ouKnown: owner.knowledge !== 'unknown', tags: owner.tags, severity },
      now,
    );
    routing.receivers.push(...receivers.filter(({ name }) => !routing.receivers.some((known) => known.name === name)));
    routing.mutes.push(...mutes);
  }
  return routing;
}

/**
 * Who is told of a finding by now, and what of whose it is they are told. Whoever was told of it is told how it goes on.
 * @param row as it stood. @param ownerAt when its owner was asked for, in epoch milliseconds.
 */
export function routed(
  row: Pick<FindingRow, 'receivers' | 'told'>,
  { owner, receivers }: Pick<Routing, 'owner' | 'receivers'>,
  ownerAt: number,
): { receivers: string[]; told: Pick<FindingFacts, 'owner' | 'ownerAt' | 'routePaths' | 'passedTo'> } {
  const { receivers: before, told } = row;
  const added = receivers.map(({ name }) => name).filter((name) => !before.includes(name));
  const asked = { owner: { ...owner, tags: {} }, ownerAt };
  // The root was told first, as nobody knew whose it is: its message says who is told now.
  const isLate = told?.owner.knowledge === 'unknown' && owner.knowledge !== 'unknown';
  return {
    receivers: [...before, ...added].sort(),
    told: {
      ...(told ? better({ owner: told.owner, ownerAt: told.ownerAt }, asked) : asked),
      routePaths: { ...told?.routePaths, ...Object.fromEntries(receivers.map(({ name, path }) => [name, path])) },
      passedTo: isLate && added.length > 0 ? added : told?.passedTo,
    },
  };
}
