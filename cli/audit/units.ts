/** Who is told, OU by OU; and what is muted. */
import { addressOf } from '../../config/routing/address';
import { UNTOLD } from '../../config/routing/facet';
import { matchText } from '../../config/routing/match';
import { isInOu, isOuId, ouNames } from '../../config/routing/ou';
import type { OrganizationalUnit } from '../../config/routing/owner';
import { muteEnded, route, routeName } from '../../config/routing/walk';
import type { Config, RouteInput, Severity } from '../../config/schema';
import { lineage, type OrganizationTree } from '../../local/organizations/organization-tree';

export interface AuditedUnit {
  /** Names from the top; [] for the root. */
  path: string[];
  accounts: { id: string; name: string }[];
  /** Who is told of a finding that only its OU and severity route. Muted where nobody is. */
  told: { severity: Severity; receivers: string[]; by: string; muted: boolean }[];
  /** No route but the root takes it. */
  rootOnly: boolean;
  /** Routes that take some of its findings by something else as well. */
  also: { route: string; asks: string; receiver: string; mute: boolean; goesOn: boolean }[];
}

export interface AuditedReceiver {
  name: string;
  address: string;
  language: string;
  minimumSeverity?: Severity;
  mentions: Record<string, string[]>;
  securityAccountAccess: boolean;
}

export interface AuditedMute {
  route: string;
  asks: string;
  reason: string;
  until?: string;
  ended: boolean;
  /** Where it stands in routes.yaml, from the root. */
  path: (string | number)[];
  /** Its reason and its end as they are written, and in which line of routes.yaml they begin; absent where the file was not read. */
  written?: { line: number; text: string };
  /** Who wrote it last, and in which commit, where version control knows. */
  by?: { who: string; at: string; commit: string };
  /** Version control knows the file, and nobody has committed this yet. */
  uncommitted?: true;
}

export function receiversOf({ routes, settings }: Config): AuditedReceiver[] {
  return Object.entries(routes.receivers).map(([name, receiver]) => ({
    name,
    address: addressOf(receiver),
    language: receiver.language ?? settings.language,
    minimumSeverity: receiver.minimumSeverity,
    mentions: { ...receiver.mentions },
    securityAccountAccess: receiver.securityAccountAccess === true,
  }));
}

/** @param tree of the organization; without one the OUs that the routes name, and the root. */
export function unitsOf(config: Config, now: number, tree?: OrganizationTree): AuditedUnit[] {
  return (tree ? unitsIn(tree) : namedUnits(config.routes.route)).map(({ path, accounts }) => unitOf(path, accounts, config, now));
}

function unitsIn({ root, units, accounts }: OrganizationTree) {
  const all = [root, ...[...units.values()].filter(({ id }) => id !== root.id)];
  return all
    .map((unit) => ({
      path: lineage(unit)
        .slice(1)
        .map(({ id, name }): OrganizationalUnit => ({ id, name })),
      accounts: [...accounts.values()].filter(({ parent }) => parent.id === unit.id).map(({ id, name }) => ({ id, name })),
    }))
    .sort((a, b) => namesOf(a.path).localeCompare(namesOf(b.path)));
}

/** Of an OU by id nothing is known but that. */
function namedUnits(root: RouteInput) {
  const names = routesBelow(root).flatMap(({ route: { match } }) => [match?.ou ?? []].flat());
  const paths = names.flatMap((name): OrganizationalUnit[][] =>
    isOuId(name)
      ? [[{ id: name, name }]]
      : ouNames(name).map((_, depth, all) => all.slice(0, depth + 1).map((each) => ({ id: '', name: each }))),
  );
  const unique = new Map([[], ...paths].map((path) => [namesOf(path), path]));
  return [...unique.values()].map((path) => ({ path, accounts: [] })).sort((a, b) => namesOf(a.path).localeCompare(namesOf(b.path)));
}

const namesOf = (path: readonly OrganizationalUnit[]): string => path.map(({ name }) => name).join('/');

function unitOf(ouPath: OrganizationalUnit[], accounts: AuditedUnit['accounts'], config: Config, now: number): AuditedUnit {
  const { settings, routes } = config;
  const told = settings.severities.map((severity): AuditedUnit['told'][number] => {
    // No route by account: those are among `also`.
    const subject = { ...UNTOLD, accountId: '', ouPath, severity, region: settings.regions.home };
    const { receivers, mutes } = route(routes, subject, now);
    const by = receivers.map(({ path }) => path).concat(mutes.map(({ path }) => path));
    return {
      severity,
      receivers: receivers.map(({ name }) => name),
      by: by.map((path) => path.join(' > ')).join(', '),
      muted: mutes.length > 0,
    };
  });
  const also = routesBelow(routes.route)
    .filter(
      ({ above, route: { match } }) => asksMore(match) && [...above.map(({ match }) => match), match].every((one) => mayTake(one, ouPath)),
    )
    .filter(({ route: { mute } }) => !(mute?.until !== undefined && muteEnded(mute.until, now)))
    .map(({ route: one, above, path }) => ({
      route: path,
      asks: matchText(one.match),
      receiver: one.receiver ?? above.findLast(({ receiver }) => receiver !== undefined)?.receiver ?? '',
      mute: one.mute !== undefined,
      goesOn: one.continue === true,
    }));
  return { path: ouPath.map(({ name }) => name), accounts, told, rootOnly: told.every(({ by }) => by === 'root'), also };
}

export interface Below {
  route: RouteInput;
  above: RouteInput[];
  /** `root > Workloads > Workloads/Prod` */
  path: string;
  place: (string | number)[];
}

export function routesBelow(top: RouteInput, above: RouteInput[] = [], name = 'root', place: (string | number)[] = ['route']): Below[] {
  return (top.routes ?? []).flatMap((child, index) => {
    const path = `${name} > ${routeName(child)}`;
    const here = [...place, 'routes', index];
    return [{ route: child, above: [...above, top], path, place: here }, ...routesBelow(child, [...above, top], path, here)];
  });
}

function asksMore(match: RouteInput['match']): boolean {
  return Object.keys(match ?? {}).some((key) => key !== 'ou');
}

/** As far as the OU says it. */
function mayTake(match: RouteInput['match'], ouPath: readonly OrganizationalUnit[]): boolean {
  const ous = [match?.ou ?? []].flat();
  return ous.length === 0 || ous.some((ou) => isInOu(ouPath, ou));
}

export function mutesOf({ routes }: Config, now: number): AuditedMute[] {
  const root = { route: routes.route, above: [], path: 'root', place: ['route'] };
  return [root, ...routesBelow(routes.route)].flatMap(({ route: { mute, match }, path, place }): AuditedMute[] => {
    if (!mute) return [];
    const { reason, until } = mute;
    return [{ route: path, asks: matchText(match), reason, until, ended: until !== undefined && muteEnded(until, now), path: place }];
  });
}
