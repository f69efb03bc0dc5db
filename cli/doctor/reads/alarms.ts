/** The hub stack's alarms as they stand, and who is subscribed to the topics that they tell. */
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Calls } from '../calls';
import { doctorClient } from './defaults';
import { allPages, Once } from './once';

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
  private readonly cloudwatch: CloudWatchClient;
  private readonly sns: SNSClient;

  /** @param stack whose name the alarms' names begin with (stacks/constructs/alarms.ts). */
  constructor(
    private readonly calls: Calls,
    private readonly home: string,
    private readonly stack: string,
  ) {
    this.cloudwatch = new CloudWatchClient(doctorClient(home));
    this.sns = new SNSClient(doctorClient(home));
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
  all = (): Promise<StandingAlarm[]> =>
    this.once.get('alarms', async () => {
      const asked = { AlarmNamePrefix: `${this.stack}-`, MaxRecords: 100 };
      const found = await allPages('MetricAlarms', (NextToken) =>
        this.calls.send('cloudwatch', this.home, this.cloudwatch, new DescribeAlarmsCommand({ ...asked, NextToken })),
      );
      return found.map(
        (alarm): StandingAlarm => ({
          name: alarm.AlarmName ?? '',
          state: alarm.StateValue ?? '',
          since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.toISOString(),
          enabled: alarm.ActionsEnabled !== false,
          tells: alarm.AlarmActions ?? [],
          first: /^First: (.+)$/m.exec(alarm.AlarmDescription ?? '')?.[1],
        }),
      );
    });

  /** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
  async subscribers(TopicArn: string): Promise<Subscriber[]> {
    const found = await allPages('Subscriptions', (NextToken) =>
      this.calls.send('sns', this.home, this.sns, new ListSubscriptionsByTopicCommand({ TopicArn, NextToken })),
    );
    return found.map(
      ({ Protocol = '', Endpoint = '', SubscriptionArn: arn = '' }): Subscriber => ({
        protocol: Protocol,
        endpoint: Endpoint,
        // In place of an ARN stands what became of it: PendingConfirmation, Deleted.
        standing: arn.startsWith('arn:') ? 'confirmed' : arn === 'PendingConfirmation' ? 'pending' : 'gone',
      }),
    );
  }
}
