/** Findings of GuardDuty. https://docs.aws.amazon.com/guardduty/latest/ug/securityhub-integration.html */
import { createHash } from 'node:crypto';
import { asff, ocsf, iso, type Raw, type State, type Subject } from './state';

/** One type of GuardDuty, as it writes it itself and as Security Hub CSPM does. */
export interface ThreatType {
  own: string;
  asff: string;
  severity: 'CRITICAL' | 'HIGH';
  resourceType: string;
  action: 'NETWORK_CONNECTION' | 'DNS_REQUEST' | 'AWS_API_CALL';
  title: string;
}

export const ATTACK_SEQUENCES: ThreatType[] = [
  {
    own: 'AttackSequence:IAM/CompromisedCredentials',
    asff: 'TTPs/AttackSequence:IAM/CompromisedCredentials',
    severity: 'CRITICAL',
    resourceType: 'AwsIamAccessKey',
    action: 'AWS_API_CALL',
    title: 'Potential credential compromise of {resource} indicated by a sequence of actions.',
  },
  {
    own: 'AttackSequence:S3/CompromisedData',
    asff: 'TTPs/AttackSequence:S3/CompromisedData',
    severity: 'CRITICAL',
    resourceType: 'AwsS3Bucket',
    action: 'AWS_API_CALL',
    title: 'Potential data compromise of {resource} indicated by a sequence of actions.',
  },
];
export const CRITICAL_THREATS: ThreatType[] = [
  {
    own: 'CredentialAccess:IAMUser/CompromisedCredentials',
    asff: 'TTPs/Credential Access/CredentialAccess:IAMUser-CompromisedCredentials',
    severity: 'CRITICAL',
    resourceType: 'AwsIamAccessKey',
    action: 'AWS_API_CALL',
    title: 'The credentials of {resource} were reported as compromised.',
  },
  ...ATTACK_SEQUENCES,
];
const own = (type: string, category: string, resourceType: string, action: ThreatType['action'], title: string): ThreatType => ({
  own: type,
  asff: `TTPs/${category}/${type.replace('/', '-')}`,
  severity: 'HIGH',
  resourceType,
  action,
  title,
});
export const HIGH_THREATS: ThreatType[] = [
  own(
    'UnauthorizedAccess:EC2/TorClient',
    'Command and Control',
    'AwsEc2Instance',
    'NETWORK_CONNECTION',
    '{resource} is connecting to a Tor Guard.',
  ),
  own(
    'Backdoor:EC2/C&CActivity.B!DNS',
    'Command and Control',
    'AwsEc2Instance',
    'DNS_REQUEST',
    '{resource} is querying a domain name of a known C&C server.',
  ),
  own(
    'CryptoCurrency:EC2/BitcoinTool.B!DNS',
    'Command and Control',
    'AwsEc2Instance',
    'DNS_REQUEST',
    '{resource} is querying a domain name of Bitcoin activity.',
  ),
  own(
    'Trojan:EC2/DNSDataExfiltration',
    'Command and Control',
    'AwsEc2Instance',
    'DNS_REQUEST',
    '{resource} is sending data out through DNS queries.',
  ),
  own(
    'UnauthorizedAccess:EC2/SSHBruteForce',
    'Initial Access',
    'AwsEc2Instance',
    'NETWORK_CONNECTION',
    '{address} is performing SSH brute force attacks against {resource}.',
  ),
  own(
    'Exfiltration:S3/AnomalousBehavior',
    'Exfiltration',
    'AwsS3Bucket',
    'AWS_API_CALL',
    'An entity read from {resource} in a suspicious way.',
  ),
];
HIGH_THREATS.push({
  // In AWS's table the purpose is the category alone.
  own: 'Exfiltration:IAMUser/AnomalousBehavior',
  asff: 'TTPs/Exfiltration/IAMUser-AnomalousBehavior',
  severity: 'HIGH',
  resourceType: 'AwsIamAccessKey',
  action: 'AWS_API_CALL',
  title: 'User {resource} is anomalously invoking APIs commonly used in Exfiltration tactics.',
});

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
  const productArn = `arn:aws:securityhub:${subject.region}::product/aws/guardduty`;
  const id = `${arnOf(shape)}/finding/${shape.id}`;
  const service = 'aws/guardduty/service';
  const action = { NETWORK_CONNECTION: 'networkConnectionAction', DNS_REQUEST: 'dnsRequestAction', AWS_API_CALL: 'awsApiCallAction' }[
    type.action
  ];
  return {
    ...asff(subject, state, {
      id,
      productArn,
      productName: 'GuardDuty',
      generatorId: arnOf(shape),
      types: [type.asff],
      title: titleOf(shape),
      description: titleOf(shape),
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
      'aws/securityhub/FindingId': `${productArn}/${id}`,
      'aws/securityhub/ProductName': 'GuardDuty',
      'aws/securityhub/CompanyName': 'Amazon',
    },
  };
}

/** The first type is a broad category, as captures of it show. */
export function threatOcsf(shape: ThreatShape, state: State): Raw {
  const infoUid = `${arnOf(shape)}/finding/${shape.id}`;
  return ocsf(shape.subject, state, {
    uid: createHash('sha256').update(infoUid).digest('hex'),
    infoUid,
    product: 'guardduty',
    className: ['Detection Finding', 2004],
    types: ['Threats', shape.type.own],
    title: titleOf(shape),
    description: titleOf(shape),
  });
}
