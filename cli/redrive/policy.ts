/** What the operator's role needs to send dead letters back: `npm run redrive -- --policy`. */
import { partitionOf } from '../../config/partitions';
import type { Config } from '../../config/schema';
import { hubStack, namesIn } from '../../config/stack-name';
import { keyRight } from '../../config/switches/key-policy';
import { keyFor } from '../../config/switches/keys';

/**
 * An IAM policy document. The queues' own policies allow nobody in the account and refuse only what comes without TLS, so
 * this is enough, with the key where settings.keys names one for them. CloudFormation makes the names: logical id, then a suffix.
 * Rights of a move: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export function redrivePolicy(config: Config) {
  const { settings } = config;
  const stack = hubStack(config);
  const { home } = settings.regions;
  const arn = (service: string, resource: string) =>
    `arn:${partitionOf(home)}:${service}:${home}:${settings.organization.securityAccount}:${resource}`;
  const allow = (Sid: string, Action: string[], Resource: string | string[]) => ({ Sid, Effect: 'Allow', Action, Resource });
  const key = keyRight(keyFor(settings.keys, 'queues'), 'sqs', {
    region: home,
    account: settings.organization.securityAccount,
    stackName: stack,
  });
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
      ...(key ? [{ ...allow('UseQueueKey', ['kms:Decrypt', 'kms:GenerateDataKey'], key.resource), Condition: key.condition }] : []),
      ...(enrolls ? [allow('StartEnroll', ['lambda:InvokeFunction'], arn('lambda', `function:${namesIn(stack, 'Enroll')}`))] : []),
    ],
  };
}
