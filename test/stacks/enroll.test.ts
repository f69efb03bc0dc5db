/** What starts the enroll function, what keeps its failures, and what tells people of them. */
import type { Template } from 'aws-cdk-lib/assertions';
import { enroll } from '../../handlers/enroll/enroll';
import { world } from '../enroll/memory';
import { only } from '../world/only';
import { exampleConfig, withSettings } from './example-config';
import { hubTemplate, listOf, type Statement, statementsOf } from './synthesize';

let template: Template;
beforeAll(() => {
  template = hubTemplate();
});

const of = (type: string, start = 'Enroll') => {
  const found = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(start));
  if (found.length === 0) throw new Error(`the template has no ${type} of ${start}`);
  return found.map(([id, resource]) => ({ id, resource }));
};
const theOnly = (type: string, start?: string) => {
  const [found, ...others] = of(type, start);
  if (!found || others.length > 0) throw new Error(`the template has not exactly one ${type} of ${start}`);
  return found;
};
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

describe('enroll', () => {
  test('is told the Regions in use, the home Region first, and whose organization it is', () => {
    expect(theOnly('AWS::Lambda::Function').resource.Properties.Environment.Variables).toMatchObject({
      REGIONS: 'ap-northeast-1,us-east-1,eu-west-1',
      ADMINISTRATOR_ACCOUNT: '222222222222',
      MANAGEMENT_ACCOUNT: '111111111111',
    });
  });

  test('has Lambda’s longest time-out, and reserves no concurrency, which a new account’s quota would refuse', () => {
    const { Timeout, ReservedConcurrentExecutions } = theOnly('AWS::Lambda::Function').resource.Properties;
    expect([Timeout, ReservedConcurrentExecutions]).toEqual([900, undefined]);
  });

  test('may use the hubs of the Regions in use alone, each by its ARN', () => {
    const hubs = statementsOf(template, 'Enroll').filter((statement) => listOf(statement.Action)[0]?.startsWith('securityhub:'));
    expect(hubs).toHaveLength(2);
    for (const { Resource } of hubs) {
      // CDK sorts them.
      expect(Resource).toEqual(
        ['ap-northeast-1', 'eu-west-1', 'us-east-1'].map((region) => `arn:aws:securityhub:${region}:222222222222:hub/default`),
      );
    }
  });

  test('cannot remove a member or turn anything off', () => {
    const actions = statementsOf(template, 'Enroll').flatMap(({ Action }) => listOf(Action));
    expect(actions.filter((action) => /Delete|Disable|Disassociate|Batch/.test(action))).toEqual([]);
  });
});

describe('it is started', () => {
  const rule = (name: string) => theOnly('AWS::Events::Rule', `Enroll${name}`).resource.Properties;

  test('each day', () => {
    expect(rule('Daily')).toMatchObject({ ScheduleExpression: 'rate(1 day)', State: 'ENABLED' });
  });

  test('when this very stack was created or updated, and by no other stack and no rollback', () => {
    expect(rule('Deployed').EventPattern).toEqual({
      source: ['aws.cloudformation'],
      'detail-type': ['CloudFormation Stack Status Change'],
      detail: { 'stack-id': [{ Ref: 'AWS::StackId' }], 'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] } },
    });
  });

  test('as it is live, by these two rules alone, which try for hours and keep what they cannot bring', () => {
    const live = { Ref: theOnly('AWS::Lambda::Alias').id };
    const target = {
      Arn: live,
      DeadLetterConfig: { Arn: arnOf(theOnly('AWS::SQS::Queue').id) },
      RetryPolicy: { MaximumEventAgeInSeconds: 6 * 3600, MaximumRetryAttempts: 185 },
    };
    const rules = of('AWS::Events::Rule');
    for (const { resource } of rules) expect(resource.Properties.Targets).toEqual([{ Id: 'Target0', ...target }]);
    const callers = of('AWS::Lambda::Permission').map(({ resource }) => [resource.Properties.Principal, resource.Properties.SourceArn]);
    expect(callers).toEqual(rules.map(({ id }) => ['events.amazonaws.com', arnOf(id)]));
    for (const { resource } of of('AWS::Lambda::Permission')) expect(resource.Properties.FunctionName).toEqual(live);
  });
});

describe('a run that fails', () => {
  test('is tried twice more and then kept in its dead-letter queue, to which the role may send', () => {
    const queue = theOnly('AWS::SQS::Queue').id;
    const invocations = theOnly('AWS::Lambda::EventInvokeConfig');
    expect(invocations.resource.Properties).toMatchObject({
      MaximumRetryAttempts: 2,
      Qualifier: 'live',
      DestinationConfig: { OnFailure: { Destination: arnOf(queue) } },
    });
    expect(invocations.resource.DependsOn.join(' ')).toMatch(/EnrollRunRoleDefaultPolicy/);
    const sends = statementsOf(template, 'Enroll').filter(({ Action }) => Action === 'sqs:SendMessage');
    expect(sends.map(({ Resource }) => Resource)).toEqual([arnOf(queue)]);
  });

  test('is what only these rules may add to that queue', () => {
    const statements = theOnly('AWS::SQS::QueuePolicy').resource.Properties.PolicyDocument.Statement as Statement[];
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.map(({ Condition }) => Condition?.ArnEquals)).toEqual(
      of('AWS::Events::Rule').map(({ id }) => ({ 'aws:SourceArn': arnOf(id) })),
    );
  });
});

