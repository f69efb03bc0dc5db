/** Memory, time-out and concurrency, as settings.yaml has them. */
import type { Template } from 'aws-cdk-lib/assertions';
import { functionsSchema } from '../../config/switches/functions';
import { withSettings } from './example-config';
import { hubTemplate } from './synthesize';

const templateWith = (functions: object, timeZone = 'Asia/Tokyo') =>
  hubTemplate(withSettings({ timeZone, functions: functionsSchema.parse(functions) }));
const one = (template: Template, type: string, start: string) => {
  const found = Object.entries(template.findResources(type)).find(([id]) => id.startsWith(start));
  if (!found) throw new Error(`the template has no ${type} of ${start}`);
  return { id: found[0], ...found[1].Properties };
};

test('memory and time-out go to the function, and six times the time-out to its queue', () => {
  const template = templateWith({
    intake: { memoryMb: 300, timeoutSeconds: 120 },
    deliver: { memoryMb: 2048, timeoutSeconds: 300 },
    tick: { memoryMb: 512, timeoutSeconds: 100 },
    enroll: { memoryMb: 1024, timeoutSeconds: 600 },
  });
  const sizes = ['Intake', 'Deliver', 'Tick', 'Enroll']
    .map((name) => one(template, 'AWS::Lambda::Function', name))
    .map(({ MemorySize, Timeout }) => [MemorySize, Timeout]);
  expect(sizes).toEqual([
    [300, 120],
    [2048, 300],
    [512, 100],
    [1024, 600],
  ]);
  const hidden = ['QueuesFindings8', 'QueuesDeliveries9', 'TickQueue'].map(
    (name) => one(template, 'AWS::SQS::Queue', name).VisibilityTimeout,
  );
  expect(hidden).toEqual([720, 1800, 600]);
});

test('a tick is given up while its queue still keeps it, with the longest time-out that settings.yaml takes', () => {
  const longest = functionsSchema.parse({ tick: { timeoutSeconds: 100 } }).tick.timeoutSeconds;
  expect(() => functionsSchema.parse({ tick: { timeoutSeconds: longest + 1 } })).toThrow();
  const { VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy } = one(
    templateWith({ tick: { timeoutSeconds: longest } }),
    'AWS::SQS::Queue',
    'TickQueue',
  );
  expect(RedrivePolicy.maxReceiveCount * VisibilityTimeout).toBeLessThan(MessageRetentionPeriod);
});

test('without a word nothing is reserved and nothing is kept ready', () => {
  const template = templateWith({});
  for (const { Properties } of Object.values(template.findResources('AWS::Lambda::Function')))
    expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
  for (const { Properties } of Object.values(template.findResources('AWS::Lambda::Alias')))
    expect(Properties.ProvisionedConcurrencyConfig).toBeUndefined();
  template.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0);
});

test('what is reserved bounds the pollers of the queue as well, which would have messages refused', () => {
  const template = templateWith({ intake: { reservedConcurrency: 4 }, deliver: { reservedConcurrency: 50 } });
  const reserved = ['Intake', 'Deliver'].map((name) => one(template, 'AWS::Lambda::Function', name).ReservedConcurrentExecutions);
  const polled = ['Intake', 'Deliver'].map(
    (name) => one(template, 'AWS::Lambda::EventSourceMapping', name).ScalingConfig.MaximumConcurrency,
  );
  expect([reserved, polled]).toEqual([
    [4, 50],
    [4, 10],
  ]);
});

test('workers are kept ready behind the alias that everything calls', () => {
  const template = templateWith({ deliver: { provisionedConcurrency: 3 } });
  expect(one(template, 'AWS::Lambda::Alias', 'Deliver')).toMatchObject({
    Name: 'live',
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
  });
  expect(one(template, 'AWS::Lambda::Alias', 'Intake').ProvisionedConcurrencyConfig).toBeUndefined();
});

describe('hours', () => {
  const actionsOf = (provisionedHours: object, timeZone?: string) => {
    const template = templateWith({ deliver: { provisionedConcurrency: 3, provisionedHours } }, timeZone);
    const target = one(template, 'AWS::ApplicationAutoScaling::ScalableTarget', 'Deliver');
    expect(one(template, 'AWS::Lambda::Alias', 'Deliver').ProvisionedConcurrencyConfig).toBeUndefined();
    expect(target).toMatchObject({
      MinCapacity: 0,
      MaxCapacity: 3,
      ScalableDimension: 'lambda:function:ProvisionedConcurrency',
      ServiceNamespace: 'lambda',
    });
    expect(JSON.stringify(target.ResourceId)).toContain(':live');
    return target.ScheduledActions.map(({ Schedule, Timezone, ScalableTargetAction: { MinCapacity, MaxCapacity } }: never) => [
      Schedule,
      Timezone,
      MinCapacity,
      MaxCapacity,
    ]);
  };

  test('begin and end in the time zone of the settings', () => {
    expect(actionsOf({ from: '08:05', to: '20:00', days: ['MON', 'FRI'] }, 'Europe/Berlin')).toEqual([
      ['cron(5 8 ? * MON,FRI *)', 'Europe/Berlin', 3, 3],
      ['cron(0 20 ? * MON,FRI *)', 'Europe/Berlin', 0, 0],
    ]);
  });

  test('that end after midnight end on the day after', () => {
    expect(actionsOf({ from: '22:00', to: '06:30', days: ['FRI', 'SAT'] }).map(([schedule]: [string]) => schedule)).toEqual([
      'cron(0 22 ? * FRI,SAT *)',
      'cron(30 6 ? * SAT,SUN *)',
    ]);
  });

  test('of every day name no day', () => {
    const schedules = actionsOf({ from: '08:00', to: '20:00' }).map(([schedule]: [string]) => schedule);
    expect(schedules).toEqual(['cron(0 8 ? * * *)', 'cron(0 20 ? * * *)']);
  });
});
