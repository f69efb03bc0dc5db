/** What the functions count, kept with its time. */
import type { Labels, MetricName } from '../../../config/metrics';
import type { Meter } from '../../../handlers/ports';

export interface Counted {
  /** Epoch milliseconds. */
  at: number;
  name: MetricName;
  labels: Record<string, string>;
  value: number;
}

export class MemoryMeter implements Meter {
  readonly counted: Counted[] = [];

  constructor(private readonly now: () => number) {}

  count<N extends MetricName>(name: N, labels: Labels<N>, value = 1): void {
    this.counted.push({ at: this.now(), name, labels, value });
  }

  /** Of a metric with these labels, whatever else is said of it. */
  total(name: MetricName, labels: Record<string, string> = {}): number {
    const wanted = Object.entries(labels);
    return this.counted
      .filter((each) => each.name === name && wanted.every(([key, value]) => each.labels[key] === value))
      .reduce((sum, { value }) => sum + value, 0);
  }
}