describe('the alarm', () => {
  const alarm = (name: string) => {
    const found = Object.values(template.findResources('AWS::CloudWatch::Alarm')).find(
      ({ Properties }) => Properties.AlarmName === `SecurityHubInterpreter-${name}`,
    );
    if (!found) throw new Error(`there is no alarm ${name}`);
    return found.Properties;
  };

  test('accounts-not-enrolled counts the very line that enroll logs for each refused account', async () => {
    const { deps, hub, lines } = world();
    hub('us-east-1').refusals.set('666666666666', 'AccessDenied');
    await enroll(Number.MAX_SAFE_INTEGER, deps);
    const { message } = only(lines.filter(({ level }) => level === 'error'));
    const filter = theOnly('AWS::Logs::MetricFilter').resource.Properties;
    expect(filter.FilterPattern).toBe(`"${message}"`);
    expect(filter.LogGroupName).toEqual({ Ref: theOnly('AWS::Logs::LogGroup').id });
    expect(filter.MetricTransformations[0]).toMatchObject({ MetricName: alarm('accounts-not-enrolled').MetricName, MetricValue: '1' });
  });

  test('accounts-not-enrolled stays until a daily run has no such account', () => {
    const { Period, EvaluationPeriods, DatapointsToAlarm, Threshold } = alarm('accounts-not-enrolled');
    expect({ DatapointsToAlarm, Threshold }).toEqual({ DatapointsToAlarm: 1, Threshold: 0 });
    expect(Period * EvaluationPeriods).toBeGreaterThan(25 * 3600);
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: at most seven days, of periods of an hour or more.
    expect(Period).toBeGreaterThanOrEqual(3600);
  });

  test('enroll-errors watches the function, and enroll-dead-letters what was given up', () => {
    expect(alarm('enroll-errors')).toMatchObject({
      MetricName: 'Errors',
      Dimensions: [{ Value: { Ref: theOnly('AWS::Lambda::Function').id } }],
    });
    const [dimension] = alarm('enroll-dead-letters').Dimensions;
    expect(dimension.Value).toEqual({ 'Fn::GetAtt': [theOnly('AWS::SQS::Queue').id, 'QueueName'] });
  });
});

test('more linked Regions mean more hubs', () => {
  const { regions } = exampleConfig.settings;
  const other = hubTemplate(withSettings({ regions: { ...regions, linked: ['us-west-2'] } }));
  const resources = statementsOf(other, 'Enroll').flatMap(({ Resource }) => listOf(Resource));
  expect(resources.filter((resource) => String(resource).endsWith('hub/default'))).toEqual(
    [1, 2].flatMap(() => ['ap-northeast-1', 'us-west-2'].map((region) => `arn:aws:securityhub:${region}:222222222222:hub/default`)),
  );
});
