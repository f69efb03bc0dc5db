/**
 * One finding or more of each kind, in both formats, shaped as AWS's own examples are; names and addresses are of its documentation.
 * ASFF: https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html and each product's integration page.
 * OCSF: https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings-sample.html, https://schema.ocsf.io/ and events as captured.
 */
type Json = Record<string, unknown>;

const A = '111122223333';
const R = 'us-east-1';
const FIRST = '2026-11-20T23:51:33Z';
const LAST = '2026-11-21T00:07:10Z';

export function asff(product: string, more: Json): Json {
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:${product}:${R}:${A}:finding/1`,
    ProductArn: `arn:aws:securityhub:${R}::product/${product.includes('/') ? product : `aws/${product}`}`,
    GeneratorId: product,
    AwsAccountId: A,
    Region: R,
    Types: [],
    CreatedAt: FIRST,
    UpdatedAt: LAST,
    FirstObservedAt: FIRST,
    Severity: { Label: 'CRITICAL' },
    Title: 'A finding',
    Description: '',
    Resources: [INSTANCE],
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    ...more,
  };
}

export function ocsf(product: string, { finding_info = {}, ...more }: Json): Json {
  return {
    class_uid: 2004,
    activity_name: 'Create',
    cloud: { account: { uid: A }, provider: 'AWS', region: R },
    finding_info: {
      uid: `arn:aws:${product}:${R}:${A}:finding/1`,
      title: 'A finding',
      types: [],
      created_time_dt: FIRST,
      first_seen_time_dt: FIRST,
      last_seen_time_dt: LAST,
      modified_time_dt: LAST,
      ...(finding_info as Json),
    },
    metadata: {
      uid: 'ab12',
      product: { uid: `arn:aws:securityhub:${R}::productv2/${product.includes('/') ? product : `aws/${product}`}` },
    },
    resources: [{ type: 'AWS::EC2::Instance', uid: 'i-0abcd1234efgh5678', region: R }],
    severity: 'Critical',
    status: 'New',
    ...more,
  };
}

export const INSTANCE = { Type: 'AwsEc2Instance', Id: `arn:aws:ec2:${R}:${A}:instance/i-0abcd1234efgh5678`, Region: R };
const KEY = {
  Type: 'AwsIamAccessKey',
  Id: 'AWS::IAM::AccessKey:ASIAIOSFODNN7EXAMPLE',
  Details: { AwsIamAccessKey: { PrincipalName: 'settlement-batch', PrincipalType: 'AssumedRole' } },
};
const service = (fields: Json): Json =>
  Object.fromEntries(
    Object.entries({ eventFirstSeen: FIRST, eventLastSeen: LAST, count: '6', ...fields }).map(([name, value]) => [
      `aws/guardduty/service/${name}`,
      value,
    ]),
  );

/** https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html#securityhub-integration-finding-example */
export const BRUTE_FORCE = (role: 'ACTOR' | 'TARGET') =>
  asff('guardduty', {
    Types: ['TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce'],
    ProductFields: service({
      resourceRole: role,
      'action/actionType': 'NETWORK_CONNECTION',
      'action/networkConnectionAction/blocked': 'false',
      'action/networkConnectionAction/connectionDirection': role === 'ACTOR' ? 'OUTBOUND' : 'INBOUND',
      'action/networkConnectionAction/localPortDetails/port': role === 'ACTOR' ? '51544' : '22',
      'action/networkConnectionAction/localPortDetails/portName': role === 'ACTOR' ? 'Unknown' : 'SSH',
      'action/networkConnectionAction/protocol': 'TCP',
      'action/networkConnectionAction/remoteIpDetails/country/countryName': 'Example Country',
      'action/networkConnectionAction/remoteIpDetails/ipAddressV4': '198.51.100.23',
      'action/networkConnectionAction/remotePortDetails/port': role === 'ACTOR' ? '22' : '32794',
      'action/networkConnectionAction/remotePortDetails/portName': role === 'ACTOR' ? 'SSH' : 'Unknown',
    }),
  });
export const BRUTE_FORCE_OCSF = (role: 'ACTOR' | 'TARGET') =>
  ocsf('guardduty', {
    finding_info: { types: ['Threats', 'UnauthorizedAccess:EC2/SSHBruteForce'] },
    count: 6,
    disposition: 'Allowed',
    evidences: [
      {
        connection_info: { direction: role === 'ACTOR' ? 'Outbound' : 'Inbound', protocol_name: 'tcp' },
        [role === 'ACTOR' ? 'dst_endpoint' : 'src_endpoint']: {
          ip: '198.51.100.23',
          location: { country: 'Example Country' },
          ...(role === 'ACTOR' ? { port: 22 } : {}),
        },
        ...(role === 'TARGET' ? { dst_endpoint: { ip: '10.0.0.23', port: 22 } } : {}),
        data: { resource_role: role },
      },
    ],
  });

export const TOR_CALLER = asff('guardduty', {
  Types: ['TTPs/Command and Control/UnauthorizedAccess:IAMUser-TorIPCaller'],
  Resources: [KEY],
  ProductFields: service({
    resourceRole: 'TARGET',
    'action/actionType': 'AWS_API_CALL',
    'action/awsApiCallAction/api': 'ListBuckets',
    'action/awsApiCallAction/serviceName': 's3.amazonaws.com',
    'action/awsApiCallAction/remoteIpDetails/ipAddressV4': '198.51.100.0',
    'action/awsApiCallAction/remoteIpDetails/organization/asnOrg': 'EXAMPLE-AS',
    'evidence/threatIntelligenceDetails.0_/threatListName': 'ExampleThreatList',
    'evidence/threatIntelligenceDetails.0_/threatNames.0_': 'Tor Exit Node',
  }),
});
/** As an event of July 2025 was captured. */
export const TRAIL_DELETED_OCSF = ocsf('guardduty', {
  finding_info: { types: ['Stealth:IAMUser/CloudTrailLoggingDisabled'] },
  count: 264,
  evidences: [
    {
      api: { operation: 'DeleteTrail', service: { name: 'cloudtrail.amazonaws.com' } },
      src_endpoint: { ip: '198.51.100.0', autonomous_system: { name: 'EXAMPLE-AS' } },
      data: { affected_resource: { 'AWS::CloudTrail::Trail': 'audit' }, resource_role: 'TARGET' },
    },
  ],
  resources: [
    {
      type: 'AWS::IAM::AccessKey',
      uid: 'ASIAIOSFODNN7EXAMPLE',
      name: 'cis_automation',
      data: { access_key_id: 'ASIAIOSFODNN7EXAMPLE', user_name: 'cis_automation', user_type: 'AssumedRole' },
    },
  ],
});
export const LOOKED_UP = asff('guardduty', {
  Types: ['TTPs/Command and Control/Backdoor:EC2-C&CActivity.B!DNS'],
  ProductFields: service({
    resourceRole: 'ACTOR',
    count: '1',
    'action/actionType': 'DNS_REQUEST',
    'action/dnsRequestAction/blocked': 'true',
    'action/dnsRequestAction/domain': 'c2.example.com',
    'action/dnsRequestAction/protocol': 'UDP',
    'additionalInfo/threatListName': 'ExampleThreatList',
  }),
});

const signal = (Type: string, Name: string, FirstSeenAt: number) => ({ Type, Name, FirstSeenAt });
/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html#asff-detection */
export const SEQUENCE = asff('guardduty', {
  Types: ['TTPs/AttackSequence:IAM/CompromisedCredentials'],
  Resources: [
    { Type: 'AwsIamUser', Id: `arn:aws:iam::${A}:user/release-bot` },
    { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::amzn-s3-demo-destination-bucket' },
  ],
  ProductFields: service({ count: '1' }),
  Detection: {
    Sequence: {
      Uid: '1111111111111-184ec3b9-cf8d-452d-9aad-f5bdb7afb010',
      Actors: [{ Id: 'USER:1', User: { Name: 'release-bot', Type: 'IAMUser' }, Session: { MfaStatus: 'DISABLED' } }],
      Endpoints: [
        { Id: 'e', Ip: '203.0.113.140', Location: { Country: 'Example Country' } },
        { Id: 'f', Ip: '203.0.113.141' },
      ],
      Signals: [
        signal('CLOUD_TRAIL', 'cloudtrail:StopLogging', 1_716_916_944_000),
        signal('FINDING', 'Test:IAMUser/KaliLinux', 1_716_916_943_000),
        signal('CLOUD_TRAIL', 'iam:AttachRolePolicy', 1_716_916_943_500),
      ],
      SequenceIndicators: [
        { Key: 'ATTACK_TACTIC', Title: 'Attack Tactic', Values: ['Privilege Escalation', 'Defense Evasion'] },
        { Key: 'TOR_IP', Title: 'Tor IP', Values: ['203.0.113.140'] },
      ],
    },
  },
});
export const SEQUENCE_OCSF = ocsf('guardduty', {
  finding_info: {
    types: ['Threats', 'AttackSequence:IAM/CompromisedCredentials'],
    attacks: [{ tactic: { name: 'Privilege Escalation' } }, { tactic: { name: 'Defense Evasion' } }],
    traits: [
      { name: 'HIGH_RISK_API', values: ['iam:AttachRolePolicy', 'cloudtrail:StopLogging'] },
      { name: 'TOR_IP', values: ['203.0.113.140'] },
    ],
    related_events: [{ title: 'Test:IAMUser/KaliLinux', type: 'FINDING' }],
  },
  evidences: [
    { actor: { user: { name: 'release-bot', type: 'IAMUser' }, session: { is_mfa: false } }, src_endpoint: { ip: '203.0.113.140' } },
  ],
  resources: [
    { type: 'AWS::IAM::User', uid: 'release-bot' },
    { type: 'AWS::S3::Bucket', uid: 'amzn-s3-demo-destination-bucket' },
  ],
});

const xz = { Name: 'xz-libs', Version: '5.6.0', Release: '1.amzn2023', PackageManager: 'OS', FixedInVersion: '0:5.6.1-9.amzn2023' };
/** https://docs.aws.amazon.com/inspector/latest/user/securityhub-integration.html */
export const WEAK = (more: Json = {}, resource: Json = INSTANCE, its: Json = {}) =>
  asff('inspector', {
    Title: 'CVE-2024-3094 - xz-libs',
    Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
    Resources: [resource],
    Vulnerabilities: [
      {
        Id: 'CVE-2024-3094',
        VulnerablePackages: [{ ...xz, Remediation: 'dnf update xz-libs', ...its }],
        Cvss: [{ Version: '3.1', BaseScore: 9.8, Source: 'NVD' }],
        EpssScore: 0.94,
        ExploitAvailable: 'YES',
        FixAvailable: 'YES',
        ...more,
      },
    ],
  });
export const WEAK_OCSF = ocsf('inspector', {
  class_uid: 2002,
  finding_info: { title: 'CVE-2024-3094 - xz-libs', types: ['Software and Configuration Checks/Vulnerabilities/CVE', 'Vulnerabilities'] },
  vulnerabilities: [
    {
      cve: { uid: 'CVE-2024-3094', cvss: [{ base_score: 9.8, version: '3.1' }], epss: { score: '0.94' } },
      affected_packages: [
        { name: 'xz-libs', version: '5.6.0', release: '1.amzn2023', fixed_in_version: '0:5.6.1-9.amzn2023', package_manager: 'OS' },
      ],
      is_exploit_available: true,
      is_fix_available: true,
    },
  ],
});
/** https://docs.aws.amazon.com/inspector/latest/user/findings-types.html */
const REACHABLE_TITLE = 'Port 22 is reachable from an Internet Gateway - TCP';
export const REACHABLE = asff('inspector', { Title: REACHABLE_TITLE });
export const REACHABLE_OCSF = ocsf('inspector', { finding_info: { title: REACHABLE_TITLE } });

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
