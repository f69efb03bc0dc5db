/**
 * Virtual time, the three queues and the environments that work on them. By itself one message is worked on at a time.
 * With `workers` many are, and each call to a port is a place where another may go on, chosen by `random`: so a seed
 * replays an interleaving.
 */
import { HOUR, MINUTE, SECOND } from '../../../handlers/domain/time';
import { type Call, CONCURRENCY, Environment, type Fault, TIMEOUT } from './environment';
import { type Limits, limitsOf } from './limits';
import { FifoQueue, type Message, type Queue, StandardQueue } from './queues';
import type { Random } from './random';

export interface SimulationOptions {
  now?: number;
  /** Chooses among visible findings, and among those that may go on. Default: the first each time. */
  random?: Random;
  /**
   * How many messages of each queue are worked on at the same time, call by call in turns; no more than the hub stack's
   * concurrency. Default: one after the other.
   */
  workers?: number;
  /** How long a delivery takes, in milliseconds, where one is worked on after the other. Default: no time at all. */
  deliveryTakes?: number;
  /** How long each call takes that leaves a function, in milliseconds. Default: no time at all. */
  callTakes?: number;
  /** What differs from the limits that the world keeps by itself. */
  limits?: Partial<Limits> | 'all';
  /** How far the clock of SQS, which stamps what is sent, is behind that of Lambda, in milliseconds. */
  sqsBehind?: number;
}

export { HOUR, MINUTE, SECOND };
export const START = Date.UTC(2026, 10, 21, 0, 14);
/** As the hub stack sets them: six times the functions' time-outs. */
export const VISIBILITY = { intake: 6 * TIMEOUT.intake, deliver: 6 * TIMEOUT.deliver, tick: 6 * TIMEOUT.tick };
/** How often a message may be received, as the hub stack sets it. */
export const MAX_RECEIVES = { intake: 100, deliver: 1000, tick: 5 };
/** How long SQS keeps a message, as the hub stack sets it. */
export const RETENTION = 14 * 24 * HOUR;

const ALL = ['tick', 'intake', 'deliver'] as const;

/** Work under way, and when it has ended. */
interface Invocation {
  by: Call['by'];
  environment: Environment;
  done: Promise<void>;
}

export abstract class Simulation {
  readonly limits: Limits;
  now: number;
  readonly clock = { now: () => this.now };
  invocations = 0;
  /** What SQS kept no longer. */
  readonly forgotten: Message[] = [];
  /** Asked at each call that leaves a function; may make it fail. */
  fault: (call: Call) => Fault | undefined = () => undefined;

  protected readonly queues: Record<Call['by'], Queue>;
  private readonly idle: Record<Call['by'], Environment[]> = { intake: [], deliver: [], tick: [] };
  private readonly underWay = new Set<Invocation>();
  private readonly paused: (() => void)[] = [];
  private readonly sleeping: { until: number; wake: () => void }[] = [];
  private readonly around = { fault: (call: Call) => this.fault(call), pause: () => this.pause(), now: this.clock.now };
  private sequence = 0;
  private lastTick = 0;
  private readonly how: Required<Omit<SimulationOptions, 'now' | 'limits'>>;

  constructor({ now = START, random = () => 0, workers = 0, deliveryTakes = 0, callTakes = 0, sqsBehind = 0, limits }: SimulationOptions) {
    this.limits = limitsOf(limits);
    this.now = now;
    this.how = { random, workers, callTakes, sqsBehind, deliveryTakes: workers > 0 ? 0 : deliveryTakes };
    const queue = (by: Call['by']) => ({
      visibility: VISIBILITY[by],
      maxReceiveCount: MAX_RECEIVES[by],
      retention: RETENTION,
      exhausted: (message: Message) => this.exhausted(by, message),
      forgotten: (message: Message) => void this.forgotten.push(message),
    });
    this.queues = {
      intake: new StandardQueue(queue('intake'), random),
      deliver: new FifoQueue(queue('deliver')),
      tick: new StandardQueue(queue('tick'), random),
    };
  }

  /** SQS gives a message up: it was received as often as it may be. */
  protected abstract exhausted(by: Call['by'], message: Message): void;

  /** Findings that wait to be worked on. */
  get waiting(): number {
    return this.queues.intake.waiting;
  }

  /** @returns whether the message is done with; otherwise it comes back. */
  protected abstract work(environment: Environment, message: Message): Promise<boolean>;
  /** When the schedule's tick has something to find, in epoch milliseconds. */
  protected abstract nextDue(): Promise<number | undefined>;
  /** The same of what comes round for as long as anything is open: it alone keeps no run without an end from resting. */
  protected abstract nextRound(): number | undefined;
  protected abstract tick(): void;

