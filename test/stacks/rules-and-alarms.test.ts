import type { Template } from 'aws-cdk-lib/assertions';
import { SlackFailure } from '../../handlers/domain/failure';
import { patterns } from '../../stacks/constructs/patterns';
import { control } from '../world/events';
import { MemorySlack } from '../../cli/simulate/world/slack';
import { only } from '../world/only';
import { MINUTE, START, World } from '../world/world';
import { exampleConfig, withSettings } from './example-config';
import { hubTemplate } from './synthesize';

let template: Template;
beforeAll(() => {
  template = hubTemplate();
});

const idsOf = (type: string, start: string) => Object.keys(template.findResources(type)).filter((id) => id.startsWith(start));
const alarms = (from = template) => Object.values(from.findResources('AWS::CloudWatch::Alarm')).map((alarm) => alarm.Properties);

describe('rules', () => {
  const rules = () =>
    Object.entries(template.findResources('AWS::Events::Rule')).flatMap(([id, rule]) => (id.startsWith('Rules') ? [rule.Properties] : []));

  test('carry the patterns exactly as the local matcher reads them', () => {
    const written = rules().flatMap((rule) => (rule.EventPattern ? [rule.EventPattern] : []));
    expect(written).toEqual(Object.values(patterns(exampleConfig.settings)));
  });

  test('wake due work once a minute, and do not retry a tick that the next one replaces', () => {
    const [queue] = idsOf('AWS::SQS::Queue', 'TickQueue');
    const [deadLetters] = idsOf('AWS::SQS::Queue', 'TickDeadLetters');
    const ticks = Object.values(template.findResources('AWS::Events::Rule'))
      .map(({ Properties }) => Properties)
      .filter(({ ScheduleExpression }) => ScheduleExpression === 'rate(1 minute)');
    expect(ticks.map(({ State, Targets }) => [State, Targets])).toEqual([
      [
        'ENABLED',
        [
          {
            Arn: { 'Fn::GetAtt': [queue, 'Arn'] },
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': [deadLetters, 'Arn'] } },
            Id: 'Target0',
            RetryPolicy: { MaximumEventAgeInSeconds: 120, MaximumRetryAttempts: 2 },
          },
        ],
      ],
    ]);
  });

  test('bring the raw event to the findings queue alone, and what cannot be brought to the rules’ dead letters', () => {
    const [findings] = Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) => /^QueuesFindings[0-9A-F]{8}$/.test(id));
    expect(findings).toBeDefined();
    const [deadLetters] = idsOf('AWS::SQS::Queue', 'QueuesRulesDeadLetters');
    expect(rules()).toHaveLength(5);
    for (const { Targets } of rules()) {
      const [{ Arn, DeadLetterConfig, ...rest }] = Targets;
      expect(Targets).toHaveLength(1);
      expect([Arn, DeadLetterConfig.Arn]).toEqual([{ 'Fn::GetAtt': [findings, 'Arn'] }, { 'Fn::GetAtt': [deadLetters, 'Arn'] }]);
      expect(Object.keys(rest)).toEqual(['Id', 'RetryPolicy']);
    }
  });

  test('try for a day to bring an event of Security Hub', () => {
    const patient = rules().filter((rule) => rule.EventPattern);
    expect(new Set(patient.map((rule) => rule.Targets[0].RetryPolicy.MaximumEventAgeInSeconds))).toEqual(new Set([86_400]));
  });
});

