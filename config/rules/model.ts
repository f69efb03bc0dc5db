/** The model’s id: one that the home Region can call. */
import { GEOGRAPHIES, geographyOf } from '../geographies';
import { PARTITION_NAMES, partitionOf, profilePartition } from '../partitions';
import type { Fault } from '../mistake';
import { isRegion } from '../region-names';
import { valueAt } from '../path';
import { settingsFault } from './fault';
import { unlistedRegions } from './regions';

/**
 * Models without in-Region use anywhere, as their own pages had it in November 2026.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/models-region-compatibility.html
 */
const ONLY_BY_PROFILE = /^(anthropic\.claude-(haiku-4-5|haiku-5-5|opus-4-7|sonnet-5-5)|amazon\.nova-2-lite)\b/;
/** Since Claude 3.7, in-Region use is the exception: Sonnet 4.6 has it in London alone. */
const MOSTLY_BY_PROFILE = /^anthropic\.claude-(?!3-(haiku|sonnet|opus|5-)|v\d|instant)/;

export function checkModel(raw: unknown): Fault[] {
  const profile = valueAt(raw, ['model', 'profile']);
  const home = valueAt(raw, ['regions', 'home']);
  if (typeof profile !== 'string' || typeof home !== 'string' || valueAt(raw, ['model', 'enabled']) === false) return [];
  // What is wrong with the Region itself is told there.
  if (!isRegion(home, unlistedRegions(raw))) return [];
  return [checkPartition(profile, home) ?? checkGeography(profile, home) ?? checkInRegion(profile, home)].flatMap((fault) => fault ?? []);
}

const PATH = ['model', 'profile'];

function checkPartition(profile: string, home: string): Fault | undefined {
  const partition = profilePartition(profile);
  if (partition === undefined || partition === partitionOf(home)) return undefined;
  const message = `"${profile}" is an inference profile of ${PARTITION_NAMES[partition]} and the home Region "${home}" lies in ${PARTITION_NAMES[partitionOf(home)]}`;
  const others = profilesFor(home, profile);
  const remedy = others
    ? `Write ${others}, or the id of a model.`
    : 'Name the id of a model that is offered there, or set model.enabled to false.';
  return settingsFault('model-partition', PATH, message, remedy);
}

/** A Region that is not listed may lie in any geography. */
function checkGeography(profile: string, home: string): Fault | undefined {
  const geography = geographyOf(profile);
  const sources = GEOGRAPHIES[geography ?? '']?.sources;
  if (geography === undefined || sources === undefined || sources.includes(home) || !isRegion(home)) return undefined;
  const message = `"${profile}" cannot be called from the home Region "${home}": the profiles of ${geography}. are called from ${sources.join(', ')}`;
  return settingsFault('model-geography', PATH, message, `Write ${profilesFor(home, profile)}.`);
}

function checkInRegion(profile: string, home: string): Fault | undefined {
  if (profilePartition(profile) !== undefined || partitionOf(home) !== 'aws') return undefined;
  const remedy = `Write ${profilesFor(home, profile)}.`;
  const only = `"${profile}" is a model that can be called through an inference profile only`;
  if (ONLY_BY_PROFILE.test(profile)) return settingsFault('model-needs-profile', PATH, only, remedy);
  if (!MOSTLY_BY_PROFILE.test(profile)) return undefined;
  const message = `"${profile}" names no geography, and in most Regions such models are reached through an inference profile only`;
  return settingsFault('model-in-region', PATH, message, `${remedy} If the model’s page says In-Region for ${home}, go on.`);
}

/** The same model by profiles that the Region can call, the narrowest geography first; empty where there is none. Newer models have no apac. */
function profilesFor(home: string, profile: string): string {
  const model = profilePartition(profile) === undefined ? profile : profile.slice(profile.indexOf('.') + 1);
  const serving = Object.entries(GEOGRAPHIES).filter(([prefix, { sources }]) => prefix !== 'apac' && sources.includes(home));
  const narrowest = serving.sort(([, a], [, b]) => a.destinations.length - b.destinations.length).map(([prefix]) => prefix);
  return [...narrowest, ...(partitionOf(home) === 'aws' ? ['global'] : [])].map((prefix) => `${prefix}.${model}`).join(' or ');
}
