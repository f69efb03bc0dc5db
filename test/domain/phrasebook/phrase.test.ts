/** By which ids a finding is looked up, in both formats, and what is found. */
import type { Phrasebook } from '../../../config/phrases/compiled';
import { compile } from '../../../config/phrases/compile';
import { parseFinding } from '../../../handlers/domain/finding/event';
import { phraseIdsOf } from '../../../handlers/domain/phrasebook/ids';
import { phraseIn } from '../../../handlers/domain/phrasebook/phrase';

const arn = (product: string, version = '') => `arn:aws:securityhub:ap-northeast-1::product${version}/aws/${product}`;
const asff = (product: string, its: object = {}) =>
  parseFinding({
    Id: 'f1',
    ProductArn: arn(product),
    AwsAccountId: '555555555555',
    Region: 'ap-northeast-1',
    GeneratorId: 'g',
    Severity: { Label: 'HIGH' },
    Title: 'A title',
    Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::invoices' }],
    ...its,
  });
const ocsf = (product: string, its: Record<string, unknown> & { types?: string[] } = {}) => {
  const { types = [], ...others } = its;
  return parseFinding({
    class_uid: 2003,
    severity: 'High',
    status: 'New',
    metadata: { uid: 'f1', product: { uid: arn(product, 'v2') } },
    cloud: { account: { uid: '555555555555' }, region: 'ap-northeast-1' },
    finding_info: { title: 'A title', uid: 'f1', types },
    resources: [{ type: 'AWS::S3::Bucket', uid: 'arn:aws:s3:::invoices' }],
    ...others,
  });
};
const failed = { Compliance: { Status: 'FAILED' } };

describe('a control', () => {
  test('is found by its id, in both formats', () => {
    expect(phraseIdsOf(asff('securityhub', { Compliance: { Status: 'FAILED', SecurityControlId: 'S3.2' } }))).toEqual(['S3.2']);
    expect(phraseIdsOf(ocsf('securityhub', { compliance: { control: 'S3.2', status: 'Fail' } }))).toEqual(['S3.2']);
  });

  test('that tells the consolidated id beside a standard’s own is found by the former', () => {
    const standard = { GeneratorId: 'pci-dss/v/3.2.1/PCI.Lambda.2', ProductFields: { ControlId: 'PCI.Lambda.2' } };
    expect(phraseIdsOf(asff('securityhub', { ...standard, Compliance: { Status: 'FAILED', SecurityControlId: 'Lambda.3' } }))).toEqual([
      'Lambda.3',
    ]);
    expect(phraseIdsOf(asff('securityhub', { ...standard, ...failed }))).toEqual(['PCI.Lambda.2']);
  });

  test('of CIS is found by the number that it has in its version', () => {
    const rule = (generator: string) => phraseIdsOf(asff('securityhub', { GeneratorId: generator, ...failed }))[0];
    expect(rule('arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/1.10')).toBe('CIS.1.2.0/1.10');
    expect(rule('cis-aws-foundations-benchmark/v/1.4.0/1.10')).toBe('CIS.1.4.0/1.10');
  });

  test('that could not be checked is told as that', () => {
    expect(phraseIdsOf(asff('securityhub', { Compliance: { Status: 'WARNING', SecurityControlId: 'S3.2' } }))).toEqual([
      'general/unchecked',
    ]);
  });
});

test('a threat is found by its type, else by its purpose and what it is about', () => {
  const types = ['TTPs/UnauthorizedAccess:IAMUser-InstanceCredentialExfiltration.OutsideAWS'];
  const ids = ['UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS', 'guardduty/iam/UnauthorizedAccess'];
  expect(phraseIdsOf(asff('guardduty', { Types: types }))).toEqual(ids);
  expect(phraseIdsOf(ocsf('guardduty', { types: ['Threats', ids[0] ?? ''] }))).toEqual(ids);
  expect(phraseIdsOf(ocsf('guardduty', { types: ['Discovery:Kubernetes/NewThing'] }))[1]).toBe('guardduty/eks/Discovery');
});

test('what Access Analyzer found is found by the kind of access and the resource’s type', () => {
  const external = ['access-analyzer/External/AwsS3Bucket', 'access-analyzer/External/*'];
  expect(phraseIdsOf(asff('access-analyzer', { Types: ['Effects/Data Exposure/External Access Granted'] }))).toEqual(external);
  expect(phraseIdsOf(ocsf('access-analyzer', { types: ['External Access Granted'] }))).toEqual(external);
  const unused = phraseIdsOf(ocsf('access-analyzer', { types: ['UnusedIAMRole'] }));
  expect(unused).toEqual(['access-analyzer/Unused/role', 'access-analyzer/Unused/AwsS3Bucket', 'access-analyzer/Unused/*']);
});

