/** Nothing that a member account or a partner imports joins what AWS's own products say, whatever it copies from them. */
import * as fc from 'fast-check';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { fingerprintOf } from '../../../handlers/domain/problem/problem';
import { controlFinding, ocsfFinding, threatFinding } from '../../world/events';
import { gatheredBy } from './gathered-by';

type Json = Record<string, unknown>;
const REGION = 'ap-northeast-1';
const aws = (product: string) => `arn:aws:securityhub:${REGION}::product/aws/${product}`;

const weakness: Json = {
  ...threatFinding(),
  ProductArn: aws('inspector'),
  Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
  Title: 'CVE-2021-44228 - log4j-core',
  Vulnerabilities: [{ Id: 'CVE-2021-44228' }],
};
const OWN: Json[] = [
  controlFinding(),
  threatFinding(),
  weakness,
  { ...threatFinding(), ProductArn: aws('macie'), Types: ['Sensitive Data Identifications/PII/SensitiveData:S3Object-Personal'] },
  { ...controlFinding(), ProductArn: aws('access-analyzer') },
  { ...controlFinding(), ProductArn: aws('config') },
  { ...weakness, Vulnerabilities: [], Types: [], Title: 'Port 22 is reachable from an Internet Gateway - TCP' },
];
const fingerprints = new Set(OWN.flatMap((raw) => (['owner', 'cve'] as const).map((by) => gatheredBy(parseFinding(raw), by))));

const account = fc.constantFrom('555555555555', '999999999999');
const arn = fc.oneof(
  account.map((id) => `arn:aws:securityhub:${REGION}:${id}:product/${id}/default`),
  fc
    .constantFrom('prowler/prowler', 'aquasecurity/aquasecurity', 'AWS/guardduty', 'aws.amazon/inspector')
    .map((product) => `arn:aws:securityhub:${REGION}::product/${product}`),
  account.map((id) => `arn:aws:securityhub:${REGION}:${id}:product/aws/guardduty`),
  fc.constantFrom('guardduty', 'inspector', 'securityhub', 'macie').map((name) => `${aws(name)}/`),
  fc.constantFrom('guardduty', 'inspector', 'securityhub').map((name) => ` x${aws(name)}`),
);
const forgery = fc.record({
  of: fc.constantFrom(...OWN),
  ProductArn: arn,
  ProductName: fc.constantFrom('GuardDuty', 'Inspector', 'Security Hub'),
  CompanyName: fc.constantFrom('AWS', 'Amazon'),
  AwsAccountId: account,
  Id: fc.constantFrom('x', ...OWN.map(({ Id }) => Id as string)),
  Title: fc.constantFrom('', 'aws:control:S3.2', ...OWN.map(({ Title }) => Title as string)),
  GeneratorId: fc.constantFrom('security-control/S3.2', 'AWSInspector', 'aws:guardduty:x'),
  Compliance: fc.constantFrom(undefined, { Status: 'PASSED', SecurityControlId: 'S3.2' }, { Status: 'FAILED', SecurityControlId: 'S3.2' }),
  Vulnerabilities: fc.constantFrom(undefined, [{ Id: 'CVE-2021-44228' }]),
  UpdatedAt: fc.constantFrom('1971-01-01T00:00:00Z', '2026-11-21T00:00:00Z', '2199-12-31T00:00:00Z'),
});

test('two hundred forgeries of ids, types, titles, CVEs and dates are problems of their own', () => {
  fc.assert(
    fc.property(forgery, fc.constantFrom('owner' as const, 'cve' as const), ({ of, ...forged }, by) => {
      const finding = parseFinding({ ...of, ...Object.fromEntries(Object.entries(forged).filter(([, value]) => value !== undefined)) });
      expect(finding.provenance).not.toBe('aws');
      expect(gatheredBy(finding, by)).toMatch(/^(?:partner|custom):/);
      expect(fingerprints).not.toContain(gatheredBy(finding, by));
    }),
    { numRuns: 200, seed: 20261125 },
  );
});

test('so are those of the new Security Hub', () => {
  for (const uid of [
    `arn:aws:securityhub:${REGION}:999999999999:productv2/999999999999/default`,
    `arn:aws:securityhub:${REGION}::productv2/prowler/prowler`,
    'aws/securityhub',
    '',
  ]) {
    const raw = ocsfFinding();
    const finding = parseFinding({
      ...raw,
      metadata: { ...(raw.metadata as Json), product: { uid, name: 'Security Hub CSPM', vendor_name: 'AWS' } },
    });
    expect(fingerprints).not.toContain(fingerprintOf(finding));
  }
});

test('what AWS’s own say is AWS’s, in either format', () => {
  for (const fingerprint of fingerprints) expect(fingerprint).toMatch(/^aws:/);
  expect(fingerprints).toContain(fingerprintOf(parseFinding(ocsfFinding())));
});
