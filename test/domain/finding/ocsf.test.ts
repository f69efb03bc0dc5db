/** Findings of the new Security Hub, whose real events lack what the documentation promises. */
import { memberIdOf } from '../../../handlers/domain/problem/problem';
import { parseAsff } from '../../../handlers/domain/finding/asff';
import { fingerprintOf } from '../../../handlers/domain/problem/problem';
import { looksLikeOcsf, parseOcsf } from '../../../handlers/domain/finding/ocsf';
import { InvalidFinding } from '../../../handlers/domain/text/reading';
import { controlFinding } from '../../world/events';

type Json = Record<string, unknown>;
const TIME = Date.UTC(2026, 10, 21);

function raw(changes: Json = {}): Json {
  return {
    class_uid: 2003,
    severity: 'Critical',
    status: 'New',
    metadata: { uid: 'uid-1', product: { uid: 'arn:aws:securityhub:ap-northeast-1::productv2/aws/securityhub' } },
    cloud: { account: { uid: '555555555555', name: 'payments-prod' }, region: 'ap-northeast-1' },
    compliance: { control: 'S3.2', status: 'Fail' },
    finding_info: {
      uid: 'info-1',
      title: 'S3 buckets',
      desc: 'About them.',
      types: ['T'],
      created_time: TIME,
      modified_time: TIME + 1,
      first_seen_time: TIME - 1,
    },
    remediation: { desc: 'Close it.', references: ['http://no', 'https://docs.aws.amazon.com/x'] },
    resources: [{ type: 'AWS::S3::Bucket', uid: 'invoices-2026', uid_alt: 'arn:aws:s3:::invoices-2026', region: 'ap-northeast-1' }],
    ...changes,
  };
}
const parse = (changes: Json = {}) => parseOcsf(raw(changes));

test('reads the same finding as from ASFF', () => {
  expect(parse()).toMatchObject({
    format: 'ocsf',
    id: 'uid-1',
    kind: 'control',
    accountId: '555555555555',
    accountName: 'payments-prod',
    severity: 'CRITICAL',
    workflow: 'NEW',
    recordState: 'ACTIVE',
    compliance: 'FAILED',
    controlId: 'S3.2',
    title: 'S3 buckets',
    remediation: { text: 'Close it.', url: 'https://docs.aws.amazon.com/x' },
    resources: [{ type: 'AwsS3Bucket', id: 'arn:aws:s3:::invoices-2026', name: 'invoices-2026' }],
    firstObservedAt: TIME - 1,
    createdAt: TIME,
    updatedAt: TIME + 1,
  });
});

test.each([
  [{ desc: 'Close it.' }, { text: 'Close it.' }],
  [{ references: ['https://docs.aws.amazon.com/x'] }, { url: 'https://docs.aws.amazon.com/x' }],
  [{ references: ['http://no'] }, undefined],
  [undefined, undefined],
])('of the remediation %j there is %j', (remediation, read) => {
  expect(parse({ remediation }).remediation).toEqual(read);
});

