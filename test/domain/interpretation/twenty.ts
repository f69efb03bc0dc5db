/**
 * Twenty findings as people meet them, each shaped as its product writes it, with what a brief must hold for the point that an analyst
 * would make; and what a brief cannot hold by principle, because a member, an importer or an attacker writes it.
 */
import { A, asff, INSTANCE, type Json, ocsf, R } from '../facts/shape';
import { BUCKET, type Point } from './points';
import { CONTROLS } from './points-controls';

const guardduty = (type: string, fields: Json, resource: Json = INSTANCE) =>
  asff('guardduty', {
    Types: [type],
    Resources: [resource],
    ProductFields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [`aws/guardduty/service/${name}`, value])),
  });
const KEY = (kind: string) => ({
  Type: 'AwsIamAccessKey',
  Id: 'AWS::IAM::AccessKey:ASIAIOSFODNN7EXAMPLE',
  Details: { AwsIamAccessKey: { PrincipalName: 'settlement-batch', PrincipalType: kind } },
});
const asffOf = (file: string) => `xen0l-python-asff/${file}.json`;

export const TWENTY: readonly Point[] = [
  ...CONTROLS,
  {
    point: 'the query was blocked, and came more than once',
    raw: guardduty('TTPs/Command and Control/CryptoCurrency:EC2-BitcoinTool.B!DNS', {
      resourceRole: 'TARGET',
      count: '2',
      'action/actionType': 'DNS_REQUEST',
      'action/dnsRequestAction/blocked': 'true',
      'action/dnsRequestAction/domain': 'pool.example.com',
      'action/dnsRequestAction/protocol': 'UDP',
    }),
    must: { threatType: 'CryptoCurrency:EC2/BitcoinTool.B!DNS', blocked: true, repeated: 'several times' },
    never: { domain: /pool\.example/ },
    file: asffOf('Effects-Resource-Consumption-CryptoCurrency-EC2-BitcoinTool.B-DNS'),
  },
  {
    point: 'our own instance attacks, and nothing stops it',
    raw: guardduty('Effects/Denial of Service/Backdoor:EC2-DenialOfService.UdpOnTcpPorts', {
      resourceRole: 'ACTOR',
      'action/actionType': 'NETWORK_CONNECTION',
      'action/networkConnectionAction/blocked': 'false',
      'action/networkConnectionAction/connectionDirection': 'OUTBOUND',
      'action/networkConnectionAction/remoteIpDetails/ipAddressV4': '198.51.100.23',
    }),
    must: { threatType: 'Backdoor:EC2/DenialOfService.UdpOnTcpPorts', role: 'ACTOR', blocked: false, direction: 'OUTBOUND' },
    never: { address: /198\.51/ },
    file: asffOf('Effects-Denial-of-Service-Backdoor-EC2-DenialOfService.UdpOnTcpPorts'),
  },
  {
    point: 'both ports are open, and nothing stops the probe',
    raw: guardduty('TTPs/Discovery/Recon:EC2-PortProbeUnprotectedPort', {
      resourceRole: 'TARGET',
      'action/actionType': 'PORT_PROBE',
      'action/portProbeAction/blocked': 'false',
      'action/portProbeAction/portProbeDetails.0_/localPortDetails/port': '80',
      'action/portProbeAction/portProbeDetails.1_/localPortDetails/port': '443',
    }),
    must: { ports: ['80', '443'], blocked: false, role: 'TARGET' },
    file: asffOf('TTPs-Discovery-Recon-EC2-PortProbeUnprotectedPort'),
  },
  {
    point: 'the length is 6 as before, the age went from 180 to 150',
    raw: guardduty(
      'TTPs/Defense Evasion/Stealth:IAMUser-PasswordPolicyChange',
      Object.fromEntries(
        [
          ['minimumPasswordLength', '6', '6'],
          ['passwordReusePrevention', '2', '2'],
          ['maxPasswordAge', '150', '180'],
        ].flatMap(([name, now, before]) => [
          [`additionalInfo/newPolicy/${name}`, now],
          [`additionalInfo/oldPolicy/${name}`, before],
        ]),
      ),
      KEY('IAMUser'),
    ),
    must: {
      newPolicy: expect.objectContaining({ minimumPasswordLength: '6', passwordReusePrevention: '2', maxPasswordAge: '150' }),
      oldPolicy: expect.objectContaining({ maxPasswordAge: '180' }),
    },
    file: asffOf('TTPs-Defense-Evasion-Stealth-IAMUser-PasswordPolicyChange'),
  },
  {
    point: 'the list is the customer’s own; what was called, whether it was refused, by whom',
    raw: guardduty(
      'TTPs/UnauthorizedAccess:IAMUser-MaliciousIPCaller.Custom',
      {
        'action/actionType': 'AWS_API_CALL',
        'action/awsApiCallAction/api': 'ListBuckets',
        'action/awsApiCallAction/serviceName': 's3.amazonaws.com',
        'action/awsApiCallAction/errorCode': 'Client.UnauthorizedOperation',
        'additionalInfo/threatListName': 'our own blocklist',
      },
      KEY('AssumedRole'),
    ),
    must: {
      threatType: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
      api: 'ListBuckets',
      service: 's3',
      apiError: 'AccessDenied',
      principalKind: 'AssumedRole',
    },
    never: { list: /blocklist/, principal: /settlement/ },
  },
  {
    point: 'through Tor a trail was deleted, a role made and given rights: five tactics',
    raw: asff('guardduty', {
      Types: ['TTPs/AttackSequence:IAM/CompromisedCredentials'],
      Resources: [KEY('IAMUser')],
      Detection: {
        Sequence: {
          Actors: [{ Id: 'USER:1', User: { Name: 'release-bot', Type: 'IAMUser' }, Session: { MfaStatus: 'DISABLED' } }],
          SequenceIndicators: [
            { Key: 'ATTACK_TACTIC', Values: ['Initial Access', 'Discovery', 'Persistence', 'Privilege Escalation', 'Defense Evasion'] },
            { Key: 'ATTACK_TECHNIQUE', Values: ['T1562.008 - Impair Defenses: Disable or Modify Cloud Logs', 'T1098'] },
            { Key: 'HIGH_RISK_API', Values: ['iam:ListUsers', 'iam:CreateRole', 'iam:AttachRolePolicy', 'cloudtrail:DeleteTrail'] },
            { Key: 'TOR_IP', Values: ['203.0.113.140'] },
          ],
        },
      },
    }),
    must: {
      calls: ['cloudtrail:DeleteTrail', 'iam:AttachRolePolicy', 'iam:CreateRole', 'iam:ListUsers'],
      tactics: ['Initial Access', 'Discovery', 'Persistence', 'Privilege Escalation', 'Defense Evasion'],
      techniques: ['T1098', 'T1562.008'],
      indicators: ['TOR_IP'],
      principalKind: 'IAMUser',
      mfa: false,
    },
    never: { principal: /release-bot/, address: /203\.0/ },
  },
  {
    point: 'port 22 is open to the internet, and something listens there',
    raw: asff('inspector', {
      Title: "On instance i-0abcd1234efgh5678, process 'sshd' is listening on TCP port 22 which is reachable from the internet",
      Types: [
        'Software and Configuration Checks/AWS Security Best Practices/Network Reachability - Recognized port with listener reachable from internet',
      ],
      ProductFields: {
        'attributes/PORT': '22',
        'attributes/PROTOCOL': 'TCP',
        'attributes/PROCESS_NAME': 'sshd',
        'attributes/REACHABILITY_TYPE': 'Internet',
        'attributes/RULE_TYPE': 'RecognizedPortWithListener',
      },
    }),
    must: {
      types: ['Software and Configuration Checks/AWS Security Best Practices/Network Reachability'],
      reachableFrom: 'internet',
      openPorts: ['22'],
      protocol: 'TCP',
      listener: true,
    },
    never: { process: /sshd/ },
    file: asffOf('Software-and-Configuration-Checks-AWS-Security-Best-Practices-Network_5'),
  },
  {
    point: 'a safeguard is off; whether the bucket is public is not said',
    raw: asff('macie', {
      Types: ['Software and Configuration Checks/AWS Security Best Practices/Policy:IAMUser-S3BlockPublicAccessDisabled'],
      Resources: [BUCKET],
    }),
    must: { types: ['Policy:IAMUser/S3BlockPublicAccessDisabled'] },
    lacks: ['public'],
    file: asffOf('Policy-IAMUser-S3BlockPublicAccessDisabled'),
  },
  {
    point: 'anybody may list, and not read, under no condition',
    raw: asff('access-analyzer', {
      Types: ['Effects/Data Exposure/External Access Granted'],
      Resources: [
        {
          ...BUCKET,
          Details: {
            Other: {
              'Action Granted': 's3:ListBucket,s3:ListBucketVersions',
              Condition: 'none',
              'External Principal': '*',
              'External Principal Type': 'AWS',
            },
          },
        },
      ],
    }),
    must: { actions: expect.arrayContaining(['s3:ListBucket', 's3:ListBucketVersions']), public: true, condition: 'none' },
    file: asffOf('Effects-Data-Exposure-External-Access-Granted'),
  },
  {
    point: 'update the package: which weakness, CVSS 5.3',
    raw: asff('aquasecurity/aquasecurity', {
      GeneratorId: 'Trivy/CVE-2019-1549',
      Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
      Title: 'Trivy found a vulnerability to CVE-2019-1549 in container shop/web, related to libcrypto1.1',
      Resources: [
        {
          Type: 'Container',
          Id: 'shop/web',
          Details: {
            Other: {
              'CVE ID': 'CVE-2019-1549',
              PkgName: 'libcrypto1.1',
              'Installed Package': '1.1.1c-r0',
              'Patched Package': '1.1.1d-r0',
              NvdCvssScoreV3: '5.3',
            },
          },
        },
      ],
    }),
    must: { cve: 'CVE-2019-1549', score: 5.3 },
    // An importer's text: the message has it as facts.
    never: { package: /libcrypto/, versions: /1\.1\.1/ },
    file: 'aquasecurity-trivy/alpine-310.asff__Trivy-found-a-vulnerability-to-CVE-2019-1549-in-container-testdata-fix.json',
  },
  {
    point: 'a password stands in the task definition: rotate it, move it to Secrets Manager',
    raw: ocsf('prowler/prowler', {
      metadata: { event_code: 'ecs_task_definitions_no_environment_secrets', product: { name: 'Prowler', uid: 'prowler' }, uid: 'x1' },
      finding_info: { title: 'Check if secrets exists in ECS task definitions environment variables' },
      message: 'Secrets in container shop -> Secret Keyword on the environment variable DB_PASSWORD.',
      resources: [{ type: 'AwsEcsTaskDefinition', uid: `arn:aws:ecs:${R}:${A}:task-definition/shop:7` }],
    }),
    must: { resourceTypes: ['AwsEcsTaskDefinition'], check: 'ecs_task_definitions_no_environment_secrets' },
    never: { variable: /DB_PASSWORD/ },
    file: 'prowler-cloud-prowler/reporting__Check-if-secrets-exists-in-ECS-task-definitions-environment-variables.json',
  },
];
