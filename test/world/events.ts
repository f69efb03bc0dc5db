/** Events as both Security Hubs send them, made for tests. */
import { START } from '../../cli/simulate/world/simulation';

let count = 0;

export interface FindingParts {
  control?: string;
  account?: string;
  bucket?: string;
  severity?: string;
  standard?: string;
  updatedAt?: number;
  /** When the event was sent; as a rule when the finding was updated. */
  time?: number;
  firstObservedAt?: number;
  workflow?: string;
  recordState?: string;
  compliance?: string;
  /** Code of Compliance.StatusReasons: goes into the brief. */
  reason?: string;
  eventId?: string;
  title?: string;
}

const HOUR = 3_600_000;
const iso = (time: number) => new Date(time).toISOString();

export function findingId({
  control = 'S3.2',
  account = '555555555555',
  bucket = 'invoices-2026',
  standard = 'nist',
}: FindingParts): string {
  return `arn:aws:securityhub:ap-northeast-1:${account}:${standard}/${control}/finding/${bucket}`;
}

/** A control finding of Security Hub CSPM. The same control, account, bucket and standard give the same finding id. */
export function controlFinding(parts: FindingParts = {}): Record<string, unknown> {
  const { control = 'S3.2', account = '555555555555', bucket = 'invoices-2026', severity = 'CRITICAL' } = parts;
  return {
    SchemaVersion: '2018-10-08',
    Id: findingId(parts),
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
    AwsAccountId: account,
    Region: 'ap-northeast-1',
    GeneratorId: `security-control/${control}`,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    Severity: { Label: severity },
    Title: parts.title ?? 'S3 general purpose buckets should block public read access',
    Description: 'This control checks whether an Amazon S3 general purpose bucket permits public read access.',
    Remediation: {
      Recommendation: {
        Text: 'For information on how to correct this issue, consult the documentation.',
        Url: `https://docs.aws.amazon.com/console/securityhub/${control}/remediation`,
      },
    },
    Compliance: {
      Status: parts.compliance ?? 'FAILED',
      SecurityControlId: control,
      ...(parts.reason ? { StatusReasons: [{ ReasonCode: parts.reason, Description: 'See the code.' }] } : {}),
    },
    Workflow: { Status: parts.workflow ?? 'NEW' },
    RecordState: parts.recordState ?? 'ACTIVE',
    Resources: [{ Type: 'AwsS3Bucket', Id: `arn:aws:s3:::${bucket}`, Region: 'ap-northeast-1', Partition: 'aws' }],
    FirstObservedAt: iso(parts.firstObservedAt ?? START - HOUR),
    CreatedAt: iso(START - HOUR),
    UpdatedAt: iso(parts.updatedAt ?? START),
  };
}

/** The same finding as the new Security Hub sends it: an id of its own, Title Case, no record state, the ARN in uid_alt. */
export function ocsfFinding(parts: FindingParts = {}): Record<string, unknown> {
  const { control = 'S3.2', account = '555555555555', bucket = 'invoices-2026', severity = 'CRITICAL' } = parts;
  const status = { NEW: 'New', NOTIFIED: 'In Progress', SUPPRESSED: 'Suppressed', RESOLVED: 'Resolved' }[parts.workflow ?? 'NEW'];
  return {
    activity_name: parts.recordState === 'ARCHIVED' ? 'Close' : 'Update',
    category_name: 'Findings',
    class_name: 'Compliance Finding',
    class_uid: 2003,
    cloud: { account: { uid: account, type: 'AWS Account' }, region: 'ap-northeast-1', provider: 'AWS' },
    compliance: { control, status: parts.compliance === 'PASSED' ? 'Pass' : 'Fail', standards: ['standards/nist-800-53'] },
    finding_info: {
      uid: findingId(parts),
      title: parts.title ?? 'S3 general purpose buckets should block public read access',
      desc: 'This control checks whether an Amazon S3 general purpose bucket permits public read access.',
      types: ['Posture Management'],
      created_time: START - HOUR,
      first_seen_time: parts.firstObservedAt ?? START - HOUR,
      modified_time: parts.updatedAt ?? START,
    },
    metadata: {
      uid: Buffer.from(`ocsf-${control}-${account}-${bucket}`).toString('hex'),
      product: { name: 'Security Hub CSPM', uid: 'arn:aws:securityhub:ap-northeast-1::productv2/aws/securityhub', vendor_name: 'AWS' },
      version: '1.6.0',
    },
    remediation: {
      desc: 'For information on how to correct this issue, consult the documentation.',
      references: [`https://docs.aws.amazon.com/console/securityhub/${control}/remediation`],
    },
    resources: [{ uid: bucket, uid_alt: `arn:aws:s3:::${bucket}`, type: 'AWS::S3::Bucket', region: 'ap-northeast-1' }],
    severity: severity.charAt(0) + severity.slice(1).toLowerCase(),
    status,
    time: parts.updatedAt ?? START,
    vendor_attributes: { severity: severity.charAt(0) + severity.slice(1).toLowerCase() },
  };
}

