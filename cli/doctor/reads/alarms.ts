/** The hub stack's alarms as they stand, and who is subscribed to the topics that they tell. */
import { object, text, list } from '../../../handlers/domain/text/reading';
import type { Calls } from '../calls';
import { allPages, Once } from './once';
import { QueryClient } from './query';

export interface StandingAlarm {
  /** Whole, as in CloudWatch. */
  name: string;
  /** OK, ALARM or INSUFFICIENT_DATA. */
  state: string;
  /** ISO 8601, when it became that; undefined where CloudWatch does not say. */
  since?: string;
  /** Whether it tells anybody at all. */
  enabled: boolean;
  /** ARNs of whom it tells where it rings. */
  tells: string[];
  /** What to do first, as its description says. */
  first?: string;
}

export interface Subscriber {
  protocol: string;
  /** An address, a URL or an ARN. Those of https may hold a key. */
  endpoint: string;
  standing: 'confirmed' | 'pending' | 'gone';
}

export class AlarmReads {
  private readonly once = new Once();
  private readonly cloudwatch: QueryClient;
  private readonly sns: QueryClient;

  /** @param stack whose name the alarms' names begin with (stacks/constructs/alarms.ts). */
  constructor(
    private readonly calls: Calls,
    private readonly home: string,
    private readonly stack: string,
  ) {
    this.cloudwatch = new QueryClient({ name: 'CLOUDWATCH', host: 'monitoring', version: '2010-08-01' }, home);
    this.sns = new QueryClient({ name: 'SNS', host: 'sns', version: '2010-03-31' }, home);
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
  all = (): Promise<StandingAlarm[]> =>
    this.once.get('alarms', async () => {
      const asked = { AlarmNamePrefix: `${this.stack}-`, MaxRecords: '100' };
      const found = await allPages('MetricAlarms', (NextToken) =>
        this.calls.call('cloudwatch:DescribeAlarms', this.home, async ({ abortSignal }) =>
          page('MetricAlarms', await this.cloudwatch.send('DescribeAlarms', { ...asked, NextToken }, abortSignal)),
        ),
      );
      return found.map(
        (alarm): StandingAlarm => ({
          name: text(alarm.AlarmName) ?? '',
          state: text(alarm.StateValue) ?? '',
          since: text(alarm.StateTransitionedTimestamp) ?? text(alarm.StateUpdatedTimestamp),
          enabled: alarm.ActionsEnabled !== 'false',
          tells: list(alarm.AlarmActions).map(String),
          first: /^First: (.+)$/m.exec(text(alarm.AlarmDescription) ?? '')?.[1],
        }),
      );
    });

  /** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
  async subscribers(TopicArn: string): Promise<Subscriber[]> {
    const found = await allPages('Subscriptions', (NextToken) =>
      this.calls.call('sns:ListSubscriptionsByTopic', this.home, async ({ abortSignal }) =>
        page('Subscriptions', await this.sns.send('ListSubscriptionsByTopic', { TopicArn, NextToken }, abortSignal)),
      ),
    );
    return found.map((subscription): Subscriber => {
      const arn = text(subscription.SubscriptionArn) ?? '';
      return {
        protocol: text(subscription.Protocol) ?? '',
        endpoint: text(subscription.Endpoint) ?? '',
        // In place of an ARN stands what became of it: PendingConfirmation, Deleted.
        standing: arn.startsWith('arn:') ? 'confirmed' : arn === 'PendingConfirmation' ? 'pending' : 'gone',
      };
    });
  }
}

function page<Key extends string>(of: Key, answer: Record<string, unknown>) {
  return { [of]: list(answer[of]).map(object), NextToken: text(answer.NextToken) } as { NextToken?: string } & {
    [Name in Key]: Record<string, unknown>[];
  };
}
