/** Rows, views and renderings as the ledger would give them, made for tests. */
import type { Receiver, Settings } from '../../config/schema';
import { checkBriefing } from '../../handlers/domain/interpretation/briefing';
import type { Finding } from '../../handlers/domain/finding/finding';
import type { Rendering } from '../../handlers/domain/message/message';
import type { Owner } from '../../config/routing/owner';
import type { Report } from '../../handlers/domain/finding/report';
import type { HeaderRow, MemberRow, TextRow } from '../../handlers/domain/problem/rows';
import { viewOf } from '../../handlers/domain/problem/view';
import { config } from '../world/config';
import { BRIEFS } from './interpretation/briefs';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** 21 Nov 2026 09:14 in Tokyo. */
export const NOW = Date.UTC(2026, 10, 21, 0, 14);

export const settings: Settings = { ...config().settings, accessPortal: 'https://acme.awsapps.com/start' };

export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    format: 'asff',
    id: 'arn:aws:securityhub:ap-northeast-1:555555555555:security-control/S3.2/finding/1',
    productArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
    provenance: 'aws',
    kind: 'control',
    product: 'aws/securityhub',
    accountId: '555555555555',
    region: 'ap-northeast-1',
    severity: 'CRITICAL',
    workflow: 'NEW',
    recordState: 'ACTIVE',
    compliance: 'FAILED',
    sample: false,
    title: 'S3 general purpose buckets should block public read access',
    description: 'This control checks whether a bucket permits public read access.',
    types: ['Software and Configuration Checks/AWS Security Best Practices'],
    generatorId: 'security-control/S3.2',
    controlId: 'S3.2',
    resources: [{ type: 'AwsS3Bucket', id: 'arn:aws:s3:::invoices-2026', name: 'invoices-2026', region: 'ap-northeast-1' }],
    firstObservedAt: NOW - HOUR,
    createdAt: NOW - HOUR,
    updatedAt: NOW,
    particulars: {},
    ...changes,
  };
}

export function owner(changes: Partial<Owner> = {}): Owner {
  return {
    accountId: '555555555555',
    accountName: 'payments-prod',
    ouPath: [
      { id: 'ou-ab12-wkld0001', name: 'Workloads' },
      { id: 'ou-ab12-prod0001', name: 'Prod' },
    ],
    tags: { team: 'payments', env: 'prod' },
    knowledge: 'fresh',
    ...changes,
  };
}

export function report(changes: Partial<Report> = {}): Report {
  return {
    id: 'arn:aws:securityhub:ap-northeast-1:555555555555:security-control/S3.2/finding/1',
    productArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
    format: 'asff',
    accountId: '555555555555',
    region: 'ap-northeast-1',
    latest: { revision: [NOW, NOW, 'e1'], status: 'open', workflow: 'NEW' },
    open: { revision: [NOW, NOW, 'e1'], severity: 'CRITICAL', firstObservedAt: NOW - HOUR },
    episodes: [NOW - HOUR],
    admitted: true,
    textKey: 'text',
    ...changes,
  };
}

export function closed(at: number, changes: Partial<Report> = {}): Report {
  return report({ latest: { revision: [at, at, 'e2'], status: 'resolved', workflow: 'RESOLVED', closedAt: at }, ...changes });
}

export function member(id: string, changes: Partial<MemberRow> = {}): MemberRow {
  return {
    memberId: id,
    owner: owner(),
    region: 'ap-northeast-1',
    resource: { type: 'AwsS3Bucket', id: `arn:aws:s3:::${id}`, name: id, region: 'ap-northeast-1' },
    otherResources: 0,
    reports: { r1: report() },
    dropped: 0,
    routePath: ['Workloads/Prod'],
    addedAt: NOW,
    seenAt: NOW,
    receivers: ['workloads'],
    ...changes,
  };
}

export const text: TextRow = {
  kind: 'control',
  product: 'aws/securityhub',
  title: 'S3 general purpose buckets should block public read access',
  description: 'This control checks whether a bucket permits public read access.',
  remediation: { text: 'Consult the guide.', url: 'https://docs.aws.amazon.com/console/securityhub/S3.2/remediation' },
  controlId: 'S3.2',
  types: ['Software and Configuration Checks/AWS Security Best Practices'],
  brief: BRIEFS.publicBucket.brief,
};

export const receiver: Receiver & { name: string } = {
  name: 'workloads',
  channel: 'C0WORKLD001',
  language: 'en',
  securityAccountAccess: false,
  mentions: { CRITICAL: ['U0ONCALL01', 'S0ONCALL01'] },
};

export const briefing = checkBriefing(
  { summary: 'Anyone may read it.', impact: 'It can be copied.', actions: ['Ask the owner.', 'Close it.'] },
  BRIEFS.publicBucket.brief,
  'CRITICAL',
  'en',
);

export function rendering(rows: MemberRow[], changes: Partial<Rendering> = {}, now = NOW): Rendering {
  const view = viewOf(rows, 0, now);
  if (!view) throw new Error('no member is left to tell of');
  return { view, text, receiver, settings, briefing, model: settings.model.profile, interpretationMayCome: false, ...changes };
}

export function header(changes: Partial<HeaderRow> = {}): HeaderRow {
  return {
    generation: 0,
    generationAt: 0,
    message: { channel: 'C0WORKLD001', ts: '1.000001', postedAt: NOW },
    lastUpdateAt: NOW,
    lastReplyAt: NOW,
    lastBroadcastAt: 0,
    listed: true,
    confirmed: 1,
    writeBackPending: false,
    coveredThrough: 0,
    ...changes,
  };
}
