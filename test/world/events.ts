/** Events as Security Hub sends them, made for tests. */
import { START } from './world';

let count = 0;

export interface Made {
  control?: string;
  account?: string;
  bucket?: string;
  severity?: string;
  standard?: string;
  updatedAt?: number;
  time?: number;
  firstObservedAt?: number;
  workflow?: string;
  recordState?: string;
  compliance?: string;
  eventId?: string;
  title?: string;
}

/** A control finding of Security Hub CSPM. The same control, account, bucket and standard give the same finding id. */
export function controlFinding(made: Made = {}): Record<string, unknown> {
  const { control = 'S3.2', account = '555555555555', bucket = 'invoices-2026', severity = 'CRITICAL', standard = 'nist' } = made;
  const updatedAt = made.updatedAt ?? START;
  const arn = `arn:aws:s3:::${bucket}`;
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:ap-northeast-1:${account}:${standard}/${control}/finding/${bucket}`,
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
    Compliance: { Status: made.compliance ?? 'FAILED', SecurityControlId: control },
    Workflow: { Status: made.workflow ?? 'NEW' },
    RecordState: made.recordState ?? 'ACTIVE',
    Resources: [{ Type: 'AwsS3Bucket', Id: arn, Region: 'ap-northeast-1', Partition: 'aws' }],
    FirstObservedAt: new Date(made.firstObservedAt ?? START - 3_600_000).toISOString(),
    CreatedAt: new Date(START - 3_600_000).toISOString(),
    UpdatedAt: new Date(updatedAt).toISOString(),
  };
}

export function imported(finding: object, made: { time?: number; eventId?: string } = {}): object {
  return {
    version: '0',
    id: made.eventId ?? `event-${String(++count).padStart(8, '0')}`,
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    account: '222222222222',
    time: new Date(made.time ?? START).toISOString(),
    region: 'ap-northeast-1',
    resources: [],
    detail: { findings: [finding] },
  };
}

export function control(made: Made = {}): object {
  return imported(controlFinding(made), { time: made.time ?? made.updatedAt, eventId: made.eventId });
}

export function threat(made: Made & { type?: string; instance?: string } = {}): object {
  const {
    account = '555555555555',
    type = 'UnauthorizedAccess:EC2-SSHBruteForce',
    instance = 'i-0aaaaaaaaaaaaaaaa',
    severity = 'HIGH',
  } = made;
  return imported(
    {
      SchemaVersion: '2018-10-08',
      Id: `arn:aws:guardduty:ap-northeast-1:${account}:detector/d1/finding/${type}-${instance}`,
      ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/guardduty',
      AwsAccountId: account,
      Region: 'ap-northeast-1',
      GeneratorId: `arn:aws:guardduty:ap-northeast-1:${account}:detector/d1`,
      Types: [`TTPs/Initial Access/${type}`],
      Severity: { Label: severity },
      Title: `198.51.100.7 is performing SSH brute force attacks against ${instance}.`,
      Description: `198.51.100.7 is performing SSH brute force attacks against ${instance}.`,
      Workflow: { Status: made.workflow ?? 'NEW' },
      RecordState: made.recordState ?? 'ACTIVE',
      Resources: [{ Type: 'AwsEc2Instance', Id: `arn:aws:ec2:ap-northeast-1:${account}:instance/${instance}`, Region: 'ap-northeast-1' }],
      CreatedAt: new Date(START).toISOString(),
      UpdatedAt: new Date(made.updatedAt ?? START).toISOString(),
    },
    { time: made.time ?? made.updatedAt, eventId: made.eventId },
  );
}
