/** Regions: of one partition, each listed once, each there, and a home Region that AWS accepts as one. */
import { nearest } from '../nearest';
import type { Advice, Fault } from '../mistake';
import { isOptIn, PARTITION_NAMES, partitionOf } from '../partitions';
import { type ConfigPath, texts, valueAt } from '../path';
import { isRegion, REGION_NAMES } from '../region-names';
import { settingsFault } from './fault';

export function checkRegions(raw: unknown): Fault[] {
  const home = valueAt(raw, ['regions', 'home']);
  const linked = texts(valueAt(raw, ['regions', 'linked']));
  return [
    ...linked.flatMap((region, index) => checkLinked(raw, region, index, linked, home)),
    ...(typeof home === 'string' && home !== '' ? (checkThere(raw, ['regions', 'home'], home) ?? checkHome(home)) : []),
    ...texts(valueAt(raw, ['regions', 'unlisted'])).flatMap(checkUnlisted),
  ];
}

/** The Regions that the operator vouches for. */
export function unlistedRegions(settings: unknown): string[] {
  return texts(valueAt(settings, ['regions', 'unlisted']));
}

/** In words, with the Region that was probably meant; undefined where there is such a Region. Empty text is the schema's to tell. */
export function strangeRegion(code: string, unlisted: readonly string[], example = 'eu-central-1'): Advice | undefined {
  if (code === '' || isRegion(code, unlisted)) return undefined;
  const meant = regionMeant(code);
  const otherwise = 'a Region that is newer than this list is named under regions.unlisted of settings.yaml as well.';
  return {
    message: `there is no Region "${code}"`,
    remedy: meant ? `Did you mean "${meant}"? Else ${otherwise}` : `Write for example ${example}; ${otherwise}`,
  };
}

/** By what people call it (Frankfurt), else by the nearest code. */
function regionMeant(text: string): string | undefined {
  const name = nearest(text, Object.values(REGION_NAMES));
  return Object.keys(REGION_NAMES).find((code) => REGION_NAMES[code] === name) ?? nearest(text, Object.keys(REGION_NAMES));
}

function checkThere(raw: unknown, path: ConfigPath, region: string): Fault[] | undefined {
  const strange = strangeRegion(region, unlistedRegions(raw));
  return strange && [settingsFault('region-unknown', path, strange.message, strange.remedy)];
}

function checkLinked(raw: unknown, region: string, index: number, linked: string[], home: unknown): Fault[] {
  const path = ['regions', 'linked', index];
  if (region === '') return [];
  const strange = checkThere(raw, path, region);
  if (strange) return strange;
  if (region === home)
    return [settingsFault('region-linked-home', path, `"${region}" is the home Region, which cannot be linked to itself`, 'Remove it.')];
  if (linked.indexOf(region) < index) return [settingsFault('region-linked-twice', path, `"${region}" is listed twice`, 'Remove it.')];
  if (typeof home !== 'string' || partitionOf(region) === partitionOf(home)) return [];
  const message = `"${region}" belongs to ${PARTITION_NAMES[partitionOf(region)]} and the home Region "${home}" to ${PARTITION_NAMES[partitionOf(home)]}, and nothing reaches across`;
  const remedy = 'Remove it, and install this system once more in that partition’s organization.';
  return [settingsFault('region-partition', path, message, remedy)];
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation-enable.html */
function checkHome(home: string): Fault[] {
  if (!isOptIn(home)) return [];
  const message = `"${home}" is an opt-in Region, and AWS accepts none of those as the home Region`;
  const remedy = 'Choose a Region that is on by default, and link this one to it. If AWS has changed that since, go on.';
  return [settingsFault('region-opt-in', ['regions', 'home'], message, remedy)];
}

function checkUnlisted(region: string, index: number): Fault[] {
  if (!isRegion(region)) return [];
  return [settingsFault('region-unlisted-idle', ['regions', 'unlisted', index], `"${region}" is listed already`, 'Remove it.')];
}