  protected enqueue(queue: Call['by'], body: string, at: number, group?: string, firstSentAt?: number): void {
    this.queues[queue].send({
      id: `${queue}-${++this.sequence}`,
      body,
      group,
      sentAt: at - this.how.sqsBehind,
      firstSentAt,
      visibleAt: at,
    });
  }

  /** Lambda starts all environments anew: what they remembered is gone. */
  coldStart(): void {
    for (const by of ALL) this.idle[by].splice(0);
  }

  /** Time that goes by within a call. Others work meanwhile where there are workers. */
  sleep(milliseconds: number): Promise<void> {
    if (this.how.workers > 0) return new Promise((wake) => this.sleeping.push({ until: this.now + milliseconds, wake }));
    this.now += milliseconds;
    return Promise.resolve();
  }

  /** Runs until every queue is empty and nothing is due, or until the given time. */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    for (let turns = 0; turns < 5_000_000; turns++) {
      const next = this.choose();
      if (next) {
        next();
        // Without workers nothing pauses: what was begun ends before anything else begins.
        if (this.how.workers === 0) for (const { done } of this.underWay) await done;
        else await allStandStill();
      } else if (!(await this.advance(until))) return;
    }
    throw new Error('the world does not come to rest');
  }

  /** What may go on at this moment: something paused, or a message that a free worker takes. */
  private choose(): (() => void) | undefined {
    const startable = ALL.filter((by) => this.nextStart(by) <= this.now);
    const index = this.how.workers === 0 ? 0 : Math.floor(this.how.random() * (this.paused.length + startable.length));
    if (index < this.paused.length) return this.paused.splice(index, 1)[0];
    const by = startable[index - this.paused.length];
    return by && (() => this.start(by));
  }

  /** To the next moment at which something becomes visible or due, or wakes. */
  private async advance(until: number): Promise<boolean> {
    const round = Number.isFinite(until) ? this.nextRound() : undefined;
    const due = minimum(await this.nextDue(), round);
    // The schedule ticks once a minute, whatever is due.
    const tick = due === undefined ? Number.POSITIVE_INFINITY : Math.max(Math.ceil(due / MINUTE) * MINUTE, this.lastTick + MINUTE);
    const wakes = Math.min(...this.sleeping.map((sleeper) => sleeper.until));
    // By itself nothing is under way when time goes on.
    const end = Math.min(...[...this.underWay].map(({ environment }) => environment.deadline));
    const next = Math.min(tick, wakes, end, ...ALL.map((by) => this.nextStart(by)));
    if (next > until && Number.isFinite(until)) this.now = Math.max(this.now, until);
    if (next > until || !Number.isFinite(next)) return false;
    this.now = Math.max(this.now, next);
    if (tick <= this.now) {
      this.lastTick = this.now;
      this.tick();
    }
    if (end <= this.now) {
      for (const { environment } of this.underWay) if (environment.deadline <= this.now) environment.end();
      await allStandStill();
    }
    if (wakes <= this.now) {
      for (const sleeper of this.sleeping.splice(0)) {
        if (sleeper.until <= this.now) sleeper.wake();
        else this.sleeping.push(sleeper);
      }
      await allStandStill();
    }
    return true;
  }

  /** When a message is visible to a worker that is free. */
  private nextStart(by: Call['by']): number {
    const busy = [...this.underWay].filter((invocation) => invocation.by === by).length;
    return busy < Math.min(Math.max(1, this.how.workers), CONCURRENCY[by])
      ? (this.queues[by].nextVisible() ?? Number.POSITIVE_INFINITY)
      : Number.POSITIVE_INFINITY;
  }

  private start(by: Call['by']): void {
    const message = this.queues[by].take(this.now);
    if (!message) return;
    this.invocations++;
    const environment = this.idle[by].pop() ?? new Environment(by, this.around);
    environment.deadline = this.limits.timeouts ? this.now + TIMEOUT[by] : Number.POSITIVE_INFINITY;
    const worked = this.work(environment, message).then((done) => {
      if (done) this.queues[by].delete(message);
      if (by === 'deliver') this.now += this.how.deliveryTakes;
    });
    const invocation: Invocation = { by, environment, done: Promise.resolve() };
    invocation.done = Promise.race([worked, environment.crashed]).then(() => {
      this.underWay.delete(invocation);
      if (!environment.dead) this.idle[by].push(environment);
    });
    this.underWay.add(invocation);
  }

  private pause(): Promise<void> | undefined {
    if (this.how.callTakes > 0) return this.sleep(this.how.callTakes);
    return this.how.workers > 0 ? new Promise((resume) => this.paused.push(resume)) : undefined;
  }
}

function minimum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/** Until every promise that can go on has gone on. */
function allStandStill(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
