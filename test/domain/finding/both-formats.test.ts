/** One resource by both Security Hubs: an ARN in one, a bare id or a name in the other, and types in two spellings. */
import { parseFinding } from '../../../handlers/domain/finding/event';
import { fingerprintOf, memberIdOf } from '../../../handlers/domain/problem/problem';
import { gatheredBy } from '../problem/gathered-by';

type Json = Record<string, unknown>;
const A = '555555555555';
const R = 'ap-northeast-1';

const asff = (resources: Json[], product = 'guardduty', more: Json = {}) =>
  parseFinding({
    Id: 'f1',
    ProductArn: `arn:aws:securityhub:${R}::product/aws/${product}`,
    AwsAccountId: A,
    Region: R,
    GeneratorId: 'g',
    Types: ['TTPs/CryptoCurrency/CryptoCurrency:EC2-BitcoinTool.B!DNS'],
    Severity: { Label: 'HIGH' },
    Title: 'A finding',
    Resources: resources,
    ...more,
  });
const ocsf = (resources: Json[], product = 'guardduty', more: Json = {}) =>
  parseFinding({
    class_uid: 2004,
    severity: 'High',
    status: 'New',
    cloud: { account: { uid: A }, provider: 'AWS', region: R },
    metadata: { uid: 'a2', product: { uid: `arn:aws:securityhub:${R}::productv2/aws/${product}` } },
    finding_info: { uid: 'src', title: 'A finding', types: ['Threats', 'CryptoCurrency:EC2/BitcoinTool.B!DNS'] },
    resources,
    ...more,
  });

