/** That routes and targets name OUs and accounts which exist, and that no OU is told by the root alone without anybody meaning it. */
import { nearest } from '../../../config/nearest';
import type { RouteInput } from '../../../config/schema';
import { ouNames } from '../../../config/routing/ou';
import { UNTOLD } from '../../../config/routing/facet';
import { route } from '../../../config/routing/walk';
import { check, counted, fail, type Item, pass, warn } from '../check';
import type { Context } from '../context';
import { ouPathOf, pathName, type Unit } from '../reads/organization';
import { DEPLOY } from './remedies';

const NEEDS = ['caller'];

interface Named {
  /** Such as route.routes[1].match.ou. */
  place: string;
  name: string;
}

/** What the matches of all routes name under a key. */
export function namedIn(given: RouteInput, key: 'ou' | 'account' | 'product' | 'severity', place = 'route'): Named[] {
  const own = [given.match?.[key] ?? []].flat().map((name) => ({ place: `${place}.match.${key}`, name }));
  return [...own, ...(given.routes ?? []).flatMap((child, index) => namedIn(child, key, `${place}.routes[${index}]`))];
}

export const targets = check({ id: 'targets', group: 'Coverage', title: 'Targets', needs: NEEDS }, async ({ organization, config }) => {
  const { units } = await organization.tree();
  const wanted = config.settings.enablement.targets.map((name, index) => ({ place: `enablement.targets[${index}]`, name }));
  const strangers = wanted.filter(({ name }) => !units.has(name));
  if (strangers.length === 0)
    return pass(wanted.map(({ name }) => `${name} (${pathName(units.get(name) as Unit)})`).join(', ') || 'none named');
  const known = [...units.keys()];
  return fail(...strangerFindings('settings.yaml', 'target', strangers, (name) => nearest(name, known), units));
});

const ous = check({ id: 'routes.ous', group: 'Routes', title: 'OUs exist', needs: NEEDS }, async ({ organization, config }) => {
  const { units } = await organization.tree();
  const named = namedIn(config.routes.route, 'ou');
  const all = [...units.values()];
  const strangers = named.filter(({ name }) => !all.some((unit) => isUnit(unit, name)));
  if (strangers.length === 0) return pass(`all ${counted(named.length, 'OU')} that routes name`);
  const ids = [...units.keys()];
  const paths = all.map(pathName);
  const suggest = (name: string) => nearest(name, name.startsWith('ou-') ? ids : paths);
  return fail(...strangerFindings('routes.yaml', 'OU', strangers, suggest, units));
});

/** Exactly that unit, by its id or by its path of names, with or without `Root/` in front. */
function isUnit(unit: Unit, name: string): boolean {
  return unit.id === name || pathName(unit) === (ouNames(name).join('/') || 'Root');
}

const accounts = check({ id: 'routes.accounts', group: 'Routes', title: 'Accounts exist', needs: NEEDS }, async (context) => {
  const { organization, config } = context;
  const named = namedIn(config.routes.route, 'account');
  if (named.length === 0) return pass('no route names an account');
  const known = new Map((await organization.accounts()).map(({ id, name }) => [id, name]));
  const strangers = named.filter(({ name }) => !known.has(name));
  if (strangers.length === 0) return pass(`all ${counted(named.length, 'account')} that routes name`);
  return fail(...strangerFindings('routes.yaml', 'account', strangers, (name) => nearest(name, [...known.keys()]), known));
});

function strangerFindings(
  file: string,
  word: string,
  strangers: Named[],
  suggest: (name: string) => string | undefined,
  known: Map<string, Unit | string>,
): Parameters<typeof fail> {
  const items = strangers.map(({ place, name }): Item => {
    const meant = suggest(name);
    const of = meant === undefined ? undefined : known.get(meant);
    const called = typeof of === 'string' ? of : of && pathName(of);
    const hint = meant === undefined ? '' : `  Did you mean ${meant}${called && called !== meant ? ` (${called})` : ''}?`;
    return { line: `${place}: ${name}${hint}`, data: { file, place, name, ...(meant === undefined ? {} : { meant }) } };
  });
  const names = [...new Set(strangers.map(({ name }) => name))];
  return [
    `the organization has no ${word} ${names.join(', ')}`,
    [{ say: `Correct ${file} at ${strangers.map(({ place }) => place).join(', ')}, then:`, command: DEPLOY }],
    items,
  ];
}

/** Every OU that has active accounts, asked about by the code that runs in Lambda. */
const rootOnly = check({ id: 'routes.root-only', group: 'Routes', title: 'OUs routed', needs: NEEDS }, async (context) => {
  const { organization, config } = context;
  const [tree, placement, members] = await Promise.all([organization.tree(), organization.placement(), organization.accounts()]);
  const active = new Set(members.map(({ id }) => id));
  const inhabitants = new Map<Unit, string[]>();
  for (const [account, unit] of placement)
    if (active.has(account) && unit !== tree.root) inhabitants.set(unit, [...(inhabitants.get(unit) ?? []), account]);
  const alone = [...inhabitants].filter(([unit, ids]) => ids.some((id) => !isRouted(context, unit, id)));
  if (alone.length === 0) return pass(`all ${counted(inhabitants.size, 'OU')} with accounts`);
  const { receiver = 'the root receiver' } = config.routes.route;
  const items = alone.map(([unit, ids]): Item => {
    const count = ids.filter((id) => !isRouted(context, unit, id)).length;
    return {
      line: `${pathName(unit)} (${unit.id})  ${counted(count, 'account')}`,
      data: { ou: pathName(unit), id: unit.id, accounts: count },
    };
  });
  const [first] = alone.map(([unit]) => pathName(unit));
  return warn(
    `${counted(alone.length, 'OU is', 'OUs are')} heard of only by ${receiver}, the root's receiver`,
    {
      say: `Give each a route in routes.yaml, also where ${receiver} is right, such as: - match: { ou: ${first} }; then see who is told:`,
      command: 'npm run routes',
    },
    items,
  );
});

/** Whether some admitted severity leads past the root. Tags are not asked for: a route by tag is one more, not the only one. */
function isRouted({ config, timing, regions }: Context, unit: Unit, accountId: string): boolean {
  return config.settings.severities.some((severity) => {
    const subject = { ...UNTOLD, accountId, ouPath: ouPathOf(unit), severity, region: regions[0] ?? '' };
    const { receivers, mutes } = route(config.routes, subject, timing.now());
    return [...receivers, ...mutes].some(({ path }) => path.length > 1);
  });
}

export const routesChecks = [ous, accounts, rootOnly];
