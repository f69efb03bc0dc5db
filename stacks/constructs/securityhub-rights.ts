/** Reading findings back, saying in Security Hub that people were told, and nothing else there. */
import type { Stack } from 'aws-cdk-lib';
import { NOTED, NOTED_BY } from '../../config/note';
import type { Right } from './right';

/**
 * What write-back sets, each to nothing else. 2 is In Progress: the new Security Hub has no NOTIFIED. Of a note IAM sees the words: it
 * may only begin as this system's own do. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
const ONLY: Record<string, string> = {
  'ASFFSyntaxPath/Workflow.Status': 'NOTIFIED',
  'ASFFSyntaxPath/Note.Text': `${NOTED}*`,
  'ASFFSyntaxPath/Note.UpdatedBy': NOTED_BY,
  'OCSFSyntaxPath/StatusId': '2',
  'OCSFSyntaxPath/Comment': `${NOTED}*`,
};

/**
 * Everything else that the two operations can change: in the spelling of AWS's own
 * AWSSystemsManagerOpsDataSyncServiceRolePolicy, and Severity by its leaves. A key that AWS does not know never stands in
 * a request, and its Deny would never fire.
 */
const ASFF_FIELDS = [
  ...['Confidence', 'Criticality', 'RelatedFindings', 'Severity.Label', 'Severity.Normalized', 'Severity.Product', 'Types'],
  ...['UserDefinedFields.key', 'UserDefinedFields.value', 'VerificationState'],
];
const NEVER = [...ASFF_FIELDS.map((field) => `ASFFSyntaxPath/${field}`), 'OCSFSyntaxPath/SeverityId'];

const READ = 'It reads back each week what was told as open, to see whether it still is';
const MARK = 'It marks what was told as NOTIFIED, with a note; the guards below deny every other field, value and note';

/**
 * GetFindingsV2 and BatchUpdateFindingsV2 have no actions of their own: both Security Hubs are
 * authorized by the same two, on the hub of each. With writeBack off there is the right to read alone.
 *
 * The guards make IAM keep the promise that people's work stands: this role can say NOTIFIED and write this system's own note; it
 * cannot resolve, suppress or archive a finding, touch its severity, nor write other words. AWS documents them as Deny alone, and one statement a
 * field, for the keys of one condition are ANDed: two in one would forbid only a request that has both.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsV2.html
 */
export function securityHubRights(stack: Stack, writeBack: boolean): Right[] {
  const home = `arn:${stack.partition}:securityhub:${stack.region}:${stack.account}`;
  const resources = [`${home}:hub/default`, `${home}:hubv2/*`];
  const wildcard =
    'Security Hub gives the hub of the new service (hubv2) an id of its own when it is enabled, and an account has one per Region: the id is not known at synth, and account and Region are.';
  return [
    // What was told as open is read back weekly, also where nothing is marked.
    { sid: 'ReadFindings', actions: ['securityhub:GetFindings'], resources, wildcard, reason: READ },
    ...(writeBack ? marking(resources, wildcard) : []),
  ];
}

function marking(resources: string[], wildcard: string): Right[] {
  return [
    { sid: 'MarkNotified', actions: ['securityhub:BatchUpdateFindings'], resources, wildcard, reason: MARK },
    // A negated operator also matches where the key is missing, as it is in every request to the other hub: hence the Null.
    ...Object.entries(ONLY).map(([field, value]) =>
      guard(field, { [value.endsWith('*') ? 'StringNotLike' : 'StringNotEquals']: { [key(field)]: value } }),
    ),
    ...NEVER.map((field) => guard(field)),
  ];
}

const key = (field: string): string => `securityhub:${field}`;

/** Denies the field where it stands in the request and, where there is more to it, that holds as well. */
function guard(field: string, more: Right['conditions'] = {}): Right {
  return {
    reason: `Denies ${field in ONLY ? `any value of ${field} but ${ONLY[field]}` : `each update of ${field}`}`,
    sid: `Guard${field.replace('SyntaxPath/', '').replaceAll('.', '')}`,
    effect: 'Deny',
    actions: ['securityhub:BatchUpdateFindings'],
    resources: ['*'],
    conditions: { ...more, Null: { [key(field)]: 'false' } },
  };
}