test('what Inspector found is a package, code or a port', () => {
  const reach = 'Software and Configuration Checks/AWS Security Best Practices/Network Reachability';
  expect(phraseIdsOf(asff('inspector', { Types: [reach] }))).toEqual(['inspector/reachability']);
  expect(phraseIdsOf(asff('inspector', { Title: 'Port 22 is reachable from an Internet Gateway - TCP' }))).toEqual([
    'inspector/reachability',
  ]);
  expect(phraseIdsOf(asff('inspector', { Types: ['Software and Configuration Checks/Vulnerabilities/CVE'] }))).toEqual([
    'inspector/package',
  ]);
  expect(phraseIdsOf(asff('inspector', { Title: 'CWE-798 - Hardcoded credentials' }))).toEqual(['inspector/code']);
});

test('Macie is found by its type, an exposure by its own, and what is of no product in general', () => {
  expect(phraseIdsOf(asff('macie', { Types: ['Policy:IAMUser/S3BucketPublic'] }))).toEqual(['Policy:IAMUser/S3BucketPublic']);
  const types = ['Exposure/Potential Impact/Resource Hijacking'];
  expect(phraseIdsOf(ocsf('securityhub-exposure', { types }))).toEqual([`exposure/${types[0]}`, 'exposure/*']);
  expect(phraseIdsOf(asff('health'))).toEqual(['general/other-aws']);
});

test('what others import is found by nothing, whatever it calls itself', () => {
  const forged = {
    ProductArn: 'arn:aws:securityhub:ap-northeast-1:555555555555:product/555555555555/default',
    Types: ['Policy:IAMUser/S3BucketPublic'],
  };
  expect(phraseIdsOf(asff('x', { ...forged, GeneratorId: 'security-control/S3.2', ...failed }))).toEqual([]);
});

test('a vulnerability that others read is called as Inspector’s is; a weakness of code, or a check that wears an id, is not', () => {
  const scanner = { ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aquasecurity/aquasecurity' };
  const types = ['Software and Configuration Checks/Vulnerabilities/CVE'];
  const title = 'Trivy found a vulnerability to CVE-2023-44487 in container shop/api:1.2, related to nghttp2';
  expect(phraseIdsOf(asff('x', { ...scanner, Types: types, Title: title }))).toEqual(['inspector/package']);
  const listing = (Vulnerabilities: object[]) => phraseIdsOf(asff('x', { ...scanner, Types: [], Vulnerabilities }));
  const VulnerablePackages = [{ Name: 'lodash', Version: '4.17.20', FixedInVersion: '4.17.21' }];
  expect(listing([{ Id: 'SNYK-JS-LODASH-567221', VulnerablePackages }])).toEqual(['inspector/package']);
  expect(listing([{ Id: 'CWE-798', VulnerablePackages }])).toEqual([]);
  expect(listing([{ Id: 'CHECK-1.2.3' }])).toEqual([]);
});

const words = { headline: 'H', meaning: 'M', impact: 'I', steps: ['S'] };
const book: Phrasebook = {
  entries: {
    's3.2': { id: 'S3.2', ...words, resources: { AwsAccount: { meaning: 'Of the account' } } },
    'autoscaling.5': { id: 'Autoscaling.5', ...words },
    'ec2.13': { id: 'EC2.13', ...words },
    'guardduty/malware-protection-for-ec2/execution': { id: 'guardduty/malware-protection-for-ec2/Execution', ...words },
    'guardduty/eks/execution': { id: 'guardduty/eks/Execution', ...words },
  },
  aliases: compile({}, {}, 'en').aliases,
};
const found = (ids: string[], type = 'AwsS3Bucket') => phraseIn(book, ids, type);

test('the first id that has an entry counts, however its letters are written', () => {
  expect(found(['AutoScaling.5', 'S3.2'])?.id).toBe('Autoscaling.5');
  expect(found(['S3.99', 's3.2'])?.id).toBe('S3.2');
  expect(found(['S3.99'])).toBeUndefined();
  expect(found(['constructor', '__proto__'])).toBeUndefined();
});

test('of some types of resources something else is said', () => {
  expect(found(['S3.2'])).toEqual({ id: 'S3.2', ...words });
  expect(found(['S3.2'], 'AwsAccount')).toEqual({ id: 'S3.2', ...words, meaning: 'Of the account' });
  expect(found(['S3.2'], 'toString')).toEqual({ id: 'S3.2', ...words });
});

test('what a standard called it, and the family that AWS gives a threat, lead to the entry', () => {
  expect(found(['CIS.1.2.0/4.1'])?.id).toBe('EC2.13');
  expect(found(['PCI.S3.2'])?.id).toBe('S3.2');
  const malware = phraseIdsOf(asff('guardduty', { Types: ['TTPs/Execution/Execution:Kubernetes-MaliciousFile'] }));
  expect(malware[1]).toBe('guardduty/eks/Execution');
  expect(found(malware)?.id).toBe('guardduty/malware-protection-for-ec2/Execution');
});
