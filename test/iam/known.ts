/** What the proof has looked at: kinds of resources, and managed policies of AWS. */
import type { Statement } from './statement';

/** Kinds whose rights test/iam/deployed.ts reads, or that give none. One that is not here fails the proof until somebody has looked. */
export const RIGHTLESS = [
  ...['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::Lambda::Permission', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'],
  ...[
    'AWS::ApplicationAutoScaling::ScalableTarget',
    'AWS::CloudFormation::StackSet',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
  ],
  ...['AWS::CodeDeploy::Application', 'AWS::CodeDeploy::DeploymentGroup', 'AWS::DynamoDB::Table', 'AWS::Events::Rule', 'AWS::KMS::Alias'],
  ...[
    'EIP',
    'FlowLog',
    'InternetGateway',
    'NatGateway',
    'Route',
    'RouteTable',
    'SecurityGroup',
    'SecurityGroupEgress',
    'SecurityGroupIngress',
    'Subnet',
  ].map((name) => `AWS::EC2::${name}`),
  ...['SubnetRouteTableAssociation', 'TransitGatewayAttachment', 'VPC', 'VPCEndpoint', 'VPCGatewayAttachment'].map(
    (name) => `AWS::EC2::${name}`,
  ),
  ...['Alias', 'EventInvokeConfig', 'EventSourceMapping', 'Function', 'Version'].map((name) => `AWS::Lambda::${name}`),
  ...['LogGroup', 'MetricFilter', 'QueryDefinition'].map((name) => `AWS::Logs::${name}`),
  ...['AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::SQS::Queue'],
  ...['ConfigurationPolicy', 'DelegatedAdmin', 'FindingAggregator', 'OrganizationConfiguration', 'PolicyAssociation'].map(
    (name) => `AWS::SecurityHub::${name}`,
  ),
  ...['Custom::SecurityHubEnablement', 'Custom::VpcRestrictDefaultSG'],
];

/** As AWS publishes them. Any other counts as every right. */
export const MANAGED: Record<string, Statement[]> = {
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
  'service-role/AWSLambdaBasicExecutionRole': [
    { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
  ],
};