test.each<[string, Json, Json]>([
  [
    'an instance',
    { Type: 'AwsEc2Instance', Id: `arn:aws:ec2:${R}:${A}:instance/i-0aa11bb22cc33dd44` },
    { type: 'AWS::EC2::Instance', uid: 'i-0aa11bb22cc33dd44' },
  ],
  ['a type as ASFF has it', { Type: 'AwsEc2Instance', Id: `arn:aws:ec2:${R}:${A}:instance/i-1` }, { type: 'AwsEc2Instance', uid: 'i-1' }],
  [
    'a function',
    { Type: 'AwsLambdaFunction', Id: `arn:aws:lambda:${R}:${A}:function:checkout` },
    { type: 'AWS::Lambda::Function', uid: 'checkout' },
  ],
  [
    'a function’s version',
    { Type: 'AwsLambdaFunction', Id: `arn:aws:lambda:${R}:${A}:function:checkout:7` },
    { type: 'AWS::Lambda::Function', uid: 'checkout:$LATEST' },
  ],
  ['a bucket', { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::exports' }, { type: 'AWS::S3::Bucket', uid: 'exports' }],
  [
    'a key',
    { Type: 'AwsIamAccessKey', Id: 'AWS::IAM::AccessKey:ASIAEXAMPLEEXAMPLE2' },
    { type: 'AWS::IAM::AccessKey', uid: 'ASIAEXAMPLEEXAMPLE2', name: 'batch' },
  ],
  [
    'the account',
    { Type: 'AwsAccount', Id: `AWS::::Account:${A}` },
    { type: 'AWS::::Account', uid: A, name: 'GuardDuty', uid_alt: `arn:aws:guardduty:${R}:${A}:detector/1` },
  ],
  ['the account without a type', { Type: '', Id: `AWS::::Account:${A}` }, { type: 'AWS::::Account', uid: A }],
  [
    'a security group',
    { Type: 'AwsEc2SecurityGroup', Id: `arn:aws:ec2:${R}:${A}:security-group/sg-1` },
    { type: 'AWS::EC2::SecurityGroup', uid: 'sg-1' },
  ],
  ['a database', { Type: 'AwsRdsDbInstance', Id: `arn:aws:rds:${R}:${A}:db:ledger` }, { type: 'AWS::RDS::DBInstance', uid: 'ledger' }],
])('%s is one member', (_what, asffResource, ocsfResource) => {
  expect(memberIdOf(ocsf([{ ...ocsfResource, region: R }]))).toBe(memberIdOf(asff([asffResource])));
  expect(fingerprintOf(ocsf([ocsfResource]))).toBe(fingerprintOf(asff([asffResource])));
});

test.each<[string, Json, Json]>([
  ['two things of one name and different types', { type: 'AWS::EKS::Cluster', uid: 'web' }, { type: 'AWS::ECS::Cluster', uid: 'web' }],
  [
    'things of no type in two services',
    { type: 'Other', uid: `arn:aws:a:${R}:${A}:x/web` },
    { type: 'Other', uid: `arn:aws:b:${R}:${A}:x/web` },
  ],
  [
    'services of two clusters',
    { type: 'AWS::ECS::Service', uid: `arn:aws:ecs:${R}:${A}:service/blue/web` },
    { type: 'AWS::ECS::Service', uid: `arn:aws:ecs:${R}:${A}:service/green/web` },
  ],
  [
    'objects of two buckets',
    { type: 'AWS::S3::Object', uid: 'arn:aws:s3:::a/x.csv' },
    { type: 'AWS::S3::Object', uid: 'arn:aws:s3:::b/x.csv' },
  ],
  [
    'two keys of one user',
    { type: 'AWS::IAM::AccessKey', uid: 'ASIA1', name: 'batch' },
    { type: 'AWS::IAM::AccessKey', uid: 'ASIA2', name: 'batch' },
  ],
])('%s are two members', (_what, first, second) => {
  expect(memberIdOf(ocsf([first]))).not.toBe(memberIdOf(ocsf([second])));
});

test('one vulnerability of an instance is one problem and one member, by owner and by CVE', () => {
  const fromAsff = asff([{ Type: 'AwsEc2Instance', Id: `arn:aws:ec2:${R}:${A}:instance/i-1` }], 'inspector', {
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
    Vulnerabilities: [{ Id: 'CVE-2025-3333' }],
  });
  const fromOcsf = ocsf([{ type: 'AWS::EC2::Instance', uid: 'i-1' }], 'inspector', {
    vulnerabilities: [{ cve: { uid: 'CVE-2025-3333' } }],
  });
  for (const by of ['owner', 'cve'] as const) expect(gatheredBy(fromOcsf, by)).toBe(gatheredBy(fromAsff, by));
  expect(memberIdOf(fromOcsf)).toBe(memberIdOf(fromAsff));
});

test.each([`shop/api@sha256:${'ab'.repeat(32)}`, `${A}.dkr.ecr.${R}.amazonaws.com/shop/api@sha256:${'ab'.repeat(32)}`])(
  'an image of ECR is one, by its ARN and as %s',
  (uid) => {
    const weak = { Vulnerabilities: [{ Id: 'CVE-2025-3333' }] };
    const arn = `arn:aws:ecr:${R}:${A}:repository/shop/api/sha256:${'ab'.repeat(32)}`;
    const one = asff([{ Type: 'AwsEcrContainerImage', Id: arn }], 'inspector', weak);
    const other = ocsf([{ type: 'AWS::ECR::ContainerImage', uid }], 'inspector', { vulnerabilities: [{ cve: { uid: 'CVE-2025-3333' } }] });
    expect(fingerprintOf(other)).toBe(fingerprintOf(one));
    expect(memberIdOf(other)).toBe(memberIdOf(one));
  },
);

test('an attack sequence is one for both, in whatever order they name its resources', () => {
  const one = asff(
    [
      { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::b' },
      { Type: 'AwsIamAccessKey', Id: 'AWS::IAM::AccessKey:ASIA1' },
    ],
    'guardduty',
    { Types: ['TTPs/AttackSequence:IAM/CompromisedCredentials'] },
  );
  const info = { uid: 'u', title: 'A finding', types: ['Threats', 'AttackSequence:IAM/CompromisedCredentials'] };
  const resources = [
    { type: 'AWS::IAM::AccessKey', uid: 'ASIA1' },
    { type: 'AWS::S3::Bucket', uid: 'b' },
  ];
  const other = ocsf(resources, 'guardduty', { finding_info: info });
  expect([fingerprintOf(other), memberIdOf(other)]).toEqual([fingerprintOf(one), memberIdOf(one)]);
  const elsewhere = ocsf([{ type: 'AWS::IAM::AccessKey', uid: 'ASIA2' }], 'guardduty', { finding_info: info });
  expect(memberIdOf(elsewhere)).not.toBe(memberIdOf(one));
});

test('two threats of which no type can be read are told apart by their titles', () => {
  const broad = (title: string) =>
    ocsf([{ type: 'AWS::EC2::Instance', uid: 'i-1' }], 'guardduty', { finding_info: { uid: 'u', title, types: ['Threats'] } });
  expect(fingerprintOf(broad('An instance mines coins'))).not.toBe(fingerprintOf(broad('An instance calls its controller')));
});

test('the tags that AWS sets on an instance tell its group in both', () => {
  const tag = 'aws:autoscaling:groupName';
  expect(asff([{ Type: 'AwsEc2Instance', Id: 'i-1', Tags: { [tag]: 'web', team: 'x' } }]).resources[0].launchedBy).toBe('autoscaling/web');
  expect(
    ocsf([{ type: 'AWS::EC2::Instance', uid: 'i-1', tags: [{ name: tag, value: 'web' }, { name: 'team' }, null] }]).resources[0].launchedBy,
  ).toBe('autoscaling/web');
});

test('sensitive data is one problem a bucket, where one names the bucket beside the object', () => {
  const types = { finding_info: { uid: 'u', title: 't', types: ['SensitiveData:S3Object/Credentials', 'Sensitive Data'] } };
  const databucket = { name: 'backups', uid: 'arn:aws:s3:::backups' };
  const object = (key: string) => ocsf([{ type: 'AWS::S3::Object', uid: key }], 'macie', { ...types, databucket });
  const other = asff(
    [
      { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::backups' },
      { Type: 'AwsS3Object', Id: 'arn:aws:s3:::backups/a' },
    ],
    'macie',
    { Types: ['Sensitive Data Identifications/Passwords/SensitiveData:S3Object-Credentials'] },
  );
  expect(fingerprintOf(object('a'))).toBe(fingerprintOf(other));
  expect(fingerprintOf(object('b'))).toBe(fingerprintOf(other));
  expect(memberIdOf(object('a'))).toBe(memberIdOf(other));
  expect(fingerprintOf(ocsf([{ type: 'AWS::S3::Object', uid: 'a' }], 'macie', { ...types, databucket: { name: 'exports' } }))).not.toBe(
    fingerprintOf(other),
  );
});

test('a key is called by whose it is, a container by its name', () => {
  const key = { type: 'AWS::IAM::AccessKey', uid: 'ASIAEXAMPLEEXAMPLE2' };
  expect(ocsf([{ ...key, user: { name: 'settlement-batch' } }]).resources[0].name).toBe('settlement-batch');
  expect(ocsf([{ ...key, data: { user_name: 'settlement-batch' } }]).resources[0].name).toBe('settlement-batch');
  expect(ocsf([key]).resources[0].name).toBe('ASIAEXAMPLEEXAMPLE2');
  expect(
    asff([{ Type: 'AwsIamAccessKey', Id: 'AWS::IAM::AccessKey:ASIA1', Details: { AwsIamAccessKey: { PrincipalName: 'batch' } } }])
      .resources[0].name,
  ).toBe('batch');
  expect(ocsf([{ type: 'AWS::Container::Container', uid: '287ae865fc42', name: 'sidecar' }]).resources[0]).toMatchObject({
    type: 'Container',
    name: 'sidecar',
  });
  expect(asff([{ Type: 'Container', Id: '287ae865fc42', Details: { Container: { Name: 'sidecar' } } }]).resources[0].name).toBe('sidecar');
});

test('a sample is known by either of its marks', () => {
  const marked = (fields: Json) => asff([], 'guardduty', { ProductFields: fields }).sample;
  expect(marked({ 'aws/guardduty/service/additionalInfo/sample': 'true' })).toBe(true);
  expect(marked({ 'aws/guardduty/service/additionalInfo/sample': 'false' })).toBe(false);
  expect(marked({})).toBe(false);
  expect(asff([], 'guardduty', { Sample: true }).sample).toBe(true);
  expect(asff([], 'guardduty', { Title: '[SAMPLE] EC2 instance i-99999999 is communicating' }).sample).toBe(true);
  expect(asff([], 'inspector', { Title: '[SAMPLE] of another product' }).sample).toBe(false);
  expect(asff([], 'inspector', { ProductFields: { 'aws/guardduty/service/additionalInfo/sample': 'true' } }).sample).toBe(false);
  const titled = (title: string, product = 'guardduty') => ocsf([], product, { finding_info: { uid: 'u', title, types: [] } }).sample;
  expect(titled('[SAMPLE] EC2 instance i-99999999 is communicating')).toBe(true);
  expect(titled('EC2 instance i-99999999 is communicating [SAMPLE]')).toBe(false);
  expect(titled('[SAMPLE] of another product', 'inspector')).toBe(false);
  expect(ocsf([], 'guardduty', { unmapped: { Sample: true } }).sample).toBe(true);
});

describe('where a finding is that is in no AWS account', () => {
  const there = (cloud: unknown, resource: Json = {}) => {
    const { accountId, cloud: place } = ocsf([{ type: 'x', uid: 'y', ...resource }], 'securityhub', { cloud });
    return { accountId, place };
  };
  test.each<[string, unknown, Json, string, string]>([
    [
      'a subscription of Azure',
      { provider: 'Azure', account: { uid: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0' } },
      {},
      'azure',
      '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
    ],
    ['a project whose number has 12 digits', { provider: 'GCP', account: { uid: '538174383574' } }, {}, 'gcp', '538174383574'],
    ['a cluster', null, { cluster: { name: 'payments' } }, 'kubernetes', 'payments'],
    ['a namespace', undefined, { namespace: 'kube-system' }, 'kubernetes', 'kube-system'],
    ['a resource of another owner', { provider: 'Azure' }, { owner: { account: { uid: 'sub-1' } } }, 'azure', 'sub-1'],
    ['an account that is none of AWS', { provider: 'AWS', account: { uid: 'my account' } }, {}, 'other', 'my account'],
    ['nowhere', undefined, {}, 'other', 'unknown'],
  ])('%s', (_what, cloud, resource, provider, account) => {
    expect(there(cloud, resource)).toEqual({ accountId: `${provider}:${account}`, place: { provider, account } });
  });

  test('what is in one says nothing else', () => {
    expect(there({ provider: 'aws', account: { uid: A } })).toEqual({ accountId: A, place: undefined });
    expect(there({ account: { uid: A } })).toEqual({ accountId: A, place: undefined });
    expect(there({ provider: 'AWS' }, { owner: { account: { uid: A } } })).toEqual({ accountId: A, place: undefined });
  });

  test('in ASFF the resource says whose it is', () => {
    const azure = { Type: 'AzureResource', Id: '/subscriptions/1', Provider: 'Azure', Owner: { Account: { Id: 'sub-1' } } };
    expect(asff([azure])).toMatchObject({ accountId: 'azure:sub-1', cloud: { provider: 'azure', account: 'sub-1' } });
    expect(asff([{ Type: 'AwsEc2Instance', Id: 'i-1', Provider: 'AWS' }])).toMatchObject({ accountId: A });
    expect(asff([{ Type: 'AwsEc2Instance', Id: 'i-1' }]).cloud).toBeUndefined();
  });
});
