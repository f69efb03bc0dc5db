/**
 * Every Region there was on 25 November 2026, by the place that people call it by. A newer one is named in settings.yaml
 * (regions.unlisted) until it is listed here.
 * Commercial: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 * Other partitions: the endpoints that AWS's SDKs are built from (botocore 1.43.11).
 */
export const REGION_NAMES: Readonly<Record<string, string>> = {
  'af-south-1': 'Cape Town',
  'ap-east-1': 'Hong Kong',
  'ap-east-2': 'Taipei',
  'ap-northeast-1': 'Tokyo',
  'ap-northeast-2': 'Seoul',
  'ap-northeast-3': 'Osaka',
  'ap-south-1': 'Mumbai',
  'ap-south-2': 'Hyderabad',
  'ap-southeast-1': 'Singapore',
  'ap-southeast-2': 'Sydney',
  'ap-southeast-3': 'Jakarta',
  'ap-southeast-4': 'Melbourne',
  'ap-southeast-5': 'Malaysia',
  'ap-southeast-6': 'New Zealand',
  'ap-southeast-7': 'Thailand',
  'ca-central-1': 'Canada',
  'ca-west-1': 'Calgary',
  'eu-central-1': 'Frankfurt',
  'eu-central-2': 'Zurich',
  'eu-north-1': 'Stockholm',
  'eu-south-1': 'Milan',
  'eu-south-2': 'Spain',
  'eu-west-1': 'Ireland',
  'eu-west-2': 'London',
  'eu-west-3': 'Paris',
  'il-central-1': 'Tel Aviv',
  'me-central-1': 'UAE',
  'me-south-1': 'Bahrain',
  'mx-central-1': 'Mexico',
  'sa-east-1': 'São Paulo',
  'us-east-1': 'N. Virginia',
  'us-east-2': 'Ohio',
  'us-west-1': 'N. California',
  'us-west-2': 'Oregon',
  'us-gov-east-1': 'GovCloud (US-East)',
  'us-gov-west-1': 'GovCloud (US-West)',
  'cn-north-1': 'Beijing',
  'cn-northwest-1': 'Ningxia',
  'eusc-de-east-1': 'Brandenburg',
  'us-iso-east-1': 'ISO East',
  'us-iso-west-1': 'ISO West',
  'us-isob-east-1': 'ISOB East (Ohio)',
  'us-isob-west-1': 'ISOB West',
  'eu-isoe-west-1': 'ISOE West',
  'us-isof-east-1': 'ISOF East',
  'us-isof-south-1': 'ISOF South',
};

/** Whether there is such a Region, as far as this list and the operator's own know. */
export function isRegion(code: string, unlisted: readonly string[] = []): boolean {
  return Object.hasOwn(REGION_NAMES, code) || unlisted.includes(code);
}
