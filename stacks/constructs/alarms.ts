/**
 * What tells people that this system itself fails: by e-mail or another SNS subscriber,
 * never through Slack, which may be what fails.
 */
import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Settings } from '../../config/schema';

/** What it costs to see to an alarm only in the morning. In order of urgency. */
export const HARMS = ['lost', 'late', 'none'] as const;
/** lost: something is not told, or gone, until somebody acts; late: all is told, but not in time; none: all is told in time. */
export type Harm = (typeof HARMS)[number];

interface Words {
  /** Kebab case; the stack's name is put before it. */
  name: string;
  /** What it means, in plain words. */
  means: string;
  /** What people will notice, or lose. */
  impact: string;
  /** What to do first. */
  first: string;
  /** Whether anything is lost or late while nobody looks: what docs/operations.md sorts them by. */
  harm: Harm;
}

interface Watched {
  metric: IMetric;
  /** Periods in a row that must be above it. */
  periods?: number;
  /** Instead: one of so many periods, whichever. The alarm then stays as long as one of them is among the last. */
  outOf?: number;
  /** It tells of what has happened: that it is over says nothing, so nobody is told. */
  happened?: true;
}

interface Above {
  /** Fires above this value. An idle queue or function sends no data, and that is no failure. */
  above: number;
  below?: undefined;
}
interface Below {
  /** Fires below this value, and where no data come: of what must never be silent. */
  below: number;
  above?: undefined;
}

export type AlarmSpec = Words & Watched & (Above | Below);

export interface AlarmsProps {
  settings: Settings['alarms'];
  key?: IKey;
  specs: AlarmSpec[];
}

export class Alarms extends Construct {
  /** Where the alarms are published: the operator's own topic, and one of ours for the e-mails. */
  readonly topics: ITopic[];
  /** All alarms of this stack, as docs/operations.md tells them (scripts/operations.ts). */
  readonly specs: AlarmSpec[];
  /** By the name of their specs. */
  readonly byName = new Map<string, Alarm>();

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { topicArn, emails } = props.settings;
    const foreign = topicArn ? [Topic.fromTopicArn(this, 'ForeignTopic', topicArn)] : [];
    this.topics = topicArn && emails.length === 0 ? foreign : [...foreign, this.ownTopic(props)];
    this.specs = props.specs;
    for (const spec of this.specs) this.alarm(spec);
  }

  private ownTopic({ settings, key }: AlarmsProps): ITopic {
    const topic = new Topic(this, 'Topic', { displayName: 'Security Hub Interpreter', masterKey: key, enforceSSL: true });
    const { account, partition, region } = Stack.of(this);
    // A topic with any policy of its own no longer has the default one that lets the account's alarms in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    );
    for (const email of settings.emails) topic.addSubscription(new EmailSubscription(email));
    if (settings.emails.length === 0) {
      Annotations.of(topic).addWarningV2(
        'security-hub-interpreter:alarms-unheard',
        'Nobody hears the alarms: write alarms.emails or alarms.topicArn in settings.yaml, or subscribe to the topic after the deployment.',
      );
    }
    return topic;
  }

  private alarm({ name, metric, above, below, periods = 1, outOf, happened, means, impact, first }: AlarmSpec): void {
    const alarm = new Alarm(this, name, {
      alarmName: `${Stack.of(this).stackName}-${name}`,
      alarmDescription: `${means}\nImpact: ${impact}\nFirst: ${first}\n${PAGE}`,
      metric,
      ...(below === undefined
        ? {
            threshold: above,
            comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.NOT_BREACHING,
          }
        : { threshold: below, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD, treatMissingData: TreatMissingData.BREACHING }),
      evaluationPeriods: outOf ?? periods,
      ...(outOf === undefined ? {} : { datapointsToAlarm: 1 }),
    });
    this.byName.set(name, alarm);
    const actions = this.topics.map((topic) => new SnsAction(topic));
    alarm.addAlarmAction(...actions);
    if (!happened) alarm.addOkAction(...actions);
  }
}

/** The last line of each e-mail: its reader may not know how to open a log. */
export const PAGE = 'Where the logs are, and more: docs/operations.md';
/** How an operator goes back where a new version is what fails (cli/rollback.ts). */
export const ROLLBACK = 'Where it began with a new version, go back to the one before, in seconds: npm run hub -- rollback.';
/** How an operator sends dead letters back (cli/redrive.ts). */
export const REDRIVE = 'npm run redrive --';
export const MINUTE = Duration.minutes(1);
export const FIVE_MINUTES = Duration.minutes(5);

/** Of the metrics of a stack: where two environments stand side by side, neither rings for the other. */
export function namespaceOf(scope: Construct): string {
  return Stack.of(scope).stackName;
}

/** How many lines of a log have these words, in a period. */
export function linesOf(logs: LogGroup, id: string, words: string, metricName: string, period: Duration): IMetric {
  const filterPattern = FilterPattern.anyTerm(words);
  const filter = logs.addMetricFilter(id, { filterPattern, metricNamespace: namespaceOf(logs), metricName, metricValue: '1' });
  return filter.metric({ period, statistic: Stats.SUM });
}
