/** What a world counted, as the lines that the functions would have written at that time: by the adapter itself. */
import type { Counted } from '../../cli/simulate/world/meter';
import { emfMeter } from '../../handlers/adapters/meter';
import type { Meter } from '../../handlers/ports';
import { type Datapoint, datapointsIn } from './emf';

/** @param namespace as the template sets it in the functions' environment. */
export function emfOf(counted: readonly Counted[], namespace: unknown): Datapoint[] {
  const lines: string[] = [];
  const now = jest.spyOn(Date, 'now');
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  const before = process.env.POWERTOOLS_METRICS_NAMESPACE;
  process.env.POWERTOOLS_METRICS_NAMESPACE = String(namespace);
  try {
    const meter = emfMeter();
    for (const { at, name, labels, value } of counted) {
      now.mockReturnValue(at);
      (meter.count as (...count: unknown[]) => ReturnType<Meter['count']>)(name, labels, value);
      meter.publish();
    }
  } finally {
    if (before === undefined) delete process.env.POWERTOOLS_METRICS_NAMESPACE;
    else process.env.POWERTOOLS_METRICS_NAMESPACE = before;
    now.mockRestore();
    out.mockRestore();
  }
  return lines.flatMap((line) => line.split('\n')).flatMap(datapointsIn);
}
