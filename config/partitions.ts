/**
 * What is known of AWS's partitions without asking AWS. These lists are data: what is missing here is let pass and left to
 * the doctor. Partitions: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export type Partition = 'aws' | 'aws-us-gov' | 'aws-cn' | 'aws-eusc' | 'aws-iso';

/** By the beginning of a Region's code; all the others are in the commercial partition. As in the SDK's own table of partitions. */
const BEGINNINGS: [beginning: RegExp, Partition][] = [
  [/^us-gov-/, 'aws-us-gov'],
  [/^cn-/, 'aws-cn'],
  [/^eusc-/, 'aws-eusc'],
  // Several secret partitions, which nothing here has to tell apart.
  [/^(us|eu)-iso[a-z]?-/, 'aws-iso'],
];

/** What people call them. */
export const PARTITION_NAMES: Record<Partition, string> = {
  aws: 'the commercial Regions',
  'aws-us-gov': 'AWS GovCloud (US)',
  'aws-cn': 'the Regions in China',
  'aws-eusc': 'the AWS European Sovereign Cloud',
  'aws-iso': 'the AWS isolated Regions',
};

/** Accounts, organizations and Security Hub never reach from one partition into another. */
export function partitionOf(region: string): Partition {
  return BEGINNINGS.find(([beginning]) => beginning.test(region))?.[1] ?? 'aws';
}

/**
 * The commercial Regions that are on in every account. The list is closed: Regions launched after 20 March 2019 are
 * opt-in, so AWS never adds to it. https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const ON_BY_DEFAULT = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
]);

/** Whether each account has to enable the Region by itself. Other partitions have no such Regions. */
export function isOptIn(region: string): boolean {
  return partitionOf(region) === 'aws' && !ON_BY_DEFAULT.has(region);
}

/**
 * The geographies that prefix cross-Region inference profiles, by the partition they belong to.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
export const PROFILE_GEOGRAPHIES: Partial<Record<Partition, readonly string[]>> = {
  aws: ['apac', 'au', 'ca', 'eu', 'global', 'jp', 'us'],
  'aws-us-gov': ['us-gov'],
};

/** @returns the partition of an inference profile's prefix; none for the id of a model, or a prefix that is not known here. */
export function profilePartition(profile: string): Partition | undefined {
  const [prefix = ''] = profile.split('.');
  return (Object.keys(PROFILE_GEOGRAPHIES) as Partition[]).find((partition) => PROFILE_GEOGRAPHIES[partition]?.includes(prefix));
}
