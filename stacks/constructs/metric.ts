/** The metrics of config/metrics.ts as CloudWatch has them: of this stack, with the dimensions that the functions write. */
import { type Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type Labels, type LineMetricName, type MetricName, METRICS, SERVICE } from '../../config/metrics';

interface Read {
  /** Sum, Maximum, p99 and the like. */
  statistic: string;
  period: Duration;
}

/** One metric: with these labels and no others. */
export function metricOf<N extends MetricName>(scope: Construct, metricName: N, labels: Labels<N>, read: Read): Metric {
  return new Metric({
    namespace: Stack.of(scope).stackName,
    metricName,
    dimensionsMap: { service: SERVICE, ...(labels as Record<string, string>) },
    label: Object.values(labels).join(' ') || metricName,
    ...read,
  });
}

/** One for all that its dimensions may say together. */
export function metricsOf<N extends MetricName>(scope: Construct, name: N, read: Read): Metric[] {
  const dimensions = Object.entries(METRICS[name].by) as [string, readonly string[]][];
  if (dimensions.length === 0 || dimensions.some(([, values]) => values.length === 0))
    throw new Error(`${name} is not split by closed sets`);
  const labels = dimensions.reduce<Record<string, string>[]>(
    (all, [dimension, values]) => all.flatMap((each) => values.map((value) => ({ ...each, [dimension]: value }))),
    [{}],
  );
  return labels.map((each) => metricOf(scope, name, each as Labels<N>, read));
}

/** Made from lines of a log by a filter of their own. */
export function lineMetricOf(scope: Construct, metricName: LineMetricName, read: Read): Metric {
  return new Metric({ namespace: Stack.of(scope).stackName, metricName, label: metricName, ...read });
}

/** Whatever receivers there are: a graph finds them by itself, up to a hundred. */
export function byReceiver(
  scope: Construct,
  name: 'Tellings' | 'TellingFailures',
  where: string,
  label: string,
  { statistic, period }: Read,
): MathExpression {
  const dimensions = ['service', ...Object.keys(METRICS[name].by)].join(',');
  return new MathExpression({
    expression: `SEARCH('{"${Stack.of(scope).stackName}",${dimensions}} MetricName="${name}"${where}', '${statistic}', ${period.toSeconds()})`,
    usingMetrics: {},
    label,
    period,
  });
}
