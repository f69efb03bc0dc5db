/**
 * Lines of the embedded metric format as CloudWatch reads them from a log: a datapoint for each value, of each metric, for each set of
 * dimensions. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export interface Datapoint {
  namespace: string;
  name: string;
  unit: string;
  dimensions: Record<string, string>;
  /** Epoch milliseconds. */
  at: number;
  value: number;
}

interface Directive {
  Namespace: string;
  Dimensions: string[][];
  Metrics: { Name: string; Unit: string }[];
}

/** @param line of a log. @returns nothing for a line that is no metric. @throws Error for one that CloudWatch would not read. */
export function datapointsIn(line: string): Datapoint[] {
  if (!line.startsWith('{')) return [];
  const entry = JSON.parse(line) as Record<string, unknown> & { _aws?: { Timestamp: number; CloudWatchMetrics: Directive[] } };
  if (!entry._aws) return [];
  const { Timestamp: at, CloudWatchMetrics } = entry._aws;
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) => {
    if (Dimensions.length === 0 || Metrics.length > 100) throw new Error(`CloudWatch does not read ${line}`);
    return Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(entry[name])]));
      if (names.length > 30 || Object.values(dimensions).some((value) => value === '' || value === 'undefined'))
        throw new Error(`CloudWatch takes no such dimensions: ${line}`);
      return Metrics.flatMap(({ Name, Unit }) => {
        const values = [entry[Name]].flat() as number[];
        if (values.length > 100 || values.some((value) => typeof value !== 'number')) throw new Error(`${Name} has no values: ${line}`);
        return values.map((value) => ({ namespace: Namespace, name: Name, unit: Unit, dimensions, at, value }));
      });
    });
  });
}

/** The sum of a metric, over whatever else it is split by. */
export function total(all: readonly Datapoint[], name: string, labels: Record<string, string> = {}): number {
  return all
    .filter((each) => each.name === name && Object.entries(labels).every(([key, value]) => each.dimensions[key] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
