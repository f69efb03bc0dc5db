/** Saying in Security Hub that people were told, and nothing else there. */
import type { Stack } from 'aws-cdk-lib';
import type { Right } from './right';

const ASFF = 'securityhub:ASFFSyntaxPath/';
const OCSF = 'securityhub:OCSFSyntaxPath/';

/** What BatchUpdateFindings and V2 could also change, and write-back never does. */
const FORBIDDEN = [
  ...['Severity.Label', 'Severity.Normalized', 'Severity.Product', 'Confidence', 'Criticality', 'Types', 'VerificationState'].map(
    (field) => ASFF + field,
  ),
  ...['UserDefinedFields', 'RelatedFindings.Id', 'RelatedFindings.ProductArn'].map((field) => ASFF + field),
  `${OCSF}SeverityId`,
];

/**
 * GetFindingsV2 and BatchUpdateFindingsV2 have no actions of their own: both Security Hubs are
 * authorized by the same two, on the hub of each. None with writeBack off: nothing else reads there.
 *
 * The conditions make IAM keep the promise that people's work stands: this role can say NOTIFIED and
 * add a note; it cannot resolve, suppress or archive a finding, nor touch its severity.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsV2.html
 */
export function securityHubRights(stack: Stack, writeBack: boolean): Right[] {
  if (!writeBack) return [];
  const home = `arn:${stack.partition}:securityhub:${stack.region}:${stack.account}`;
  const resources = [`${home}:hub/default`, `${home}:hubv2/*`];
  const wildcard =
    'Security Hub gives the hub of the new service (hubv2) an id of its own when it is enabled, and an account has one per Region: the id is not known at synth, and account and Region are.';
  return [
    { sid: 'ReadFindings', actions: ['securityhub:GetFindings'], resources, wildcard },
    {
      sid: 'MarkNotified',
      actions: ['securityhub:BatchUpdateFindings'],
      resources,
      conditions: {
        StringEqualsIfExists: { [`${ASFF}Workflow.Status`]: 'NOTIFIED' },
        // 3 Suppressed, 4 Resolved, 5 Archived: a person's decisions.
        StringNotEqualsIfExists: { [`${OCSF}StatusId`]: ['3', '4', '5'] },
        Null: Object.fromEntries(FORBIDDEN.map((field) => [field, 'true'])),
      },
      wildcard,
    },
  ];
}
