/** What makes findings one problem, and what makes them one member of it. */
import type { Finding, Provenance } from '../finding/finding';
import { productOf } from '../finding/product';
import type { Report } from '../finding/report';
import { bucketOf, resourceKey } from '../finding/resource';
import { threatType } from '../finding/threat-type';
import { hash } from '../text/identity';
import { checkOf } from './check';
import { mendedAsOne } from './mended-as-one';
import { vulnerabilitiesIn } from './news';

/**
 * The same fingerprint is the same problem for one receiver. It begins with the provenance, so that nothing which a
 * member account or a partner imports joins what AWS's own products say. Controls gather over all accounts; threats,
 * data findings and what others found stay within one account, since each is a case of its own.
 * A pure function of one finding: it does not change with what else is known.
 */
export function fingerprintOf(finding: Finding): string {
  return `${finding.provenance}:${own(finding)}`;
}

function own(finding: Finding): string {
  const { kind, particulars, region, id } = finding;
  const [resource] = finding.resources;
  const account = placeOf(finding.accountId);
  if (kind === 'control' && finding.controlId) return `control:${clean(finding.controlId)}`;
  if (particulars.vulnerabilities?.length)
    return `vulnerabilities:${clean(mendedAsOne(finding))}:${hash(foreign(finding), region).slice(0, 6)}:${account}`;
  const threat = kind === 'guardduty' ? threatType(finding) : '';
  // Where no type can be read ("Threats" alone) two threats are told apart by their titles.
  if (threat.includes(':')) return `guardduty:${clean(threat)}:${account}`;
  if (kind === 'macie')
    return `macie:${clean(threatType(finding))}:${account}:${hash(bucketOf(finding.resources) ?? resource.id).slice(0, 12)}`;
  if (kind === 'access-analyzer') return `access-analyzer:${clean(resource.type + accessOf(finding))}:${account}`;
  if (kind === 'exposure') return `exposure:${hash(id).slice(0, 16)}`;
  return `check:${clean(finding.product)}:${hash(finding.product, checkOf(finding)).slice(0, 16)}:${account}`;
}

/**
 * Access that nobody uses is another problem than access from outside: `/UnusedIAMRole`, as V2 spells it too. What is granted to
 * outsiders is one, as AWS turns a finding from public to cross-account in place.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-securityhub-integration.html
 */
function accessOf({ types }: Finding): string {
  const last = types.map((type) => type.split('/').at(-1)?.replaceAll(' ', '') ?? '');
  const other = last.find((type) => /^(?:Unused|Internal)[A-Za-z]{2,40}$/.test(type));
  return other ? `/${other}` : '';
}

/** By whom a weakness is found. */
type Author = Pick<Finding, 'provenance' | 'product' | 'accountId'>;

/**
 * Of what one finding names several of, each by its own fingerprint; see fingerprintOf. None where it names no vulnerability. The id, then
 * whose word it is: ids hold no characters that a key does not.
 */
export function weaknessesOf({ productArn, accountId, news = [] }: Pick<Report, 'productArn' | 'accountId' | 'news'>): string[] {
  const author = { ...productOf(productArn), accountId };
  return vulnerabilitiesIn(news).map((id) => `${author.provenance}:cve:${clean(id)}${worldOf(author)}`);
}

/** Whose word follows behind the id; see worldOf. */
const BEHIND: Record<Provenance, number> = { aws: 0, partner: 1, custom: 2 };

/** @returns the id of the one vulnerability that a problem gathers; undefined of every other problem. */
export function weaknessIn(fingerprint: string): string | undefined {
  const [provenance, kind, ...rest] = fingerprint.split(':');
  return kind === 'cve' ? rest.slice(0, rest.length - BEHIND[provenance as Provenance]).join(':') : undefined;
}

/** AWS's own and a partner's word on a weakness holds for all accounts; a custom product's for its own. */
function worldOf(finding: Author): string {
  if (finding.provenance === 'aws') return '';
  const product = hash(finding.product).slice(0, 6);
  return finding.provenance === 'partner' ? `:${product}` : `:${product}:${placeOf(finding.accountId)}`;
}

/** Two partners' scanners are two problems, Inspector and ECR's basic scan of one image are one. */
function foreign(finding: Finding): string {
  return finding.provenance === 'aws' ? 'aws' : finding.product;
}

/** An account in a key: its 12 digits, of another cloud a short name. */
function placeOf(accountId: string): string {
  return /^\d{12}$/.test(accountId) ? accountId : hash(accountId).slice(0, 12);
}

/**
 * Problem × account × Region × resource, whichever standard, product copy or format reports it. An attack sequence names several
 * resources, in no order that both Security Hubs share: it is of the first by its key.
 */
export function memberIdOf(finding: Finding): string {
  const isSequence = finding.kind === 'guardduty' && threatType(finding).startsWith('AttackSequence:');
  const keys = finding.resources.map(resourceKey);
  return hash(finding.accountId, finding.region, (isSequence ? keys.sort()[0] : keys[0]) ?? '');
}

/** Foreign text in a key: the characters that AWS's own ids use, and no more than 90 of them. */
function clean(part: string): string {
  const safe = part.replace(/[^A-Za-z0-9.:!&/_-]/g, '_');
  if (safe === part && safe.length <= 90) return safe;
  return `${safe.slice(0, 70)}~${hash(part).slice(0, 12)}`;
}
