/** Where the buttons lead: to the finding where its reader has access. */
import type { Settings } from '../../config/schema';
import type { Report } from './report';

/** Slack refuses a button whose url has more. */
const MAX_URL = 3000;

/** Console host by partition. https://docs.aws.amazon.com/general/latest/gr/aws-arns.html names the partitions. */
function consoleHost(region: string): string {
  if (region.startsWith('us-gov-')) return 'console.amazonaws-us-gov.com';
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return `${region}.console.aws.amazon.com`;
}

/**
 * Security Hub's list of findings, filtered to one finding.
 * @param securityAccount whether the reader works in the security account: then the home Region shows all of them.
 */
export function findingUrl(report: Report, settings: Settings, securityAccount: boolean): string | undefined {
  const region = securityAccount ? settings.regions.home : report.region;
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region)) return undefined;
  const filter =
    report.format === 'ocsf' ? '' : `?search=${encodeURIComponent(`Id=${encodeURIComponent(`\\operator\\:EQUALS\\:${report.id}`)}`)}`;
  const page =
    report.format === 'ocsf'
      ? `https://${consoleHost(region)}/securityhub/v2/home?region=${region}#/findings`
      : `https://${consoleHost(region)}/securityhub/home?region=${region}#/findings${filter}`;
  const accountId = securityAccount ? settings.organization.securityAccount : report.accountId;
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/createshortcutlink.html
  const url = settings.accessPortal
    ? `${settings.accessPortal.replace(/\/$/, '')}/#/console?account_id=${accountId}&destination=${encodeURIComponent(page)}`
    : page;
  return url.length <= MAX_URL ? url : undefined;
}

/**
 * A page that AWS itself wrote; any other address in a finding stays text.
 * @returns the address as browsers read it: what they skip (tabs, line ends) or take for a slash is gone from it.
 */
export function guideUrl(url: string | undefined): string | undefined {
  if (!url || url.length > MAX_URL || !URL.canParse(url)) return undefined;
  const { origin, username, password, href } = new URL(url);
  return origin === 'https://docs.aws.amazon.com' && username === '' && password === '' && href.length <= MAX_URL ? href : undefined;
}
