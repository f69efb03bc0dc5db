/** Briefs of findings that people meet every week, as briefOf makes them. */
import type { Brief } from '../../../handlers/domain/interpretation/brief';
import type { Severity } from '../../../handlers/domain/finding/finding';

export const BRIEFS = {
  publicBucket: {
    severity: 'CRITICAL',
    brief: {
      kind: 'control',
      control: 'S3.2',
      title: 'S3 general purpose buckets should block public read access',
      description:
        'This control checks whether an Amazon S3 general purpose bucket permits public read access. It evaluates the block public access settings, the bucket policy, and the bucket access control list (ACL).',
      resourceTypes: ['AwsS3Bucket'],
    },
  },
  rootKey: {
    severity: 'CRITICAL',
    brief: {
      kind: 'control',
      control: 'IAM.4',
      title: 'IAM root user access key should not exist',
      description: 'This AWS control checks whether the root user access key is available.',
      resourceTypes: ['AwsAccount'],
    },
  },
  openSsh: {
    severity: 'HIGH',
    brief: {
      kind: 'control',
      control: 'EC2.13',
      title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
      description: 'This control checks whether an Amazon EC2 security group allows ingress from 0.0.0.0/0 or ::/0 to port 22.',
      resourceTypes: ['AwsEc2SecurityGroup'],
    },
  },
  highRiskPorts: {
    severity: 'CRITICAL',
    brief: {
      kind: 'control',
      control: 'EC2.19',
      title: 'Security groups should not allow unrestricted access to ports with high risk',
      description:
        'This control checks whether unrestricted incoming traffic for an Amazon EC2 security group is accessible to the specified ports that are considered to be high risk.',
      resourceTypes: ['AwsEc2SecurityGroup'],
    },
  },
  publicDatabase: {
    severity: 'CRITICAL',
    brief: {
      kind: 'control',
      control: 'RDS.2',
      title: 'RDS DB Instances should prohibit public access, as determined by the PubliclyAccessible configuration',
      description: 'This control checks whether Amazon RDS instances are publicly accessible by evaluating the PubliclyAccessible field.',
      resourceTypes: ['AwsRdsDbInstance'],
    },
  },
  bruteForce: {
    severity: 'HIGH',
    brief: {
      kind: 'guardduty',
      threatType: 'UnauthorizedAccess:EC2-SSHBruteForce',
      actionType: 'NETWORK_CONNECTION',
      direction: 'INBOUND',
      port: '22',
      protocol: 'TCP',
      resourceTypes: ['AwsEc2Instance'],
    },
  },
  stolenCredentials: {
    severity: 'HIGH',
    brief: {
      kind: 'guardduty',
      threatType: 'UnauthorizedAccess:IAMUser-InstanceCredentialExfiltration.OutsideAWS',
      actionType: 'AWS_API_CALL',
      api: 'ListBuckets',
      resourceTypes: ['AwsIamAccessKey'],
    },
  },
  mining: {
    severity: 'HIGH',
    brief: {
      kind: 'guardduty',
      threatType: 'CryptoCurrency:EC2-BitcoinTool.B!DNS',
      actionType: 'DNS_REQUEST',
      protocol: 'UDP',
      resourceTypes: ['AwsEc2Instance'],
    },
  },
  vulnerability: {
    severity: 'CRITICAL',
    brief: {
      kind: 'inspector',
      cve: 'CVE-2021-44228',
      score: 10,
      vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
      ecosystem: 'MAVEN',
      fixAvailable: 'YES',
      exploitAvailable: 'YES',
      resourceTypes: ['AwsEcrContainerImage'],
    },
  },
  cardNumbers: {
    severity: 'HIGH',
    brief: {
      kind: 'macie',
      types: ['Sensitive Data Identifications/Financial/SensitiveData:S3Object-Financial'],
      dataCategories: ['FINANCIAL_INFORMATION'],
      resourceTypes: ['AwsS3Bucket', 'AwsS3Object'],
    },
  },
  publicQueue: {
    severity: 'HIGH',
    brief: {
      kind: 'access-analyzer',
      actions: ['sqs:ReceiveMessage', 'sqs:SendMessage'],
      principalKind: 'AWS',
      public: true,
      resourceTypes: ['AwsSqsQueue'],
    },
  },
} satisfies Record<string, { severity: Severity; brief: Brief }>;

export type BriefName = keyof typeof BRIEFS;
