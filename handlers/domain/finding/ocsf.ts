/**
 * Reads an OCSF finding as the new Security Hub sends it (`Findings Imported V2`).
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-ocsf-findings.html
 *
 * Real events lack `metadata.uid` at times (exposure findings) and have no record state.
 */
import { NOTED } from '../../../config/note';
import { type Compliance, type Finding, type Particulars, type Resource, type Severity, UNTITLED, type Workflow } from './finding';
import { accessSaid } from './access';
import { controlIdIn, titleOf } from './control-title';
import { productOf } from './product';
import { at, entryOf, InvalidFinding, type Json, list, number, object, text, time } from '../text/reading';
import { exposureOf } from './exposure';
import { reachOf } from './reach';
import { dataOfOcsf } from './sensitive-data';
import { threatOfOcsf } from './threat-ocsf';
import { readersName } from './names';
import { bucketOf, launchedBy, resourceType, typeOfId } from './resource';
import { ownType } from './threat-type';
import { typesIn } from './types';
import { placeOfOcsf, regionOf } from './cloud';
import { originOf } from './origin';
import { tagsOfOcsf, tagsTogether } from './tags';
import { vulnerabilitiesOfOcsf } from './vulnerabilities';

/** https://schema.ocsf.io/ severity_id: 6 (Fatal) is what others call critical. */
const SEVERITY_BY_ID: Record<number, Severity> = { 1: 'INFORMATIONAL', 2: 'LOW', 3: 'MEDIUM', 4: 'HIGH', 5: 'CRITICAL', 6: 'CRITICAL' };
const SEVERITY_BY_NAME: Record<string, Severity> = {
  informational: 'INFORMATIONAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  critical: 'CRITICAL',
  fatal: 'CRITICAL',
};
/** status_id 1 New, 2 In Progress, 3 Suppressed, 4 Resolved, 5 Archived, 6 Deleted. Somebody works on it: it has been notified. */
const WORKFLOW_BY_NAME: Record<string, Workflow> = {
  new: 'NEW',
  'in progress': 'NOTIFIED',
  notified: 'NOTIFIED',
  suppressed: 'SUPPRESSED',
  resolved: 'RESOLVED',
};
const WORKFLOW_BY_ID: Record<number, Workflow> = { 1: 'NEW', 2: 'NOTIFIED', 3: 'SUPPRESSED', 4: 'RESOLVED' };
/** Put away: neither open nor mended. */
const PUT_AWAY = new Set(['archived', 'deleted']);
const PUT_AWAY_IDS = new Set([5, 6]);
const COMPLIANCE: Record<string, Compliance> = {
  pass: 'PASSED',
  passed: 'PASSED',
  fail: 'FAILED',
  failed: 'FAILED',
  warning: 'WARNING',
  not_available: 'NOT_AVAILABLE',
  'not available': 'NOT_AVAILABLE',
};
/** https://schema.ocsf.io/ compliance.status_id. */
const COMPLIANCE_BY_ID: Record<number, Compliance> = { 1: 'PASSED', 2: 'WARNING', 3: 'FAILED' };
/** 0 Unknown, 99 Other (the source has a word of its own). */
const UNSAID = /^(?:unknown|other)$/;
const UNSAID_IDS = [0, 99];

export function looksLikeOcsf(raw: unknown): boolean {
  const finding = object(raw);
  return number(finding.class_uid) !== undefined || (finding.finding_info !== undefined && finding.metadata !== undefined);
}

