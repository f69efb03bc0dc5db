/**
 * The geographies of Amazon Bedrock's cross-Region inference profiles: from where a profile can be called, and where AWS
 * answers the call. A geographic profile's list never changes, as AWS says; only that of `global.` does:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 *
 * The lists are the union over the models' own pages (model-card-*.html, "Geo inference details"), read in November 2026:
 * a single model may be offered in fewer Regions. On each of those pages a call can be answered in the Regions that all
 * calls of the geography share, and in the Region that it came from. Those pages have no list for `ca.` and `us-gov.`:
 * here they have every Region of theirs.
 */
import { profilePartition } from './partitions';

export interface Geography {
  /** Regions in which a profile of it can be called. */
  sources: readonly string[];
  /** Regions in which any such call may be answered, beside the one that it came from. */
  destinations: readonly string[];
}

const JAPAN = ['ap-northeast-1', 'ap-northeast-3'];
const AUSTRALIA = ['ap-southeast-2', 'ap-southeast-4'];
const UNITED_STATES = ['us-east-1', 'us-east-2', 'us-west-2'];
const CANADA = ['ca-central-1', 'ca-west-1'];
const EUROPE = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const ASIA_PACIFIC = [...JAPAN, 'ap-northeast-2', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', ...AUSTRALIA];
const GOVCLOUD = ['us-gov-east-1', 'us-gov-west-1'];

/** By the prefix of the profile's id. Not `global`: it is called from, and answered in, any commercial Region. */
export const GEOGRAPHIES: Readonly<Record<string, Geography>> = {
  apac: { sources: [...ASIA_PACIFIC, 'ap-southeast-3', 'ap-southeast-5', 'ap-southeast-7'], destinations: ASIA_PACIFIC },
  au: { sources: [...AUSTRALIA, 'ap-southeast-6'], destinations: AUSTRALIA },
  ca: { sources: CANADA, destinations: CANADA },
  eu: { sources: [...EUROPE, 'eu-central-2', 'eu-west-2', 'il-central-1'], destinations: EUROPE },
  jp: { sources: JAPAN, destinations: JAPAN },
  us: { sources: [...UNITED_STATES, 'us-west-1', ...CANADA], destinations: UNITED_STATES },
  'us-gov': { sources: GOVCLOUD, destinations: GOVCLOUD },
};

/** @returns the prefix of an inference profile's id (`jp`, `global`); undefined for the id of a model, or a prefix that is not known here. */
export function geographyOf(profile: string): string | undefined {
  return profilePartition(profile) === undefined ? undefined : profile.split('.')[0];
}

/**
 * @param source the Region that the profile is called in; one that is not listed here is taken for a new one of the geography.
 * @returns every Region in which AWS may answer, sorted; undefined where the profile is no geographic one.
 */
export function destinationsOf(profile: string, source: string): string[] | undefined {
  const geography = GEOGRAPHIES[geographyOf(profile) ?? ''];
  return geography && [...new Set([...geography.destinations, source])].sort();
}
