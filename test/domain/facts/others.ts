/** Exposures, sensitive data, access, controls and what partners find, as AWS documents them. */
import { A, asff, type Json, ocsf, R } from './shape';

const event = (name: string, title: string, ...values: string[]) => ({ title, type: 'Finding', tags: [{ name, values }] });
/** https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings-sample.html */
export const EXPOSED_OCSF = ocsf('securityhub-risk', {
  finding_info: {
    title: 'Publicly invocable Lambda function executed outside of VPC has vulnerability with known exploit',
    types: ['Exposure/Potential Impact/Resource Hijacking'],
    related_events: [
      event(
        'Vulnerability',
        'CVE-2023-33246 - org.apache.rocketmq:rocketmq-controller',
        'Attack Vector Network',
        'Exploit Available',
        'Vulnerable',
      ),
      event('Reachability', 'Lambda function policies should prohibit public access', 'Publicly Invocable'),
      event('Misconfiguration', 'Lambda functions should be in a VPC', 'Deployed outside VPC'),
    ],
  },
  impact: 'High',
  likelihood: 'Very High',
});

/** Made of findings of other resources too: `observables` names of which each is. */
export const EXPOSED_BY_OTHERS = (weaknesses: number) =>
  ocsf('securityhub-risk', {
    finding_info: {
      title: 'Reachable EC2 instance with an administrative role has vulnerabilities',
      types: ['Exposure/Potential Impact/Resource Hijacking'],
      related_events: [
        ...Array.from({ length: weaknesses }, (_, n) => ({
          ...event(
            'Vulnerability',
            `CVE-2025-1000${n} - openssl`,
            ...(n === 3 ? ['Exploit Available'] : n === 2 ? ['EPSS Level >= High'] : ['Vulnerable']),
          ),
          observables: [{ type: 'Resource UID', type_id: 10, value: `arn:aws:ec2:${R}:${A}:instance/i-0abcd1234efgh5678` }],
        })),
        {
          ...event('Reachability', 'Port 22 is reachable from an Internet Gateway - TCP', 'Internet Reachable'),
          observables: [{ type: 'Resource UID', type_id: 10, value: `arn:aws:ec2:${R}:${A}:security-group/sg-0abcd1234` }],
        },
      ],
    },
  });

