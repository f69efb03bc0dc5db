/**
 * The whole system on in-memory ports and virtual time: the product's use cases and settlement as they are,
 * with queues, Slack, Organizations, the model and Security Hub in memory.
 *
 * By itself one message is worked on at a time. With `workers` many are, and each call to a port is a place where
 * another may go on, chosen by `random`: so a seed replays an interleaving.
 */
import type { SQSRecord } from 'aws-lambda';
import { MemoryLedger } from '../../cli/local/memory-ledger';
import type { Config } from '../../config/schema';
import { deliver } from '../../handlers/deliver/deliver';
import { ledgerTurns } from '../../handlers/deliver/turns';
import { settle } from '../../handlers/inbox';
import { type Decision, intake } from '../../handlers/intake/intake';
import { OwnerLookup } from '../../handlers/intake/owner-lookup';
import type { Analyst, Directory, Inbox, Journal, WakeUp } from '../../handlers/ports';
import { config as exampleConfig } from './config';
import { type Call, Environment, type Fault } from './environment';
import { MemoryHub } from './hub';
import { FifoQueue, type Message, type Queue, StandardQueue } from './queues';
import type { Random } from './random';
import { MemorySlack } from './slack';

export interface WorldOptions {
  config?: Config;
  now?: number;
  analyst?: Analyst;
  directory?: Directory;
  slack?: MemorySlack;
  ledger?: MemoryLedger;
  /** Chooses among visible findings, and among those that may go on: 0 takes the first each time. */
  random?: Random;
  /** How many messages of each queue are worked on at the same time, call by call in turns. Default: one after the other. */
  workers?: number;
}

export interface DeadLetter {
  queue: Call['by'];
  body: string;
  reason: string;
}

export const START = Date.UTC(2026, 10, 21, 0, 14);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** As the hub stack sets them: six times the functions' time-outs. */
const VISIBILITY = { intake: 360 * SECOND, deliver: 540 * SECOND };

export const answer = {
  summary: 'The setting that keeps strangers out is off.',
  impact: 'Anyone may read what is stored there.',
  actions: ['Confirm with the owner whether this is intended.', 'Close the access.'],
};

/** Work under way: the environment, and when it is done with. */
interface Invocation {
  by: Call['by'];
  done: Promise<void>;
}

export class World {
  now: number;
  readonly config: Config;
  readonly ledger: MemoryLedger;
  readonly slack: MemorySlack;
  readonly hub = new MemoryHub();
  readonly dead: DeadLetter[] = [];
  readonly decisions: Decision[] = [];
  readonly logs: { level: string; message: string; details: Record<string, unknown> }[] = [];
  asks = 0;
  lookups = { accounts: [] as string[], units: [] as string[] };
  invocations = 0;
  /** Asked at each call that leaves a function; may make it fail. */
  fault: (call: Call) => Fault | undefined = () => undefined;

  private readonly queues: Record<Call['by'], Queue>;
  private readonly idle: Record<Call['by'], Environment[]> = { intake: [], deliver: [] };
  private readonly owners = new WeakMap<Environment, OwnerLookup>();
  private readonly underWay = new Set<Invocation>();
  private readonly paused: (() => void)[] = [];
  private readonly sleeping: { until: number; wake: () => void }[] = [];
  private sequence = 0;
  private lastTick = 0;
  private readonly random: Random;
  private readonly workers: number;
  private readonly analyst: Analyst;
  private readonly directory: Directory;

  constructor(options: WorldOptions = {}) {
    this.now = options.now ?? START;
    this.config = options.config ?? exampleConfig();
    this.ledger = options.ledger ?? new MemoryLedger();
    this.slack = options.slack ?? new MemorySlack();
    this.slack.clock = this.clock;
    this.random = options.random ?? (() => 0);
    this.workers = options.workers ?? 0;
    this.analyst = options.analyst ?? { interpret: async () => ({ content: answer, model: 'test', inputTokens: 1000, outputTokens: 100 }) };
    this.directory = options.directory ?? {
      account: async (id) => ({ name: `account-${id.slice(-3)}`, parentIds: ['r-ab12', 'ou-ab12-wkld0001'], tags: {} }),
      organizationalUnitName: async () => 'Workloads',
    };
    this.queues = { intake: new StandardQueue(VISIBILITY.intake, this.random), deliver: new FifoQueue(VISIBILITY.deliver) };
  }

