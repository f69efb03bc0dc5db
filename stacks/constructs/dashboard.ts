/** One page that answers at a glance: does it work, is it behind, who is told what, what does it cost. It reads config/metrics.ts. */
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard as Page,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FIVE_MINUTES, MINUTE } from './alarms';
import type { InterpreterFunction } from './function';
import type { Ledger } from './ledger';
import { byReceiver, lineMetricOf, metricOf, metricsOf } from './metric';

export interface DashboardProps {
  functions: Record<'intake' | 'deliver' | 'tick', InterpreterFunction>;
  queues: { findings: Queue; deliveries: Queue; deadLetters: Record<string, Queue> };
  rules: Record<string, Rule>;
  ledger: Ledger;
  /** Names of the stack's alarms, as its specs have them. */
  alarms: string[];
}

/** A page of CloudWatch is 24 columns wide. */
const COLUMNS = 24;
const HEIGHT = 6;
const SUM = { statistic: Stats.SUM, period: FIVE_MINUTES };
const A_DAY = { statistic: Stats.SUM, period: Duration.days(1) };

interface Graph {
  title: string;
  metrics: IMetric[];
  unit: string;
  stacked?: boolean;
}

export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    // By their names, which this stack gives: an alarm that is made anew then changes nothing here.
    const alarms = props.alarms.map((name) => {
      const resourceName = `${Stack.of(this).stackName}-${name}`;
      const arn = Stack.of(this).formatArn({
        service: 'cloudwatch',
        resource: 'alarm',
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
      return Alarm.fromAlarmArn(this, name, arn);
    });
    const page = new Page(this, 'Page', { dashboardName: Stack.of(this).stackName, defaultInterval: Duration.days(1) });
    for (const row of [
      [heading('Is it working?')],
      [new AlarmStatusWidget({ title: 'Alarms', alarms, width: COLUMNS, height: 5 })],
      graphs(working(this, props)),
      [heading('Is it behind?')],
      graphs(behind(this, props)),
      [heading('Who is told what?')],
      graphs(told(this, props)),
      [heading('What does it cost?')],
      graphs(cost(this, props)),
    ])
      page.addWidgets(...row);
  }
}

function heading(text: string): IWidget {
  return new TextWidget({ markdown: `## ${text}`, width: COLUMNS, height: 1 });
}

function graphs(all: readonly Graph[]): IWidget[] {
  return all.map(
    ({ title, metrics, unit, stacked = false }) =>
      new GraphWidget({
        title,
        left: metrics,
        stacked,
        leftYAxis: { min: 0, label: unit, showUnits: false },
        width: COLUMNS / all.length,
        height: HEIGHT,
      }),
  );
}

function working(scope: Construct, { functions, queues }: DashboardProps): Graph[] {
  return [
    { title: 'Findings, by what was decided', metrics: metricsOf(scope, 'Findings', SUM), unit: 'findings', stacked: true },
    {
      title: 'Work that failed',
      metrics: [
        ...(['findings', 'deliveries'] as const).map((queue) =>
          metricOf(scope, 'Work', { queue, end: 'failed' }, SUM).with({ label: `${queue} failed` }),
        ),
        ...Object.entries(functions).map(([label, { lambda }]) => lambda.metricErrors({ ...SUM, label: `${label} crashed` })),
      ],
      unit: 'messages, runs',
    },
    {
      title: 'Dead letters',
      metrics: Object.entries(queues.deadLetters).map(([label, queue]) =>
        queue.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM, label }),
      ),
      unit: 'messages',
    },
    {
      title: 'The model',
      metrics: [
        ...metricsOf(scope, 'ModelCalls', SUM),
        lineMetricOf(scope, 'WordsPaused', SUM).with({ label: 'not asked: budget used up' }),
      ],
      unit: 'questions',
      stacked: true,
    },
    { title: 'Why a model gave no words', metrics: metricsOf(scope, 'ModelFailures', SUM), unit: 'questions', stacked: true },
  ];
}