describe('alarms', () => {
  test('every dead-letter queue has one that fires at the first message', () => {
    const watched = alarms()
      .filter(
        (alarm) => alarm.MetricName === 'ApproximateNumberOfMessagesVisible' && alarm.Threshold === 0 && alarm.EvaluationPeriods === 1,
      )
      .map((alarm) => alarm.Dimensions[0].Value['Fn::GetAtt'][0]);
    const deadLetters = Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) => id.includes('DeadLetters'));
    expect(deadLetters).toHaveLength(5);
    expect(watched.sort()).toEqual(deadLetters.sort());
  });

  test('watch the errors of every function, and the throttles of those that a person waits for', () => {
    const watched = (metric: string) => alarms().flatMap((alarm) => (alarm.MetricName === metric ? [alarm.Dimensions[0].Value.Ref] : []));
    expect(watched('Errors').sort()).toEqual(idsOf('AWS::Lambda::Function', '').sort());
    // What throttling keeps from ever starting ends in enroll's dead letters, which have an alarm.
    expect(watched('Throttles')).toEqual(['Intake', 'Deliver'].flatMap((name) => idsOf('AWS::Lambda::Function', name)));
  });

  test('one fires at the very line that deliver logs when it holds a channel', async () => {
    const slack = new MemorySlack();
    slack.before = () => {
      throw new SlackFailure('receiver', 'Slack answered is_archived', 0);
    };
    const world = new World({ slack });
    world.send(control());
    await world.run(START + MINUTE);
    const { message } = only(world.logs.filter(({ level }) => level === 'error'));
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: `"${message}"`,
      MetricTransformations: [{ MetricName: 'ChannelsHeld', MetricNamespace: 'SecurityHubInterpreter', MetricValue: '1' }],
    });
    expect(alarms().filter((alarm) => alarm.MetricName === 'ChannelsHeld')).toMatchObject([{ Threshold: 0, EvaluationPeriods: 1 }]);
  });

  test.each([
    ['findings', 300, { DatapointsToAlarm: 1, EvaluationPeriods: 2 }, 'QueuesFindings', 'FindingsSecondsWaited'],
    ['deliveries', 1800, { DatapointsToAlarm: 1, EvaluationPeriods: 4 }, 'QueuesDeliveries', 'SecondsWaited'],
  ])(
    'what waits of the %s counts by its age at SQS and in the log alike, where only one of the two sends data',
    (name, Threshold, periods, id, metric) => {
      const [waiting] = alarms().filter((alarm) => alarm.AlarmName.endsWith(`-${name}-waiting`));
      expect(waiting).toMatchObject({ Threshold, ...periods });
      const [{ Expression }, queue, log] = waiting.Metrics;
      expect(Expression).toBe('MAX(METRICS())');
      expect([queue, log].map(({ MetricStat: { Metric, Stat, Period } }) => [Metric.Namespace, Metric.MetricName, Stat, Period])).toEqual([
        ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'Maximum', 300],
        ['SecurityHubInterpreter', metric, 'Maximum', 300],
      ]);
      const [its] = Object.keys(template.findResources('AWS::SQS::Queue')).filter((each) => new RegExp(`^${id}[0-9A-F]{8}$`).test(each));
      expect(queue.MetricStat.Metric.Dimensions).toEqual([{ Name: 'QueueName', Value: { 'Fn::GetAtt': [its, 'QueueName'] } }]);
    },
  );

  test('what sends no data is no failure, but of the tick', () => {
    const silent = alarms().flatMap(({ AlarmName, TreatMissingData }) =>
      TreatMissingData === 'notBreaching' ? [] : [[AlarmName, TreatMissingData]],
    );
    expect(silent).toEqual([['SecurityHubInterpreter-tick-stopped', 'breaching']]);
  });

  test('sums over rules and operations also fire where only one of them sends data', () => {
    const sums = alarms().filter((alarm) => alarm.Metrics && !/-(waiting|more)$/.test(alarm.AlarmName));
    expect(sums.map((alarm) => alarm.AlarmName.replace('SecurityHubInterpreter-', ''))).toEqual([
      'rules-failed',
      'rules-dead-letters-failed',
      'ledger-errors',
      'ledger-throttles',
    ]);
    for (const { Metrics } of sums) {
      expect(Metrics.flatMap((metric: { Expression?: string }) => metric.Expression ?? [])).toEqual(['SUM(METRICS())']);
      expect(Metrics.length - 1).toBeLessThanOrEqual(10);
    }
  });

  test('each says what it means, its impact and what to do first', () => {
    for (const { AlarmDescription } of alarms()) expect(AlarmDescription).toMatch(/^[A-Z].+\.\nImpact: .+\.\nFirst: .+/);
    const descriptions = alarms().map((alarm) => alarm.AlarmDescription);
    expect(new Set(descriptions).size).toBe(descriptions.length);
  });

  test('all go to an encrypted topic that mails the configured people, and say when they are over, where that says anything', () => {
    const [topic] = idsOf('AWS::SNS::Topic', 'AlarmsTopic');
    for (const { AlarmName, AlarmActions, OKActions } of alarms())
      expect([AlarmActions, OKActions]).toEqual([[{ Ref: topic }], AlarmName.endsWith('-more') ? undefined : [{ Ref: topic }]]);
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [idsOf('AWS::KMS::Key', '')[0], 'Arn'] } });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'sec-ops@example.com',
      TopicArn: { Ref: topic },
    });
  });

  test('go to the operator’s own topic instead where one is named, and to both where there are e-mails too', () => {
    const topicArn = 'arn:aws:sns:ap-northeast-1:222222222222:security-alarms';
    const own = hubTemplate(withSettings({ alarms: { emails: [], topicArn } }));
    own.resourceCountIs('AWS::SNS::Topic', 0);
    for (const { AlarmActions } of alarms(own)) expect(AlarmActions).toEqual([topicArn]);
    const both = hubTemplate(withSettings({ alarms: { emails: ['sec-ops@example.com'], topicArn } }));
    for (const { AlarmActions } of alarms(both)) expect(AlarmActions).toEqual([topicArn, { Ref: expect.stringMatching(/^AlarmsTopic/) }]);
  });
});
