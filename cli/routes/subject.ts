/** What routing is asked about: the flags, and for what they leave out something that is said aloud. */
import { readFileSync } from 'node:fs';
import type { Config, RouteInput } from '../../config/schema';
import { nearest } from '../../config/nearest';
import { isOuId, ouNames } from '../../config/routing/ou';
import type { OrganizationalUnit } from '../../config/routing/owner';
import { resourceType } from '../../handlers/domain/finding/resource';
import type { RoutingSubject } from '../../config/routing/walk';
import { lineage, parseOrganization } from '../../local/organizations/organization-tree';
import { organizationFor } from '../audit/organization';
import { WrongUse } from '../frame/command';
import type { FindingFlags } from './flags';

type Placement = Pick<RoutingSubject, 'ouPath' | 'ouKnown' | 'tags'> & { assumptions: string[] };

/** @throws WrongUse where --organization cannot be read. */
export function subjectOf(flags: FindingFlags, config: Config): { subject: RoutingSubject; assumptions: string[] } {
  const { assumptions, ...placement } = placementOf(flags, config);
  const { home } = config.settings.regions;
  const product = flags.product ?? (flags.control === undefined ? '' : 'securityhub');
  const subject: RoutingSubject = {
    accountId: flags.account,
    ...placement,
    resourceTags: flags.resourceTags,
    severity: flags.severity,
    product: product === '' || product.includes('/') ? product : `aws/${product}`,
    controlId: flags.control,
    types: flags.types,
    resourceTypes: flags.resourceTypes.map(resourceType),
    region: flags.region ?? home,
  };
  const region = flags.region === undefined ? [`No --region: taken as the home Region, ${home}.`] : [];
  const admitted = config.settings.severities.includes(flags.severity)
    ? []
    : [`settings.yaml does not admit ${flags.severity}: only a custom action brings such a finding here.`];
  return { subject, assumptions: [...assumptions, ...region, ...unasked(subject, config), ...admitted] };
}

function placementOf(flags: FindingFlags, config: Config): Placement {
  if (flags.organization !== undefined) return placementIn(flags.organization, flags);
  if (flags.ou === undefined) {
    const assumption = 'No --ou: taken as an account directly under the root, so routes by OU do not match.';
    return { ouPath: [], ouKnown: true, tags: flags.tags, assumptions: [assumption] };
  }
  const byId = keysUsed(config.routes.route).has('ou by id');
  const unheard = unheardOf(flags.ou, config);
  if (isOuId(flags.ou)) {
    const assumption = 'The OU is given by id: routes that name an OU by its path do not match. --organization knows both.';
    return { ouPath: [{ id: flags.ou, name: flags.ou }], ouKnown: true, tags: flags.tags, assumptions: [...unheard, assumption] };
  }
  const ouPath = ouNames(flags.ou).map((name): OrganizationalUnit => ({ id: '', name }));
  const assumption = 'The OU is given by its path: routes that name an OU by id do not match. --organization knows both.';
  return { ouPath, ouKnown: true, tags: flags.tags, assumptions: [...unheard, ...(byId ? [assumption] : [])] };
}

/** Of an OU that nothing here names the answer is right only if it is there: a misspelt one is answered alike. */
function unheardOf(ou: string, config: Config): string[] {
  const written = ousOf(config.routes.route);
  const named = written.flatMap((each) =>
    isOuId(each) ? [each] : ouNames(each).map((_, depth, all) => all.slice(0, depth + 1).join('/')),
  );
  const sample = organizationFor(config, undefined);
  const there = [...(sample?.units.values() ?? [])].flatMap((unit) => {
    const path = lineage(unit).slice(1);
    return [unit.id, path.map(({ name }) => name).join('/')];
  });
  const known = [...new Set([...named, ...there])].filter(Boolean);
  if (known.includes(isOuId(ou) ? ou : ouNames(ou).join('/'))) return [];
  const meant = nearest(ou, known);
  return [
    `No route names OU ${ou}${sample ? ', nor is it in the sample organization' : ''}: ${meant ? `did you mean ${meant}?` : 'check its name.'}`,
  ];
}

function ousOf(route: RouteInput): string[] {
  return [...[route.match?.ou ?? []].flat(), ...(route.routes ?? []).flatMap(ousOf)];
}

function placementIn(file: string, flags: FindingFlags): Placement {
  let account: { tags: Record<string, string>; parent: Parameters<typeof lineage>[0] } | undefined;
  try {
    account = parseOrganization(JSON.parse(readFileSync(file, 'utf8')), file).accounts.get(flags.account);
  } catch (error) {
    throw new WrongUse(`--organization ${file}: ${(error as Error).message}`);
  }
  if (!account) {
    const assumption = `${file} has no account ${flags.account}: routed as one that Organizations does not know.`;
    return { ouPath: [], ouKnown: false, tags: flags.tags, assumptions: [assumption] };
  }
  const ouPath = lineage(account.parent)
    .slice(1)
    .map(({ id, name }) => ({ id, name }));
  return { ouPath, ouKnown: true, tags: { ...account.tags, ...flags.tags }, assumptions: [] };
}

/** Flags that were not given although some route asks for what they say. */
function unasked(subject: RoutingSubject, config: Config): string[] {
  const used = keysUsed(config.routes.route);
  const missing = [
    ...(subject.product === '' ? (['product'] as const) : []),
    ...(subject.controlId === undefined && (subject.product === '' || subject.product === 'aws/securityhub') ? (['control'] as const) : []),
    ...(subject.types.length === 0 ? (['type'] as const) : []),
    ...(subject.resourceTypes.length === 0 ? (['resourceType'] as const) : []),
    ...(Object.keys(subject.tags).length === 0 ? (['tag'] as const) : []),
    ...(Object.keys(subject.resourceTags).length === 0 ? (['resourceTag'] as const) : []),
  ].filter((key) => used.has(key));
  if (missing.length === 0) return [];
  return [
    `Not given, so routes that ask for it do not match: ${missing.map((key) => `--${key.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`).join(', ')}.`,
  ];
}

function keysUsed(route: RouteInput): Set<string> {
  const ous = [route.match?.ou ?? []].flat();
  const own = [...Object.keys(route.match ?? {}), ...(ous.some((ou) => ou.startsWith('ou-')) ? ['ou by id'] : [])];
  return new Set([...own, ...(route.routes ?? []).flatMap((child) => [...keysUsed(child)])]);
}
