/**
 * BatchImportFindings: who may import, what a second import changes, and what it may not touch.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html
 */
import { isObject, type JsonObject, objects, ServiceError, text, type WireRequest } from '../protocol/wire';
import { type Importer, importIgnored, importRefusal, resets } from './finding-life';
import { type HubFindings, stateOf } from './hub-findings';

/** "The maximum allowed size for a finding is 240 Kb." */
const MAX_FINDING_BYTES = 240 * 1024;
const MAX_FINDINGS = 100;
const REQUIRED = ['AwsAccountId', 'CreatedAt', 'Description', 'GeneratorId', 'Id', 'ProductArn', 'SchemaVersion', 'Title', 'UpdatedAt'];
/** People's: an importer's second word on them is ignored. */
const NOT_UPDATED = ['Note', 'UserDefinedFields', 'VerificationState', 'Workflow'];
/** An importer's place for these is FindingProviderFields; what stands in one place only is copied to the other. */
const PROVIDED = ['Confidence', 'Criticality', 'RelatedFindings', 'Severity', 'Types'];

/** Who calls: 12 digits as access key id are that account, `partner` is one on AWS's list, anything else a service of AWS. */
export function importerOf({ headers }: WireRequest): Importer {
  const key = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
  if (/^\d{12}$/.test(key)) return { by: 'account', account: key };
  return { by: key === 'partner' ? 'partner' : 'aws' };
}

/** @param emit takes each finding that was created or updated: an event tells of it. */
export function batchImport(findings: HubFindings, emit: (finding: JsonObject) => void) {
  return (body: JsonObject, region: string, importer: Importer): JsonObject => {
    const sent = objects(body.Findings);
    if (sent.length < 1 || sent.length > MAX_FINDINGS)
      throw new ServiceError('InvalidInputException', `Findings must have 1 to ${MAX_FINDINGS} entries, not ${sent.length}.`, 400);
    const FailedFindings: JsonObject[] = [];
    for (const finding of sent) {
      const failure = refusal(finding, importer);
      if (failure) {
        FailedFindings.push({ Id: text(finding.Id), ...failure });
        continue;
      }
      const next = imported(findings.same(finding), finding, region, findings.now());
      if (!next) continue;
      findings.keep(next);
      emit(next);
    }
    return { FailedCount: FailedFindings.length, SuccessCount: sent.length - FailedFindings.length, FailedFindings };
  };
}

function refusal(finding: JsonObject, importer: Importer): { ErrorCode: string; ErrorMessage: string } | undefined {
  const missing = REQUIRED.filter((name) => !text(finding[name]));
  if (!objects(finding.Resources).length) missing.push('Resources');
  if (missing.length > 0) return { ErrorCode: 'InvalidInput', ErrorMessage: `Finding does not adhere to ASFF: ${missing.join(', ')}.` };
  if (Buffer.byteLength(JSON.stringify(finding)) > MAX_FINDING_BYTES)
    return { ErrorCode: 'InvalidInput', ErrorMessage: 'Finding is larger than 240 KB.' };
  const refused = importRefusal(importer, { accountId: text(finding.AwsAccountId), productArn: text(finding.ProductArn) });
  return refused === undefined ? undefined : { ErrorCode: 'InvalidAccess', ErrorMessage: refused };
}

/** The finding from now on; undefined: nothing changes, and nobody is told. Region and ProcessedAt are Security Hub's. */
function imported(held: JsonObject | undefined, sent: JsonObject, region: string, now: number): JsonObject | undefined {
  const timed = (finding: JsonObject) => ({ ...stateOf(finding), updatedAt: Date.parse(text(finding.UpdatedAt)) });
  if (held && importIgnored(timed(held), timed(sent))) return undefined;
  const next: JsonObject = {
    RecordState: 'ACTIVE',
    Workflow: { Status: 'NEW' },
    ...structuredClone(sent),
    Region: region,
    ProcessedAt: new Date(now).toISOString(),
  };
  provide(next, held === undefined);
  if (held) {
    for (const name of NOT_UPDATED) {
      if (held[name] === undefined) delete next[name];
      else next[name] = held[name];
    }
    if (resets(stateOf(held), stateOf(next))) next.Workflow = { Status: 'NEW' };
  }
  // Security Hub resolves its own control findings when they pass.
  const control = text(next.ProductArn).endsWith('product/aws/securityhub');
  if (control && stateOf(next).compliance === 'PASSED') next.Workflow = { Status: 'RESOLVED' };
  return next;
}

/** A new finding believes FindingProviderFields where both are there; an update keeps both. */
function provide(finding: JsonObject, created: boolean): void {
  const provided: JsonObject = isObject(finding.FindingProviderFields) ? finding.FindingProviderFields : {};
  for (const name of PROVIDED) {
    if (provided[name] === undefined && finding[name] !== undefined) provided[name] = finding[name];
    else if (provided[name] !== undefined && (created || finding[name] === undefined)) finding[name] = provided[name];
  }
  if (Object.keys(provided).length > 0) finding.FindingProviderFields = provided;
}
