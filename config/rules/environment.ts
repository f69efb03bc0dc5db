/** What two deployments of one organization cannot both have, or should not: an environment beside the settings and beside the others. */
import type { Fault, Level } from '../mistake';
import { type ConfigPath, section, valueAt } from '../path';

/** Every rule about an environment's file beyond those of the settings that come of it. */
export const ENVIRONMENT_RULES = {
  'environment-aggregator': 'error',
  'environment-enablement': 'error',
  'environment-token': 'error',
  'environment-told-twice': 'warning',
} as const satisfies Record<string, Level>;

/** What may be deployed beside the environment that is checked. */
export interface Deployment {
  /** Its file, as people call it. */
  file: string;
  /** Its settings in whatever state, with what it lays over them. */
  settings: unknown;
}

/**
 * @param routes which all of them share.
 * @param others all that may be deployed as well: the settings by themselves, and the other environments.
 */
export function checkEnvironment(settings: unknown, routes: unknown, others: readonly Deployment[]): Fault[] {
  const beside = others.filter((other) => same(settings, other.settings, ['organization', 'id']));
  return [
    ...once('environment-enablement', ['enablement', 'mode'], settings, beside, enablementOf, {
      what: 'an organization has one set-up of Security Hub: its StackSet, its configuration and its membership are there once',
      remedy: 'Write none: findings of the whole organization come to both.',
    }),
    ...once('environment-aggregator', ['regions', 'aggregator'], settings, beside, aggregatorOf, {
      what: 'an account has one aggregator, and removing either deployment would leave the other without',
      remedy: 'Write existing: what it copies comes to both.',
    }),
    ...checkToken(settings, beside),
    ...checkToldTwice(settings, routes, beside),
  ];
}

function once(
  rule: keyof typeof ENVIRONMENT_RULES,
  path: ConfigPath,
  settings: unknown,
  beside: readonly Deployment[],
  made: (settings: unknown) => string | undefined,
  { what, remedy }: { what: string; remedy: string },
): Fault[] {
  const mine = made(settings);
  const owner = mine === undefined ? undefined : beside.find((other) => made(other.settings) !== undefined);
  return owner ? [fault(rule, path, `${mine} is what ${owner.file} sets up already, and ${what}`, remedy)] : [];
}

function enablementOf(settings: unknown): string | undefined {
  const mode = valueAt(settings, ['enablement', 'mode']) ?? 'stack-sets';
  return mode === 'none' ? undefined : `mode ${mode}`;
}

function aggregatorOf(settings: unknown): string | undefined {
  const aggregator = valueAt(settings, ['regions', 'aggregator']) ?? 'linked';
  const linked = valueAt(settings, ['regions', 'linked']);
  if (aggregator === 'existing' || (aggregator === 'linked' && !(Array.isArray(linked) && linked.length > 0))) return undefined;
  return `aggregator ${aggregator}`;
}

/** Slack counts requests by app and workspace: one deployment would slow the other, and either could be read with the other's token. */
function checkToken(settings: unknown, beside: readonly Deployment[]): Fault[] {
  const path = ['slack', 'tokenSecret'];
  const secret = valueAt(settings, path);
  const other =
    typeof secret === 'string'
      ? beside.find((each) =>
          [['organization', 'securityAccount'], ['regions', 'home'], path].every((at) => same(settings, each.settings, at)),
        )
      : undefined;
  if (!other) return [];
  const message = `"${secret}" is the secret of ${other.file} too, and two deployments share no secret`;
  return [fault('environment-token', path, message, `Write another name, and store the token of an app of its own under it.`)];
}

function checkToldTwice(settings: unknown, routes: unknown, beside: readonly Deployment[]): Fault[] {
  const mine = addressesOf(settings, routes);
  for (const { file, settings: theirs } of beside) {
    const shared = addressesOf(theirs, routes).filter((address) => mine.includes(address));
    if (shared.length === 0) continue;
    const where = valueAt(settings, ['allTo']) ?? valueAt(theirs, ['allTo']);
    const message = `the same findings come to ${file}, and both tell ${where === undefined ? 'the channels of routes.yaml' : shared[0]}: each finding stands there twice`;
    return [
      fault('environment-told-twice', ['allTo'], message, `Write allTo with a channel of its own. Where ${file} is not deployed, go on.`),
    ];
  }
  return [];
}

/** Where a deployment tells. */
function addressesOf(settings: unknown, routes: unknown): string[] {
  const receivers = valueAt(routes, ['receivers']);
  const addressesAt = (name: string) =>
    ['channel', 'webhookSecret'].map((key) => valueAt(receivers, [name, key])).filter((each) => typeof each === 'string');
  const allTo = valueAt(settings, ['allTo']);
  if (typeof allTo !== 'string') return Object.keys(section(receivers) ?? {}).flatMap(addressesAt);
  return addressesAt(allTo).length > 0 ? addressesAt(allTo) : [allTo];
}

function same(one: unknown, other: unknown, path: ConfigPath): boolean {
  return valueAt(one, path) === valueAt(other, path);
}

function fault(rule: keyof typeof ENVIRONMENT_RULES, path: ConfigPath, message: string, remedy: string): Fault {
  return { rule, level: ENVIRONMENT_RULES[rule], file: 'settings.yaml', path, message, remedy };
}
