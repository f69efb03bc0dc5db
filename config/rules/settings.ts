/** What must hold of settings.yaml beyond its shape, and between it and routes.yaml. */
import { suggestion } from '../nearest';
import type { ConfigPath, Fault, Level } from '../problem';
import { valueAt } from '../shape';
import { SEVERITIES } from '../terms';
import { allRoutes, type RoutesTree } from '../tree';

export function checkSettings(raw: unknown): Fault[] {
  return [...checkRegions(raw), ...checkTimeZone(raw)];
}

function checkRegions(raw: unknown): Fault[] {
  const home = valueAt(raw, ['regions', 'home']);
  const linked = texts(valueAt(raw, ['regions', 'linked']));
  return linked.flatMap((region, index): Fault[] => {
    const path = ['regions', 'linked', index];
    if (region === home)
      return [
        fault('error', path, `"${region}" is the home Region, which cannot be linked to itself`, 'Remove it from the linked Regions.'),
      ];
    if (linked.indexOf(region) < index) return [fault('warning', path, `"${region}" is listed twice`, 'Remove one of the two.')];
    return [];
  });
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

/** A root that passes over a severity that is told, and routes for Regions that nothing comes from. */
export function checkAcross(settings: unknown, tree: RoutesTree): Fault[] {
  const faults: Fault[] = [];
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
  if (typeof home !== 'string') return faults;
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

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function fault(level: Level, path: ConfigPath, message: string, remedy: string): Fault {
  return { level, file: 'settings.yaml', path, message, remedy };
}
