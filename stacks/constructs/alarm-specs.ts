/** Which alarms there are, and what each says to the person it wakes. */
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { type AlarmSpec, FIVE_MINUTES, linesOf, namespaceOf, ROLLBACK } from './alarms';
import { deadLetterAlarms, deadLetterSpecs } from './dead-letter-alarms';
import type { Queues } from './queues';

/** The operations that the ledger's port uses; the metrics are per operation. */
const OPERATIONS = ['GetItem', 'Query', 'PutItem', 'DeleteItem', 'BatchGetItem', 'BatchWriteItem'];

export function alarmSpecs(
  queues: Queues,
  functions: { intake: IFunction; deliver: IFunction },
  table: Table,
  rules: Rule[],
  logs: { intake: LogGroup; deliver: LogGroup },
): AlarmSpec[] {
  return [
    ...deadLetterSpecs(queues).flatMap(deadLetterAlarms),
    ...ageAlarms(queues, logs),
    heldChannels(logs.deliver),
    refusedMarks(logs.deliver),
    refusedReadings(logs.deliver),
    ...functionAlarms(functions),
    ...ruleAlarms(rules),
    ...ledgerAlarms(table),
  ];
}

/** The deliver function logs this line when it holds a channel, and again each quarter of an hour that it still must. */
function heldChannels(deliverLogs: LogGroup): AlarmSpec {
  return {
    name: 'channels-held',
    harm: 'late',
    metric: linesOf(deliverLogs, 'HeldChannels', 'channel held', 'ChannelsHeld', FIVE_MINUTES),
    above: 0,
    means: 'Slack refuses the token, or a channel that does not exist, is archived, or that the app may not write to.',
    impact: 'What stands in that channel, or goes there, waits and is tried every 15 minutes. The others go on. None is lost yet.',
    first: "search the deliver log for 'channel held': the line names the channel, a receiver and Slack's answer.",
  };
}

/**
 * The deliver function logs this line each time that Security Hub refuses: while it does, after 2, 4, 8, and then every
 * 15 minutes, whatever waits for it. One refusal in passing is none to wake anybody for.
 */
function refusedMarks(deliverLogs: LogGroup): AlarmSpec {
  return {
    name: 'marks-refused',
    harm: 'none',
    metric: linesOf(deliverLogs, 'RefusedMarks', 'marking refused', 'MarksRefused', Duration.hours(1)),
    above: 2,
    means: 'Security Hub has refused again and again to mark findings as NOTIFIED.',
    impact:
      'Every finding is told in Slack all the same. In Security Hub those findings still look NEW; it is tried again for three days, and with what is told next.',
    first:
      "search the deliver log for 'marking refused': the line has Security Hub's reason. AccessDenied: `npm run doctor` says which policy denies it.",
  };
}

/**
 * The deliver function logs this line when Security Hub refuses to be read, and asks again six hours later: a problem by
 * itself leaves one in each period of eight. Nobody waits for it, so an outage of some hours is none to wake anybody for.
 */
function refusedReadings(deliverLogs: LogGroup): AlarmSpec {
  return {
    name: 'read-back-refused',
    harm: 'none',
    metric: linesOf(deliverLogs, 'RefusedReadings', 'read-back refused', 'ReadingsRefused', Duration.hours(8)),
    above: 0,
    periods: 3,
    means:
      'For most of a day Security Hub has refused to say how findings stand that were told as open a week ago or longer, or has shown nothing of their account.',
    impact:
      'New findings are told all the same, and nothing is told as gone. What ended, or fell in severity, without an event stays open in its message. An account of which nothing is shown for two weeks is told as no longer reported.',
    first:
      "search the deliver log for 'read-back refused': the line has Security Hub's reason. AccessDenied: some policy denies securityhub:GetFindings; with writeBack on, `npm run doctor` says which. Nothing shown of an account: see whether it is still a member, and the security account still Security Hub's administrator (`npm run doctor`).",
  };
}

/** What waits in the ledger has no age at SQS, and what was sent anew looks young there: the line tells for how long it has waited. */
function secondsWaited(logs: LogGroup, id: 'FindingsWaiting' | 'WaitingInLedger'): IMetric {
  const filter = logs.addMetricFilter(id, {
    filterPattern: FilterPattern.stringValue('$.message', '=', 'waits to be told'),
    metricNamespace: namespaceOf(logs),
    metricName: id === 'FindingsWaiting' ? 'FindingsSecondsWaited' : 'SecondsWaited',
    metricValue: '$.seconds',
  });
  return filter.metric({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM });
}

