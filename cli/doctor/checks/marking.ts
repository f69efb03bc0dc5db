/** Whether the deployed function may say in Security Hub that people were told. Telling them does not depend on it. */
import type { EvaluationResult } from '@aws-sdk/client-iam';
import { NOTED, NOTED_BY } from '../../../config/note';
import { partitionOf } from '../../../config/partitions';
import { check, type Item, pass, skipped, warn } from '../check';
import { CallFailure } from '../failure';
import { sentence } from '../outcome';
import { deploy } from './remedies';

/** What marking calls, as it calls it; the condition keys are how IAM sees what is set. */
const ACTIONS = ['securityhub:GetFindings', 'securityhub:BatchUpdateFindings'];
const REQUEST = {
  'securityhub:ASFFSyntaxPath/Workflow.Status': 'NOTIFIED',
  'securityhub:ASFFSyntaxPath/Note.Text': `${NOTED}any`,
  'securityhub:ASFFSyntaxPath/Note.UpdatedBy': NOTED_BY,
};

export const marking = check({ id: 'system.marking', group: 'This system', title: 'Marking', needs: ['system.stack'] }, async (context) => {
  const { stack, config } = context;
  const { home } = config.settings.regions;
  const role = await stack.deliverRole();
  if (!role) return skipped('the stack as deployed does not name the role that marks findings');
  const hub = `arn:${partitionOf(home)}:securityhub:${home}:${config.settings.organization.securityAccount}:hub/default`;
  const results = await stack.simulated(role, ACTIONS, hub, REQUEST).catch(deniedIsNoAnswer);
  if (typeof results === 'string') return skipped(`${results}, so IAM was not asked`);
  const refused = results.filter(({ EvalDecision }) => EvalDecision !== 'allowed');
  if (refused.length === 0) return pass('IAM allows it, by the policies of the deployed role');
  const items = refused.map((each): Item => {
    const { EvalActionName: action, EvalDecision: decision } = each;
    return { line: `${action}  ${decision}  ${whoseDecision(each)}`, data: { action, decision, by: whoseDecision(each) } };
  });
  return warn(
    `IAM would refuse it (${refused.map(({ EvalActionName }) => EvalActionName).join(', ')}): every finding is told, but stays NEW in Security Hub`,
    [
      refused.some(isOfOrganization)
        ? { say: `An SCP of the organization refuses it: let it except ${role}.` }
        : deploy('The template gives the role this right. Where something changed or forbids it, take that away; else deploy again:'),
      { say: 'Or write writeBack: false in settings.yaml: findings then are never marked.' },
    ],
    items,
  );
});

/** Not every operator may ask, and nothing is wrong with that. */
function deniedIsNoAnswer(error: unknown): string {
  if (error instanceof CallFailure && error.kind === 'denied') return sentence(error);
  throw error;
}

function isOfOrganization({ OrganizationsDecisionDetail: detail }: EvaluationResult): boolean {
  return detail?.AllowedByOrganizations === false;
}

function whoseDecision(result: EvaluationResult): string {
  if (isOfOrganization(result)) return 'an SCP';
  if (result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false) return 'the permissions boundary of the role';
  const policies = (result.MatchedStatements ?? []).flatMap(({ SourcePolicyId }) => SourcePolicyId ?? []);
  return policies.length > 0 ? `policy ${policies.join(', ')}` : 'no policy allows it';
}