/** @throws InvalidFinding where the id or the severity cannot be told. */
export function parseOcsf(raw: unknown): Finding {
  const finding = object(raw);
  const uid = text(at(finding, 'metadata', 'uid'));
  const id = uid ?? text(at(finding, 'finding_info', 'uid'));
  if (!id) throw new InvalidFinding('neither metadata.uid nor finding_info.uid is there: this is not an OCSF finding');
  const { accountId, cloud } = placeOfOcsf(finding.cloud, list(finding.resources)[0]);
  const severity = severityIn(finding) ?? severityIn(finding.vendor_attributes) ?? unrated(finding);
  if (!severity) throw new InvalidFinding('neither severity nor severity_id has a known value');

  const productArn = text(at(finding, 'metadata', 'product', 'uid')) ?? '';
  const { provenance, product, kind } = productOf(productArn);
  const region = regionOf(text(at(finding, 'cloud', 'region')), productArn, at(list(finding.resources)[0], 'region'));
  const believed = provenance === 'aws';
  const resources = [...bucketsOf(finding, region), ...list(finding.resources).map((resource) => resourceOf(resource, region, believed))];
  const info = object(finding.finding_info);
  const types = typesIn(list(info.types));
  const updatedAt = time(info.modified_time) ?? time(info.modified_time_dt) ?? time(finding.time) ?? time(finding.time_dt) ?? 0;
  const createdAt = time(info.created_time) ?? time(info.created_time_dt) ?? updatedAt;
  const controlId = kind === 'control' ? controlIdIn(at(finding, 'compliance', 'control')) : undefined;
  return {
    format: 'ocsf',
    id,
    ...(uid ? {} : { byFindingInfo: true as const }),
    infoId: text(info.uid),
    productArn,
    provenance,
    product,
    kind,
    accountId,
    ...(cloud ? { cloud } : {}),
    accountName: text(at(finding, 'cloud', 'account', 'name')),
    region: region || 'unknown',
    severity,
    ...statusOf(finding),
    compliance: complianceOf(finding.compliance, kind),
    sample: sampleOf(finding, kind, text(info.title)),
    note: noteOf(finding),
    title: titleOf(text(info.title), controlId) ?? (ownType({ kind, types }) || UNTITLED),
    description: text(info.desc) ?? '',
    remediation: remediationOf(finding),
    types,
    generatorId: text(at(info, 'analytic', 'uid')) ?? text(at(finding, 'metadata', 'event_code')) ?? '',
    controlId,
    resources: [resources[0] ?? { id: `AWS::::Account:${accountId}`, name: accountId, type: 'AwsAccount', region }, ...resources.slice(1)],
    ...(believed ? { resourceTags: tagsTogether(list(finding.resources).map((resource) => tagsOfOcsf(at(resource, 'tags')))) } : {}),
    firstObservedAt: time(info.first_seen_time) ?? time(info.first_seen_time_dt) ?? createdAt,
    createdAt,
    updatedAt,
    particulars: particularsOf(finding, kind, types, resources),
  };
}

function severityIn(rated: unknown): Severity | undefined {
  return entryOf(SEVERITY_BY_NAME, text(at(rated, 'severity'))?.toLowerCase()) ?? SEVERITY_BY_ID[number(at(rated, 'severity_id')) ?? -1];
}

/** OCSF's Unknown (0) and Other (99) rate nothing: such a finding is not told, but it can close what was. */
function unrated(finding: Json): Severity | undefined {
  const isUnrated = /^(?:unknown|other)$/i.test(text(finding.severity) ?? '') || [0, 99].includes(number(finding.severity_id) ?? -1);
  return isUnrated ? 'INFORMATIONAL' : undefined;
}

function statusOf(finding: Json): Pick<Finding, 'workflow' | 'recordState'> {
  const name = text(finding.status)?.toLowerCase() ?? '';
  const id = number(finding.status_id) ?? -1;
  return {
    workflow: entryOf(WORKFLOW_BY_NAME, name) ?? WORKFLOW_BY_ID[id] ?? 'NEW',
    recordState:
      PUT_AWAY.has(name) || (name === '' && PUT_AWAY_IDS.has(id)) || text(finding.activity_name) === 'Close' ? 'ARCHIVED' : 'ACTIVE',
  };
}

/** What BatchUpdateFindingsV2 calls Comment, at most 512 characters; it names no author. */
function noteOf(finding: Json): Finding['note'] {
  const words = text(finding.comment)?.slice(0, 512);
  return words && !words.startsWith(NOTED) ? { text: words } : undefined;
}

/** Of a control what is neither is what Security Hub calls NOT_AVAILABLE, which OCSF has no word for; of others it says nothing. */
function complianceOf(compliance: unknown, kind: Finding['kind']): Compliance | undefined {
  const status = text(at(compliance, 'status'))?.toLowerCase() ?? '';
  const id = number(at(compliance, 'status_id')) ?? -1;
  const said = entryOf(COMPLIANCE, status) ?? (UNSAID.test(status) ? undefined : COMPLIANCE_BY_ID[id]);
  return said ?? (kind === 'control' && (UNSAID.test(status) || UNSAID_IDS.includes(id)) ? 'NOT_AVAILABLE' : undefined);
}