/** https://docs.aws.amazon.com/macie/latest/user/securityhub-integration.html#securityhub-integration-finding-example */
export const SENSITIVE = (key: string, more: Json = {}) =>
  asff('macie', {
    Id: `macie-${key}`,
    Title: 'The S3 object contains personal information.',
    Types: ['Sensitive Data Identifications/PII/SensitiveData:S3Object-Personal'],
    ProductFields: { 'S3Bucket.effectivePermission': 'NOT_PUBLIC', 'S3Object.Path': `amzn-s3-demo-bucket/${key}` },
    Resources: [
      { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::amzn-s3-demo-bucket' },
      {
        Type: 'AwsS3Object',
        Id: `arn:aws:s3:::amzn-s3-demo-bucket/${key}`,
        DataClassification: {
          Result: {
            SensitiveData: [
              {
                Category: 'PERSONAL_INFORMATION',
                Detections: [
                  { Count: 1, Type: 'USA_SOCIAL_SECURITY_NUMBER' },
                  { Count: 4120, Type: 'NAME' },
                ],
              },
            ],
          },
        },
        Details: { AwsS3Object: { ServerSideEncryption: 'aws:kms' } },
      },
    ],
    ...more,
  });
export const POLICY = (type: string, permission: string) =>
  asff('macie', {
    Types: [`Software and Configuration Checks/AWS Security Best Practices/Policy:IAMUser-${type}`],
    ProductFields: { 'S3Bucket.effectivePermission': permission },
    Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::amzn-s3-demo-bucket' }],
  });
export const SENSITIVE_OCSF = (more: Json = {}) =>
  ocsf('macie', {
    class_uid: 2006,
    finding_info: { title: 'The S3 object contains personal information.', types: ['SensitiveData:S3Object/Personal', 'Sensitive Data'] },
    resources: [{ type: 'AWS::S3::Object', uid: 'exports/payroll.csv.gz', region: R }],
    databucket: {
      name: 'amzn-s3-demo-bucket',
      uid: 'arn:aws:s3:::amzn-s3-demo-bucket',
      is_public: false,
      is_encrypted: true,
      file: { data_classifications: [{ category: 'Personal', discovery_details: [{ count: 3, type: 'NAME' }] }] },
    },
    ...more,
  });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-securityhub-integration.html */
export const GRANTED = (principal: string, condition: string) =>
  asff('access-analyzer', {
    Title: 'AwsS3Bucket/arn:aws:s3:::amzn-s3-demo-bucket/ allows cross-account access',
    Types: ['Software and Configuration Checks/AWS Security Best Practices/External Access Granted'],
    Resources: [
      {
        Type: 'AwsS3Bucket',
        Id: 'arn:aws:s3:::amzn-s3-demo-bucket',
        Details: {
          Other: {
            'External Principal Type': 'AWS',
            Condition: condition,
            'Action Granted': 's3:GetObject,s3:GetObjectVersion,s3:PutObject,s3:DeleteObject',
            'External Principal': principal,
          },
        },
      },
    ],
  });

/** The same of the new Security Hub, whose title and description say who has access. */
export const GRANTED_OCSF = (whom: string) =>
  ocsf('access-analyzer', {
    finding_info: {
      title: `AwsS3Bucket/arn:aws:s3:::amzn-s3-demo-bucket/ allows ${whom.split(' from ')[0]}`,
      desc: `AWS::S3::Bucket/arn:aws:s3:::amzn-s3-demo-bucket/ allows ${whom}`,
    },
  });

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html#asff-compliance */
export const CONTROL = asff('securityhub', {
  Title: 'Security groups should only allow unrestricted incoming traffic for authorized ports',
  Compliance: {
    Status: 'FAILED',
    SecurityControlId: 'EC2.18',
    SecurityControlParameters: [
      { Name: 'authorizedTcpPorts', Value: ['80', '443'] },
      { Name: 'authorizedUdpPorts', Value: ['427'] },
    ],
    StatusReasons: [{ ReasonCode: 'CLOUDWATCH_ALARMS_NOT_PRESENT', Description: 'x' }],
  },
  Resources: [{ Type: 'AwsEc2SecurityGroup', Id: `arn:aws:ec2:${R}:${A}:security-group/sg-0abcd1234` }],
});
export const CONTROL_OCSF = ocsf('securityhub', {
  class_uid: 2003,
  finding_info: { title: '2.5 AWS Config should be enabled and use the service-linked role for resource recording' },
  compliance: { control: 'Config.1', status: 'Fail', assessments: [{ name: 'CONFIG_RECORDER_DISABLED' }] },
  resources: [{ type: 'AWS::::Account', uid: A }],
});

/** A partner's check over several resources. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html */
export const OF_PARTNER = (groups: number) =>
  asff('prowler/prowler', {
    Id: 'prowler-1',
    GeneratorId: 'prowler-ec2_securitygroup_open',
    Title: 'Security groups are open to the world',
    Description: 'The groups let anyone connect.',
    Types: ['Software and Configuration Checks'],
    Remediation: {
      Recommendation: { Text: 'Remove the rule for 0.0.0.0/0 and add the ranges that need it.', Url: 'https://hub.prowler.com/x' },
    },
    Resources: Array.from({ length: groups }, (_, n) => ({
      Type: 'AwsEc2SecurityGroup',
      Id: `arn:aws:ec2:${R}:${A}:security-group/sg-0a1b2c3d4e5f607${String(n).padStart(2, '0')}`,
    })),
  });
export const OF_PARTNER_OCSF = ocsf('prowler/prowler', {
  finding_info: { title: 'Security groups are open to the world' },
  resources: [
    { type: 'AWS::EC2::SecurityGroup', uid: 'sg-0a1b2c3d4e5f60700' },
    { type: 'AWS::EC2::SecurityGroup', uid: 'sg-0a1b2c3d4e5f60701' },
  ],
});
