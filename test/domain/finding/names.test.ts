/**
 * What a reader sees a resource called, in both formats. The ARNs are the formats of the Service Authorization Reference with their
 * variables filled in. https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { parseFinding } from '../../../handlers/domain/finding/event';
import { readersName } from '../../../handlers/domain/finding/names';
import { resourceKey, resourceType } from '../../../handlers/domain/finding/resource';
import { A, NAMES, UUID, arn } from './resource-names';

const asff = (resource: object) =>
  parseFinding({
    Id: 'f1',
    ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/guardduty',
    AwsAccountId: A,
    Region: 'us-east-1',
    Severity: { Label: 'HIGH' },
    Title: 'A finding',
    Resources: [resource],
  }).resources[0];
const ocsf = (resource: object) =>
  parseFinding({
    class_uid: 2004,
    severity: 'High',
    status: 'New',
    cloud: { account: { uid: A }, provider: 'AWS', region: 'us-east-1' },
    metadata: { uid: 'a2', product: { uid: 'arn:aws:securityhub:us-east-1::productv2/aws/guardduty' } },
    finding_info: { uid: 'src', title: 'A finding' },
    resources: [resource],
  }).resources[0];

test.each(NAMES)('%s is called by its name in both formats, and is the resource that it was', (_what, type, ocsfType, id, name, key) => {
  const [cspm, bare, both] = [
    asff({ Type: type, Id: id }),
    ocsf({ type: ocsfType, uid: id }),
    ocsf({ type: ocsfType, uid: 'x', uid_alt: id }),
  ];
  expect([cspm, bare, both].map((resource) => resource.name)).toEqual([name, name, name]);
  for (const resource of [cspm, bare, both]) expect(resourceKey(resource)).toBe(key || `${type}/${id}`);
});

test('a key is called by its user, and a container by its name, in both formats', () => {
  const key = 'ASIAIOSFODNN7EXAMPLE';
  const details = { AwsIamAccessKey: { PrincipalName: 'settlement-batch', PrincipalType: 'AssumedRole' } };
  expect(asff({ Type: 'AwsIamAccessKey', Id: `AWS::IAM::AccessKey:${key}`, Details: details }).name).toBe('settlement-batch');
  const user = { access_key_id: key, user_name: 'settlement-batch', user_type: 'AssumedRole' };
  for (const says of [{ data: user }, { user: { name: 'settlement-batch' } }, { name: 'settlement-batch' }])
    expect(ocsf({ type: 'AWS::IAM::AccessKey', uid: key, ...says })).toMatchObject({ name: 'settlement-batch', id: key });
  const digest = '287ae865fc42575115144'.repeat(3);
  expect(asff({ Type: 'Container', Id: digest, Details: { Container: { Name: 'payments-sidecar' } } }).name).toBe('payments-sidecar');
  expect(ocsf({ type: 'AWS::Container::Container', uid: digest, name: 'payments-sidecar' })).toMatchObject({
    name: 'payments-sidecar',
    type: 'Container',
  });
});

test.each([
  ['AwsCertificateManagerCertificate', arn('acm', `certificate/${UUID}`), { DomainName: 'pay.example' }, 'pay.example'],
  ['AwsWafWebAcl', arn('waf', `webacl/${UUID}`), { Name: 'edge' }, 'edge'],
  ['AwsDmsReplicationInstance', arn('dms', 'rep:UX6OL6MHMMJKFFOXE3H7LLJCME'), { ReplicationInstanceIdentifier: 'move-1' }, 'move-1'],
  ['AwsRoute53HostedZone', 'arn:aws:route53:::hostedzone/Z06419652JEMGO9TA2XKL', { HostedZone: { Name: 'kumo.example' } }, 'kumo.example'],
  ['AwsBackupBackupPlan', arn('backup', `backup-plan:${UUID}`), { BackupPlan: { BackupPlanName: 'nightly' } }, 'nightly'],
  ['AwsSqsQueue', arn('sqs', 'orders'), { Name: 'another' }, 'orders'],
])('%s, whose id says nothing to people, is called as its details call it', (Type, Id, details, name) => {
  expect(asff({ Type, Id, Details: { [Type]: details } }).name).toBe(name);
});

test('an id that nothing else names is called by the tag Name; a name in capitals is a name', () => {
  expect(asff({ Type: 'AwsKmsKey', Id: arn('kms', `key/${UUID}`), Tags: { Name: 'payments' } }).name).toBe('payments');
  expect(asff({ Type: 'AwsEc2Instance', Id: arn('ec2', 'instance/i-0aa11bb22cc33dd44'), Tags: { Name: 'web' } }).name).toBe(
    'i-0aa11bb22cc33dd44',
  );
  expect(asff({ Type: 'AwsRdsDbInstance', Id: arn('rds', 'db:shopfront2026x'), Tags: { Name: 'web' } }).name).toBe('shopfront2026x');
});

const VM = '/subscriptions/0b1f6471-1bf0-4dda-aec3-111111111111/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-pay-1';
test.each([
  [VM, 'vm-pay-1'],
  [`${VM}/providers/Microsoft.Insights/diagnosticSettings/all`, 'all'],
  [VM.replace('Microsoft.Compute/virtualMachines/vm-pay-1', 'Microsoft.Sql/servers/pay/databases/cards'), 'pay/cards'],
  ['//compute.googleapis.com/projects/acme/zones/asia-northeast1-a/instances/vm-1', 'vm-1'],
  ['/subscriptions/0b1f6471-1bf0-4dda-aec3-111111111111', '/subscriptions/0b1f6471-1bf0-4dda-aec3-111111111111'],
])('in another cloud %s is called %s', (id, name) => {
  expect(readersName(id)).toBe(name);
});

test.each([
  ['AWS::StepFunctions::StateMachine', 'AwsStepFunctionStateMachine'],
  ['AWS::ACM::Certificate', 'AwsCertificateManagerCertificate'],
  ['AWS::Events::EventBus', 'AwsEventsEventbus'],
  ['AWS::XRay::EncryptionConfig', 'AwsXrayEncryptionConfig'],
  ['AWS::RDS::DBClusterSnapshot', 'AwsRdsDbClusterSnapshot'],
])('%s is %s: the two Security Hubs speak of one type', (ocsfType, asffType) => {
  expect(resourceType(ocsfType)).toBe(asffType);
});

test('of an id that nobody knows by heart the new Security Hub’s own name counts; of others it does not', () => {
  expect(readersName(arn('kms', `key/${UUID}`), 'payments')).toBe('payments');
  expect(readersName(arn('kms', `key/${UUID}`))).toBe(UUID);
  expect(readersName('i-0aa11bb22cc33dd44', 'payments')).toBe('i-0aa11bb22cc33dd44');
});

test.each([
  'constructor',
  '__proto__',
  'x'.repeat(200_000),
  'arn:aws:constructor:r:1:x',
  `arn:aws:eks:r:1:nodegroup/${'/'.repeat(50_000)}`,
  '',
])('a hostile id is only a name: %.40s', (id) => {
  expect(typeof readersName(id)).toBe('string');
});
