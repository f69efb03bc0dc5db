/** Regions: of one partition, each listed once, and a home Region that AWS accepts as one. */
import { isOptIn, PARTITION_NAMES, PROFILE_GEOGRAPHIES, partitionOf, profilePartition } from '../partitions';
import type { Fault } from '../problem';
import { valueAt } from '../shape';
import { fault, texts } from './fault';

export function checkRegions(raw: unknown): Fault[] {
  const home = valueAt(raw, ['regions', 'home']);
  const linked = texts(valueAt(raw, ['regions', 'linked']));
  return [...linked.flatMap((region, index) => checkLinked(region, index, linked, home)), ...checkHome(home), ...checkProfile(raw, home)];
}

function checkLinked(region: string, index: number, linked: string[], home: unknown): Fault[] {
  const path = ['regions', 'linked', index];
  if (region === home)
    return [fault('error', path, `"${region}" is the home Region, which cannot be linked to itself`, 'Remove it from the linked Regions.')];
  if (linked.indexOf(region) < index) return [fault('warning', path, `"${region}" is listed twice`, 'Remove one of the two.')];
  if (typeof home !== 'string' || partitionOf(region) === partitionOf(home)) return [];
  const message = `"${region}" belongs to ${PARTITION_NAMES[partitionOf(region)]} and the home Region "${home}" to ${PARTITION_NAMES[partitionOf(home)]}, and nothing reaches across`;
  const remedy = 'Remove it, and install this system once more in that partition’s organization.';
  return [fault('error', path, message, remedy)];
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation-enable.html */
function checkHome(home: unknown): Fault[] {
  if (typeof home !== 'string' || !isOptIn(home)) return [];
  const message = `"${home}" is an opt-in Region, and AWS accepts none of those as the home Region`;
  const remedy = 'Choose a Region that is on by default, and link this one to it. If AWS has changed that since, go on.';
  return [fault('warning', ['regions', 'home'], message, remedy)];
}

function checkProfile(raw: unknown, home: unknown): Fault[] {
  const profile = valueAt(raw, ['model', 'profile']);
  if (typeof profile !== 'string' || typeof home !== 'string' || valueAt(raw, ['model', 'enabled']) === false) return [];
  const partition = profilePartition(profile);
  if (partition === undefined || partition === partitionOf(home)) return [];
  const message = `"${profile}" is an inference profile of ${PARTITION_NAMES[partition]} and the home Region "${home}" lies in ${PARTITION_NAMES[partitionOf(home)]}`;
  const known = PROFILE_GEOGRAPHIES[partitionOf(home)]?.map((prefix) => `${prefix}.`);
  const remedy = known
    ? `Name one that begins with ${known.join(', ')}, or the id of a model.`
    : 'Name the id of a model that is offered there, or set model.enabled to false.';
  return [fault('error', ['model', 'profile'], message, remedy)];
}
