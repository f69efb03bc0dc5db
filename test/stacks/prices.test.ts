/** What docs/prices.yaml counts of CloudWatch and keys is what the template has. */
import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib';
import { hubStack } from '../../config/stack-name';
import { readPrices } from '../../scripts/prices';
import { exampleConfig, withSettings } from './example-config';
import { hubApp } from './synthesize';

type Resource = { Type: string; Properties: { Metrics?: { MetricStat?: object }[] } };

/** CloudWatch counts the metrics that alarms look at, and not the alarms. https://aws.amazon.com/cloudwatch/pricing/ */
function counted(config = exampleConfig) {
  const resources = Object.values<Resource>(
    Template.fromStack(hubApp({ config }).node.findChild(hubStack(config)) as Stack).toJSON().Resources,
  );
  const of = (type: string) => resources.filter(({ Type }) => Type === type);
  const metrics = of('AWS::CloudWatch::Alarm').map(({ Properties: { Metrics } }) => Metrics?.filter((each) => each.MetricStat).length ?? 1);
  return {
    alarm: metrics.reduce((sum, count) => sum + count, 0),
    dashboard: of('AWS::CloudWatch::Dashboard').length,
    key: of('AWS::KMS::Key').length,
  };
}

const costsOf = (section: string, write: RegExp) => {
  const found = readPrices().switches.filter((row) => row.section === section && write.test(row.write));
  expect(found).toHaveLength(1);
  return found[0]?.costs;
};

const { settings } = exampleConfig;
const base = counted();
const without = counted(withSettings({ metrics: false }));

test('metrics: the dashboard, and the alarms that read them', () => {
  expect(costsOf('metrics', /^true \(default\)$/)).toEqual({ dashboard: 1, alarm: base.alarm - without.alarm });
  expect([base.dashboard, without.dashboard]).toEqual([1, 0]);
});

test('alarms: those that are always there, and one of silence', () => {
  expect(costsOf('alarms', /^emails/)).toEqual({ alarm: without.alarm });
  const silence = counted(withSettings({ alarms: { ...settings.alarms, silenceHours: 48 } }));
  expect(costsOf('alarms', /^silenceHours/)).toEqual({ alarm: silence.alarm - base.alarm });
});

test('an environment, with metrics and without', () => {
  const enablement = { ...settings.enablement, mode: 'none' as const, targets: [] };
  const dev = (metrics: boolean) => counted({ ...withSettings({ enablement, metrics }), environment: 'dev' } as typeof exampleConfig);
  const { dashboard: _none, ...small } = dev(false);
  expect(costsOf('environments', /dev\.yaml/)).toEqual({ ...dev(true), secret: 1 });
  expect(costsOf('environments', /metrics: false/)).toEqual({ ...small, secret: 1 });
});

test('the model’s budget: its alarm', () => {
  const limited = counted(withSettings({ model: { ...settings.model, budget: { usdPerMonth: 50 } } }));
  expect(costsOf('model', /^budget$/)).toEqual({ alarm: limited.alarm - base.alarm });
});