test.each([
  ['a bucket', 'AWS::S3::Bucket', 'invoices-2026', { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::invoices-2026' }],
  ['the account', 'AWS::::Account', '555555555555', { Type: 'AwsAccount', Id: 'AWS::::Account:555555555555' }],
  ['a role', 'AWS::IAM::Role', 'arn:aws:iam::555555555555:role/r', { Type: 'AwsIamRole', Id: 'arn:aws:iam::555555555555:role/r' }],
])('both Security Hubs tell of one member of one problem: %s', (_what, type, uid, asff) => {
  const ocsf = parse({ resources: [{ type, uid, region: 'ap-northeast-1' }] });
  const other = parseAsff({ ...controlFinding(), Resources: [{ ...asff, Region: 'ap-northeast-1' }] });
  expect(memberIdOf(ocsf)).toBe(memberIdOf(other));
  expect(fingerprintOf(ocsf)).toBe(fingerprintOf(other));
  expect(ocsf.resources[0].type).toBe(other.resources[0].type);
});

test.each([
  ['an id', { metadata: {}, finding_info: {} }, /neither metadata.uid nor finding_info.uid/],
  ['a severity', { severity: undefined, severity_id: undefined }, /neither severity nor severity_id/],
  ['a severity but an inherited word', { severity: 'constructor' }, /neither severity nor severity_id/],
])('without %s it says what is missing', (_what, changes, message) => {
  expect(() => parse(changes)).toThrow(InvalidFinding);
  expect(() => parse(changes)).toThrow(message);
});

test('an exposure finding without metadata.uid is known by its own uid', () => {
  expect(parse({ metadata: { product: { uid: 'arn:aws:securityhub:us-east-1::productv2/aws/securityhub-exposure' } } })).toMatchObject({
    id: 'info-1',
    kind: 'exposure',
  });
});

const NAMES = ['Informational', 'Low', 'Medium', 'High', 'Critical'];

test.each<[string | undefined, number | undefined, string]>([
  ...NAMES.map((name): [string, undefined, string] => [name, undefined, name.toUpperCase()]),
  ...NAMES.map((name, index): [undefined, number, string] => [undefined, index + 1, name.toUpperCase()]),
  ['FATAL', undefined, 'CRITICAL'],
  ['high', 1, 'HIGH'],
  ['Other', 6, 'CRITICAL'],
  // https://schema.ocsf.io/ severity_id 0 and 99: not rated, or by a word of the product's own.
  ['Unknown', 0, 'INFORMATIONAL'],
  ['Other', 99, 'INFORMATIONAL'],
  [undefined, 0, 'INFORMATIONAL'],
])('severity %s with id %s is %s', (severity, severity_id, expected) => {
  expect(parse({ severity, severity_id }).severity).toBe(expected);
});

test.each([
  ['New', undefined, undefined, 'NEW', 'ACTIVE'],
  ['In Progress', undefined, undefined, 'NOTIFIED', 'ACTIVE'],
  ['SUPPRESSED', 1, undefined, 'SUPPRESSED', 'ACTIVE'],
  ['Resolved', undefined, undefined, 'RESOLVED', 'ACTIVE'],
  ['Archived', undefined, undefined, 'NEW', 'ARCHIVED'],
  ['Notified', undefined, undefined, 'NOTIFIED', 'ACTIVE'],
  [undefined, 1, undefined, 'NEW', 'ACTIVE'],
  [undefined, 2, undefined, 'NOTIFIED', 'ACTIVE'],
  [undefined, 3, undefined, 'SUPPRESSED', 'ACTIVE'],
  [undefined, 5, undefined, 'NEW', 'ARCHIVED'],
  // https://schema.ocsf.io/ status_id 6: created in error, or no longer kept.
  ['Deleted', 6, undefined, 'NEW', 'ARCHIVED'],
  [undefined, 6, undefined, 'NEW', 'ARCHIVED'],
  [undefined, 4, undefined, 'RESOLVED', 'ACTIVE'],
  ['New', 1, 'Close', 'NEW', 'ARCHIVED'],
  [undefined, undefined, undefined, 'NEW', 'ACTIVE'],
  ['__proto__', 99, undefined, 'NEW', 'ACTIVE'],
])('status %s, id %s, activity %s reads as %s and %s', (status, status_id, activity_name, workflow, recordState) => {
  expect(parse({ status, status_id, activity_name })).toMatchObject({ workflow, recordState });
});

test.each([
  ['Pass', 'PASSED'],
  ['Passed', 'PASSED'],
  ['FAILED', 'FAILED'],
  ['Warning', 'WARNING'],
  ['Other', 'NOT_AVAILABLE'],
  ['something new', undefined],
  ['constructor', undefined],
  [undefined, undefined],
])('compliance %s is %s', (status, expected) => {
  expect(parse({ compliance: { status } }).compliance).toBe(expected);
});

test('a vulnerability is read with its score, its fix and its exploit', () => {
  const vulnerabilities = [
    {
      cve: { uid: 'CVE-2021-44228', cvss: [{ base_score: 10, vector_string: 'CVSS:3.1/AV:N' }] },
      affected_packages: [{ package_manager: 'MAVEN' }],
      is_fix_available: true,
      is_exploit_available: false,
    },
  ];
  const metadata = { uid: 'u', product: { uid: 'arn:aws:securityhub:us-east-1::productv2/aws/inspector' } };
  expect(parse({ metadata, vulnerabilities }).particulars.vulnerability).toEqual({
    id: 'CVE-2021-44228',
    score: 10,
    vector: 'CVSS:3.1/AV:N',
    ecosystem: 'MAVEN',
    fixAvailable: 'YES',
    exploitAvailable: 'NO',
  });
  expect(parse({ metadata, vulnerabilities: [{ cve: { uid: 'CVE-1' } }] }).particulars).toEqual({});
});

test('times in ISO text are read where there are none in numbers', () => {
  const finding_info = { uid: 'u', created_time_dt: '2026-11-21T00:00:00Z', modified_time_dt: '2026-11-21T00:00:01Z' };
  expect(parse({ finding_info })).toMatchObject({ createdAt: TIME, updatedAt: TIME + 1000, firstObservedAt: TIME });
});

test('OCSF is told by its class, or by what only it has', () => {
  expect(looksLikeOcsf({ class_uid: 1 })).toBe(true);
  expect(looksLikeOcsf({ finding_info: {}, metadata: {} })).toBe(true);
  expect(looksLikeOcsf(controlFinding())).toBe(false);
  expect(looksLikeOcsf(null)).toBe(false);
});

test('what a person commented is its note, and names no author; what this system commented is nobody’s', () => {
  expect(parse({ comment: 'accepted in RISK-42' }).note).toEqual({ text: 'accepted in RISK-42' });
  expect(parse({ comment: 'x'.repeat(600) }).note?.text).toHaveLength(512);
  expect(parse({ comment: 'Told in Slack: workloads, channel C0WORKLD001' }).note).toBeUndefined();
  expect(parse({}).note).toBeUndefined();
});

test('without a title a threat is called by its type, not by the broad word that V2 lists first', () => {
  const product = { uid: 'arn:aws:securityhub:ap-northeast-1::productv2/aws/guardduty' };
  const info = { uid: 'u', types: ['Threats', 'CryptoCurrency:EC2/BitcoinTool.B!DNS'] };
  expect(parse({ metadata: { uid: 'm', product }, finding_info: info }).title).toBe('CryptoCurrency:EC2/BitcoinTool.B!DNS');
});

test('the reason codes of a control are read where captured events have them, and where OCSF has a place for them', () => {
  const assessed = {
    control: 'S3.2',
    status: 'Unknown',
    assessments: [{ name: 'CONFIG_ACCESS_DENIED', desc: 'A role.', meets_criteria: false }],
  };
  expect(parse({ compliance: assessed }).particulars.statusReasons).toEqual(['CONFIG_ACCESS_DENIED']);
  expect(parse({ compliance: { status_code: 'THROTTLING_ERROR' } }).particulars.statusReasons).toEqual(['THROTTLING_ERROR']);
});

test('what OCSF rates by a word of the product’s own is rated as the vendor says', () => {
  expect(parse({ severity: 'Other', severity_id: 99, vendor_attributes: { severity: 'High', severity_id: 4 } }).severity).toBe('HIGH');
});
