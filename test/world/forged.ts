/**
 * What others import to look like AWS's own: custom findings of a member account, and findings of a partner's product.
 * An importer chooses all but its account and its product: ids, dates (the year 2199 too), types, CVEs, titles, controls.
 */
import { START } from '../../cli/simulate/world/simulation';
import type { Random } from '../../cli/simulate/world/random';
import type { Importer } from '../../local/securityhub/finding-life';
import { controlFinding, type FindingParts, threatFinding } from './events';

type Json = Record<string, unknown>;
const iso = (time: number) => new Date(time).toISOString();

export interface Forger {
  /** `custom`: the account's own product. `partner`: a product that AWS lists, which may write of any account. */
  product: 'custom' | 'partner';
  account: string;
}

/** What BatchImportFindings takes this forger for. */
export function importerOf({ product, account }: Forger): Importer {
  return product === 'partner' ? { by: 'partner' } : { by: 'account', account };
}

/** @param chosen fields that it does not copy: `UpdatedAt` of 2199, another `Severity`, … */
export function forged(original: object, { product, account }: Forger, chosen: Json = {}): Json {
  const region = 'ap-northeast-1';
  return {
    ...original,
    ...chosen,
    AwsAccountId: account,
    Region: region,
    ProductArn:
      product === 'custom'
        ? `arn:aws:securityhub:${region}:${account}:product/${account}/default`
        : `arn:aws:securityhub:${region}::product/acme/scanner`,
    // Free text in a custom finding; of a partner's product Security Hub fills them in.
    ...(product === 'custom' ? { ProductName: 'Security Hub', CompanyName: 'AWS' } : { ProductName: 'Scanner', CompanyName: 'Acme' }),
  };
}

/** Of Inspector: one CVE in one container image. */
export function vulnerabilityFinding(parts: FindingParts & { cve?: string; image?: string } = {}): Json {
  const { account = '555555555555', severity = 'CRITICAL', cve = 'CVE-2026-1234', image = 'shop/checkout' } = parts;
  const sha = `sha256:${'ab'.repeat(32)}`;
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:inspector2:ap-northeast-1:${account}:finding/${Buffer.from(`${cve} ${image}`).toString('hex').slice(0, 32)}`,
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/inspector',
    AwsAccountId: account,
    Region: 'ap-northeast-1',
    GeneratorId: 'AWSInspector',
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
    Severity: { Label: severity },
    Title: parts.title ?? `${cve} - openssl`,
    Description: 'A flaw in the parser lets a client crash the server.',
    Remediation: {
      Recommendation: { Text: 'Remediation is available. Please refer to the Fixed version in the vulnerability details section above.' },
    },
    ProductFields: { 'aws/inspector/ProductVersion': '2', 'aws/inspector/FindingStatus': 'ACTIVE' },
    Vulnerabilities: [
      {
        Id: cve,
        FixAvailable: 'YES',
        VulnerablePackages: [{ Name: 'openssl', Version: '3.0.1', FixedInVersion: '3.0.9', PackageManager: 'OS' }],
      },
    ],
    Workflow: { Status: parts.workflow ?? 'NEW' },
    RecordState: parts.recordState ?? 'ACTIVE',
    Resources: [
      {
        Type: 'AwsEcrContainerImage',
        Id: `arn:aws:ecr:ap-northeast-1:${account}:repository/${image}/${sha}`,
        Region: 'ap-northeast-1',
        Details: { AwsEcrContainerImage: { RepositoryName: image, ImageDigest: sha } },
      },
    ],
    FirstObservedAt: iso(parts.firstObservedAt ?? START),
    CreatedAt: iso(START),
    UpdatedAt: iso(parts.updatedAt ?? START),
  };
}

const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

/** AWS's own that forgers copy. */
export function originals(): Json[] {
  return [controlFinding(), controlFinding({ control: 'EC2.19' }), threatFinding(), vulnerabilityFinding()];
}

/** One forgery of some original, in any of the ways that are open to an importer. */
export function forgery(random: Random, of: readonly Json[] = originals()): { forger: Forger; finding: Json } {
  const forger: Forger = {
    product: pick(random, ['custom', 'partner'] as const),
    account: pick(random, ['555555555555', '666666666666', '999999999999']),
  };
  const [original, other] = [pick(random, of), pick(random, of)];
  const year = pick(random, [1970, 2026, 2026, 2199]);
  const chosen: Json = {
    UpdatedAt: pick(random, [iso(START + Math.floor(random() * 3_600_000)), iso(Date.UTC(year, 11, 31))]),
    FirstObservedAt: iso(Date.UTC(pick(random, [1970, 2026, 2199]), 0, 1)),
    // Each field from this original or from that one: ids with another's type, and so on.
    ...Object.fromEntries(
      ['Id', 'GeneratorId', 'Types', 'Title', 'Description', 'Compliance', 'Vulnerabilities', 'Resources'].flatMap((field) =>
        random() < 0.2 && other[field] !== undefined ? [[field, other[field]]] : [],
      ),
    ),
    Severity: { Label: pick(random, ['CRITICAL', 'HIGH', 'LOW', 'INFORMATIONAL']) },
    Workflow: { Status: pick(random, ['NEW', 'NEW', 'SUPPRESSED', 'RESOLVED']) },
    RecordState: pick(random, ['ACTIVE', 'ACTIVE', 'ARCHIVED']),
    ...(random() < 0.3 ? { Compliance: { Status: 'PASSED', SecurityControlId: 'S3.2' } } : {}),
  };
  return { forger, finding: forged(original, forger, chosen) };
}
