/** What makes findings one problem, and what makes them one member of it. */
import type { Finding, Resource } from '../finding/finding';
import { threatType } from '../finding/product';
import { hash } from '../text/identity';

/**
 * The same fingerprint is the same problem for one receiver. Controls and CVEs gather over all accounts;
 * threats and data findings stay within one account, since each is a case of its own.
 */
export function fingerprintOf(finding: Finding): string {
  const { kind, accountId, particulars } = finding;
  const type = finding.types[0] ?? '';
  if (kind === 'control' && finding.controlId) return `control:${clean(finding.controlId)}`;
  if (particulars.vulnerability) return `cve:${particulars.vulnerability.cve}`;
  if (kind === 'guardduty') return `guardduty:${clean(threatType(finding))}:${accountId}`;
  if (kind === 'macie') return `macie:${clean(type)}:${accountId}:${hash(finding.resources[0].id).slice(0, 12)}`;
  if (kind === 'access-analyzer') return `access-analyzer:${clean(finding.resources[0].type)}:${accountId}`;
  if (kind === 'exposure') return `exposure:${hash(finding.id).slice(0, 16)}`;
  return `other:${clean(finding.product)}:${hash(finding.generatorId, type).slice(0, 16)}:${accountId}`;
}

/** Problem × account × Region × resource, whichever standard, product copy or format reports it. */
export function memberIdOf(finding: Finding): string {
  const resource = finding.resources[0];
  return hash(finding.accountId, finding.region, sameForBoth(resource));
}

/** Accounts and buckets are spelt differently by the two Security Hubs; everything else by its ARN. */
function sameForBoth({ type, id, name }: Resource): string {
  return type === 'AwsAccount' ? 'account' : type === 'AwsS3Bucket' ? name : id;
}

/** Foreign text in a key: the characters that AWS's own ids use, and no more than 80 of them. */
function clean(part: string): string {
  const safe = part.replace(/[^A-Za-z0-9.:!&/_-]/g, '_');
  return safe.length <= 80 ? safe : `${safe.slice(0, 60)}~${hash(part).slice(0, 12)}`;
}
