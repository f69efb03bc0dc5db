/** Security Hub: findings of both generations, over those of the events, and the administrator's side (hub-administration.ts). */
import { lowerFirst } from '../protocol/aws-json';
import { regionOf, restFailure, restReply, unknownRoute } from '../protocol/aws-rest';
import { ADMINISTRATION_ROUTES, createHubAdministration, invalid } from './hub-administration';
import { batchImport, importerOf } from './batch-import';
import type { Importer } from './finding-life';
import { type HubFindings, pathValue } from './hub-findings';
import { page } from '../protocol/page';
import { isObject, type JsonObject, objects, type Service, ServiceError, strings, text } from '../protocol/wire';

const ROUTES: Record<string, string> = {
  ...ADMINISTRATION_ROUTES,
  'POST /findings': 'GetFindings',
  'POST /findings/import': 'BatchImportFindings',
  'PATCH /findings/batchupdate': 'BatchUpdateFindings',
  'POST /findingsv2': 'GetFindingsV2',
  'PATCH /findingsv2/batchupdatev2': 'BatchUpdateFindingsV2',
};

export type SecurityHubStandIn = ReturnType<typeof createSecurityHub>;

/**
 * `updated` is told each finding that BatchUpdateFindings changed, `imported` each that BatchImportFindings made or changed:
 * Security Hub emits an event for it.
 */
export function createSecurityHub(
  findings: HubFindings,
  updated: (finding: JsonObject) => void = () => {},
  imported: (finding: JsonObject) => void = () => {},
) {
  const refused = new Map<string, string>();
  const administration = createHubAdministration();
  const operations: Record<string, (body: JsonObject, region: string, importer: Importer) => JsonObject> = {
    ...administration.operations,
    getFindings: (body) => page(findings.asff().filter(asffFilter(body)), 'Findings', body, 100),
    batchImportFindings: batchImport(findings, imported),
    batchUpdateFindings: (body) => batchUpdate(body),
    getFindingsV2: (body) => page(findings.ocsf().filter(ocsfFilter(body)), 'Findings', body, 100),
    batchUpdateFindingsV2: (body) => batchUpdateV2(body),
  };

  function batchUpdate(body: JsonObject): JsonObject {
    const identifiers = limited(objects(body.FindingIdentifiers), 'FindingIdentifiers');
    const note = isObject(body.Note) ? body.Note : undefined;
    if (text(note?.Text).length > 512) throw invalid('Note.Text has more than 512 characters.');
    if (note && !text(note.UpdatedBy)) throw invalid('Note.UpdatedBy is required.');
    const UnprocessedFindings: JsonObject[] = [];
    const ProcessedFindings = identifiers.filter((identifier) => {
      const found = findings.findAsff(identifier.Id, identifier.ProductArn);
      const ErrorCode = refused.get(text(identifier.Id)) ?? (found.length > 0 ? undefined : 'FindingNotFound');
      if (ErrorCode) {
        UnprocessedFindings.push({ FindingIdentifier: identifier, ErrorCode, ErrorMessage: `${ErrorCode}: the finding was not updated.` });
        return false;
      }
      // UpdatedAt stays: that is what BatchUpdateFindings does.
      for (const finding of found) {
        if (isObject(body.Workflow)) finding.Workflow = { ...body.Workflow };
        if (note) finding.Note = { ...note };
        if (isObject(body.UserDefinedFields)) finding.UserDefinedFields = { ...body.UserDefinedFields };
        findings.keep(finding);
        updated(finding);
      }
      return true;
    });
    return { ProcessedFindings, UnprocessedFindings };
  }

  function batchUpdateV2(body: JsonObject): JsonObject {
    const byUid = strings(body.MetadataUids).map((MetadataUid) => ({
      MetadataUid,
      finding: findings.findOcsf({ metadataUid: MetadataUid }),
    }));
    const byParts = objects(body.FindingIdentifiers).map((FindingIdentifier) => ({
      FindingIdentifier,
      finding: findings.findOcsf({
        account: FindingIdentifier.CloudAccountUid,
        finding: FindingIdentifier.FindingInfoUid,
        product: FindingIdentifier.MetadataProductUid,
      }),
    }));
    if (byUid.length > 0 && byParts.length > 0) throw invalid('Give either MetadataUids or FindingIdentifiers, not both.');
    if (text(body.Comment).length > 512) throw invalid('Comment has more than 512 characters.');
    const ProcessedFindings: JsonObject[] = [];
    const UnprocessedFindings: JsonObject[] = [];
    for (const { finding, ...reference } of limited([...byUid, ...byParts], 'MetadataUids or FindingIdentifiers')) {
      const ErrorCode =
        refused.get(text(finding && pathValue(finding, 'finding_info.uid'))) ?? (finding ? undefined : 'ResourceNotFoundException');
      if (ErrorCode || !finding) {
        UnprocessedFindings.push({ ...reference, ErrorCode, ErrorMessage: `${ErrorCode}: the finding was not updated.` });
        continue;
      }
      if (typeof body.StatusId === 'number')
        Object.assign(finding, { status_id: body.StatusId, status: STATUS[body.StatusId] ?? 'Unknown' });
      if (typeof body.Comment === 'string') finding.comment = body.Comment;
      findings.keep(finding);
      updated(finding);
      ProcessedFindings.push(reference);
    }
    return { ProcessedFindings, UnprocessedFindings };
  }

  const service: Service = {
    name: 'securityhub',
    failures: {
      refused: new ServiceError('AccessDeniedException', 'User is not authorized to perform this operation.', 403),
      throttled: new ServiceError('TooManyRequestsException', 'Too Many Requests', 429),
      'error-500': new ServiceError('InternalException', 'Internal server error.', 500),
    },
    read({ method, path, query, body }) {
      const operation = ROUTES[`${method} ${path}`];
      if (!operation) throw unknownRoute('securityhub', method, path);
      const parsed: unknown = body === '' ? {} : JSON.parse(body);
      return { operation, body: { ...Object.fromEntries(new URLSearchParams(query)), ...(isObject(parsed) ? parsed : {}) } };
    },
    answer: (call, request) => restReply(operations[lowerFirst(call.operation)]?.(call.body, regionOf(request), importerOf(request)) ?? {}),
    failure: restFailure,
  };
  return {
    findings,
    administration,
    /** From now on this finding's updates come back as unprocessed; without a code they work again. */
    refuseUpdate(findingId: string, errorCode?: string): void {
      if (errorCode === undefined) refused.delete(findingId);
      else refused.set(findingId, errorCode);
    },
    service,
  };
}

