/**
 * What a reader sees a resource called, in both formats. The ARNs are the formats of the Service Authorization Reference with their
 * variables filled in. https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { parseFinding } from '../../../handlers/domain/finding/event';
import { readersName } from '../../../handlers/domain/finding/names';
import { resourceKey, resourceType } from '../../../handlers/domain/finding/resource';

const A = '111122223333';
const UUID = '66bd1f2e-3a4b-5c6d-7e8f-901234567890';
const HEX = '50dc6c495c0c9188';
const arn = (service: string, resource: string, account = A) => `arn:aws:${service}:us-east-1:${account}:${resource}`;

/** What is called, its types in ASFF and V2, its ARN, its name, and what makes it one resource wherever it is reported. */
const NAMES: readonly [what: string, asff: string, ocsf: string, id: string, name: string, key: string][] = [
  [
    'an application load balancer',
    'AwsElbv2LoadBalancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    arn('elasticloadbalancing', `loadbalancer/app/shop-front/${HEX}`),
    'shop-front',
    '',
  ],
  [
    'a network load balancer',
    'AwsElbv2LoadBalancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    arn('elasticloadbalancing', `loadbalancer/net/shop-tcp/${HEX}`),
    'shop-tcp',
    '',
  ],
  [
    'a classic load balancer',
    'AwsElbLoadBalancer',
    'AWS::ElasticLoadBalancing::LoadBalancer',
    arn('elasticloadbalancing', 'loadbalancer/old-shop'),
    'old-shop',
    'AwsElbLoadBalancer/old-shop',
  ],
  [
    'a listener by its load balancer',
    'AwsElbv2Listener',
    'AWS::ElasticLoadBalancingV2::Listener',
    arn('elasticloadbalancing', `listener/app/shop-front/${HEX}/f2f7dc8efc522ab2`),
    'shop-front',
    '',
  ],
  [
    'a target group',
    'AwsElbv2TargetGroup',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    arn('elasticloadbalancing', `targetgroup/shop-web/${HEX}`),
    'shop-web',
    '',
  ],
  [
    'a task definition with its revision',
    'AwsEcsTaskDefinition',
    'AWS::ECS::TaskDefinition',
    arn('ecs', 'task-definition/settlement-worker:37'),
    'settlement-worker:37',
    '',
  ],
  ['a service in its cluster', 'AwsEcsService', 'AWS::ECS::Service', arn('ecs', 'service/payments/web'), 'payments/web', ''],
  [
    'a stage of a REST API',
    'AwsApiGatewayStage',
    'AWS::ApiGateway::Stage',
    arn('apigateway', '/restapis/a1b2c3d4e5/stages/prod', ''),
    'a1b2c3d4e5/prod',
    '',
  ],
  [
    'a stage of an HTTP API',
    'AwsApiGatewayV2Stage',
    'AWS::ApiGatewayV2::Stage',
    arn('apigateway', '/apis/a1b2c3d4e5/stages/$default', ''),
    'a1b2c3d4e5/$default',
    '',
  ],
  ['a REST API', 'AwsApiGatewayRestApi', 'AWS::ApiGateway::RestApi', arn('apigateway', '/restapis/a1b2c3d4e5', ''), 'a1b2c3d4e5', ''],
  ['a web ACL of a Region', 'AwsWafv2WebAcl', 'AWS::WAFv2::WebACL', arn('wafv2', `regional/webacl/shop-edge/${UUID}`), 'shop-edge', ''],
  ['a web ACL of CloudFront', 'AwsWafv2WebAcl', 'AWS::WAFv2::WebACL', arn('wafv2', `global/webacl/shop-edge/${UUID}`), 'shop-edge', ''],
  [
    'a stack',
    'AwsCloudFormationStack',
    'AWS::CloudFormation::Stack',
    arn('cloudformation', `stack/payments-core/${UUID}`),
    'payments-core',
    '',
  ],
  [
    'a node group in its cluster',
    'AwsEksNodegroup',
    'AWS::EKS::Nodegroup',
    arn('eks', `nodegroup/payments/blue/${UUID}`),
    'payments/blue',
    '',
  ],
  ['a cluster of EKS', 'AwsEksCluster', 'AWS::EKS::Cluster', arn('eks', 'cluster/payments'), 'payments', 'AwsEksCluster/payments'],
  [
    'a secret',
    'AwsSecretsManagerSecret',
    'AWS::SecretsManager::Secret',
    arn('secretsmanager', 'secret:prod/db-password-AbC12x'),
    'prod/db-password',
    '',
  ],
  [
    'a broker',
    'AwsAmazonMqBroker',
    'AWS::AmazonMQ::Broker',
    arn('mq', 'broker:orders:b-1234a5b6-78cd-901e-2fgh-3i45j6k178l9'),
    'orders',
    '',
  ],
  ['a cluster of MSK', 'AwsMskCluster', 'AWS::MSK::Cluster', arn('kafka', `cluster/events/${UUID}-1`), 'events', ''],
  ['a parameter', 'AwsSsmParameter', 'AWS::SSM::Parameter', arn('ssm', 'parameter/shop/db'), '/shop/db', ''],
  ['a log group', 'AwsLogsLogGroup', 'AWS::Logs::LogGroup', arn('logs', 'log-group:/aws/lambda/checkout:*'), '/aws/lambda/checkout', ''],
  ['a repository', 'AwsEcrRepository', 'AWS::ECR::Repository', arn('ecr', 'repository/shop/api'), 'shop/api', ''],
  [
    'a scaling group',
    'AwsAutoScalingAutoScalingGroup',
    'AWS::AutoScaling::AutoScalingGroup',
    arn('autoscaling', `autoScalingGroup:${UUID}:autoScalingGroupName/web`),
    'web',
    '',
  ],
  ['a queue', 'AwsSqsQueue', 'AWS::SQS::Queue', arn('sqs', 'orders'), 'orders', 'AwsSqsQueue/orders'],
  [
    'a function',
    'AwsLambdaFunction',
    'AWS::Lambda::Function',
    arn('lambda', 'function:checkout:7'),
    'checkout',
    'AwsLambdaFunction/checkout',
  ],
  [
    'a session by its role',
    'AwsIamRole',
    'AWS::IAM::Role',
    `arn:aws:sts::${A}:assumed-role/app-role/i-0aa11bb22cc33dd44`,
    'app-role/i-0aa11bb22cc33dd44',
    '',
  ],
  [
    'a role without its path, which parts no names',
    'AwsIamRole',
    'AWS::IAM::Role',
    `arn:aws:iam::${A}:role/aws-service-role/x.amazonaws.com/Batch`,
    'Batch',
    'AwsIamRole/Batch',
  ],
  [
    'a provider by its address',
    'Other',
    'Other',
    `arn:aws:iam::${A}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D`,
    'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D',
    `arn:aws:iam::${A}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D`,
  ],
  ['an index in its table', 'AwsDynamoDbTable', 'AWS::DynamoDB::Table', arn('dynamodb', 'table/orders/index/by-day'), 'orders/by-day', ''],
  [
    'an automated snapshot',
    'AwsRdsDbSnapshot',
    'AWS::RDS::DBSnapshot',
    arn('rds', 'snapshot:rds:shop-2026-11-20'),
    'rds:shop-2026-11-20',
    '',
  ],
  [
    'an alarm with its spaces',
    'AwsCloudWatchAlarm',
    'AWS::CloudWatch::Alarm',
    arn('cloudwatch', 'alarm:Shop: 5xx/min'),
    'Shop: 5xx/min',
    '',
  ],
  ['an access point', 'AwsS3AccessPoint', 'AWS::S3::AccessPoint', arn('s3', 'accesspoint/reports'), 'reports', ''],
  [
    'an execution by its state machine',
    'AwsStepFunctionExecution',
    'AWS::StepFunctions::Execution',
    arn('states', `execution:settle:${UUID}`),
    'settle',
    '',
  ],
  [
    'an id that AWS appends to a name',
    'AwsAppRunnerService',
    'AWS::AppRunner::Service',
    arn('apprunner', `service/shop/${HEX}${HEX}`),
    'shop',
    '',
  ],
  ['a connection', 'AwsEventsConnection', 'AWS::Events::Connection', arn('events', `connection/partner-api/${UUID}`), 'partner-api', ''],
  [
    'a thing within another',
    'AwsTimestreamTable',
    'AWS::Timestream::Table',
    arn('timestream', 'database/iot/table/metrics'),
    'iot/metrics',
    '',
  ],
  [
    'a table of Keyspaces',
    'AwsCassandraTable',
    'AWS::Cassandra::Table',
    arn('cassandra', '/keyspace/shop/table/orders'),
    'shop/orders',
    '',
  ],
  [
    'a branch of an app',
    'AwsAmplifyBranch',
    'AWS::Amplify::Branch',
    arn('amplify', 'apps/d2abcdefghij/branches/main'),
    'd2abcdefghij/main',
    '',
  ],
  [
    'an account of an organization',
    'AwsOrganizationsAccount',
    'AWS::Organizations::Account',
    arn('organizations', `account/o-ab12cd34ef/${A}`),
    A,
    '',
  ],
  ['an object, with its bucket', 'AwsS3Object', 'AWS::S3::Object', 'arn:aws:s3:::exports/2026/a b.csv', 'exports/2026/a b.csv', ''],
];

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
