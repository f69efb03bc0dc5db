/**
 * Reads an AWS Security Finding Format finding (Security Hub CSPM).
 * Permissive about what ASFF adds, exact about what is needed to tell somebody.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html
 */
import { configurationOfAsff } from './configuration';
import { accessOfAsff } from './access';
import { controlIdIn, titleOf } from './control-title';
import { NOTED_BY } from '../../../config/note';
import { UNTITLED } from './finding';
import type { Compliance, Finding, Particulars, Resource, Severity, Workflow } from './finding';
import { productOf } from './product';
import { at, InvalidFinding, type Json, list, number, object, text, time } from '../text/reading';
import { dataOfAsff } from './sensitive-data';
import { reachOfAsff } from './reach';
import { threatOfAsff } from './threat-asff';
import { launchedBy, resourceType, typeOfId } from './resource';
import { originOf } from './origin';
import { tagsOfAsff, tagsTogether } from './tags';
import { nameInDetails, readersName } from './names';
import { placeOfAsff, regionOf } from './cloud';
import { vulnerabilitiesOfAsff } from './vulnerabilities';
import { severityNamed, severityOfNormalized } from './severity';
import { ownType } from './threat-type';
import { typesIn } from './types';

const WORKFLOWS = new Set<string>(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']);
const COMPLIANCES = new Set<string>(['PASSED', 'FAILED', 'WARNING', 'NOT_AVAILABLE']);

/**
 * @param raw one element of `detail.findings`.
 * @throws InvalidFinding where the id, the product, the account or the severity cannot be told.
 */
export function parseAsff(raw: unknown): Finding {
  const finding = object(raw);
  const id = text(finding.Id);
  if (!id) throw new InvalidFinding('Id is missing: this is not an ASFF finding');
  const productArn = text(finding.ProductArn);
  if (!productArn)
    throw new InvalidFinding('ProductArn is missing: without it neither the product nor the finding can be named to Security Hub');
  const awsAccountId = text(finding.AwsAccountId);
  if (!awsAccountId || !/^\d{12}$/.test(awsAccountId))
    throw new InvalidFinding('AwsAccountId is not a 12-digit account id: the finding has no owner');
  const severity = severityOf(finding);
  if (!severity) throw new InvalidFinding('Severity has neither a known Label nor a Normalized value, nor has FindingProviderFields');

  const { provenance, product, kind } = productOf(productArn);
  const region = regionOf(text(finding.Region), productArn, at(list(finding.Resources)[0], 'Region'));
  const believed = provenance === 'aws';
  const resources = list(finding.Resources).map((resource) => resourceOf(resource, region, believed));
  const { accountId, cloud } = placeOfAsff(list(finding.Resources)[0], awsAccountId);
  const types = typesIn(list(finding.Types ?? at(finding, 'FindingProviderFields', 'Types')));
  const generatorId = text(finding.GeneratorId) ?? '';
  const controlId = kind === 'control' ? controlIdOf(finding, generatorId) : undefined;
  const updatedAt =
    time(finding.UpdatedAt) ?? time(finding.LastObservedAt) ?? time(finding.CreatedAt) ?? time(finding.FirstObservedAt) ?? 0;
  const createdAt = time(finding.CreatedAt) ?? time(finding.FirstObservedAt) ?? updatedAt;
  const compliance = text(at(finding, 'Compliance', 'Status'));
  return {
    format: 'asff',
    id,
    productArn,
    provenance,
    product,
    kind,
    accountId,
    ...(cloud ? { cloud } : {}),
    accountName: text(finding.AwsAccountName),
    region: region || 'unknown',
    severity,
    workflow: workflowOf(finding),
    recordState: text(finding.RecordState) === 'ARCHIVED' ? 'ARCHIVED' : 'ACTIVE',
    compliance: compliance && COMPLIANCES.has(compliance) ? (compliance as Compliance) : undefined,
    sample: finding.Sample === true || sampleOfGuardDuty(finding, kind),
    note: noteOf(finding),
    title: titleOf(text(finding.Title), controlId) ?? (ownType({ kind, types }) || generatorId || UNTITLED),
    description: text(finding.Description) ?? '',
    remediation: remediationOf(finding),
    types,
    generatorId,
    controlId,
    resources: [resources[0] ?? accountResource(accountId, region), ...resources.slice(1)],
    ...(believed ? { resourceTags: tagsTogether(list(finding.Resources).map((resource) => tagsOfAsff(at(resource, 'Tags')))) } : {}),
    firstObservedAt: time(finding.FirstObservedAt) ?? createdAt,
    createdAt,
    updatedAt,
    particulars: particularsOf(finding, kind, types),
  };
}

/**
 * GuardDuty marks its samples in the service block too, and captures of 2020 have only that; their titles begin with [SAMPLE],
 * and nothing that GuardDuty would name first in a title may have brackets in its name.
 * https://docs.aws.amazon.com/guardduty/latest/ug/sample_findings.html
 */
function sampleOfGuardDuty(finding: Json, kind: Finding['kind']): boolean {
  const mark = text(at(finding, 'ProductFields', 'aws/guardduty/service/additionalInfo/sample'));
  return kind === 'guardduty' && (mark === 'true' || text(finding.Title)?.startsWith('[SAMPLE]') === true);
}

function severityOf(finding: Json): Severity | undefined {
  for (const severity of [finding.Severity, at(finding, 'FindingProviderFields', 'Severity')]) {
    const label = severityNamed(text(at(severity, 'Label'))) ?? severityOfNormalized(number(at(severity, 'Normalized')));
    if (label) return label;
  }
  return undefined;
}

function workflowOf(finding: Json): Workflow {
  const status = text(at(finding, 'Workflow', 'Status'));
  return status && WORKFLOWS.has(status) ? (status as Workflow) : 'NEW';
}

/** At most 512 characters in Security Hub. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Note.html */
function noteOf(finding: Json): Finding['note'] {
  const words = text(at(finding, 'Note', 'Text'))?.slice(0, 512);
  const author = text(at(finding, 'Note', 'UpdatedBy'))?.slice(0, 128);
  return words && author !== NOTED_BY ? { text: words, ...(author ? { author } : {}) } : undefined;
}

function resourceOf(raw: unknown, region: string, believed: boolean): Resource {
  const id = text(at(raw, 'Id')) ?? 'unknown';
  const named = resourceType(text(at(raw, 'Type')) ?? 'Other');
  const type = typeOfId(id, named) ?? named;
  const tags = tagsOfAsff(at(raw, 'Tags'));
  const launched = launchedBy(tags);
  const origin = believed ? originOf(tags) : undefined;
  return {
    id,
    name: calledOf(at(raw, 'Details')) ?? readersName(id, nameInDetails(type, at(raw, 'Details'), tags)),
    type,
    region: text(at(raw, 'Region')) ?? region,
    ...(launched ? { launchedBy: launched } : {}),
    ...(origin ? { origin } : {}),
  };
}

/** What has no name in its id: whose a key is, and a container. */
function calledOf(details: unknown): string | undefined {
  const key = at(details, 'AwsIamAccessKey');
  return text(at(key, 'UserName')) ?? text(at(key, 'PrincipalName')) ?? text(at(details, 'Container', 'Name'));
}

function accountResource(accountId: string, region: string): Resource {
  return { id: `AWS::::Account:${accountId}`, name: accountId, type: 'AwsAccount', region };
}

/** Consolidated findings have a security control id; older ones the id of their standard, or its rule in the generator’s id. */
function controlIdOf(finding: Json, generatorId: string): string | undefined {
  const id = controlIdIn(at(finding, 'Compliance', 'SecurityControlId')) ?? controlIdIn(at(finding, 'ProductFields', 'ControlId'));
  if (id) return id;
  const [, its] = /(?:^security-control|\/v\/[\d.]+)\/([A-Za-z][A-Za-z0-9]*\.[\w.]+)$/.exec(generatorId) ?? [];
  const [, number] = /cis-aws-foundations-benchmark\/v\/[\d.]+\/(?:rule\/)?(\d+(?:\.\d+)*)$/.exec(generatorId) ?? [];
  return its ?? (number && `CIS.${number}`);
}

function remediationOf(finding: Json): Finding['remediation'] {
  const recommendation = at(finding, 'Remediation', 'Recommendation');
  const remediation = { text: text(at(recommendation, 'Text')), url: text(at(recommendation, 'Url')) };
  return remediation.text || remediation.url ? remediation : undefined;
}

function particularsOf(finding: Json, kind: Finding['kind'], types: readonly string[]): Particulars {
  switch (kind) {
    case 'control':
      return {
        parameters: Object.fromEntries(
          list(at(finding, 'Compliance', 'SecurityControlParameters')).flatMap((parameter) => {
            const name = text(at(parameter, 'Name'));
            return name ? [[name, plainValues(at(parameter, 'Value')).join(', ')]] : [];
          }),
        ),
        statusReasons: list(at(finding, 'Compliance', 'StatusReasons')).flatMap((reason) => text(at(reason, 'ReasonCode')) ?? []),
        configuration: configurationOfAsff(finding),
      };
    case 'guardduty':
      return { threat: threatOfAsff(finding) };
    case 'macie':
      return { data: dataOfAsff(finding) };
    case 'access-analyzer':
      return { access: accessOfAsff(finding) };
    case 'inspector':
      return { vulnerabilities: vulnerabilitiesOfAsff(finding, types), reach: reachOfAsff(finding) };
    default:
      return { vulnerabilities: vulnerabilitiesOfAsff(finding, types) };
  }
}

/** Of an object String() would say nothing, or throw where its toString is a value. */
function plainValues(value: unknown): string[] {
  return list(value).flatMap((each) => (typeof each === 'object' ? [] : [String(each)]));
}
