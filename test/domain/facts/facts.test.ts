/** What a message says by code of all other kinds, of findings shaped as AWS documents them; and that Slack takes it. */
import { factsOf } from '../../../handlers/domain/facts/facts';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { renderMessage } from '../../../handlers/domain/message/message';
import { renderReply } from '../../../handlers/domain/message/reply';
import { faultsOf } from '../inspect';
import { member, receiver, rendering, report, text as ordinary } from '../made';
import {
  asff,
  CONTROL,
  CONTROL_OCSF,
  DOCUMENTED,
  EXPOSED_BY_OTHERS,
  EXPOSED_OCSF,
  GRANTED,
  GRANTED_OCSF,
  OF_PARTNER,
  POLICY,
  REACHABLE,
  REACHABLE_OCSF,
  SENSITIVE,
  SENSITIVE_OCSF,
} from './documented';
import { said } from './said';

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
    'Because  Reachability: Publicly Invocable · Vulnerability: Attack Vector Network, Exploit Available +1 · Misconfiguration: Deployed outside VPC',
    'Worst  CVE-2023-33246 org.apache.rocketmq:rocketmq-controller exploit code public',
    'Rated  impact High · likelihood Very High',
  ]);
});

test('an exposure by several weaknesses: the worst first, with how many more; and what lies on another resource', () => {
  expect(said(EXPOSED_BY_OTHERS(5))).toEqual([
    'Because  Reachability: Internet Reachable sg-0abcd1234 · Vulnerability: Vulnerable, EPSS Level >= High +1',
    'Worst  CVE-2025-10003 openssl exploit code public · CVE-2025-10002 openssl · CVE-2025-10000 openssl · +2',
  ]);
  expect(said(EXPOSED_BY_OTHERS(0))).toEqual(['Because  Reachability: Internet Reachable sg-0abcd1234']);
});

describe('sensitive data', () => {
  test('is told with the object and its bucket, kinds and counts, and who can reach it', () => {
    expect(said(SENSITIVE('2022 Sourcing.tsv'))).toEqual([
      'Object  amzn-s3-demo-bucket/2022 Sourcing.tsv',
      'Holds  4120 × NAME · 1 × USA_SOCIAL_SECURITY_NUMBER',
      'Access  not public · encrypted (aws:kms)',
      // The bucket's other resource is the object, which is named: a message counts none.
      'Also  ',
    ]);
    const expected = ['Object  amzn-s3-demo-bucket/exports/payroll.csv.gz', 'Holds  3 × NAME', 'Access  not public · encrypted', 'Also  '];
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
    // As captured: Macie writes NONE where no default is set.
    const none = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'NONE' } }] };
    const bucket = { Type: 'AwsS3Bucket', Id: 'b', Details: { AwsS3Bucket: { ServerSideEncryptionConfiguration: none } } };
    expect(said(asff('macie', { Resources: [bucket] }))).toEqual(['Access  not encrypted']);
  });
});

test('access: who may do what, under which conditions or none', () => {
  const may = 'May  s3:DeleteObject, s3:GetObject, s3:GetObjectVersion +1';
  expect(said(GRANTED('444455556666', 'none'))).toEqual(['Who  AWS account 444455556666', may, 'Access  without conditions']);
  expect(said(GRANTED('*', '{"aws:SourceVpc":"vpc-1"}'))).toEqual(['Who  anyone', may, 'Access  only if {"aws:SourceVpc":"vpc-1"}']);
});

test('access in the new Security Hub: who, as its title and description say it', () => {
  expect(said(GRANTED_OCSF('cross-account access from AWS 444455556666'))).toEqual(['Who  AWS account 444455556666']);
  expect(said(GRANTED_OCSF('public access'))).toEqual(['Who  anyone']);
  // Of whom it says no more, nothing is said.
  expect(said(GRANTED_OCSF('cross-account access'))).toEqual([]);
  expect(said(GRANTED_OCSF('public access, it is told'))).toEqual([]);
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

test.each(['en', 'ja'] as const)('of each of them Slack takes the message (%s)', (language) => {
  for (const raw of DOCUMENTED) {
    const finding = parseFinding(raw);
    const { kind, product, title, description, controlId, types, resources } = finding;
    const words = { ...ordinary, kind, product, title, description, controlId, types, facts: factsOf(finding) };
    const reports = { r: report({ others: resources.length - 1 }) };
    const one = rendering([member('m', { resource: resources[0], reports })], { text: words, receiver: { ...receiver, language } });
    const mentions = receiver.mentions?.CRITICAL ?? [];
    expect(faultsOf(renderMessage(one), { mentions })).toEqual([]);
    const list = { step: 'reply' as const, about: 'list' as const, broadcast: false, fresh: [], unnamed: [] };
    expect(faultsOf(renderReply(one, list), { mentions })).toEqual([]);
  }
});
