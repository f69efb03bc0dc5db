/** A world whose time goes on when there is nothing to choose from: to what is visible, due or sent next. */
import type { Config } from '../../../config/schema';
import { MINUTE } from '../../../cli/simulate/world/simulation';
import { config } from '../config';
import { World } from '../world';
import type { Scenario } from './scenarios';

export const QUIET = config({
  settings: { model: { enabled: false, profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'] }, writeBack: false },
});

/** The same, told to two. */
const TO_TWO: Config = {
  ...QUIET,
  routes: {
    receivers: {
      ...QUIET.routes.receivers,
      others: { channel: 'C0OTHERS001', language: 'en', securityAccountAccess: false },
    },
    route: {
      receiver: 'sec-ops',
      routes: [
        { match: { ou: 'Workloads' }, receiver: 'workloads', continue: true },
        { match: { ou: 'Workloads' }, receiver: 'others' },
      ],
    },
  },
};

export class Elapsing extends World {
  /** Flags that a tick found to be old. */
  sweeps = 0;
  trace: string[] = [];
  protected unsent: { event: object; at: number }[];
  private ticked = 0;

  constructor(readonly scenario: Scenario) {
    super({
      config: scenario.receivers ? TO_TWO : QUIET,
      ...(scenario.batch ? { batch: 10 } : {}),
      limits: { lateTtl: false, timeouts: false },
    });
    this.unsent = scenario.events();
  }

  /** Without a sweeper no flag makes a tick. */
  protected override async nextDue(): Promise<number | undefined> {
    if (this.scenario.sweeper !== false) return super.nextDue();
    const first = this.ledger.first('due');
    return first === undefined ? undefined : Date.parse(first.slice(0, 24));
  }

  /**
   * To the next moment at which a message is visible or something is due.
   * @returns whether there is one.
   */
  protected async goOn(): Promise<boolean> {
    const due = await this.nextDue();
    const tick = due === undefined ? Number.POSITIVE_INFINITY : Math.max(Math.ceil(due / MINUTE) * MINUTE, this.ticked + MINUTE);
    const next = Math.min(
      tick,
      ...this.unsent.map(({ at }) => at),
      ...(['intake', 'deliver', 'tick'] as const).map((by) => this.queues[by].nextVisible() ?? Number.POSITIVE_INFINITY),
    );
    if (!Number.isFinite(next)) return false;
    this.now = Math.max(this.now, next);
    this.trace.push(`time ${new Date(this.now).toISOString()}`);
    if (tick <= this.now) {
      this.ticked = this.now;
      for (const { key, value } of this.ledger.all())
        if (key.pk.startsWith('awake#') && this.now - (value as { at: number }).at > 2 * MINUTE) this.sweeps++;
      this.tick();
    }
    return true;
  }
}
