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

export interface FindingLink {
  url: string;
  /** It leads to all findings: the new Security Hub documents no address of one, and an id may be too long for one. */
  isList: boolean;
}

/**
 * Security Hub's list of findings, filtered to one finding where that can be said in an address.
 * @param inSecurityAccount whether the reader works in the security account: then the home Region shows all of them.
 */
export function findingUrl(report: Member['shown'], settings: Settings, inSecurityAccount: boolean): FindingLink | undefined {
  // What is in another cloud is in no AWS account but that of Security Hub's administrator.
  const securityAccount = inSecurityAccount || !/^\d{12}$/.test(report.accountId);
  const region = securityAccount ? settings.regions.home : report.region;
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region)) return undefined;
  const host = CONSOLES[partitionOf(region)](region);
  if (host === undefined) return undefined;
  const list = report.format === 'ocsf' ? `securityhub/v2/home?region=${region}#/findings` : `securityhub/home?region=${region}#/findings`;
  const filter = `?search=${encodeURIComponent(`Id=${encodeURIComponent(`\\operator\\:EQUALS\\:${report.id}`)}`)}`;
  const accountId = securityAccount ? settings.organization.securityAccount : report.accountId;
  const whole = (page: string) => throughPortal(`https://${host}/${page}`, accountId, settings);
  const url = report.format === 'ocsf' ? undefined : whole(`${list}${filter}`);
  return url !== undefined && url.length <= MAX_URL ? { url, isList: false } : { url: whole(list), isList: true };
}

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/createshortcutlink.html */
function throughPortal(page: string, accountId: string, { accessPortal }: Settings): string {
  return accessPortal
    ? `${accessPortal.replace(/\/$/, '')}/#/console?account_id=${accountId}&destination=${encodeURIComponent(page)}`
    : page;
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
