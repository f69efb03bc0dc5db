/** Findings in which, together with the twenty, every field of a brief stands at least once. */
import { A, asff, type Json, ocsf, R } from '../facts/shape';
import { SEQUENCE, SEQUENCE_OCSF } from '../facts/threats';
import { BUCKET } from './points';

const control = (Title: string, resource: Json) =>
  asff('securityhub', { Title, Resources: [resource], Compliance: { Status: 'FAILED', SecurityControlId: 'X.1' } });

export const RICHEST: readonly Json[] = [
  SEQUENCE,
  SEQUENCE_OCSF,
  control('Security groups should not allow unrestricted access to ports with high risk', {
    Type: 'AwsEc2SecurityGroup',
    Id: `arn:aws:ec2:${R}:${A}:security-group/sg-0abcd1234`,
    Details: {
      AwsEc2SecurityGroup: {
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
          { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
        ],
      },
    },
  }),
  control('S3 general purpose buckets should block public access', {
    ...BUCKET,
    Details: {
      AwsS3Bucket: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: false,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: false,
        },
      },
    },
  }),
  control('RDS DB instances should prohibit public access', {
    Type: 'AwsRdsDbInstance',
    Id: `arn:aws:rds:${R}:${A}:db:orders`,
    Details: { AwsRdsDbInstance: { Engine: 'aurora-postgresql', PubliclyAccessible: true } },
  }),
  control('IAM users’ access keys should be rotated', {
    Type: 'AwsIamAccessKey',
    Id: 'AWS::IAM::AccessKey:ASIAIOSFODNN7EXAMPLE',
    Details: { AwsIamAccessKey: { UserName: 'release-bot', CreatedAt: '2024-01-02T03:04:05Z' } },
  }),
  asff('inspector', {
    Title: 'GHSA-jfh8-c2jp-5v3q - log4j',
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
    Vulnerabilities: [{ Id: 'GHSA-jfh8-c2jp-5v3q', FixAvailable: 'YES', EpssScore: 0.9 }],
  }),
  asff('access-analyzer', {
    Resources: [
      {
        ...BUCKET,
        Details: {
          Other: { 'Action Granted': 's3:GetObject', Condition: '{"aws:PrincipalOrgID":"o-ab12cd34ef"}', 'External Principal Type': 'AWS' },
        },
      },
    ],
  }),
  asff('health', { Title: 'An event', Types: ['Software and Configuration Checks'] }),
  ocsf('prowler/prowler', {
    metadata: { event_code: 'iam_no_root_access_key', product: { uid: 'prowler' }, uid: 'x2' },
    vulnerabilities: [{ cve: { uid: 'CVE-2025-10001', epss: { score: '0.9' } }, is_fix_available: true }],
  }),
];
