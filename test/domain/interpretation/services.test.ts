/** Which services an answer may name: those that the brief speaks of, or whose things it speaks of. */
import { wordsOf } from '../../../handlers/domain/interpretation/gate/said';
import { service } from '../../../handlers/domain/interpretation/gate/services';

const invented = (text: string, ground: string, field: 'summary' | 'actions' = 'summary') =>
  service({ text, field }, { words: wordsOf(ground), json: ground });

/** A name as prose writes it, and what a brief would speak of. */
const GROUNDS: readonly [service: string, ...grounds: string[]][] = [
  ['S3', 'AwsS3Bucket', 'a bucket', 'two buckets'],
  ['EC2', 'AwsEc2SecurityGroup', 'an instance', 'a security group', 'a VPC', 'an elastic IP'],
  ['EBS', 'a volume', 'public snapshots'],
  ['IAM', 'a role', 'a policy', 'policies', 'the root user', 'credentials', 'identities'],
  ['IAM Identity Center', 'sso users of identity center'],
  ['STS', 'a session', 'a role'],
  ['RDS', 'AwsRdsDbInstance', 'a database', 'an Aurora cluster'],
  ['Lambda', 'AwsLambdaFunction'],
  ['KMS', 'not encrypted', 'a key', 'a CMK'],
  ['CloudTrail', 'AwsCloudTrailTrail', 'AWS_API_CALL'],
  ['CloudWatch', 'an alarm', 'metrics', 'logging'],
  ['AWS Config', 'Config should be on'],
  ['DynamoDB', 'AwsDynamoDbTable'],
  ['ECS', 'a container', 'Fargate'],
  ['EKS', 'AwsEksCluster', 'Kubernetes'],
  ['ECR', 'a container', 'an image', 'images'],
  ['SNS', 'a topic', 'notifications'],
  ['SQS', 'AwsSqsQueue', 'queues'],
  ['SSM', 'Systems Manager', 'patches'],
  ['Secrets Manager', 'a secret'],
  ['API Gateway', 'AwsApiGatewayRestApi'],
  ['WAF', 'AwsWafv2WebAcl', 'AwsWafRegionalRule'],
  ['EFS', 'a file system'],
  ['AWS Backup', 'backups'],
  ['ELB', 'AwsElbv2LoadBalancer', 'load balancing'],
  ['ACM', 'a certificate'],
];

test.each(GROUNDS)('%s may be named where its things are spoken of, and is invented elsewhere', (name, ...grounds) => {
  const sentence = `Look at it in ${name}.`;
  expect(grounds.filter((ground) => invented(sentence, ground))).toEqual([]);
  expect(name).toContain(invented(sentence, 'a standard'));
});

test('a word is no ground within another, and a plain word no name', () => {
  expect(invented('RDS is affected.', 'standards')).toBe('RDS');
  expect(invented('Ask an inspector to glue it to the bedrock.', 'a standard')).toBeUndefined();
});
