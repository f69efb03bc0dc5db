/** Where the buttons lead: to the finding where its reader has access. */
import { type Partition, partitionOf } from '../../../config/partitions';
import type { Settings } from '../../../config/schema';
import type { Member } from '../problem/member';

/** Slack refuses a button whose url has more. */
const MAX_URL = 3000;

/**
 * Console host by partition; the isolated Regions have none that is public, and a link to another partition would only
 * mislead. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const CONSOLES: Record<Partition, (region: string) => string | undefined> = {
  aws: (region) => `${region}.console.aws.amazon.com`,
  'aws-us-gov': () => 'console.amazonaws-us-gov.com',
  'aws-cn': () => 'console.amazonaws.cn',
  'aws-eusc': () => 'console.amazonaws-eusc.eu',
  'aws-iso': () => undefined,
};

/**
 * Security Hub's list of findings, filtered to one finding.
 * @param inSecurityAccount whether the reader works in the security account: then the home Region shows all of them.
 */
export function findingUrl(report: Member['shown'], settings: Settings, inSecurityAccount: boolean): string | undefined {
  // What is in another cloud is in no AWS account but that of Security Hub's administrator.
  const securityAccount = inSecurityAccount || !/^\d{12}$/.test(report.accountId);
  const region = securityAccount ? settings.regions.home : report.region;
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region)) return undefined;
  const host = CONSOLES[partitionOf(region)](region);
  if (host === undefined) return undefined;
  const filter =
    report.format === 'ocsf' ? '' : `?search=${encodeURIComponent(`Id=${encodeURIComponent(`\\operator\\:EQUALS\\:${report.id}`)}`)}`;
  const page =
    report.format === 'ocsf'
      ? `https://${host}/securityhub/v2/home?region=${region}#/findings`
      : `https://${host}/securityhub/home?region=${region}#/findings${filter}`;
  const accountId = securityAccount ? settings.organization.securityAccount : report.accountId;
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/createshortcutlink.html
  const url = settings.accessPortal
    ? `${settings.accessPortal.replace(/\/$/, '')}/#/console?account_id=${accountId}&destination=${encodeURIComponent(page)}`
    : page;
  return url.length <= MAX_URL ? url : undefined;
}

/** AWS's own pages, and those of the Regions in China. */
const DOCUMENTATION = new Set(['https://docs.aws.amazon.com', 'https://docs.amazonaws.cn']);

/**
 * A page that AWS itself wrote; any other address in a finding stays text.
 * @returns the address as browsers read it: what they skip (tabs, line ends) or take for a slash is gone from it.
 */
export function guideUrl(url: string | undefined): string | undefined {
  if (!url || url.length > MAX_URL || !URL.canParse(url)) return undefined;
  const { origin, username, password, href } = new URL(url);
  return DOCUMENTATION.has(origin) && username === '' && password === '' && href.length <= MAX_URL ? href : undefined;
}
