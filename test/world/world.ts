/** The simulated world under the tests' own configuration, unless a test brings another. */
import { SimulatedWorld, type WorldOptions as SimulatedOptions } from '../../cli/simulate/world/world';
import type { Line } from '../stacks/alarm-over-logs';
import { config } from './config';

export { answer, type DeadLetter, HOUR, MINUTE, SECOND, START } from '../../cli/simulate/world/world';

export type WorldOptions = Partial<SimulatedOptions>;

export class World extends SimulatedWorld {
  constructor(options: WorldOptions = {}) {
    super({ ...options, config: options.config ?? config() });
  }

  /** As they would stand in CloudWatch Logs. */
  get lines(): Line[] {
    return this.logs.map(({ at, level, message, details }) => ({ at, entry: { level, message, ...details } }));
  }
}
