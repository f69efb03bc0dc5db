/** Controls, with their points. */
import { A, asff, INSTANCE, type Json, R } from '../facts/shape';
import { BUCKET, type Point } from './points';

const ACCOUNT = { Type: 'AwsAccount', Id: `AWS::::Account:${A}`, Region: R };
const control = (id: string, Title: string, resource: Json, Compliance: Json = {}, more: Json = {}) =>
  asff('securityhub', {
    Title,
    Description: `This control checks whether it is so: ${Title.toLowerCase()}.`,
    Resources: [resource],
    Compliance: { Status: 'FAILED', SecurityControlId: id, ...Compliance },
    ...more,
  });
const solution = (file: string) => `aws-solutions-automated-security-response-on-aws/${file}.json`;

export const CONTROLS: readonly Point[] = [
  {
    point: 'anybody may write: who can, and what was overwritten',
    raw: control('S3.3', 'S3 general purpose buckets should block public write access', BUCKET),
    must: { control: 'S3.3', title: expect.stringContaining('public write access') },
    file: solution('afsbp-s3.3'),
  },
  {
    point: 'which of the four settings is off',
    raw: control(
      'S3.8',
      'S3 general purpose buckets should block public access',
      BUCKET,
      {},
      { ProductFields: { 'aws/securityhub/annotation': 'PublicAccessBlockConfiguration block is missing' } },
    ),
    must: { control: 'S3.8', off: ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'] },
    file: 'aws-samples-ops-health-ai/mockup-sec-finding__S3.8-S3-general-purpose-buckets-should-block-public-access.json',
  },
  {
    point: 'a KMS key on the trail',
    raw: control('CloudTrail.2', 'CloudTrail should have encryption at-rest enabled', {
      Type: 'AwsCloudTrailTrail',
      Id: `arn:aws:cloudtrail:${R}:${A}:trail/audit`,
    }),
    must: { control: 'CloudTrail.2', title: expect.stringContaining('encryption at'), resourceTypes: ['AwsCloudTrailTrail'] },
    file: 'awsdocs-aws-security-hub-user-guide/sample-control-findings__CloudTrail.2-CloudTrail-should-have-encryption-at-rest-enabled.json',
  },
  {
    point: 'whether it is intended, and reaches private data',
    raw: control('Lambda.3', 'Lambda functions should be in a VPC', {
      Type: 'AwsLambdaFunction',
      Id: `arn:aws:lambda:${R}:${A}:function:checkout`,
    }),
    must: { title: expect.stringContaining('in a VPC') },
    file: 'aws-aws-cli/get-findings__PCI.Lambda.2-Lambda-functions-should-be-in-a-VPC.json',
  },
  {
    point: 'port 22 is open to all: restrict it',
    raw: control('CIS.4.1', 'Ensure no security groups allow ingress from 0.0.0.0/0 to port 22', {
      Type: 'AwsEc2SecurityGroup',
      Id: `arn:aws:ec2:${R}:${A}:security-group/sg-0abcd1234`,
      Details: {
        AwsEc2SecurityGroup: { IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
      },
    }),
    must: { title: expect.stringContaining('port 22'), openPorts: ['22'] },
    file: solution('cis-41'),
  },
  {
    point: 'credentials can be fetched through the server itself: test, then require version 2',
    raw: control('EC2.8', 'EC2 instances should use Instance Metadata Service Version 2 (IMDSv2)', INSTANCE),
    must: { control: 'EC2.8', title: expect.stringContaining('IMDSv2') },
    file: solution('afsbp-ec2.8'),
  },
  {
    point: 'it was not evaluated: the role of AWS Config comes first',
    raw: control('CIS.1.3', 'Ensure credentials unused for 90 days or greater are disabled', ACCOUNT, {
      Status: 'NOT_AVAILABLE',
      StatusReasons: [{ ReasonCode: 'CONFIG_ACCESS_DENIED' }],
    }),
    must: { statusReasons: ['CONFIG_ACCESS_DENIED'], title: expect.stringContaining('unused') },
    file: solution('CIS-1.3'),
  },
  {
    point: 'there is no multi-Region trail',
    raw: control('CIS.3.10', 'Ensure a log metric filter and alarm exist for security group changes', ACCOUNT, {
      StatusReasons: [{ ReasonCode: 'CLOUDTRAIL_MULTI_REGION_NOT_PRESENT' }],
    }),
    must: { statusReasons: ['CLOUDTRAIL_MULTI_REGION_NOT_PRESENT'] },
    file: solution('cis-310'),
  },
  {
    point: 'delete the key of root after looking at its use',
    raw: control('IAM.4', 'IAM root user access key should not exist', ACCOUNT),
    must: { control: 'IAM.4', title: 'IAM root user access key should not exist' },
    file: 'laurenncodes-security-hub-compliance-analyzer/test-app__IAM-root-user-access-key-should-not-exist.json',
  },
];
