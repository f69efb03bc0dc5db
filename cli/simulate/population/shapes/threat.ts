/** Findings of GuardDuty. https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html */
import { asff, ocsf, iso, productArn, type Raw, type State, type Subject } from './state';

/** One type of GuardDuty, as it writes it itself and as Security Hub CSPM does. */
export interface ThreatType {
  own: string;
  asff: string;
  severity: 'CRITICAL' | 'HIGH';
  resourceType: string;
  action: 'NETWORK_CONNECTION' | 'DNS_REQUEST' | 'AWS_API_CALL';
  title: string;
}

function critical(own: string, asff: string, resourceType: string, title: string): ThreatType {
  return { own, asff, severity: 'CRITICAL', resourceType, action: 'AWS_API_CALL', title };
}
function high(own: string, category: string, resourceType: string, action: ThreatType['action'], title: string): ThreatType {
  return { own, asff: `TTPs/${category}/${own.replace('/', '-')}`, severity: 'HIGH', resourceType, action, title };
}

const sequence = (own: string, resourceType: string, what: string) =>
  critical(own, `TTPs/${own}`, resourceType, `Potential ${what} compromise of {resource} indicated by a sequence of actions.`);
export const ATTACK_SEQUENCES: ThreatType[] = [
  sequence('AttackSequence:IAM/CompromisedCredentials', 'AwsIamAccessKey', 'credential'),
  sequence('AttackSequence:S3/CompromisedData', 'AwsS3Bucket', 'data'),
];
const STOLEN = 'CredentialAccess:IAMUser/CompromisedCredentials';
export const CRITICAL_THREATS: ThreatType[] = [
  critical(
    STOLEN,
    `TTPs/Credential Access/${STOLEN.replace('/', '-')}`,
    'AwsIamAccessKey',
    'The credentials of {resource} were reported as compromised.',
  ),
  ...ATTACK_SEQUENCES,
];

const onInstance = (own: string, action: ThreatType['action'], title: string, category = 'Command and Control') =>
  high(own, category, 'AwsEc2Instance', action, title);
const exfiltration = (own: string, resourceType: string, title: string) => high(own, 'Exfiltration', resourceType, 'AWS_API_CALL', title);
export const HIGH_THREATS: ThreatType[] = [
  onInstance('UnauthorizedAccess:EC2/TorClient', 'NETWORK_CONNECTION', '{resource} is connecting to a Tor Guard.'),
  onInstance('Backdoor:EC2/C&CActivity.B!DNS', 'DNS_REQUEST', '{resource} is querying a domain name of a known C&C server.'),
  onInstance('CryptoCurrency:EC2/BitcoinTool.B!DNS', 'DNS_REQUEST', '{resource} is querying a domain name of Bitcoin activity.'),
  onInstance('Trojan:EC2/DNSDataExfiltration', 'DNS_REQUEST', '{resource} is sending data out through DNS queries.'),
  onInstance(
    'UnauthorizedAccess:EC2/SSHBruteForce',
    'NETWORK_CONNECTION',
    '{address} is performing SSH brute force attacks against {resource}.',
    'Initial Access',
  ),
  exfiltration('Exfiltration:S3/AnomalousBehavior', 'AwsS3Bucket', 'An entity read from {resource} in a suspicious way.'),
  {
    ...exfiltration(
      'Exfiltration:IAMUser/AnomalousBehavior',
      'AwsIamAccessKey',
      'User {resource} is anomalously invoking APIs commonly used in Exfiltration tactics.',
    ),
    // In AWS's table the purpose is the category alone.
    asff: 'TTPs/Exfiltration/IAMUser-AnomalousBehavior',
  },
];

export interface ThreatShape {
  subject: Subject;
  type: ThreatType;
  /** 32 hexadecimal digits each. */
  detector: string;
  id: string;
  address: string;
}

function titleOf({ type, subject, address }: ThreatShape): string {
  return type.title.replace('{resource}', subject.resource.name).replace('{address}', address);
}
function arnOf({ subject, detector }: ThreatShape): string {
  return `arn:aws:guardduty:${subject.region}:${subject.accountId}:detector/${detector}`;
}

export function threatAsff(shape: ThreatShape, state: State): Raw {
  const { subject, type, address } = shape;
  const id = `${arnOf(shape)}/finding/${shape.id}`;
  const service = 'aws/guardduty/service';
  const action = { NETWORK_CONNECTION: 'networkConnectionAction', DNS_REQUEST: 'dnsRequestAction', AWS_API_CALL: 'awsApiCallAction' }[
    type.action
  ];
  return {
    ...asff(subject, state, {
      id,
      product: 'aws/guardduty',
      productName: 'GuardDuty',
      generatorId: arnOf(shape),
      types: [type.asff],
      title: titleOf(shape),
    }),
    SourceUrl: `https://${subject.region}.console.aws.amazon.com/guardduty/home?region=${subject.region}#/findings?macros=current&fId=${shape.id}`,
    ProductFields: {
      [`${service}/serviceName`]: 'guardduty',
      [`${service}/archived`]: 'false',
      [`${service}/detectorId`]: shape.detector,
      [`${service}/resourceRole`]: 'TARGET',
      [`${service}/count`]: String(state.count),
      [`${service}/eventFirstSeen`]: iso(state.firstObservedAt),
      [`${service}/eventLastSeen`]: iso(state.updatedAt),
      [`${service}/action/actionType`]: type.action,
      [`${service}/action/${action}/remoteIpDetails/ipAddressV4`]: address,
      ...(type.action === 'NETWORK_CONNECTION'
        ? {
            [`${service}/action/${action}/connectionDirection`]: 'INBOUND',
            [`${service}/action/${action}/localPortDetails/port`]: '22',
            [`${service}/action/${action}/protocol`]: 'TCP',
          }
        : {}),
      'aws/securityhub/FindingId': `${productArn(subject, 'aws/guardduty')}/${id}`,
      'aws/securityhub/ProductName': 'GuardDuty',
      'aws/securityhub/CompanyName': 'Amazon',
    },
  };
}

/** The first type is a broad category, as captures of it show. */
export function threatOcsf(shape: ThreatShape, state: State): Raw {
  return ocsf(shape.subject, state, {
    id: `${arnOf(shape)}/finding/${shape.id}`,
    product: 'guardduty',
    className: ['Detection Finding', 2004],
    types: ['Threats', shape.type.own],
    title: titleOf(shape),
  });
}