  readonly clock = { now: () => this.now };
  readonly journal: Journal = {
    info: (message, details) => void this.logs.push({ level: 'info', message, details }),
    warn: (message, details) => void this.logs.push({ level: 'warn', message, details }),
    error: (message, details) => void this.logs.push({ level: 'error', message, details }),
  };

  /** Puts an event into the findings queue now, or in `delay` milliseconds. */
  send(event: object, delay = 0): void {
    this.enqueue('intake', JSON.stringify(event), this.now + delay);
  }

  private enqueue(queue: Call['by'], body: string, at: number, group?: string): void {
    this.queues[queue].send({ id: `${queue}-${++this.sequence}`, body, group, sentAt: at, visibleAt: at });
  }

  private wake(wakeUps: readonly WakeUp[]): void {
    for (const wakeUp of wakeUps) this.enqueue('deliver', JSON.stringify(wakeUp), this.now, `${wakeUp.receiver}/${wakeUp.fingerprint}`);
  }

  /** A person sends all dead letters back to where they came from. */
  redrive(): void {
    for (const { queue, body } of this.dead.splice(0)) {
      if (queue === 'intake') this.enqueue('intake', body, this.now);
      else this.wake([JSON.parse(body) as WakeUp]);
    }
  }

  /** Lambda starts all environments anew: what they remembered is gone. */
  coldStart(): void {
    for (const by of ['intake', 'deliver'] as const) this.idle[by].splice(0);
  }

