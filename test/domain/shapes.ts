/** Findings as rich as the parsers read them, in both formats, to be spoiled by the fuzz test. */

export type Json = Record<string, unknown>;

const ACCOUNT = '555555555555';
const ARN = `arn:aws:ec2:ap-northeast-1:${ACCOUNT}:instance/i-0aaaaaaaaaaaaaaaa`;

function asff(product: string, more: Json): Json {
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:ap-northeast-1:${ACCOUNT}:finding/1`,
    ProductArn: `arn:aws:securityhub:ap-northeast-1::product/${product}`,
    AwsAccountId: ACCOUNT,
    AwsAccountName: 'payments-prod',
    Region: 'ap-northeast-1',
    GeneratorId: 'security-control/S3.2',
    Types: ['TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce'],
    Severity: { Label: 'HIGH', Normalized: 70, Product: 8 },
    Title: 'A title',
    Description: 'A description.',
    Remediation: { Recommendation: { Text: 'Mend it.', Url: 'https://docs.aws.amazon.com/x' } },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    Resources: [{ Type: 'AwsEc2Instance', Id: ARN, Region: 'ap-northeast-1', Partition: 'aws', Tags: { team: 'payments' } }],
    FindingProviderFields: { Severity: { Label: 'HIGH' }, Types: ['Effects/Data Exposure'] },
    Sample: false,
    FirstObservedAt: '2026-11-21T00:00:00Z',
    LastObservedAt: '2026-11-21T00:10:00Z',
    CreatedAt: '2026-11-21T00:00:00Z',
    UpdatedAt: '2026-11-21T00:10:00Z',
    ...more,
  };
}

function ocsf(product: string, more: Json): Json {
  return {
    class_uid: 2003,
    activity_name: 'Create',
    severity: 'High',
    severity_id: 4,
    status: 'New',
    status_id: 1,
    time: 1_795_220_040_000,
    metadata: { uid: 'uid-1', event_code: 'code', product: { uid: `arn:aws:securityhub:ap-northeast-1::productv2/${product}`, name: 'x' } },
    cloud: { account: { uid: ACCOUNT, name: 'payments-prod' }, region: 'ap-northeast-1' },
    finding_info: {
      uid: 'info-1',
      title: 'A title',
      desc: 'A description.',
      types: ['T'],
      analytic: { uid: 'a' },
      created_time: 1_795_220_040_000,
      modified_time_dt: '2026-11-21T00:10:00Z',
      first_seen_time: 1_795_220_040,
    },
    remediation: { desc: 'Mend it.', references: ['https://docs.aws.amazon.com/x'] },
    resources: [{ type: 'AWS::S3::Bucket', uid: 'invoices', uid_alt: 'arn:aws:s3:::invoices', name: 'invoices', region: 'ap-northeast-1' }],
    unmapped: { Sample: false },
    ...more,
  };
}

export const SHAPES: readonly Json[] = [
  asff('aws/securityhub', {
    Compliance: {
      Status: 'FAILED',
      SecurityControlId: 'S3.2',
      SecurityControlParameters: [{ Name: 'maxDays', Value: ['90'] }],
      StatusReasons: [{ ReasonCode: 'CONFIG_EVALUATIONS_EMPTY', Description: 'x' }],
    },
    ProductFields: { ControlId: 'S3.2', RuleId: '1.14' },
  }),
  asff('aws/guardduty', {
    ProductFields: {
      'aws/guardduty/service/action/actionType': 'NETWORK_CONNECTION',
      'aws/guardduty/service/action/networkConnectionAction/connectionDirection': 'INBOUND',
      'aws/guardduty/service/action/networkConnectionAction/localPortDetails/port': '22',
      'aws/guardduty/service/action/networkConnectionAction/protocol': 'TCP',
      'aws/guardduty/service/action/awsApiCallAction/api': 'ListBuckets',
    },
  }),
  asff('aws/inspector', {
    Vulnerabilities: [
      {
        Id: 'CVE-2021-44228',
        Cvss: [{ Version: '3.1', BaseScore: 10, BaseVector: 'CVSS:3.1/AV:N' }],
        VulnerablePackages: [{ PackageManager: 'MAVEN' }],
        FixAvailable: 'YES',
        ExploitAvailable: 'NO',
      },
    ],
  }),
  asff('aws/macie', {
    Resources: [
      { Type: 'AwsS3Object', Id: 'o', DataClassification: { Result: { SensitiveData: [{ Category: 'FINANCIAL_INFORMATION' }] } } },
    ],
  }),
  asff('aws/access-analyzer', {
    Resources: [
      {
        Type: 'AwsSqsQueue',
        Id: 'q',
        Details: { Other: { 'External Principal Type': 'AWS', 'External Principal': '*', 'Action Granted': 'sqs:SendMessage' } },
      },
    ],
  }),
  asff('aws/health', {}),
  asff('prowler/prowler', {}),
  ocsf('aws/securityhub', { compliance: { control: 'S3.2', status: 'Fail', status_details: ['CODE'] } }),
  ocsf('aws/guardduty', {}),
  ocsf('aws/inspector', {
    vulnerabilities: [
      {
        cve: { uid: 'CVE-2021-44228', cvss: [{ base_score: 10, vector_string: 'x' }] },
        affected_packages: [{ package_manager: 'MAVEN' }],
        is_fix_available: true,
        is_exploit_available: false,
      },
    ],
  }),
  ocsf('aws/securityhub-exposure', {}),
];
