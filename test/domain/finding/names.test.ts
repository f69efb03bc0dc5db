/**
 * What a reader sees a resource called, in both formats. The ARNs are the formats of the Service Authorization Reference with their
 * variables filled in. https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { parseFinding } from '../../../handlers/domain/finding/event';
import { readersName } from '../../../handlers/domain/finding/names';
import { resourceKey } from '../../../handlers/domain/finding/resource';

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
