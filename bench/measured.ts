/** Both designs with counters on everything that leaves them. CPU is that of the process, figures are those since `begin`. */
import { quarterConfig } from '../cli/simulate/population/configuration';
import type { Environment } from '../cli/simulate/world/environment';
import type { Message } from '../cli/simulate/world/queues';
import { answer } from '../cli/simulate/world/outside';
import { SimulatedWorld, type WorldOptions } from '../cli/simulate/world/world';
import { organization } from './findings';
import { naive } from './naive';
import { Tally, watch } from './tally';

export interface Figures {
  /** Milliseconds of CPU, user and system, without what the ledger in memory took; and that. */
  cpu: number;
  ledgerCpu: number;
  /** Calls of DynamoDB's API by name, all but those of the minute's tick. */
  calls: Map<string, number>;
  ledgerCalls: number;
  rowsRead: number;
  bytesRead: number;
  /** Invocations by function. */
  invocations: Record<string, number>;
  /** Calls of Slack by what they do. */
  slack: Record<string, number>;
  slackCalls: number;
  bedrockCalls: number;
  /** The most heap in use after an invocation above what was in use at the beginning, in bytes. */
  heap: number;
}

export interface Measured {
  begin(): void;
  end(): Figures;
}

/** The product in the simulated world: intake by ten, as its event source has it; a delivery takes 40 ms. */
export class MeasuredWorld extends SimulatedWorld implements Measured {
  private by = '';
  readonly tally = new Tally(() => this.by);
  private readonly counted = new Map<string, number>();
  private base = snapshot();
  private heap = 0;

  constructor(options: Partial<WorldOptions> = {}) {
    super({ config: quarterConfig(), directory: organization, batch: 10, deliveryTakes: 40, ...options });
    this.fault = ({ by }) => {
      this.by = by;
      return undefined;
    };
    watch(this.ledger, this.tally);
  }

  protected override async work(environment: Environment, message: Message): Promise<boolean> {
    this.counted.set(environment.by, (this.counted.get(environment.by) ?? 0) + 1);
    const done = await super.work(environment, message);
    this.heap = Math.max(this.heap, heapInUse());
    return done;
  }

  begin(): void {
    const { tally, slack } = this;
    tally.calls.clear();
    this.counted.clear();
    Object.assign(tally, { rows: 0, bytes: 0, milliseconds: 0 });
    slack.calls.length = 0;
    this.asks = 0;
    this.base = snapshot();
    this.heap = this.base.heap;
  }

  end(): Figures {
    const { tally, slack } = this;
    const calls = new Map([...tally.calls].filter(([name]) => !name.startsWith('tick query')));
    const kinds = slack.calls.map(({ operation, thread }) => (thread ? 'reply' : operation));
    return {
      cpu: cpuSince(this.base) - tally.milliseconds,
      ledgerCpu: tally.milliseconds,
      calls,
      ledgerCalls: sum(calls.values()),
      rowsRead: tally.rows,
      bytesRead: tally.bytes,
      invocations: Object.fromEntries(this.counted),
      slack: Object.fromEntries(['post', 'reply', 'update'].map((kind) => [kind, kinds.filter((each) => each === kind).length])),
      slackCalls: kinds.length,
      bedrockCalls: this.asks,
      heap: this.heap - this.base.heap,
    };
  }
}

/** The naive design, its Bedrock and its webhook answering at once. */
export class MeasuredNaive implements Measured {
  private counted = 0;
  private asks = 0;
  private posts = 0;
  private base = snapshot();
  private heap = 0;

  async send(event: object): Promise<void> {
    this.counted++;
    await naive(JSON.stringify(event), {
      ask: async () => {
        this.asks++;
        return `${answer.summary} ${answer.impact} ${answer.actions.join(' ')}`;
      },
      post: async () => void this.posts++,
    });
    this.heap = Math.max(this.heap, heapInUse());
  }

  begin(): void {
    Object.assign(this, { counted: 0, asks: 0, posts: 0, base: snapshot() });
    this.heap = this.base.heap;
  }

  end(): Figures {
    return {
      cpu: cpuSince(this.base),
      ledgerCpu: 0,
      calls: new Map(),
      ledgerCalls: 0,
      rowsRead: 0,
      bytesRead: 0,
      invocations: { naive: this.counted },
      slack: { post: this.posts, reply: 0, update: 0 },
      slackCalls: this.posts,
      bedrockCalls: this.asks,
      heap: this.heap - this.base.heap,
    };
  }
}

export function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, each) => total + each, 0);
}

function snapshot() {
  // Where node is started with --expose-gc, what was left by those before is not counted.
  globalThis.gc?.();
  return { cpu: process.cpuUsage(), heap: heapInUse() };
}

function cpuSince({ cpu }: { cpu: NodeJS.CpuUsage }): number {
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000;
}

function heapInUse(): number {
  return process.memoryUsage().heapUsed;
}
