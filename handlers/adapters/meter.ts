/**
 * Metrics by Powertools: lines of CloudWatch's embedded metric format, which it reads from the log; no call, no right. One line a
 * set of dimensions and invocation, none where nothing was counted. The namespace comes from the environment (stacks/constructs/metrics.ts).
 */
import { Metrics } from '@aws-lambda-powertools/metrics';
import { type MetricName, METRICS, SERVICE } from '../../config/metrics';
import type { Meter } from '../ports';

export interface PublishedMeter extends Meter {
  /** Writes what was counted since the last time. */
  publish(): void;
}

export function emfMeter(): PublishedMeter {
  const metrics = new Metrics({ serviceName: SERVICE });
  /** By what they are split, as JSON: what is split alike shares a line. Of a count the sum alone is kept. */
  const lines = new Map<string, Map<MetricName, number[]>>();
  return {
    count(name, labels, value = 1) {
      const key = JSON.stringify(labels);
      const line = lines.get(key) ?? new Map<MetricName, number[]>();
      const [sum = 0, ...more] = line.get(name) ?? [];
      line.set(name, METRICS[name].unit === 'Count' ? [sum + value] : [...(line.has(name) ? [sum, ...more] : []), value]);
      lines.set(key, line);
    },
    publish() {
      for (const [labels, line] of lines) {
        metrics.addDimensions(JSON.parse(labels) as Record<string, string>);
        for (const [name, values] of line) for (const value of values) metrics.addMetric(name, METRICS[name].unit, value);
        metrics.publishStoredMetrics();
      }
      lines.clear();
    },
  };
}
