/** Every mistake of the configuration at once. Pure: values go in, faults come out. */
import type { ZodType } from 'zod';
import { type JsonSchema, jsonSchemas } from './json-schema';
import type { ConfigFile, Fault } from './mistake';
import type { ConfigPath } from './path';
import { checkAddresses } from './routing/rules/addresses';
import { checkEntries } from './routing/rules/entries';
import { checkBeside, checkOrder, checkUnclear } from './routing/rules/order';
import { checkOwners } from './routing/rules/owners';
import { checkReceivers } from './routing/rules/receivers';
import { checkRoute } from './routing/rules/route';
import { checkAcross, checkSettings } from './rules/settings';
import { type Config, routesSchema, settingsSchema } from './schema';
import { checkShape } from './shape';
import { allRoutes, readTree } from './routing/tree';

export interface Values {
  /** What each file holds; undefined where it could not be read at all, which is told elsewhere. */
  settings: unknown;
  routes: unknown;
  /** How a scalar stands in its file. Without it, values are shown as they were read. */
  written?(file: ConfigFile, path: ConfigPath): string | undefined;
}

/**
 * @param now epoch milliseconds, which tell whether a mute has ended.
 * @returns the configuration with its defaults, where no fault is an error.
 */
export function validate(values: Values, now: number): { config?: Config; faults: Fault[] } {
  const written = (file: ConfigFile) => (path: ConfigPath) => values.written?.(file, path);
  const shape = <T>(file: ConfigFile, schema: ZodType<T>, jsonSchema: JsonSchema, raw: unknown) =>
    raw === undefined ? undefined : checkShape({ file, schema, jsonSchema, raw, written: written(file) });
  const schemas = jsonSchemas();
  const settings = shape('settings.yaml', settingsSchema, schemas['settings.schema.json'], values.settings);
  const routes = shape('routes.yaml', routesSchema, schemas['routes.schema.json'], values.routes);
  const tree = readTree(routes?.raw, routes?.broken);
  const nodes = allRoutes(tree.root);
  const order = checkOrder(tree.root);
  const found = [
    ...(settings?.faults ?? []),
    ...(routes?.faults ?? []),
    ...checkSettings(settings?.raw),
    ...nodes.flatMap((node) => [...checkRoute(node, now), ...checkEntries(node, settings?.raw)]),
    ...checkReceivers(tree),
    ...checkAddresses(tree),
    ...checkOwners(tree),
    ...order,
    ...checkUnclear(nodes),
    // Where the order is broken by it, that says it already.
    ...checkBeside(nodes).filter(({ path }) => !order.some((fault) => sameStart(path, fault.path))),
    ...(settings ? checkAcross(settings.raw, tree) : []),
  ];
  // What follows from a section that is no section is not told beside it.
  const broken = (file: ConfigFile) => (file === 'settings.yaml' ? settings : routes)?.broken ?? [];
  const faults = found.filter(({ file, path }) => !broken(file).some((above) => above.length < path.length && sameStart(path, above)));
  const refused = faults.some((fault) => fault.level === 'error');
  const config = settings?.value && routes?.value && !refused ? { settings: settings.value, routes: routes.value } : undefined;
  return { config, faults };
}

function sameStart(path: ConfigPath, start: ConfigPath): boolean {
  return start.every((step, index) => path[index] === step);
}