  /** Time that goes by within a call. Others work meanwhile where the world has workers. */
  sleep(milliseconds: number): Promise<void> {
    if (this.workers > 0) return new Promise((wake) => this.sleeping.push({ until: this.now + milliseconds, wake }));
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
        if (this.workers === 0) for (const { done } of this.underWay) await done;
        else await new Promise((resolve) => setImmediate(resolve));
      } else if (!(await this.advance(until))) return;
    }
    throw new Error('the world does not come to rest');
  }

  /** What may go on at this moment: something paused, or a message that a free worker takes. */
  private choose(): (() => void) | undefined {
    const free = (by: Call['by']) => [...this.underWay].filter((invocation) => invocation.by === by).length < Math.max(1, this.workers);
    const startable = (['intake', 'deliver'] as const).filter(
      (by) => (this.queues[by].nextVisible() ?? Number.POSITIVE_INFINITY) <= this.now && free(by),
    );
    const index = Math.floor(this.random() * (this.paused.length + startable.length));
    if (index < this.paused.length) return this.paused.splice(index, 1)[0];
    const by = this.workers === 0 ? startable[0] : startable[index - this.paused.length];
    return by && (() => this.start(by));
  }

  /** To the next moment at which something becomes visible or due, or wakes. */
  private async advance(until: number): Promise<boolean> {
    const due = await this.nextDue();
    // The schedule ticks once a minute, whatever is due.
    const tick = due === undefined ? Number.POSITIVE_INFINITY : Math.max(due, this.lastTick + MINUTE);
    const wakes = Math.min(...this.sleeping.map((sleeper) => sleeper.until));
    const visible = Math.min(...Object.values(this.queues).map((queue) => queue.nextVisible() ?? Number.POSITIVE_INFINITY));
    const next = Math.min(tick, wakes, visible);
    if (next > until) {
      if (Number.isFinite(until)) this.now = Math.max(this.now, until);
      return false;
    }
    if (!Number.isFinite(next)) return false;
    this.now = Math.max(this.now, next);
    for (const sleeper of this.sleeping.splice(0)) {
      if (sleeper.until <= this.now) sleeper.wake();
      else this.sleeping.push(sleeper);
    }
    if (tick <= this.now) {
      this.lastTick = this.now;
      this.send({ 'detail-type': 'Scheduled Event', id: `tick-${this.now}`, detail: {} });
    }
    if (wakes <= this.now) await new Promise((resolve) => setImmediate(resolve));
    return true;
  }

  private async nextDue(): Promise<number | undefined> {
    const [row] = await this.ledger.list('due', '', { limit: 1 });
    return row && Math.ceil(Date.parse(row.key.sk.slice(0, 24)) / MINUTE) * MINUTE;
  }

  private start(by: Call['by']): void {
    const message = this.queues[by].take(this.now);
    if (!message) return;
    this.invocations++;
    const environment = this.idle[by].pop() ?? new Environment(by, { fault: (call) => this.fault(call), pause: () => this.pause() });
    const invocation: Invocation = { by, done: Promise.resolve() };
    invocation.done = Promise.race([this.work(environment, message), environment.crashed]).then(() => {
      this.underWay.delete(invocation);
      if (!environment.dead) this.idle[by].push(environment);
    });
    this.underWay.add(invocation);
  }

  private pause(): Promise<void> | undefined {
    return this.workers > 0 ? new Promise((resume) => this.paused.push(resume)) : undefined;
  }

  private async work(environment: Environment, message: Message): Promise<void> {
    const { by } = environment;
    const queue = this.queues[by];
    const inbox: Inbox = {
      defer: async (_handle, seconds) => queue.defer(message, this.now + seconds * SECOND),
      deadLetter: async (body, reason) => void this.dead.push({ queue: by, body, reason }),
    };
    const deps = { inbox: environment.inbox(inbox), ledger: environment.ledger(this.ledger), clock: this.clock, journal: this.journal };
    const record = { messageId: message.id, body: message.body, receiptHandle: message.id } as SQSRecord;
    const done =
      by === 'intake'
        ? await settle(record, () => this.intake(environment, message, deps.inbox), deps)
        : await settle(record, () => this.deliver(environment, message), {
            ...deps,
            deadLetterBody: (body) => JSON.stringify({ ...(JSON.parse(body) as WakeUp), again: true }),
          });
    if (done) queue.delete(message);
  }

  private async intake(environment: Environment, message: Message, inbox: Inbox): Promise<void> {
    const ledger = environment.ledger(this.ledger);
    const decisions = await intake(message.body, message.receives > 1, {
      config: this.config,
      ledger,
      owners: this.ownersOf(environment),
      wakeUps: environment.wakeUps({ send: async (wakeUps) => this.wake(wakeUps) }),
      clock: this.clock,
      journal: this.journal,
      reject: (body, reason) => inbox.deadLetter(body, reason),
    });
    this.decisions.push(...decisions);
  }

  private deliver(environment: Environment, message: Message): Promise<void> {
    const ledger = environment.ledger(this.ledger);
    const arrival = { sentAt: message.sentAt, first: message.receives === 1 };
    return deliver(JSON.parse(message.body) as WakeUp, arrival, {
      config: this.config,
      ledger,
      messenger: environment.messenger(this.slack),
      analyst: {
        interpret: (request) =>
          environment.call('analyst.interpret', () => {
            this.asks++;
            return this.analyst.interpret(request);
          }),
      },
      hub: environment.hub(this.hub),
      turns: ledgerTurns(ledger, this.clock),
      clock: this.clock,
      journal: this.journal,
    });
  }

  /** An environment remembers owners from one message to the next. */
  private ownersOf(environment: Environment): OwnerLookup {
    const known = this.owners.get(environment);
    if (known) return known;
    const counted: Directory = {
      account: async (id) => {
        this.lookups.accounts.push(id);
        return this.directory.account(id);
      },
      organizationalUnitName: async (id) => {
        this.lookups.units.push(id);
        return this.directory.organizationalUnitName(id);
      },
    };
    const owners = new OwnerLookup({
      ledger: environment.ledger(this.ledger),
      directory: environment.directory(counted),
      clock: this.clock,
      journal: this.journal,
      ttlHours: this.config.settings.directoryHours,
    });
    this.owners.set(environment, owners);
    return owners;
  }
}
