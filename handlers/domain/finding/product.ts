/** Which product a finding comes from, and what may be believed of it. */
import type { Kind, Provenance } from './finding';
import { entryOf } from '../text/reading';

/**
 * Only ARNs without an account (`::product/aws/…`, in OCSF `::productv2/aws/…`) are AWS's own: BatchImportFindings
 * lets a customer import under its own account's default product or under a partner's.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
const AWS_PRODUCT = /^arn:aws[a-z-]*:securityhub:[a-z0-9-]*::product(?:v2)?\/aws\/([a-z0-9-]{1,40})$/;

/**
 * A partner's ARN names company and product; the account, where there is one, is the partner's. Security Hub takes
 * findings only under ARNs that it knows, and gives an account no other than its own default product.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-partner-providers.html
 */
const PARTNER_PRODUCT =
  /^arn:aws[a-z-]*:securityhub:[a-z0-9-]*:(?:\d{12})?:product(?:v2)?\/(?!aws\/|\d{12}\/)([\w.-]{1,100})\/([\w.-]{1,100})$/i;

const KINDS: Record<string, Kind> = {
  securityhub: 'control',
  guardduty: 'guardduty',
  inspector: 'inspector',
  macie: 'macie',
  'access-analyzer': 'access-analyzer',
  'securityhub-exposure': 'exposure',
  'securityhub-risk': 'exposure',
};

/**
 * Told by the shape of the ProductArn and nothing else: all the rest of a finding its author may choose.
 * @returns product: company/product in lower case. What has the ARN of an account's own product, or of no known shape,
 * is custom: `custom/default`, or `claims-…` where it wears another company's name.
 */
export function productOf(productArn: string): { provenance: Provenance; product: string; kind: Kind } {
  const own = AWS_PRODUCT.exec(productArn)?.[1];
  if (own) return { provenance: 'aws', product: `aws/${own}`, kind: entryOf(KINDS, own) ?? 'aws' };
  const [, partner, its] = PARTNER_PRODUCT.exec(productArn) ?? [];
  if (partner && its) return { provenance: 'partner', product: `${partner}/${its}`.toLowerCase(), kind: 'third-party' };
  const [, company, name = 'unknown'] = /product(?:v2)?\/([^/]+)\/([^/]+)$/.exec(productArn.toLowerCase()) ?? [];
  const prefix = company === undefined ? 'unknown' : /^\d{12}$/.test(company) ? 'custom' : `claims-${company}`;
  return { provenance: 'custom', product: `${prefix}/${name}`, kind: 'third-party' };
}
