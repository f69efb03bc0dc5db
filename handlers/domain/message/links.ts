/** Where the links lead: to the finding where its reader has access. */
import { type Partition, partitionOf } from '../../../config/partitions';
import type { Language, Settings } from '../../../config/schema';
import type { Member } from '../problem/member';
import type { Rendering } from './rendering';
import { WORDS } from './words';

/** Slack refuses a link whose url has more. */
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
  /** It leads to all findings: the id by which the new Security Hub finds one is not known, or too long for an address. */
  isList: boolean;
}

/**
 * Security Hub's list of findings, filtered to one finding where that can be said in an address. No page of AWS's documentation has it;
 * both filters are those of AWS's own solution: https://github.com/aws-solutions/automated-security-response-on-aws
 * @param inSecurityAccount whether the reader works in the security account: then the home Region shows all of them.
 */
export function findingUrl(report: Member['shown'], settings: Settings, inSecurityAccount: boolean): FindingLink | undefined {
  // What is in another cloud is in no AWS account but that of Security Hub's administrator.
  const securityAccount = inSecurityAccount || !/^\d{12}$/.test(report.accountId);
  const region = securityAccount ? settings.regions.home : report.region;
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region)) return undefined;
  const host = CONSOLES[partitionOf(region)](region);
  if (host === undefined) return undefined;
  const isNew = report.format === 'ocsf';
  const list = `securityhub/${isNew ? 'v2/' : ''}home?region=${region}#/findings`;
  const [field, id] = isNew ? ['finding_info.uid', report.infoId] : ['Id', report.id];
  const accountId = securityAccount ? settings.organization.securityAccount : report.accountId;
  const whole = (page: string) => throughPortal(`https://${host}/${page}`, accountId, settings);
  const filter =
    id === undefined ? undefined : `?search=${encodeURIComponent(`${field}=${encodeURIComponent(`\\operator\\:EQUALS\\:${id}`)}`)}`;
  const url = filter === undefined ? undefined : whole(`${list}${filter}`);
  return url !== undefined && url.length <= MAX_URL ? { url, isList: false } : { url: whole(list), isList: true };
}

/** Of GuardDuty the id of a finding stands at the end of its ARN. */
const GUARDDUTY = /^arn:[^:]*:guardduty:([a-z0-9-]+):(\d{12}):detector\/[0-9a-f]{32}\/finding\/([0-9a-f]{32})$/;

/**
 * GuardDuty's own page of the finding, in its account and Region: GuardDuty gathers nothing in a home Region.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
export function guardDutyUrl({ id }: Pick<Member['shown'], 'id'>, settings: Settings): string | undefined {
  const [, region = '', accountId = '', finding] = GUARDDUTY.exec(id) ?? [];
  const host = finding && CONSOLES[partitionOf(region)](region);
  if (!host) return undefined;
  return throughPortal(`https://${host}/guardduty/home?region=${region}#/findings?search=id%3D${finding}`, accountId, settings);
}

/** Security Hub, the product's own page where its reader works in the finding's account, AWS's guide, and the runbook of whoever deploys. */
export function linksTo({ view, text, phrase, receiver, settings }: Rendering, language: Language): { label: string; url: string }[] {
  const words = WORDS[language];
  const hub = findingUrl(view.lead.shown, settings, receiver.securityAccountAccess);
  const guardDuty = receiver.securityAccountAccess || text.kind !== 'guardduty' ? undefined : guardDutyUrl(view.lead.shown, settings);
  const guide = text.kind === 'third-party' ? undefined : guideUrl(text.remediation?.url);
  return [
    ...(hub ? [{ label: hub.isList ? words.openList : words.openHub, url: hub.url }] : []),
    ...(guardDuty ? [{ label: words.openGuardDuty, url: guardDuty }] : []),
    ...(guide ? [{ label: words.guide, url: guide }] : []),
    ...(phrase?.runbook ? [{ label: words.runbook, url: phrase.runbook }] : []),
  ];
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
