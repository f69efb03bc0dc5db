/** Events as both Security Hubs send them, made for tests. */
import { START } from '../../cli/simulate/world/simulation';

let count = 0;

export interface Made {
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

export function findingId({ control = 'S3.2', account = '555555555555', bucket = 'invoices-2026', standard = 'nist' }: Made): string {
  return `arn:aws:securityhub:ap-northeast-1:${account}:${standard}/${control}/finding/${bucket}`;
}

/** A control finding of Security Hub CSPM. The same control, account, bucket and standard give the same finding id. */
export function controlFinding(made: Made = {}): Record<string, unknown> {
  const { control = 'S3.2', account = '555555555555', bucket = 'invoices-2026', severity = 'CRITICAL' } = made;
  return {
    SchemaVersion: '2018-10-08',
    Id: findingId(made),
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
    AwsAccountId: account,
    Region: 'ap-northeast-1',
    GeneratorId: `security-control/${control}`,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    Severity: { Label: severity },
    Title: made.title ?? 'S3 general purpose buckets should block public read access',
    Description: 'This control checks whether an Amazon S3 general purpose bucket permits public read access.',
    Remediation: {
      Recommendation: {
        Text: 'For information on how to correct this issue, consult the documentation.',
        Url: `https://docs.aws.amazon.com/console/securityhub/${control}/remediation`,
      },
    },
    Compliance: {
      Status: made.compliance ?? 'FAILED',
      SecurityControlId: control,
      ...(made.reason ? { StatusReasons: [{ ReasonCode: made.reason, Description: 'See the code.' }] } : {}),
    },
    Workflow: { Status: made.workflow ?? 'NEW' },
    RecordState: made.recordState ?? 'ACTIVE',
    Resources: [{ Type: 'AwsS3Bucket', Id: `arn:aws:s3:::${bucket}`, Region: 'ap-northeast-1', Partition: 'aws' }],
    FirstObservedAt: iso(made.firstObservedAt ?? START - HOUR),
    CreatedAt: iso(START - HOUR),
    UpdatedAt: iso(made.updatedAt ?? START),
  };
}

/** The same finding as the new Security Hub sends it: an id of its own, Title Case, no record state, the ARN in uid_alt. */
export function ocsfFinding(made: Made = {}): Record<string, unknown> {
  const { control = 'S3.2', account = '555555555555', bucket = 'invoices-2026', severity = 'CRITICAL' } = made;
  const status = { NEW: 'New', NOTIFIED: 'In Progress', SUPPRESSED: 'Suppressed', RESOLVED: 'Resolved' }[made.workflow ?? 'NEW'];
  return {
    activity_name: made.recordState === 'ARCHIVED' ? 'Close' : 'Update',
    category_name: 'Findings',
    class_name: 'Compliance Finding',
    class_uid: 2003,
    cloud: { account: { uid: account, type: 'AWS Account' }, region: 'ap-northeast-1', provider: 'AWS' },
    compliance: { control, status: made.compliance === 'PASSED' ? 'Pass' : 'Fail', standards: ['standards/nist-800-53'] },
    finding_info: {
      uid: findingId(made),
      title: made.title ?? 'S3 general purpose buckets should block public read access',
      desc: 'This control checks whether an Amazon S3 general purpose bucket permits public read access.',
      types: ['Posture Management'],
      created_time: START - HOUR,
      first_seen_time: made.firstObservedAt ?? START - HOUR,
      modified_time: made.updatedAt ?? START,
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
    time: made.updatedAt ?? START,
    vendor_attributes: { severity: severity.charAt(0) + severity.slice(1).toLowerCase() },
  };
}

export function threatFinding(made: Made & { type?: string; instance?: string; port?: string } = {}): Record<string, unknown> {
  const { account = '555555555555', type = 'UnauthorizedAccess:EC2-SSHBruteForce', severity = 'HIGH' } = made;
  const instance = made.instance ?? 'i-0aaaaaaaaaaaaaaaa';
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:guardduty:ap-northeast-1:${account}:detector/d1/finding/${type}-${instance}`,
    ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/guardduty',
    AwsAccountId: account,
    Region: 'ap-northeast-1',
    GeneratorId: `arn:aws:guardduty:ap-northeast-1:${account}:detector/d1`,
    Types: [`TTPs/Initial Access/${type}`],
    Severity: { Label: severity },
    Title: made.title ?? `198.51.100.7 is performing SSH brute force attacks against ${instance}.`,
    Description: `198.51.100.7 is performing SSH brute force attacks against ${instance}.`,
    ...(made.port ? { ProductFields: { 'aws/guardduty/service/action/networkConnectionAction/localPortDetails/port': made.port } } : {}),
    Workflow: { Status: made.workflow ?? 'NEW' },
    RecordState: made.recordState ?? 'ACTIVE',
    Resources: [{ Type: 'AwsEc2Instance', Id: `arn:aws:ec2:ap-northeast-1:${account}:instance/${instance}`, Region: 'ap-northeast-1' }],
    CreatedAt: iso(START),
    UpdatedAt: iso(made.updatedAt ?? START),
  };
}

const DETAIL_TYPE = {
  asff: 'Security Hub Findings - Imported',
  ocsf: 'Findings Imported V2',
  asked: 'Security Hub Findings - Custom Action',
} as const;

export function eventOf(kind: keyof typeof DETAIL_TYPE, finding: object, made: Pick<Made, 'time' | 'eventId'> = {}): object {
  return {
    version: '0',
    id: made.eventId ?? `event-${String(++count).padStart(8, '0')}`,
    'detail-type': DETAIL_TYPE[kind],
    source: 'aws.securityhub',
    account: '222222222222',
    time: iso(made.time ?? START),
    region: 'ap-northeast-1',
    resources: [],
    detail: { findings: [finding] },
  };
}

export function imported(finding: object, made: Pick<Made, 'time' | 'eventId'> = {}): object {
  return eventOf('asff', finding, made);
}
export function control(made: Made = {}): object {
  return eventOf('asff', controlFinding(made), { time: made.time ?? made.updatedAt, eventId: made.eventId });
}
export function ocsf(made: Made = {}): object {
  return eventOf('ocsf', ocsfFinding(made), { time: made.time ?? made.updatedAt, eventId: made.eventId });
}
export function threat(made: Parameters<typeof threatFinding>[0] = {}): object {
  return eventOf('asff', threatFinding(made), { time: made.time ?? made.updatedAt, eventId: made.eventId });
}
/** What a custom action sends: a finding as it stands, chosen by a person. */
export function asked(finding: object, made: Pick<Made, 'time' | 'eventId'> = {}): object {
  return eventOf('asked', finding, made);
}