function ageAlarms(queues: Queues, logs: { intake: LogGroup; deliver: LogGroup }): AlarmSpec[] {
  const age = (queue: Queue) => queue.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM });
  // One of the two is often missing, and counts as nothing then.
  const longest = (queue: Queue, ofLog: IMetric, where: string) =>
    new MathExpression({
      expression: 'MAX(METRICS())',
      label: `Seconds waited, ${where}`,
      period: FIVE_MINUTES,
      usingMetrics: { queue: age(queue), log: ofLog },
    });
  return [
    {
      name: 'findings-waiting',
      harm: 'late',
      metric: longest(queues.findings, secondsWaited(logs.intake, 'FindingsWaiting'), 'in the queue'),
      above: 5 * 60,
      // What waits long is tried every five minutes or so, and leaves its line then.
      outOf: 2,
      means: 'A finding has waited for more than 5 minutes to be taken in.',
      impact: 'New findings reach Slack late, CRITICAL ones too. None is lost yet.',
      first:
        "search the intake log for 'waits to be told': the line has the reason. Else look at the errors and throttles of the intake function, then at its event source mapping: is it enabled?",
    },
    {
      name: 'deliveries-waiting',
      harm: 'late',
      metric: longest(queues.deliveries, secondsWaited(logs.deliver, 'WaitingInLedger'), 'in the queue or in the ledger'),
      above: 30 * 60,
      // What waits in the ledger is looked at every five to seven minutes, for a held channel every sixteen, in a line when it is over.
      outOf: 4,
      means: 'A problem has waited for more than 30 minutes to be told.',
      impact: 'Messages in Slack are late or out of date. None is lost yet.',
      first:
        "search the deliver log for 'waits to be told': the line has the reason. Slack being down (slack-status.com) is waited for, and CRITICAL goes first after it; else it is a rate limit, or a refused token or channel.",
    },
  ];
}

function functionAlarms(functions: { intake: IFunction; deliver: IFunction }): AlarmSpec[] {
  return Object.entries(functions).flatMap(([name, lambda]): AlarmSpec[] => [
    {
      name: `${name}-errors`,
      harm: 'late',
      metric: lambda.metricErrors({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      above: 0,
      means: `The ${name} function crashed or ran out of time. A message that fails by itself is no error and is not counted here.`,
      impact: 'Its messages are tried again; while it goes on, findings are late.',
      first: `read the newest ERROR of the ${name} log. ${ROLLBACK}`,
    },
    {
      name: `${name}-throttles`,
      harm: 'late',
      metric: lambda.metricThrottles({ period: FIVE_MINUTES, statistic: Stats.SUM }),
      above: 0,
      periods: 3,
      means: `Lambda has refused to start the ${name} function for 15 minutes.`,
      impact: 'Findings are late. None is lost.',
      first: 'compare ConcurrentExecutions of the account with its quota: another function probably uses it up.',
    },
  ]);
}

function ruleAlarms(rules: Rule[]): AlarmSpec[] {
  const sum = (metricName: string) =>
    sumOf(
      'AWS/Events',
      metricName,
      rules.map((rule) => ({ RuleName: rule.ruleName })),
    );
  const impact =
    'Events were lost and cannot be sent again. Findings that Security Hub refreshes (controls within 24 hours) come back by themselves.';
  return [
    {
      name: 'rules-failed',
      harm: 'lost',
      metric: sum('FailedInvocations'),
      above: 0,
      means: 'EventBridge gave up bringing events to the findings queue.',
      impact,
      first: 'compare the policy of the findings queue with the template: it must let events.amazonaws.com send for each rule.',
    },
    {
      name: 'rules-dead-letters-failed',
      harm: 'lost',
      metric: sum('InvocationsFailedToBeSentToDlq'),
      above: 0,
      means: "EventBridge could reach neither the findings queue nor the rules' dead-letter queue.",
      impact,
      first: 'check that both queues exist and that their policies are those of the template.',
    },
  ];
}

function ledgerAlarms(table: Table): AlarmSpec[] {
  const sum = (metricName: string) =>
    sumOf(
      'AWS/DynamoDB',
      metricName,
      OPERATIONS.map((Operation) => ({ TableName: table.tableName, Operation })),
    );
  return [
    {
      name: 'ledger-errors',
      harm: 'late',
      metric: sum('SystemErrors'),
      above: 0,
      periods: 3,
      means: 'DynamoDB has failed on its side for 15 minutes.',
      impact: 'Nothing is posted that cannot be recorded, so messages are late. None is lost or repeated.',
      first: 'look at the AWS Health Dashboard for DynamoDB in this Region.',
    },
    {
      name: 'ledger-throttles',
      harm: 'late',
      metric: sum('ThrottledRequests'),
      above: 0,
      periods: 3,
      means: 'DynamoDB has refused requests to the ledger for 15 minutes as too many.',
      impact: 'Messages are late. None is lost or repeated.',
      first: 'see which keys are hot (Contributor Insights), and whether the table has a maximum of on-demand throughput set.',
    },
  ];
}

/**
 * One number over several dimensions. SUM(METRICS()), not a + b: these metrics are sent only when
 * something fails, and a sum with one of its terms missing is missing too, so its alarm would never fire.
 * An alarm takes ten metrics at most.
 */
function sumOf(namespace: string, metricName: string, dimensions: Record<string, string>[]): MathExpression {
  const metrics = dimensions.map(
    (dimensionsMap) => new Metric({ namespace, metricName, dimensionsMap, statistic: Stats.SUM, period: FIVE_MINUTES }),
  );
  return new MathExpression({
    expression: 'SUM(METRICS())',
    label: metricName,
    period: FIVE_MINUTES,
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
  });
}
