/** What all simulated findings have, whichever product reports them. */
import { createHash } from 'node:crypto';

export type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL';

/** Whose resource a finding is about. */
export interface Subject {
  accountId: string;
  accountName: string;
  region: string;
  resource: { type: string; id: string; name: string };
  /** Where two teams share the account: a tag of the resource. */
  team?: string;
}

/** What changes of a finding while it lives. Times in epoch milliseconds. */
export interface State {
  severity: Severity;
  compliance?: 'FAILED' | 'PASSED' | 'NOT_AVAILABLE';
  workflow: 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';
  archived: boolean;
  note?: { text: string; by: string; at: number };
  createdAt: number;
  firstObservedAt: number;
  updatedAt: number;
  /** How often its product has reported it. */
  count: number;
}

export type Raw = Record<string, unknown>;

export function iso(time: number): string {
  return new Date(time).toISOString();
}

const NORMALIZED: Record<Severity, number> = { CRITICAL: 90, HIGH: 70, MEDIUM: 40, LOW: 1, INFORMATIONAL: 0 };

export function productArn({ region }: Subject, product: string): string {
  return `arn:aws:securityhub:${region}::product/${product}`;
}

/**
 * The fields that every ASFF finding has.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html
 * @param of.product company/product. @param of.description the title once more, unless it is given.
 */
export function asff(
  subject: Subject,
  state: State,
  of: { id: string; product: string; productName: string; generatorId: string; types: string[]; title: string; description?: string },
): Raw {
  return {
    SchemaVersion: '2018-10-08',
    Id: of.id,
    ProductArn: productArn(subject, of.product),
    ProductName: of.productName,
    Region: subject.region,
    GeneratorId: of.generatorId,
    AwsAccountId: subject.accountId,
    AwsAccountName: subject.accountName,
    Types: of.types,
    FirstObservedAt: iso(state.firstObservedAt),
    LastObservedAt: iso(state.updatedAt),
    CreatedAt: iso(state.createdAt),
    UpdatedAt: iso(state.updatedAt),
    Severity: { Label: state.severity, Normalized: NORMALIZED[state.severity] },
    Title: of.title,
    Description: of.description ?? of.title,
    Resources: [resourceOf(subject)],
    WorkflowState: 'NEW',
    Workflow: { Status: state.workflow },
    RecordState: state.archived ? 'ARCHIVED' : 'ACTIVE',
    ...(state.note ? { Note: { Text: state.note.text, UpdatedBy: state.note.by, UpdatedAt: iso(state.note.at) } } : {}),
    FindingProviderFields: { Severity: { Label: state.severity }, Types: of.types },
    ProcessedAt: iso(state.updatedAt + 5000),
  };
}

function resourceOf({ resource, region, team }: Subject): Raw {
  return { Type: resource.type, Id: resource.id, Partition: 'aws', Region: region, ...(team ? { Tags: { team } } : {}) };
}

const TITLE_CASE = { CRITICAL: 'Critical', HIGH: 'High', MEDIUM: 'Medium', LOW: 'Low', INFORMATIONAL: 'Informational' } as const;
const SEVERITY_ID = { INFORMATIONAL: 1, LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 } as const;
const STATUS = { NEW: ['New', 1], NOTIFIED: ['In Progress', 2], SUPPRESSED: ['Suppressed', 3], RESOLVED: ['Resolved', 4] } as const;

/**
 * The fields of an event's finding as the new Security Hub sends it: no record state, and the resource by a bare name.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html
 * @param of.id the finding's id in its product; the finding's own is made from it.
 */
export function ocsf(
  subject: Subject,
  state: State,
  of: { id: string; product: string; className: [string, number]; types: string[]; title: string; description?: string },
): Raw {
  const [status, statusId] = STATUS[state.workflow];
  const activity = state.archived ? ['Close', 3] : state.count > 1 ? ['Update', 2] : ['Create', 1];
  return {
    activity_id: activity[1],
    activity_name: activity[0],
    category_name: 'Findings',
    category_uid: 2,
    class_name: of.className[0],
    class_uid: of.className[1],
    cloud: { account: { uid: subject.accountId, type: 'AWS Account', name: subject.accountName }, provider: 'AWS', region: subject.region },
    finding_info: {
      uid: of.id,
      title: of.title,
      desc: of.description ?? of.title,
      types: of.types,
      created_time_dt: iso(state.createdAt),
      first_seen_time_dt: iso(state.firstObservedAt),
      last_seen_time_dt: iso(state.updatedAt),
      modified_time_dt: iso(state.updatedAt),
    },
    metadata: {
      uid: createHash('sha256').update(of.id).digest('hex'),
      version: '1.8.0',
      product: { name: of.product, uid: `arn:aws:securityhub:${subject.region}::productv2/aws/${of.product}`, vendor_name: 'AWS' },
    },
    resources: [
      {
        uid: subject.resource.type === 'AwsAccount' ? subject.accountId : subject.resource.name,
        type: cloudFormationType(subject.resource.type),
        region: subject.region,
        owner: { account: { uid: subject.accountId } },
      },
    ],
    severity: TITLE_CASE[state.severity],
    severity_id: SEVERITY_ID[state.severity],
    status,
    status_id: statusId,
    ...(state.note ? { comment: state.note.text } : {}),
    time_dt: iso(state.updatedAt),
    vendor_attributes: { severity: TITLE_CASE[state.severity], severity_id: SEVERITY_ID[state.severity] },
  };
}

/** ASFF's names of the services that CloudFormation writes otherwise than with a capital. */
const SERVICES = ['S3', 'EC2', 'RDS', 'IAM', 'KMS', 'ECR', 'ECS', 'EKS', 'DMS', 'MSK', 'SNS', 'SQS', 'SSM'];

/** `AwsEc2Instance` → `AWS::EC2::Instance`. */
function cloudFormationType(type: string): string {
  if (type === 'AwsAccount') return 'AWS::::Account';
  const [, service = '', name = ''] = /^Aws([A-Z][a-z0-9]+)(.+)$/.exec(type) ?? [];
  const known = SERVICES.find((each) => each.toLowerCase() === service.toLowerCase());
  return service && name ? `AWS::${known ?? service}::${name.replace(/^Db/, 'DB')}` : type;
}
