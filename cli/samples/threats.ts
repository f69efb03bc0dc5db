/** Threats, shaped as GuardDuty sends them. https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html */
import { asff, BEGAN, instant, type Json, type Moment, PAYMENTS, REGION, sentAt } from './frame';

const MINUTE = 60_000;
const DETECTOR = `arn:aws:guardduty:${REGION}:${PAYMENTS}:detector/12abc34d567e8fa901bc2d34e56789f0`;

/** An instance that attacks another machine: the role ACTOR says so. Then a second one of the same account. */
export function bruteForce(moment: Moment): Json {
  const [instance, times] = moment === 'first' ? ['i-0b7d3f9a1c5e24680', '312'] : ['i-0c4e8a2b6d1f35791', '58'];
  return asff('aws/guardduty', PAYMENTS, moment, {
    Id: `${DETECTOR}/finding/e9448ed3952b01c59e433099${moment === 'first' ? '3add2d9b' : '4bee3eac'}`,
    GeneratorId: DETECTOR,
    Types: ['TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce'],
    Severity: { Label: 'HIGH', Normalized: 70, Product: 8 },
    Title: `${instance} is performing SSH brute force attacks against 198.51.100.23.`,
    Description: `The EC2 instance ${instance} tries password after password over SSH at 198.51.100.23.`,
    ProductFields: {
      'aws/guardduty/service/action/actionType': 'NETWORK_CONNECTION',
      'aws/guardduty/service/action/networkConnectionAction/connectionDirection': 'OUTBOUND',
      'aws/guardduty/service/action/networkConnectionAction/protocol': 'TCP',
      'aws/guardduty/service/action/networkConnectionAction/blocked': 'false',
      'aws/guardduty/service/action/networkConnectionAction/remoteIpDetails/ipAddressV4': '198.51.100.23',
      'aws/guardduty/service/action/networkConnectionAction/remotePortDetails/port': '22',
      'aws/guardduty/service/action/networkConnectionAction/remotePortDetails/portName': 'SSH',
      'aws/guardduty/service/resourceRole': 'ACTOR',
      'aws/guardduty/service/count': times,
      'aws/guardduty/service/eventFirstSeen': instant(sentAt(moment) - 4 * MINUTE),
      'aws/guardduty/service/eventLastSeen': instant(sentAt(moment)),
    },
    Resources: [{ Type: 'AwsEc2Instance', Id: `arn:aws:ec2:${REGION}:${PAYMENTS}:instance/${instance}`, Partition: 'aws', Region: REGION }],
  });
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Sequence.html */
export function attackSequence(moment: Moment): Json {
  const user = moment === 'first' ? 'release-bot' : 'report-bot';
  const key = `AKIASAMPLE${moment === 'first' ? '001' : '002'}EXAMPLE`;
  const apis = ['iam:AttachRolePolicy', 'cloudtrail:StopLogging'];
  return asff('aws/guardduty', PAYMENTS, moment, {
    Id: `${DETECTOR}/finding/37a5d042fc9d2e3ab8984c1f${moment === 'first' ? 'e84a37f7' : 'f95b48a8'}`,
    GeneratorId: DETECTOR,
    Types: ['TTPs/AttackSequence:IAM-CompromisedCredentials'],
    Severity: { Label: 'CRITICAL', Normalized: 90, Product: 9 },
    Title: `Potential credential compromise of IAMUser/${user} indicated by a sequence of actions.`,
    Description: `A sequence of actions was seen that fits the compromise of the IAM user ${user}, from a Tor exit node.`,
    ProductFields: {
      'aws/guardduty/service/featureName': 'Correlation',
      'aws/guardduty/service/resourceRole': 'TARGET',
      'aws/guardduty/service/eventFirstSeen': instant(sentAt(moment) - 20 * MINUTE),
      'aws/guardduty/service/eventLastSeen': instant(sentAt(moment)),
    },
    Resources: [
      { Type: 'AwsIamUser', Id: `arn:aws:iam::${PAYMENTS}:user/${user}`, Partition: 'aws', Region: REGION },
      {
        Type: 'AwsIamAccessKey',
        Id: `AWS::IAM::AccessKey:${key}`,
        Partition: 'aws',
        Region: REGION,
        Details: { AwsIamAccessKey: { PrincipalName: user, PrincipalType: 'IAMUser' } },
      },
    ],
    Detection: {
      Sequence: {
        Uid: `4f5260d71c7e332a2c94bf0b36ce79c${moment === 'first' ? '9' : 'a'}`,
        Actors: [
          {
            Id: `arn:aws:iam::${PAYMENTS}:user/${user}`,
            User: { Name: user, CredentialUid: key, Type: 'IAMUser' },
            Session: { MfaStatus: 'DISABLED' },
          },
        ],
        Endpoints: [{ Id: '203.0.113.140', Ip: '203.0.113.140', Location: { City: 'Exampleville', Country: 'Example Country' } }],
        Signals: apis.map((Title, n) => ({
          Type: 'CLOUD_TRAIL',
          Id: `signal-${n}`,
          Title,
          Count: 1,
          FirstSeenAt: BEGAN + (n - 9) * MINUTE,
          LastSeenAt: BEGAN + (n - 9) * MINUTE,
        })),
        SequenceIndicators: [
          { Key: 'ATTACK_TACTIC', Type: 'ATTACK_TACTIC', Values: ['Discovery', 'Privilege Escalation', 'Defense Evasion'] },
          { Key: 'SENSITIVE_API', Type: 'SENSITIVE_API', Values: apis },
          { Key: 'TOR_IP', Type: 'TOR_IP', Values: ['203.0.113.140'] },
        ],
      },
    },
  });
}
