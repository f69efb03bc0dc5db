/**
 * An alarm over datapoints, as CloudWatch evaluates it: the template's own expression, period, threshold and periods.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
import type { Template } from 'aws-cdk-lib/assertions';
import type { Datapoint } from './emf';
import { evaluate, type Series } from './metric-math';

interface Metric {
  Namespace: string;
  MetricName: string;
  Dimensions?: { Name: string; Value: unknown }[];
}
interface Entry {
  Id: string;
  Expression?: string;
  MetricStat?: { Metric: Metric; Period: number; Stat: string };
  ReturnData?: boolean;
}
export interface AlarmProperties extends Metric {
  AlarmName: string;
  AlarmDescription: string;
  Metrics?: Entry[];
  Period: number;
  Statistic: string;
  Threshold: number;
  ComparisonOperator: string;
  TreatMissingData: string;
  EvaluationPeriods: number;
  DatapointsToAlarm?: number;
}

export function alarmNamed(template: Template, name: string): AlarmProperties {
  const alarm = Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .map(({ Properties }) => Properties as AlarmProperties)
    .find(({ AlarmName }) => AlarmName === `SecurityHubInterpreter-${name}`);
  if (!alarm) throw new Error(`there is no alarm ${name}`);
  return alarm;
}

/** @returns the beginnings of the periods in which the alarm is on, in epoch milliseconds. @param from, until epoch milliseconds. */
export function ringsOver(alarm: AlarmProperties, all: readonly Datapoint[], from: number, until: number): number[] {
  if (alarm.ComparisonOperator !== 'GreaterThanThreshold' || alarm.TreatMissingData !== 'notBreaching')
    throw new Error(`${alarm.AlarmName} compares otherwise than is read here`);
  const entries: Entry[] = alarm.Metrics ?? [{ Id: 'm', MetricStat: { Metric: alarm, Period: alarm.Period, Stat: alarm.Statistic } }];
  const periods = new Set(entries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []));
  const [period = 0] = periods;
  if (periods.size !== 1) throw new Error(`${alarm.AlarmName} has metrics of several periods`);
  const length = period * 1000;
  const first = Math.floor(from / length);
  const count = Math.floor(until / length) - first + 1;
  const seriesOf = ({ Metric: metric, Stat }: NonNullable<Entry['MetricStat']>): Series => {
    if (Stat !== 'Sum') throw new Error(`the statistic ${Stat} is not read here`);
    const own = all.filter((each) => isOf(each, metric));
    return Array.from({ length: count }, (_, index) => {
      const within = own.filter(({ at }) => Math.floor(at / length) === first + index);
      return within.length === 0 ? undefined : within.reduce((sum, { value }) => sum + value, 0);
    });
  };
  const byId = Object.fromEntries(entries.flatMap(({ Id, MetricStat }) => (MetricStat ? [[Id, seriesOf(MetricStat)]] : [])));
  const [returned] = entries.filter(({ ReturnData = true }) => ReturnData);
  const values = returned?.Expression === undefined ? (byId[returned?.Id ?? ''] ?? []) : evaluate(returned.Expression, byId);
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, Threshold } = alarm;
  return values.flatMap((_, index) => {
    const looked = values.slice(Math.max(0, index - EvaluationPeriods + 1), index + 1);
    return looked.filter((value) => value !== undefined && value > Threshold).length >= DatapointsToAlarm ? [(first + index) * length] : [];
  });
}

/** A metric is its name with exactly these dimensions, and no others. */
function isOf({ namespace, name, dimensions }: Datapoint, metric: Metric): boolean {
  const wanted = metric.Dimensions ?? [];
  return (
    namespace === metric.Namespace &&
    name === metric.MetricName &&
    wanted.length === Object.keys(dimensions).length &&
    wanted.every(({ Name, Value }) => dimensions[Name] === Value)
  );
}