/** OCSF status ids of findings: https://schema.ocsf.io/ (status_id of the Findings category). */
const STATUS: Record<number, string> = { 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved', 5: 'Archived', 99: 'Other' };

/** 1 to 100 a call. */
function limited<T>(entries: T[], name: string): T[] {
  if (entries.length < 1 || entries.length > 100) throw invalid(`${name} must have 1 to 100 entries, not ${entries.length}.`);
  return entries;
}

/** String filters of one attribute are alternatives, those of different attributes all hold; at most 20 values each. */
function asffFilter(body: JsonObject): (finding: JsonObject) => boolean {
  const filters = Object.entries(isObject(body.Filters) ? body.Filters : {}).map(([name, values]) => ({
    name,
    values: objects(values),
    equal: new Set(objects(values).flatMap(({ Comparison, Value }) => (Comparison === 'EQUALS' ? [text(Value)] : []))),
  }));
  for (const { name, values } of filters) {
    if (values.length > 20) throw invalid(`Filters.${name} has more than 20 values.`);
    if (!ASFF_FILTERS[name]) throw invalid(`The local securityhub has no filter ${name}.`);
  }
  return (finding) =>
    filters.every(({ name, values, equal }) => {
      const value = pathValue(finding, ASFF_FILTERS[name] ?? '');
      return equal.has(text(value)) || values.some((filter) => filter.Comparison !== 'EQUALS' && matches(value, filter));
    });
}

/** Filter names and where the finding has the value. */
const ASFF_FILTERS: Record<string, string> = {
  Id: 'Id',
  ProductArn: 'ProductArn',
  AwsAccountId: 'AwsAccountId',
  Region: 'Region',
  GeneratorId: 'GeneratorId',
  RecordState: 'RecordState',
  SeverityLabel: 'Severity.Label',
  WorkflowStatus: 'Workflow.Status',
  ComplianceStatus: 'Compliance.Status',
};

function ocsfFilter(body: JsonObject): (finding: JsonObject) => boolean {
  const filters = isObject(body.Filters) ? body.Filters : {};
  const composites = objects(filters.CompositeFilters).map((composite) => ({
    operator: composite.Operator,
    tests: objects(composite.StringFilters).map((filter) => (finding: JsonObject) => {
      return isObject(filter.Filter) && matches(pathValue(finding, text(filter.FieldName)), filter.Filter);
    }),
  }));
  const holds = (operator: unknown, results: boolean[]) => (operator === 'OR' ? results.some(Boolean) : results.every(Boolean));
  return (finding) =>
    holds(
      filters.CompositeOperator,
      composites.map(({ operator, tests }) =>
        holds(
          operator,
          tests.map((test) => test(finding)),
        ),
      ),
    );
}

function matches(value: unknown, filter: JsonObject): boolean {
  const actual = text(value);
  const wanted = text(filter.Value);
  if (filter.Comparison === 'EQUALS') return actual === wanted;
  if (filter.Comparison === 'PREFIX') return actual.startsWith(wanted);
  if (filter.Comparison === 'NOT_EQUALS') return actual !== wanted;
  throw invalid(`The local securityhub has no comparison ${String(filter.Comparison)}.`);
}
