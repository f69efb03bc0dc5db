/** Threats as AWS documents them. */
import { A, asff, FIRST, type Json, LAST, ocsf } from './shape';

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
    resourceRole: 'TARGET',
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
