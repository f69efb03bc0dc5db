/** What must hold of settings.yaml beyond its shape, and between it and routes.yaml. */
import { suggestion } from '../nearest';
import type { Fault } from '../problem';
import { valueAt } from '../shape';
import { SEVERITIES } from '../terms';
import { allRoutes, type RoutesTree } from '../tree';
import { checkToken } from './addresses';
import { checkEnablement } from './enablement';
import { fault, texts } from './fault';
import { checkRegions } from './regions';

export function checkSettings(raw: unknown): Fault[] {
  return [...checkRegions(raw), ...checkEnablement(raw), ...checkTimeZone(raw)];
}

function checkTimeZone(raw: unknown): Fault[] {
  const zone = valueAt(raw, ['timeZone']);
  if (typeof zone !== 'string' || isTimeZone(zone)) return [];
  const remedy = suggestion(zone, Intl.supportedValuesOf('timeZone'), 'Write its IANA name, such as Asia/Tokyo.');
  return [fault('error', ['timeZone'], `"${zone}" is not a time zone`, remedy)];
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A root that passes over a severity that is told, routes for Regions that nothing comes from, and a token that is missing. */
export function checkAcross(settings: unknown, tree: RoutesTree): Fault[] {
  const faults: Fault[] = checkToken(settings, tree);
  const admitted = texts(valueAt(settings, ['severities']) ?? ['CRITICAL', 'HIGH']);
  const name = tree.root?.receiver;
  const minimum = name === undefined ? undefined : tree.receivers.get(name)?.minimumSeverity;
  const below =
    minimum === undefined ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(minimum)).filter((severity) => admitted.includes(severity));
  if (name !== undefined && below.length > 0) {
    const message = `"${name}" is the root’s receiver and takes ${minimum} and above, but settings.yaml admits ${below.join(', ')}: those would be unrouted`;
    faults.push({
      ...fault('error', ['receivers', name, 'minimumSeverity'], message, 'Lower it, or give the root another receiver.'),
      file: 'routes.yaml',
    });
  }
  const home = valueAt(settings, ['regions', 'home']);
  // Only an aggregator for the linked Regions is known to copy from no others.
  const aggregator = valueAt(settings, ['regions', 'aggregator']) ?? 'linked';
  if (typeof home !== 'string' || aggregator !== 'linked') return faults;
  const known = [home, ...texts(valueAt(settings, ['regions', 'linked']) ?? [])];
  for (const node of allRoutes(tree.root)) {
    for (const region of (node.facets.get('region') ?? []).filter((code) => !known.includes(code))) {
      const message = `findings of ${region} never arrive: it is neither the home Region nor a linked one`;
      const remedy = `Known are: ${known.join(', ')}. Correct it, or link the Region in settings.yaml.`;
      faults.push({ ...fault('warning', [...node.path, 'match', 'region'], message, remedy), file: 'routes.yaml' });
    }
  }
  return faults;
}
