/**
 * The products that send findings to Security Hub, as a route names them: company/product from the end of the ProductArn.
 * As of November 2026. A product that is not here may exist all the same: partners come and go, and anybody may import.
 * AWS: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-internal-providers.html
 * Partners: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-partner-providers.html
 */
import type { Advice } from './mistake';
import { nearest } from './nearest';
import { texts, valueAt } from './path';
import { globMatches, isGlob } from './routing/glob';

/** AWS's own, by what people call them: so messages name them, and a route may have meant them. */
const AWS: Readonly<Record<string, string>> = {
  'aws/access-analyzer': 'IAM Access Analyzer',
  'aws/config': 'AWS Config',
  'aws/ecr': 'Amazon ECR',
  'aws/firewall-manager': 'AWS Firewall Manager',
  'aws/guardduty': 'Amazon GuardDuty',
  'aws/health': 'AWS Health',
  'aws/inspector': 'Amazon Inspector',
  'aws/iot-device-defender-audit': 'AWS IoT Device Defender Audit',
  'aws/iot-device-defender-detect': 'AWS IoT Device Defender Detect',
  'aws/macie': 'Amazon Macie',
  'aws/securityhub': 'Security Hub CSPM',
  'aws/securityhub-coverage': 'Security Hub coverage',
  'aws/securityhub-exposure': 'Security Hub exposure',
  'aws/securityhub-risk': 'Security Hub exposure',
  'aws/ssm-patch-manager': 'Systems Manager Patch Manager',
};

/** Partners, and what an account imports under its own name. */
const OTHERS: readonly string[] = [
  ...['3coresec/3coresec', 'alertlogic/althreatmanagement', 'aqua-security/kube-bench', 'aquasecurity/aquasecurity'],
  ...['armordefense/armoranywhere', 'attackiq/attackiq-platform', 'barracuda/cloudsecurityguardian', 'bigid/bigid-enterprise'],
  ...['blue-hexagon/blue-hexagon-for-aws', 'caveonix/caveonix-cloud', 'checkpoint/cloudguard-iaas', 'checkpoint/dome9-arc'],
  ...['claroty/xdome', 'cloud-custodian/cloud-custodian', 'cloud-storage-security/antivirus-for-amazon-s3'],
  ...['cloudtamerio/cloudtamerio', 'contrast-security/security-assess', 'crowdstrike/crowdstrike-falcon', 'custom/default'],
  ...['cyberark/cyberark-pta', 'data-theorem/api-cloud-web-secure', 'disruptops-inc/disruptops', 'drata/drata-integration'],
  ...['forcepoint/forcepoint-casb', 'forcepoint/forcepoint-cloud-security-gateway', 'forcepoint/forcepoint-dlp'],
  ...['forcepoint/forcepoint-ngfw', 'fugue/fugue', 'guardicore/guardicore', 'hackerone/vulnerability-intelligence'],
  ...['jfrog/jfrog-xray', 'juniper-networks/vsrx-next-generation-firewall', 'k9-security/access-analyzer', 'lacework/lacework'],
  ...['mcafee-skyhigh/mcafee-mvision-cloud-aws', 'netscout/netscout-cyber-investigator', 'orca-security/orca-security'],
  ...['paloaltonetworks/redlock', 'plerion/cloud-security-platform', 'prowler/prowler', 'qualys/qualys-vm', 'rapid7/insightvm'],
  ...['sentinelone/endpoint-protection', 'snyk/snyk', 'sonrai-security/sonrai-dig', 'sophos/sophos-server-protection'],
  ...['stackrox/kubernetes-security', 'sumologicinc/sumologic-mda', 'symantec-corp/symantec-cwp', 'tenable/tenable-io'],
  ...['trend-micro/cloud-one', 'turbot/turbot', 'twistlock/twistlock-enterprise', 'vectra-ai/cognito-detect', 'wiz-security/wiz-security'],
];

export const PRODUCTS: readonly string[] = [...Object.keys(AWS), ...OTHERS];

/** The product's name as people write it: of AWS's own; else company/product, once where both are the same. */
export function productName(product: string): string {
  return (Object.hasOwn(AWS, product) && AWS[product]) || product.replace(/^([^/]+)\/\1$/, '$1');
}

/** `guardduty` means that product of any company. */
export function productMatches(product: string, pattern: string): boolean {
  return globMatches(pattern, pattern.includes('/') ? product : ownName(product));
}

/** The products that the operator vouches for. */
export function unlistedProducts(settings: unknown): string[] {
  return texts(valueAt(settings, ['unlistedProducts']));
}

/**
 * Whether a route's product pattern can take a finding of any of the products.
 * @param pattern as in routes.yaml: company/product or the product alone, perhaps with `*` and `?`.
 * @param products company/product each; the shipped list, or what DescribeProducts of Security Hub names.
 */
export function isProduct(pattern: string, products: readonly string[] = PRODUCTS): boolean {
  return products.some((product) => productMatches(product, pattern));
}

/**
 * The pattern that was probably meant: the product whose own name it is (Amazon GuardDuty), else the nearest spelling.
 * @returns in the pattern's own form, with the company where the pattern has one.
 */
export function productMeant(pattern: string, products: readonly string[] = PRODUCTS): string | undefined {
  const form = (product: string) => (pattern.includes('/') ? product : ownName(product));
  const letters = lettersOf(pattern);
  const named = products.filter((product) => [AWS[product] ?? '', ownName(product), product].some((name) => lettersOf(name) === letters));
  return form(named[0] ?? '') || nearest(pattern, products.map(form));
}

/**
 * @param unlisted products that the operator vouches for.
 * @returns what to say of a pattern that takes no known product; undefined where it may take one.
 */
export function productFault(pattern: string, unlisted: readonly string[] = []): Advice | undefined {
  const products = [...PRODUCTS, ...unlisted];
  if (isProduct(pattern, products)) return undefined;
  const meant = isGlob(pattern) ? undefined : productMeant(pattern, products);
  const message = `"${pattern}" is no product that is known here, and a name that is not exact never matches`;
  const otherwise = 'a product that this list lacks is named under unlistedProducts of settings.yaml, as at the end of its ProductArn.';
  return { message, remedy: meant ? `Did you mean "${meant}"? Else ${otherwise}` : `Write for example guardduty; ${otherwise}` };
}

function ownName(product: string): string {
  return product.slice(product.indexOf('/') + 1);
}

/** What of a name is always the same: `Amazon`, `AWS`, blanks and case are not. */
function lettersOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(amazon|aws)[\s/]+/, '')
    .replace(/[^a-z0-9]/g, '');
}
