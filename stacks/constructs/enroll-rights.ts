/** What the enroll function may do: run Security Hub's memberships in the Regions in use, and list the organization's accounts. */
import type { Stack } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Right } from './right';

/**
 * All Security Hub actions take the hub as their resource, of which an account has one in each Region, and none of
 * them depends on another service's action. https://docs.aws.amazon.com/service-authorization/latest/reference/list_securityhub.html
 * It cannot remove a member, turn Security Hub off, or touch a finding, a standard or a control. The two updates could end that accounts
 * and controls come on by themselves: IAM has no condition on what they set.
 */
export function enrollRights(stack: Stack, regions: readonly string[], deadLetters: Queue): Right[] {
  const hubs = regions.map((region) => `arn:${stack.partition}:securityhub:${region}:${stack.account}:hub/default`);
  return [
    {
      sid: 'ReadMemberships',
      actions: ['securityhub:DescribeHub', 'securityhub:DescribeOrganizationConfiguration', 'securityhub:ListMembers'],
      resources: hubs,
      reason: 'It compares the members of Security Hub in each Region in use with the accounts of the organization',
    },
    {
      sid: 'EnrollAccounts',
      actions: ['securityhub:CreateMembers', 'securityhub:UpdateOrganizationConfiguration', 'securityhub:UpdateSecurityHubConfiguration'],
      resources: hubs,
      reason: 'It makes accounts members, and sets that new accounts become members and that findings are consolidated',
    },
    {
      sid: 'ListAccounts',
      actions: ['organizations:ListAccounts'],
      resources: ['*'],
      reason: 'It has to know which accounts there are',
      wildcard:
        'ListAccounts takes no resource: it answers for the organization of the caller, and Organizations has no condition that narrows it.',
    },
    {
      sid: 'KeepFailedRuns',
      actions: ['sqs:SendMessage'],
      resources: [deadLetters.queueArn],
      reason: 'Lambda keeps a run that failed in the dead-letter queue',
    },
  ];
}
