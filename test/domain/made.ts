/** Rows, views and renderings as the ledger would give them, made for tests. */
import type { Receiver, Settings } from '../../config/schema';
import { checkBriefing } from '../../handlers/domain/interpretation/briefing';
import type { Finding } from '../../handlers/domain/finding/finding';
import type { Rendering } from '../../handlers/domain/message/rendering';
import type { Owner } from '../../config/routing/owner';
import type { TaggedOwner } from '../../config/routing/owner-tags';
import type { Report } from '../../handlers/domain/finding/report';
import { fold, NEW_PROBLEM } from '../../handlers/domain/problem/fold';
import { type Member, memberOf } from '../../handlers/domain/problem/member';
import { placed } from '../../handlers/domain/problem/ranking';
import type { ProblemRow, StateRow, Told } from '../../handlers/domain/problem/problem-row';
import type { FindingRow, TextRow } from '../../handlers/domain/problem/rows';
import { count, weekAfter } from '../../handlers/domain/problem/sums';
import { toldAt } from '../../handlers/domain/problem/told';
import { type ProblemView, viewOf } from '../../handlers/domain/problem/view';
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

/** A resource, with the findings that report it by any key. */
export interface Reported {
  memberId: string;
  owner: Owner;
  taggedOwner?: TaggedOwner;
  region: string;
  resource: Finding['resources'][number];
  reports: Record<string, Report>;
  routePath: string[];
  addedAt: number;
  seenAt: number;
}

export function member(id: string, changes: Partial<Reported> = {}): Reported {
  return {
    memberId: id,
    owner: owner(),
    region: 'ap-northeast-1',
    resource: { type: 'AwsS3Bucket', id: `arn:aws:s3:::${id}`, name: id, region: 'ap-northeast-1' },
    reports: { r1: report() },
    routePath: ['Workloads/Prod'],
    addedAt: NOW,
    seenAt: NOW,
    ...changes,
  };
}

/** As its findings' rows make it. */
export function memberFrom(reported: Reported, since = 0): Member {
  const { memberId, reports, routePath, ...told } = reported;
  const rows = Object.values(reports).map(
    (each): FindingRow => ({
      report: each,
      fingerprint: 'f',
      memberId,
      receivers: ['workloads'],
      changes: 1,
      told: { ...told, ownerAt: NOW, routePaths: { workloads: routePath } },
    }),
  );
  const made = memberOf(memberId, rows, { receiver: 'workloads', fingerprint: 'f' }, since);
  if (!made) throw new Error('a member without findings');
  return made;
}

const LEDGER_DAYS = 400;

const isWhole = (told: Partial<Told>): told is Told => told.open !== undefined && told.severity !== undefined;

/** A problem of these members. @param told what was told of some of them, by id: as a whole, or in what it differs from how they stand. */
export function problemOf(
  all: readonly Reported[],
  { since = 0, told = {} }: { since?: number; told?: Record<string, Partial<Told>> } = {},
): ProblemRow {
  const members = all.map((each) => memberFrom(each, since));
  const before: ProblemRow = structuredClone({ ...NEW_PROBLEM, generationAt: since, fold: 1 });
  for (const each of members) {
    const known = told[each.id];
    if (!known) continue;
    const week = each.open ? undefined : weekAfter((each.closedAt ?? 0) + LEDGER_DAYS * 24 * HOUR);
    const state: StateRow = { member: each, findings: [], fold: 1, since: 1, chapter: since, ...(week === undefined ? {} : { week }) };
    state.base = isWhole(known) ? known : { ...(toldAt(state, { told: 1, shown: 1, edited: 1 }) as Told), ...known };
    count(before.sums, each, week, 1, 0);
    before.worst = placed(before.worst, each.id, each);
    before.log[each.id] = state;
  }
  const changes = members.map((each) => ({ member: each, findings: [], before: before.log[each.id] }));
  return fold(before, changes, { now: NOW, ledgerDays: LEDGER_DAYS });
}

/** @throws Error where no member is left to tell of. */
export function viewed(problem: ProblemRow, now = NOW): ProblemView {
  const view = viewOf(problem, new Map(Object.entries(problem.log)), new Map(), now);
  if (!view) throw new Error('no member is left to tell of');
  return view;
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

export function rendering(all: readonly Reported[], changes: Partial<Rendering> = {}, now = NOW): Rendering {
  const view = viewed(problemOf(all), now);
  return { view, now, text, receiver, settings, briefing, model: settings.model.profiles?.[0], interpretationMayCome: false, ...changes };
}

export function header(changes: Partial<ProblemRow> = {}): ProblemRow {
  return {
    ...NEW_PROBLEM,
    message: { channel: 'C0WORKLD001', ts: '1.000001', postedAt: NOW },
    lastUpdateAt: NOW,
    lastReplyAt: NOW,
    listed: true,
    confirmed: 1,
    ...changes,
  };
}
