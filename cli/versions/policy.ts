/** What the operator's role needs for `versions` and `rollback`: `--policy`. */
import type { Config } from '../../config/schema';
import { namesIn } from '../../config/stack-name';
import { policyParts } from '../frame/policy';

/** An IAM policy document. @param move whether aliases are moved. */
export function versionsPolicy(config: Config, move: boolean) {
  const { stack, arn, allow, readStack } = policyParts(config);
  const functions = arn('lambda', `function:${namesIn(stack)}`);
  return {
    Version: '2012-10-17',
    Statement: [
      readStack,
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
