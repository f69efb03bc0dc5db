/** The models’ ids: each one that the home Region can call. */
import { DEFAULT_MODELS, defaultProfiles } from '../models';
import { GEOGRAPHIES, geographyOf } from '../geographies';
import { PARTITION_NAMES, partitionOf, profilePartition } from '../partitions';
import type { Fault } from '../mistake';
import { isRegion } from '../region-names';
import { type ConfigPath, valueAt } from '../path';
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
  const profiles = valueAt(raw, ['model', 'profiles']);
  const home = valueAt(raw, ['regions', 'home']);
  if (typeof home !== 'string' || valueAt(raw, ['model', 'enabled']) === false) return [];
  // What is wrong with the Region itself is told there.
  if (!isRegion(home, unlistedRegions(raw))) return [];
  if (profiles === undefined) return [checkDefault(home)].flatMap((fault) => fault ?? []);
  if (!Array.isArray(profiles)) return [];
  return profiles.flatMap((profile: unknown, index) => {
    if (typeof profile !== 'string') return [];
    const path = ['model', 'profiles', index];
    return checkPartition(profile, home, path) ?? checkGeography(profile, home, path) ?? checkInRegion(profile, home, path) ?? [];
  });
}

/** Nothing is sent around the world because nobody said otherwise. */
function checkDefault(home: string): Fault | undefined {
  if (defaultProfiles(home).length > 0) return undefined;
  const global = partitionOf(home) === 'aws';
  const remedy = global
    ? `Write [${DEFAULT_MODELS.map((model) => `global.${model}`).join(', ')}] if requests may be answered in any commercial Region, or set model.enabled to false.`
    : 'Name the profiles or models that are offered there (aws bedrock list-inference-profiles), or set model.enabled to false.';
  return settingsFault('model-no-default', ['model', 'profiles'], `no model is the default in the home Region "${home}"`, remedy);
}

function checkPartition(profile: string, home: string, path: ConfigPath): Fault | undefined {
  const partition = profilePartition(profile);
  if (partition === undefined || partition === partitionOf(home)) return undefined;
  const message = `"${profile}" is an inference profile of ${PARTITION_NAMES[partition]} and the home Region "${home}" lies in ${PARTITION_NAMES[partitionOf(home)]}`;
  const others = profilesFor(home, profile);
  const remedy = others
    ? `Write ${others}, or the id of a model.`
    : 'Name the id of a model that is offered there, or set model.enabled to false.';
  return settingsFault('model-partition', path, message, remedy);
}

/** A Region that is not listed may lie in any geography. */
function checkGeography(profile: string, home: string, path: ConfigPath): Fault | undefined {
  const geography = geographyOf(profile);
  const sources = GEOGRAPHIES[geography ?? '']?.sources;
  if (geography === undefined || sources === undefined || sources.includes(home) || !isRegion(home)) return undefined;
  const message = `"${profile}" cannot be called from the home Region "${home}": the profiles of ${geography}. are called from ${sources.join(', ')}`;
  return settingsFault('model-geography', path, message, `Write ${profilesFor(home, profile)}.`);
}

function checkInRegion(profile: string, home: string, path: ConfigPath): Fault | undefined {
  if (profilePartition(profile) !== undefined || partitionOf(home) !== 'aws') return undefined;
  const remedy = `Write ${profilesFor(home, profile)}.`;
  const only = `"${profile}" is a model that can be called through an inference profile only`;
  if (ONLY_BY_PROFILE.test(profile)) return settingsFault('model-needs-profile', path, only, remedy);
  if (!MOSTLY_BY_PROFILE.test(profile)) return undefined;
  const message = `"${profile}" names no geography, and in most Regions such models are reached through an inference profile only`;
  return settingsFault('model-in-region', path, message, `${remedy} If the model’s page says In-Region for ${home}, go on.`);
}

/** The same model by profiles that the Region can call, the narrowest geography first; empty where there is none. Newer models have no apac. */
function profilesFor(home: string, profile: string): string {
  const model = profilePartition(profile) === undefined ? profile : profile.slice(profile.indexOf('.') + 1);
  const serving = Object.entries(GEOGRAPHIES).filter(([prefix, { sources }]) => prefix !== 'apac' && sources.includes(home));
  const narrowest = serving.sort(([, a], [, b]) => a.destinations.length - b.destinations.length).map(([prefix]) => prefix);
  return [...narrowest, ...(partitionOf(home) === 'aws' ? ['global'] : [])].map((prefix) => `${prefix}.${model}`).join(' or ');
}
