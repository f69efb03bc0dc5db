/** CloudWatch and SNS, as far as it is asked how alarms stand and who hears them. */
import { type Answer, json, jsonProtocol, pageOf, Refusal, type StandIn } from './protocol';
import { query } from './stand-in-deployment';
import type { World } from './world';

/** Of the entries of one page. */
export const PAGE = 5;

export const cloudwatch: StandIn = {
  prefix: 'cloudwatch',
  ...jsonProtocol('1.0'),
  answer({ alarms }: World, { operation, input }): Answer {
    if (operation !== 'DescribeAlarms') throw new Error(`The stand-in has no cloudwatch:${operation}`);
    const wanted = alarms.filter(({ name }) => name.startsWith(String(input.AlarmNamePrefix)));
    const { entries, next } = pageOf(wanted, input.NextToken, PAGE);
    return json({
      MetricAlarms: entries.map(({ name, state, since, actionsEnabled, tells }) => ({
        AlarmName: name,
        AlarmDescription: `What it is <about> & "why"\nImpact: late\nFirst: look at ${name}.`,
        StateValue: state,
        StateTransitionedTimestamp: Date.parse(since) / 1000,
        ActionsEnabled: actionsEnabled,
        AlarmActions: tells,
        Metrics: [{ Id: 'm0', MetricStat: { Metric: { Dimensions: [{ Name: 'QueueName', Value: 'q' }] } } }],
      })),
      CompositeAlarms: [],
      NextToken: next,
    });
  },
};

export const sns = query('sns', {
  ListSubscriptionsByTopic({ topics }: World, input) {
    const subscribers = topics.get(String(input.TopicArn));
    if (!subscribers) throw new Refusal('NotFound', 'Topic does not exist', 404);
    const { entries, next } = pageOf(subscribers, input.NextToken, PAGE);
    return {
      Subscriptions: entries.map(({ protocol, endpoint, arn }) => ({
        TopicArn: input.TopicArn,
        Protocol: protocol,
        SubscriptionArn: arn,
        Owner: '222222222222',
        Endpoint: endpoint,
      })),
      NextToken: next,
    };
  },
});