export function threatFinding(parts: FindingParts & { type?: string; instance?: string; port?: string } = {}): Record<string, unknown> {
  const { account = '555555555555', type = 'UnauthorizedAccess:EC2-SSHBruteForce', severity = 'HIGH' } = parts;
  const instance = parts.instance ?? 'i-0aaaaaaaaaaaaaaaa';
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:guardduty:ap-northeast-1:${account}:detector/d1/finding/${type}-${instance}`,
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/guardduty',
    AwsAccountId: account,
    Region: 'ap-northeast-1',
    GeneratorId: `arn:aws:guardduty:ap-northeast-1:${account}:detector/d1`,
    Types: [`TTPs/Initial Access/${type}`],
    Severity: { Label: severity },
    Title: parts.title ?? `198.51.100.7 is performing SSH brute force attacks against ${instance}.`,
    Description: `198.51.100.7 is performing SSH brute force attacks against ${instance}.`,
    ...(parts.port ? { ProductFields: { 'aws/guardduty/service/action/networkConnectionAction/localPortDetails/port': parts.port } } : {}),
    Workflow: { Status: parts.workflow ?? 'NEW' },
    RecordState: parts.recordState ?? 'ACTIVE',
    Resources: [{ Type: 'AwsEc2Instance', Id: `arn:aws:ec2:ap-northeast-1:${account}:instance/${instance}`, Region: 'ap-northeast-1' }],
    CreatedAt: iso(START),
    UpdatedAt: iso(parts.updatedAt ?? START),
  };
}

const DETAIL_TYPE = {
  asff: 'Security Hub Findings - Imported',
  ocsf: 'Findings Imported V2',
  asked: 'Security Hub Findings - Custom Action',
} as const;

export function eventOf(kind: keyof typeof DETAIL_TYPE, finding: object, parts: Pick<FindingParts, 'time' | 'eventId'> = {}): object {
  return {
    version: '0',
    id: parts.eventId ?? `event-${String(++count).padStart(8, '0')}`,
    'detail-type': DETAIL_TYPE[kind],
    source: 'aws.securityhub',
    account: '222222222222',
    time: iso(parts.time ?? START),
    region: 'ap-northeast-1',
    resources: [],
    detail: { findings: [finding] },
  };
}

export function imported(finding: object, parts: Pick<FindingParts, 'time' | 'eventId'> = {}): object {
  return eventOf('asff', finding, parts);
}
export function control(parts: FindingParts = {}): object {
  return eventOf('asff', controlFinding(parts), { time: parts.time ?? parts.updatedAt, eventId: parts.eventId });
}
export function ocsf(parts: FindingParts = {}): object {
  return eventOf('ocsf', ocsfFinding(parts), { time: parts.time ?? parts.updatedAt, eventId: parts.eventId });
}
export function threat(parts: Parameters<typeof threatFinding>[0] = {}): object {
  return eventOf('asff', threatFinding(parts), { time: parts.time ?? parts.updatedAt, eventId: parts.eventId });
}
/** What a custom action sends: a finding as it stands, chosen by a person. */
export function asked(finding: object, parts: Pick<FindingParts, 'time' | 'eventId'> = {}): object {
  return eventOf('asked', finding, parts);
}
