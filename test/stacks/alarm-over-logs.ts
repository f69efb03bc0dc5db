/**
 * An alarm over the lines of a log, as CloudWatch documents metric filters and alarms: so that what a function logs is
 * held against the template that counts it. Metrics that are not from logs send nothing here.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
import type { Template } from 'aws-cdk-lib/assertions';

export interface Line {
  /** Epoch milliseconds. */
  at: number;
  /** The line as an object: structured logs are. */
  entry: Record<string, unknown>;
}

interface Filter {
  pattern: string;
  value: string;
}

/** @returns when each period begins in which the alarm is on, in epoch milliseconds. */
export function alarmOn(template: Template, name: string, lines: readonly Line[], until: number): number[] {
  const alarm = Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .map(({ Properties }) => Properties)
    .find(({ AlarmName }) => AlarmName.endsWith(`-${name}`));
  if (!alarm) throw new Error(`there is no alarm ${name}`);
  const compares = `${alarm.ComparisonOperator} ${alarm.TreatMissingData}`;
  const silence = compares === 'LessThanThreshold breaching';
  if (!silence && compares !== 'GreaterThanThreshold notBreaching') throw new Error('alarms that compare otherwise are not read here');
  const stats = metricsOf(alarm);
  const period = stats[0]?.Period * 1000;
  const filtered = stats.flatMap(({ MetricName, Stat }) => filtersOf(template, MetricName).map((filter) => ({ filter, Stat })));
  if (filtered.length === 0) throw new Error(`no metric of ${name} comes from a log`);
  const breaching = new Set<number>();
  const first = Math.floor(Math.min(...lines.map(({ at }) => at), until) / period);
  for (let bucket = first; bucket * period <= until; bucket++) {
    const within = lines.filter(({ at }) => Math.floor(at / period) === bucket);
    for (const { filter, Stat } of filtered) {
      const values = within.filter(({ entry }) => matches(filter.pattern, entry)).map(({ entry }) => numberIn(filter.value, entry));
      const value = Stat === 'Sum' ? values.reduce((sum, each) => sum + each, 0) : Math.max(...values);
      if (silence ? values.length === 0 || value < alarm.Threshold : values.length > 0 && value > alarm.Threshold) breaching.add(bucket);
    }
  }
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = alarm;
  const on: number[] = [];
  for (let bucket = first; bucket * period <= until; bucket++) {
    const looked = Array.from({ length: EvaluationPeriods }, (_, back) => bucket - back);
    if (looked.filter((each) => breaching.has(each)).length >= DatapointsToAlarm) on.push(bucket * period);
  }
  return on;
}

interface Stat {
  MetricName: string;
  Period: number;
  Stat: string;
}

/** Of a single metric, or of an expression that takes the highest of several. */
function metricsOf(alarm: Record<string, unknown>): [Stat, ...Stat[]] {
  const { MetricName, Period, Statistic, Metrics } = alarm as unknown as {
    MetricName: string;
    Period: number;
    Statistic: string;
    Metrics?: Entry[];
  };
  if (!Metrics) return [{ MetricName, Period, Stat: Statistic }];
  const expressions = Metrics.flatMap(({ Expression }) => Expression ?? []);
  if (expressions.join() !== 'MAX(METRICS())') throw new Error(`the expression ${expressions.join()} is not read here`);
  return Metrics.flatMap(({ MetricStat: stat }) =>
    stat ? { MetricName: stat.Metric.MetricName, Period: stat.Period, Stat: stat.Stat } : [],
  ) as [Stat, ...Stat[]];
}

interface Entry {
  Expression?: string;
  MetricStat?: { Metric: { MetricName: string }; Period: number; Stat: string };
}

function filtersOf(template: Template, metric: string): Filter[] {
  return Object.values(template.findResources('AWS::Logs::MetricFilter')).flatMap(
    ({ Properties: { FilterPattern, MetricTransformations } }) =>
      MetricTransformations.flatMap(({ MetricName, MetricValue }: { MetricName: string; MetricValue: string }) =>
        MetricName === metric ? [{ pattern: FilterPattern, value: MetricValue }] : [],
      ),
  );
}

/** A term, found anywhere in the line; or one field of a line that is JSON, compared as a whole. */
function matches(pattern: string, entry: Record<string, unknown>): boolean {
  const term = /^"([^"]+)"$/.exec(pattern)?.[1];
  if (term) return JSON.stringify(entry).includes(term);
  const [, field, value] = /^\{ ?\$\.(\w+) = "([^"]+)" ?\}$/.exec(pattern) ?? [];
  if (!field) throw new Error(`the filter pattern ${pattern} is not read here`);
  return entry[field] === value;
}

function numberIn(value: string, entry: Record<string, unknown>): number {
  const number = value.startsWith('$.') ? Number(entry[value.slice(2)]) : Number(value);
  if (Number.isNaN(number)) throw new Error(`the line has no number at ${value}: ${JSON.stringify(entry)}`);
  return number;
}
