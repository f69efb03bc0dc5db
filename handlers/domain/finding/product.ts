/** Which product a finding comes from, and what may be believed of it. */
import type { Finding, Kind } from './finding';
import { entryOf } from '../text/reading';

/**
 * Only ARNs without an account (`::product/aws/…`, in OCSF `::productv2/aws/…`) are AWS's own: BatchImportFindings
 * lets a customer import under its own account's default product or under a partner's.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
const AWS_PRODUCT = /^arn:aws[a-z-]*:securityhub:[a-z0-9-]*::product(?:v2)?\/aws\/([a-z0-9-]{1,40})$/;

const KINDS: Record<string, Kind> = {
  securityhub: 'control',
  guardduty: 'guardduty',
  inspector: 'inspector',
  macie: 'macie',
  'access-analyzer': 'access-analyzer',
  'securityhub-exposure': 'exposure',
};

/** company/product in lower case. A product under an account's own default ARN is `custom/default`. */
export function productOf(productArn: string): { product: string; kind: Kind } {
  const own = AWS_PRODUCT.exec(productArn)?.[1];
  if (own) return { product: `aws/${own}`, kind: entryOf(KINDS, own) ?? 'aws' };
  const parts = /product(?:v2)?\/([^/]+)\/([^/]+)$/.exec(productArn);
  const company = parts?.[1]?.toLowerCase() ?? 'unknown';
  const name = parts?.[2]?.toLowerCase() ?? 'unknown';
  if (/^\d{12}$/.test(company)) return { product: `custom/${name}`, kind: 'third-party' };
  // Someone who writes "aws" into an ARN of another shape is not AWS.
  return { product: `${company === 'aws' ? 'claims-aws' : company}/${name}`, kind: 'third-party' };
}

const DISPLAY: Record<string, string> = {
  'aws/securityhub': 'Security Hub CSPM',
  'aws/guardduty': 'Amazon GuardDuty',
  'aws/inspector': 'Amazon Inspector',
  'aws/macie': 'Amazon Macie',
  'aws/access-analyzer': 'IAM Access Analyzer',
  'aws/securityhub-exposure': 'Security Hub exposure',
  'aws/securityhub-coverage': 'Security Hub coverage',
  'aws/config': 'AWS Config',
  'aws/health': 'AWS Health',
  'aws/ecr': 'Amazon ECR',
  'aws/ssm-patch-manager': 'Systems Manager Patch Manager',
  'aws/firewall-manager': 'AWS Firewall Manager',
};

/** The product's name as people write it. */
export function productName(product: string): string {
  return entryOf(DISPLAY, product) ?? product;
}

/** GuardDuty's own type: ASFF puts namespace and category in front of it. */
export function threatType(finding: Pick<Finding, 'types'>): string {
  // No real type is longer, and a hostile one must not cost time.
  const type = (finding.types[0] ?? '').slice(-200);
  // GuardDuty itself separates resource and threat by a slash, ASFF by a hyphen.
  const parts = /([A-Za-z]+:[A-Za-z0-9]+)\/([^/]+)$/.exec(type);
  return parts ? `${parts[1]}-${parts[2]}` : (type.split('/').at(-1) ?? '');
}
