/** The simulated world under the tests' own configuration, unless a test brings another. */
import { SimulatedWorld, type WorldOptions as SimulatedOptions } from '../../cli/simulate/world/world';
import type { Line } from '../stacks/alarm-over-logs';
import { config } from './config';
import { disagreements } from './recounted';

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

  /** What it leaves must agree with a recount from scratch, wherever it stops. */
  override async run(until?: number): Promise<void> {
    await super.run(until);
    const rows = this.ledger.all();
    const flags = rows.some(({ key }) => key.pk.startsWith('awake#'));
    // What waits for its time is in the ledger; a flag that stands is woken by the tick.
    const empty = Object.values(this.queues).every(({ waiting }) => waiting === 0);
    const rested = empty && (until === undefined || !flags);
    const given = [...this.dead, ...this.forgotten].map(({ body }) => body);
    const found = disagreements({ rows, now: this.now, rested, given });
    if (found.length > 0) throw new Error(`the ledger disagrees with itself:\n${found.slice(0, 20).join('\n')}`);
  }

  /** As they would stand in CloudWatch Logs. */
  get lines(): Line[] {
    return this.logs.map(({ at, level, message, details }) => ({ at, entry: { level, message, ...details } }));
  }
}