function behind(scope: Construct, { functions, queues }: DashboardProps): Graph[] {
  const age = (queue: Queue, label: string) =>
    queue.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM, label });
  const waited = { statistic: Stats.MAXIMUM, period: FIVE_MINUTES };
  return [
    {
      title: 'From event to Slack',
      metrics: (['CRITICAL', 'HIGH'] as const).flatMap((severity) =>
        ['p50', 'p99'].map((statistic) =>
          metricOf(scope, 'SecondsToSlack', { severity }, { statistic, period: Duration.hours(1) }).with({
            label: `${severity} ${statistic}`,
          }),
        ),
      ),
      unit: 'seconds',
    },
    {
      title: 'What waits longest',
      metrics: [
        age(queues.findings, 'findings queue'),
        age(queues.deliveries, 'deliveries queue'),
        lineMetricOf(scope, 'FindingsSecondsWaited', waited).with({ label: 'findings, waiting' }),
        lineMetricOf(scope, 'SecondsWaited', waited).with({ label: 'problems, waiting' }),
      ],
      unit: 'seconds',
    },
    {
      title: 'Waiting in the queues',
      metrics: (['findings', 'deliveries'] as const).map((label) =>
        queues[label].metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: Stats.MAXIMUM, label }),
      ),
      unit: 'messages',
    },
    {
      title: 'The slowest runs',
      metrics: Object.entries(functions).map(([label, { lambda }]) =>
        lambda.metricDuration({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM, label }),
      ),
      unit: 'milliseconds',
    },
  ];
}

function told(scope: Construct, { rules }: DashboardProps): Graph[] {
  return [
    {
      title: 'Events, by rule and as read',
      metrics: [
        ...Object.entries(rules).map(
          ([label, { ruleName: RuleName }]) =>
            new Metric({ namespace: 'AWS/Events', metricName: 'MatchedEvents', dimensionsMap: { RuleName }, label, ...SUM }),
        ),
        ...metricsOf(scope, 'Events', SUM).map((metric) => metric.with({ label: `read: ${metric.label}` })),
      ],
      unit: 'events',
    },
    { title: 'Problems told, by severity', metrics: metricsOf(scope, 'Problems', SUM), unit: 'problems', stacked: true },
    {
      title: 'Messages and replies, by receiver',
      metrics: [byReceiver(scope, 'Tellings', ' action=("message" OR "reply")', '', SUM)],
      unit: 'tellings',
      stacked: true,
    },
    {
      title: 'Slack refused, by receiver and kind',
      metrics: [
        byReceiver(scope, 'TellingFailures', '', '', SUM),
        lineMetricOf(scope, 'ChannelsHeld', SUM).with({ label: 'channels held' }),
        lineMetricOf(scope, 'MarksRefused', SUM).with({ label: 'marks refused' }),
      ],
      unit: 'calls',
    },
  ];
}

function cost(scope: Construct, { functions, ledger }: DashboardProps): Graph[] {
  const table = { TableName: ledger.table.tableName };
  const units = (metricName: string, label: string) =>
    new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap: table, label, ...A_DAY });
  return [
    { title: 'Tokens a day', metrics: metricsOf(scope, 'ModelTokens', A_DAY), unit: 'tokens', stacked: true },
    {
      title: 'Words of the model a day',
      metrics: [
        metricOf(scope, 'ModelCacheHits', {}, A_DAY).with({ label: 'from the ledger' }),
        metricOf(scope, 'ShownSentences', {}, A_DAY).with({ label: 'sentences shown' }),
        metricOf(scope, 'WithheldAnswers', {}, A_DAY).with({ label: 'answers withheld whole' }),
        ...metricsOf(scope, 'WithheldSentences', A_DAY).map((metric) => metric.with({ label: `withheld: ${metric.label}` })),
        ...metricsOf(scope, 'JudgedSentences', A_DAY).map((metric) => metric.with({ label: `judged: ${metric.label}` })),
      ],
      unit: 'answers, sentences',
    },
    {
      title: 'Memory paid for a day',
      metrics: Object.entries(functions).map(
        ([label, { lambda, memorySize }]) =>
          new MathExpression({
            expression: `${label} / 1000 * ${memorySize / 1024}`,
            usingMetrics: { [label]: lambda.metricDuration(A_DAY) },
            label,
            period: A_DAY.period,
          }),
      ),
      unit: 'GB-seconds',
      stacked: true,
    },
    {
      title: 'Ledger and Organizations a day',
      metrics: [
        units('ConsumedReadCapacityUnits', 'read units'),
        units('ConsumedWriteCapacityUnits', 'write units'),
        ...metricsOf(scope, 'OrganizationsCalls', A_DAY).map((metric) => metric.with({ label: `asked of: ${metric.label}` })),
        ...metricsOf(scope, 'StaleAnswers', A_DAY).map((metric) => metric.with({ label: `owner ${metric.label}` })),
      ],
      unit: 'units, calls',
    },
  ];
}
