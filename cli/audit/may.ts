/**
 * Whether a role may do something to findings: as far as its own statements say. What cannot be judged here counts as allowed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
import { NOTED, NOTED_BY } from '../../config/note';
import type { AuditedRole, Condition, Right } from './rights';

/** Of BatchUpdateFindings: the field, as a condition key, and the value it is set to. */
export interface Update {
  key: string;
  value: string;
}

/** An Allow is needed, and no explicit Deny on all that it is on. */
export function may({ rights }: Pick<AuditedRole, 'rights'>, action: string, update?: Update): boolean {
  const its = rights.filter((right) => covers(right, action));
  const denials = its.filter((right) => right.effect === 'Deny' && applies(right, update, false));
  const allows = its.filter((right) => right.effect === 'Allow' && applies(right, update, true));
  return allows.some((allow) => !denials.some((denial) => isOnAllOf(denial, allow)));
}

/** What a right is not about, it is about none of. */
function covers({ actions }: Right, action: string): boolean {
  const inverted = actions.some((pattern) => pattern.startsWith('all but '));
  return inverted ? actions.every((pattern) => fits(pattern, action)) : actions.some((pattern) => fits(pattern, action));
}

function isOnAllOf(denial: Right, allow: Right): boolean {
  return allow.resources.every(({ text }) => denial.resources.some((each) => patternOf(each.text).test(text)));
}

/** IAM's actions know no difference of upper and lower case. */
export function fits(pattern: string, action: string): boolean {
  if (pattern.startsWith('all but ')) return !fits(pattern.slice('all but '.length), action);
  return patternOf(pattern, 'i').test(action);
}

/** Of IAM: * for any characters, ? for one. */
function patternOf(pattern: string, flags = ''): RegExp {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, flags);
}

function applies({ conditions }: Right, update: Update | undefined, unknown: boolean): boolean {
  return conditions.every((condition) => holds(condition, update, unknown));
}

/** All operators, and all keys of each, are ANDed; the values of a key are ORed, under a negated operator NORed. */
function holds({ operator, key, values }: Condition, update: Update | undefined, unknown: boolean): boolean {
  // Of other keys a request has values that are not known here. The names of keys know no difference of upper and lower case.
  if (!/SyntaxPath/i.test(key)) return unknown;
  const actual = update?.key.toLowerCase() === key.toLowerCase() ? update.value : undefined;
  if (operator === 'Null') return values.includes(String(actual === undefined));
  if (operator === 'StringEquals') return actual !== undefined && values.includes(actual);
  if (operator === 'StringNotEquals') return actual === undefined || !values.includes(actual);
  if (operator === 'StringNotLike') return actual === undefined || !values.some((pattern) => patternOf(pattern).test(actual));
  return unknown;
}

const asff = (field: string, ...values: string[]) => values.map((value) => ({ key: `securityhub:ASFFSyntaxPath/${field}`, value }));
const ocsf = (field: string, ...values: string[]) => values.map((value) => ({ key: `securityhub:OCSFSyntaxPath/${field}`, value }));

/**
 * What an update of a finding may set. https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 * Status ids of OCSF: 1 New, 2 In Progress, 3 Suppressed, 4 Resolved, 5 Archived.
 */
export const UPDATES: readonly Update[] = [
  ...asff('Workflow.Status', 'NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'),
  ...asff('Severity.Label', 'INFORMATIONAL'),
  ...['Confidence', 'Criticality', 'RelatedFindings', 'Types', 'VerificationState', 'UserDefinedFields.key'].flatMap((field) =>
    asff(field, 'any'),
  ),
  ...ocsf('StatusId', '1', '2', '3', '4', '5'),
  ...ocsf('SeverityId', '1'),
  // A finding has one note, and one comment: who may write it may replace another's.
  ...asff('Note.Text', `${NOTED}…`, 'other words'),
  ...asff('Note.UpdatedBy', NOTED_BY, 'another name'),
  ...ocsf('Comment', `${NOTED}…`, 'other words'),
];

/** What is asked for to turn something on, and lets it be turned off as well: no condition of IAM tells the one from the other. */
export const SWITCHES: Readonly<Record<string, [en: string, ja: string]>> = {
  'securityhub:UpdateOrganizationConfiguration': [
    'AutoEnable: new accounts are no longer enrolled',
    'AutoEnable：新しいアカウントの自動登録',
  ],
  'securityhub:UpdateSecurityHubConfiguration': [
    'AutoEnableControls: new controls no longer come on',
    'AutoEnableControls：新しいコントロールの自動有効化',
  ],
};

/** Each of these hides findings, changes them, or ends that they are made. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html */
export const HIDING: readonly string[] = [
  ...['BatchImportFindings', 'UpdateFindings', 'CreateAutomationRule', 'CreateAutomationRuleV2', 'BatchUpdateAutomationRules'],
  ...['UpdateAutomationRuleV2', 'DisableSecurityHub', 'DisableSecurityHubV2', 'BatchDisableStandards', 'UpdateStandardsControl'],
  ...['BatchUpdateStandardsControlAssociations', 'UpdateSecurityControl', 'DisableImportFindingsForProduct', 'DeleteMembers'],
  ...['DisassociateMembers', 'DisassociateFromAdministratorAccount', 'DisableOrganizationAdminAccount', 'DeleteFindingAggregator'],
  ...['DisassociateFromMasterAccount', 'UpdateFindingAggregator', 'UpdateAggregatorV2', 'DeleteAggregatorV2', 'CreateConfigurationPolicy'],
  ...['UpdateConfigurationPolicy', 'DeleteConfigurationPolicy', 'StartConfigurationPolicyDisassociation'],
  ...['StartConfigurationPolicyAssociation'],
].map((action) => `securityhub:${action}`);
