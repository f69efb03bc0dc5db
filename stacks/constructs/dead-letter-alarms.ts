/**
 * Each dead letter rings. One alarm tells that something lies in a queue, and is over when nothing does; as it is on already
 * when more comes, and CloudWatch tells of changes only, a second one rings for each that comes to others.
 */
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { type AlarmSpec, MINUTE, REDRIVE } from './alarms';
import type { Queues } from './queues';

export interface DeadLettersSpec extends Pick<AlarmSpec, 'name' | 'means' | 'impact' | 'first' | 'harm'> {
  queue: Queue;
}

/** SQS's metrics come late by minutes: so many are looked at. Dead letters that come within them ring once. */
const LATENESS = 5;

export function deadLetterAlarms({ queue, ...spec }: DeadLettersSpec): AlarmSpec[] {
  const visible = queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: Stats.MAXIMUM });
  return [
    { ...spec, metric: visible, above: 0 },
    {
      ...spec,
      name: `${spec.name}-more`,
      metric: cameToOthers(queue),
      above: 0,
      outOf: LATENESS,
      happened: true,
      means: `More has come to what ${spec.name} tells of, and nobody has sent back.`,
    },
  ];
}

/**
 * NumberOfMessagesSent counts what is sent there, by functions and by EventBridge, but not what SQS moves there itself; the
 * depth counts both, but not what comes while others go. So it is the higher of the two, where something lay there before.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 * A minute without data is one like the last; before the first there was nothing: a queue that is not used sends none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
function cameToOthers(queue: Queue): MathExpression {
  const depth = new MathExpression({
    period: MINUTE,
    expression: 'FILL(FILL(visible, REPEAT), 0)',
    usingMetrics: { visible: queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: Stats.MAXIMUM }) },
  });
  const grown = new MathExpression({ period: MINUTE, expression: 'DIFF(depth)', usingMetrics: { depth } });
  const sent = queue.metricNumberOfMessagesSent({ period: MINUTE, statistic: Stats.SUM });
  return new MathExpression({
    period: MINUTE,
    label: 'Dead letters that came to others',
    expression: 'IF(depth - grown > 0, MAX([FILL(sent, 0), grown]), 0)',
    usingMetrics: { depth, grown, sent },
  });
}

/** Of the queues that intake, deliver and the rules give up into. */
export function deadLetterSpecs(queues: Queues): DeadLettersSpec[] {
  const redrive = (queue: string) => `Mend it, then send them back: ${REDRIVE} ${queue}`;
  const destination = (output: string) => `(or aws sqs start-message-move-task with the ARN of ${output} as --destination-arn).`;
  return [
    {
      name: 'findings-dead-letters',
      harm: 'lost',
      queue: queues.findingsDeadLetters,
      means: 'Events of Security Hub could not be read, or failed every time.',
      impact:
        'Those findings reached no Slack channel. A dead letter is gone after 14 days; of what SQS itself gave up they count from its first sending.',
      first: `see why: ${REDRIVE} --dry-run; the reason of a crash is in the intake log. ${redrive('findings')} ${destination('the output FindingsQueue')}`,
    },
    {
      name: 'deliveries-dead-letters',
      harm: 'lost',
      queue: queues.deliveriesDeadLetters,
      means: 'A problem could not be told to its Slack channel.',
      impact:
        'At least one channel has not been told, or shows an old state, of a problem. A dead letter is gone after 14 days, counted from the day it became one.',
      first: `see why: ${REDRIVE} --dry-run. Where nobody knows the outcome of a post, look into the channel first. ${redrive('deliveries')} ${destination('the output DeliveriesQueue')}`,
    },
    {
      name: 'rules-dead-letters',
      harm: 'lost',
      queue: queues.rulesDeadLetters,
      means: 'EventBridge could not bring events to the findings queue.',
      impact: 'Those findings were not seen at all. A dead letter is gone after 14 days, counted from the day it became one.',
      first: `see the ERROR_CODE: ${REDRIVE} --dry-run. Most likely the policy or the encryption of the findings queue was changed. ${redrive('rules')} (SQS refuses to move what a rule gave up).`,
    },
  ];
}
