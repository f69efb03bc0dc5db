/** What the operator's role needs to send dead letters back: `npm run redrive -- --policy`. */
import type { Config } from '../../config/schema';
import { namesIn } from '../../config/stack-name';
import { policyParts } from '../frame/policy';

/**
 * An IAM policy document. The queues' own policies allow nobody in the account and refuse only what comes without TLS, so
 * this is enough, with the key where settings.keys names one for them. CloudFormation makes the names: logical id, then a suffix.
 * Rights of a move: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export function redrivePolicy(config: Config) {
  const { stack, arn, allow, readStack, useKey } = policyParts(config);
  const enrolls = config.settings.enablement.mode === 'stack-sets';
  return {
    Version: '2012-10-17',
    Statement: [
      readStack,
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
      ...useKey('UseQueueKey', 'queues', 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']),
      ...(enrolls ? [allow('StartEnroll', ['lambda:InvokeFunction'], arn('lambda', `function:${namesIn(stack, 'Enroll')}`))] : []),
    ],
  };
}
