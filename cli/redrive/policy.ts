/** What the operator's role needs to send dead letters back: `npm run redrive -- --policy`. */
import { partitionOf } from '../../config/partitions';
import type { Config } from '../../config/schema';
import { hubStack, namesIn } from '../../config/stack-name';

/**
 * An IAM policy document. The queues' own policies allow nobody in the account and refuse only what comes without TLS, so
 * this is enough; they are encrypted by SQS itself, so no key is named. CloudFormation makes the names: logical id, then a suffix.
 * Rights of a move: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export function redrivePolicy(config: Config) {
  const { settings } = config;
  const stack = hubStack(config);
  const { home } = settings.regions;
  const arn = (service: string, resource: string) =>
    `arn:${partitionOf(home)}:${service}:${home}:${settings.organization.securityAccount}:${resource}`;
  const allow = (Sid: string, Action: string[], Resource: string | string[]) => ({ Sid, Effect: 'Allow', Action, Resource });
  const enrolls = settings.enablement.mode === 'stack-sets';
  return {
    Version: '2012-10-17',
    Statement: [
      allow('ReadHubStack', ['cloudformation:DescribeStacks'], arn('cloudformation', `stack/${stack}/*`)),
      allow(
        'TakeDeadLetters',
        [
          'sqs:CancelMessageMoveTask',
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:ListMessageMoveTasks',
          'sqs:ReceiveMessage',
          'sqs:StartMessageMoveTask',
        ],
        arn('sqs', namesIn(stack, '*DeadLetters')),
      ),
      allow(
        'SendThemBack',
        ['sqs:GetQueueAttributes', 'sqs:SendMessage'],
        ['QueuesFindings', 'QueuesDeliveries', 'TickQueue'].map((queue) => arn('sqs', namesIn(stack, queue))),
      ),
      ...(enrolls ? [allow('StartEnroll', ['lambda:InvokeFunction'], arn('lambda', `function:${namesIn(stack, 'Enroll')}`))] : []),
    ],
  };
}
