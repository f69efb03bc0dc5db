/**
 * What the function of enable.js may do: look, and turn on. Nothing that turns Security Hub or a standard off, and nothing outside its
 * account and Region. UpdateSecurityHubConfiguration could end that new controls come on by themselves, and IAM has no condition on it.
 */
import type { Stack } from 'aws-cdk-lib';
import type { Right } from '../constructs/right';

/** The service principal of Security Hub; the same in every partition. */
const SECURITY_HUB = 'securityhub.amazonaws.com';

/**
 * The hub's ARN for all, as the Service Authorization Reference has it. The three calls on the account are
 * also known to IAM by their path, /accounts: AWS's own Security Reference Architecture grants both.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 * https://github.com/aws-samples/aws-security-reference-architecture-examples (sra-securityhub-org-configuration-role.yaml)
 */
export function enablementRights(stack: Stack): Right[] {
  const owned = `arn:${stack.partition}:securityhub:${stack.region}:${stack.account}`;
  const resources = [`${owned}:hub/default`, `${owned}:/accounts`];
  return [
    {
      sid: 'LookAtHub',
      actions: [
        'securityhub:DescribeHub',
        'securityhub:GetAdministratorAccount',
        'securityhub:GetEnabledStandards',
        'securityhub:DescribeStandards',
      ],
      resources,
      reason: 'It looks at what is on before it turns anything on',
    },
    {
      sid: 'TurnOn',
      actions: ['securityhub:EnableSecurityHub', 'securityhub:UpdateSecurityHubConfiguration', 'securityhub:BatchEnableStandards'],
      resources,
      reason: 'It turns on Security Hub, the standards of the settings and consolidated findings',
    },
    {
      // EnableSecurityHub makes the service-linked role with its caller's rights, where the account has none yet.
      // https://docs.aws.amazon.com/securityhub/latest/userguide/using-service-linked-roles.html
      sid: 'MakeServiceLinkedRole',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`arn:${stack.partition}:iam::${stack.account}:role/aws-service-role/${SECURITY_HUB}/AWSServiceRoleForSecurityHub`],
      conditions: { StringEquals: { 'iam:AWSServiceName': SECURITY_HUB } },
      reason: 'EnableSecurityHub makes the service-linked role of Security Hub, where the account has none yet',
    },
  ];
}
