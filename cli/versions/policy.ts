/** What the operator's role needs for `versions` and `rollback`: `--policy`. */
import { partitionOf } from '../../config/partitions';
import type { Config } from '../../config/schema';
import { hubStack, namesIn } from '../../config/stack-name';

/** An IAM policy document. @param move whether aliases are moved. */
export function versionsPolicy(config: Config, move: boolean) {
  const { settings } = config;
  const stack = hubStack(config);
  const { home } = settings.regions;
  const arn = (service: string, resource: string) =>
    `arn:${partitionOf(home)}:${service}:${home}:${settings.organization.securityAccount}:${resource}`;
  const allow = (Sid: string, Action: string[], Resource: string | string[]) => ({ Sid, Effect: 'Allow', Action, Resource });
  const functions = arn('lambda', `function:${namesIn(stack)}`);
  return {
    Version: '2012-10-17',
    Statement: [
      allow('ReadHubStack', ['cloudformation:DescribeStacks'], arn('cloudformation', `stack/${stack}/*`)),
      allow('ReadVersions', ['lambda:GetAlias', 'lambda:ListVersionsByFunction'], functions),
      allow(
        'CountWaiting',
        ['sqs:GetQueueAttributes'],
        ['QueuesFindings', 'QueuesDeliveries'].map((queue) => arn('sqs', namesIn(stack, queue))),
      ),
      ...(move ? [allow('MoveAliases', ['lambda:UpdateAlias'], functions)] : []),
    ],
  };
}
