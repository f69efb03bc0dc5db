/** The simulated world under the tests' own configuration, unless a test brings another. */
import { SimulatedWorld, type WorldOptions as SimulatedOptions } from '../../cli/simulate/world/world';
import type { Line } from '../stacks/alarm-over-logs';
import { config } from './config';

export { answer, type DeadLetter, HOUR, MINUTE, SECOND, START } from '../../cli/simulate/world/world';

export type WorldOptions = Partial<SimulatedOptions>;

/** WORLD_LIMITS switches limits on for a run, by name or `all`: to see what the product makes of them. */
function limits({ limits }: WorldOptions): SimulatedOptions['limits'] {
  const named = process.env.WORLD_LIMITS;
  if (named === undefined || limits !== undefined) return limits;
  return named === 'all' ? 'all' : Object.fromEntries(named.split(',').map((name) => [name, true]));
}

export class World extends SimulatedWorld {
  constructor(options: WorldOptions = {}) {
    super({ ...options, config: options.config ?? config(), limits: limits(options) });
  }

  /** As they would stand in CloudWatch Logs. */
  get lines(): Line[] {
    return this.logs.map(({ at, level, message, details }) => ({ at, entry: { level, message, ...details } }));
  }
}