/** In the console samples of GuardDuty carry [SAMPLE]; no page says which mark OCSF has. */
function sampleOf(finding: Json, kind: Finding['kind'], title: string | undefined): boolean {
  if (at(finding, 'unmapped', 'Sample') === true) return true;
  const sampleMark = at(finding, 'unmapped', 'aws/guardduty/service/additionalInfo/sample');
  return kind === 'guardduty' && (sampleMark === true || sampleMark === 'true' || title?.startsWith('[SAMPLE]') === true);
}

function resourceOf(raw: unknown, region: string, believed: boolean): Resource {
  // The ARN, as ASFF has it, stands in uid_alt where uid is a bare name; of the account it is that of a detector.
  const alternative = text(at(raw, 'uid_alt'));
  const uid = text(at(raw, 'uid'));
  const type = resourceType(text(at(raw, 'type')) ?? 'Other');
  const id = (type !== 'AwsAccount' && alternative?.startsWith('arn:') ? alternative : uid) ?? text(at(raw, 'name')) ?? 'unknown';
  const tags = tagsOfOcsf(at(raw, 'tags'));
  const launched = launchedBy(tags);
  const origin = believed ? originOf(tags) : undefined;
  return {
    id,
    name: calledOf(raw, type) ?? readersName(id, type === 'AwsAccount' ? undefined : text(at(raw, 'name'))),
    type: typeOfId(id, type) ?? type,
    region: text(at(raw, 'region')) ?? region,
    ...(launched ? { launchedBy: launched } : {}),
    ...(origin ? { origin } : {}),
  };
}

/** What has no name in its id: whose a key is, and a container. */
function calledOf(raw: unknown, type: string): string | undefined {
  if (type === 'Container') return text(at(raw, 'name'));
  if (type !== 'AwsIamAccessKey') return undefined;
  return text(at(raw, 'user', 'name')) ?? text(at(raw, 'data', 'user_name')) ?? text(at(raw, 'name'));
}

/** The bucket of what Macie found stands beside the resources, where they name objects; ASFF names it before them. */
function bucketsOf(finding: Json, region: string): Resource[] {
  const name = text(at(finding, 'databucket', 'name'));
  const named = list(finding.resources).some((resource) => resourceType(text(at(resource, 'type')) ?? '') === 'AwsS3Bucket');
  return name && !named ? [{ id: text(at(finding, 'databucket', 'uid')) ?? name, name, type: 'AwsS3Bucket', region }] : [];
}

function remediationOf(finding: Json): Finding['remediation'] {
  const url = list(at(finding, 'remediation', 'references')).find((reference) => /^https:\/\//.test(text(reference) ?? ''));
  const remediation = { text: text(at(finding, 'remediation', 'desc')), url: text(url) };
  return remediation.text || remediation.url ? remediation : undefined;
}

function particularsOf(finding: Json, kind: Finding['kind'], types: readonly string[], resources: readonly Resource[]): Particulars {
  if (kind === 'control') {
    // Captured events name the codes among the assessments.
    const assessments = list(at(finding, 'compliance', 'assessments')).map((assessment) => at(assessment, 'name'));
    const reasons = [at(finding, 'compliance', 'status_code'), ...list(at(finding, 'compliance', 'status_details')), ...assessments];
    return { statusReasons: reasons.flatMap((reason) => text(reason) ?? []) };
  }
  if (kind === 'guardduty') return { threat: threatOfOcsf(finding) };
  if (kind === 'macie') return { data: dataOfOcsf(finding, types, bucketOf(resources)) };
  if (kind === 'exposure') return { exposure: exposureOf(finding) };
  if (kind === 'access-analyzer') return { access: accessSaid(at(finding, 'finding_info', 'desc'), at(finding, 'finding_info', 'title')) };
  if (kind === 'inspector')
    return { vulnerabilities: vulnerabilitiesOfOcsf(finding), reach: reachOf(text(at(finding, 'finding_info', 'title'))) };
  return { vulnerabilities: vulnerabilitiesOfOcsf(finding) };
}
