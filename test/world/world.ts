/**
 * The whole system on in-memory ports and virtual time: the product's use cases and settlement as they are,
 * with queues, Slack, Organizations, the model and Security Hub in memory.
 */
import type { SQSRecord } from 'aws-lambda';
import { MemoryLedger } from '../../cli/local/memory-ledger';
import type { Config } from '../../config/schema';
import { deliver } from '../../handlers/deliver/deliver';
import { ledgerTurns } from '../../handlers/deliver/turns';
import { settle } from '../../handlers/inbox';
import { type Decision, intake } from '../../handlers/intake/intake';
import { OwnerLookup } from '../../handlers/intake/owner-lookup';
import type { Analyst, Directory, Journal, Ledger, WakeUp } from '../../handlers/ports';
import { config as exampleConfig } from './config';
import { MemoryHub } from './hub';
import { MemorySlack } from './slack';

interface Queued {
  id: string;
  body: string;
  visibleAt: number;
  sentAt: number;
  receives: number;
}

export interface WorldOptions {
  config?: Config;
  now?: number;
  analyst?: Analyst;
  directory?: Directory;
  slack?: MemorySlack;
  ledger?: Ledger;
  /** Chooses among visible findings: the queue keeps no order. */
  random?: () => number;
}

export const START = Date.UTC(2026, 10, 21, 0, 14);

export const answer = {
  summary: 'The setting that keeps strangers out is off.',
  impact: 'Anyone may read what is stored there.',
  actions: ['Confirm with the owner whether this is intended.', 'Close the access.'],
};

export class World {
  now: number;
  readonly config: Config;
  readonly ledger: Ledger;
  readonly slack: MemorySlack;
  readonly hub = new MemoryHub();
  /** Findings by when they become visible, and those that are. */
  private readonly coming: Queued[] = [];
  private readonly visible: Queued[] = [];
  /** Wake-ups by message group: a group waits for its first. */
  private readonly groups = new Map<string, Queued[]>();
  readonly dead: { queue: 'findings' | 'deliveries'; body: string; reason: string }[] = [];
  readonly decisions: Decision[] = [];
  readonly logs: { level: string; message: string; details: Record<string, unknown> }[] = [];
  asks = 0;
  lookups = 0;
  invocations = 0;
  private sequence = 0;
  private lastTick = 0;
  private readonly random: () => number;
  private readonly owners: OwnerLookup;
  private readonly analyst: Analyst;

  constructor(options: WorldOptions = {}) {
    this.now = options.now ?? START;
    this.config = options.config ?? exampleConfig();
    this.ledger = options.ledger ?? new MemoryLedger();
    this.slack = options.slack ?? new MemorySlack();
    this.slack.clock = this.clock;
    this.random = options.random ?? (() => 0);
    const analyst = options.analyst ?? {
      interpret: async () => ({ content: answer, model: 'test', inputTokens: 1000, outputTokens: 100 }),
    };
    this.analyst = {
      interpret: async (request) => {
        this.asks++;
        return analyst.interpret(request);
      },
    };
    const directory = options.directory ?? {
      account: async (id) => ({ name: `account-${id.slice(-3)}`, parentIds: ['r-ab12', 'ou-ab12-wkld0001'], tags: {} }),
      organizationalUnitName: async () => 'Workloads',
    };
    const counted: Directory = {
      account: async (id) => {
        this.lookups++;
        return directory.account(id);
      },
      organizationalUnitName: async (id) => {
        this.lookups++;
        return directory.organizationalUnitName(id);
      },
    };
    this.owners = new OwnerLookup({
      ledger: this.ledger,
      directory: counted,
      clock: this.clock,
      journal: this.journal,
      ttlHours: this.config.settings.directoryHours,
    });
  }

  readonly clock = { now: () => this.now };
  readonly journal: Journal = {
    info: (message, details) => void this.logs.push({ level: 'info', message, details }),
    warn: (message, details) => void this.logs.push({ level: 'warn', message, details }),
    error: (message, details) => void this.logs.push({ level: 'error', message, details }),
  };

  /** Puts an event into the findings queue now, or in `delay` milliseconds. */
  send(event: object, delay = 0): void {
    this.arrive({
      id: `f${++this.sequence}`,
      body: JSON.stringify(event),
      visibleAt: this.now + delay,
      sentAt: this.now + delay,
      receives: 0,
    });
  }

  private arrive(message: Queued): void {
    if (message.visibleAt <= this.now) this.visible.push(message);
    else this.coming.push(message);
  }

  private wake(wakeUps: WakeUp[]): void {
    for (const wakeUp of wakeUps) {
      const group = `${wakeUp.receiver}/${wakeUp.fingerprint}`;
      const queue = this.groups.get(group) ?? [];
      queue.push({ id: `d${++this.sequence}`, body: JSON.stringify(wakeUp), visibleAt: this.now, sentAt: this.now, receives: 0 });
      this.groups.set(group, queue);
    }
  }

  /** Runs until every queue is empty and nothing is due, or until the given time. */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    for (let turns = 0; turns < 1_000_000; turns++) {
      if (this.visible.length > 0) {
        const [message] = this.visible.splice(Math.floor(this.random() * this.visible.length), 1);
        if (message && !(await this.receiveFinding(message))) this.arrive(message);
        continue;
      }
      const group = this.nextGroup();
      const head = group && this.groups.get(group)?.[0];
      if (head && group) {
        if (await this.receiveDelivery(head)) this.groups.get(group)?.shift();
        if (this.groups.get(group)?.length === 0) this.groups.delete(group);
      } else if (!(await this.advance(until))) return;
    }
    throw new Error('the world does not come to rest');
  }

  private nextGroup(): string | undefined {
    for (const [group, [head]] of this.groups) if (head && head.visibleAt <= this.now) return group;
    return undefined;
  }

  /** To the next moment at which something becomes visible or due. */
  private async advance(until: number): Promise<boolean> {
    const nextDue = await this.nextDue();
    // The schedule ticks once a minute, whatever is due.
    const due = nextDue === undefined ? undefined : Math.max(nextDue, this.lastTick + 60_000);
    const heads = [...this.groups.values()].map(([head]) => head?.visibleAt ?? Number.POSITIVE_INFINITY);
    const soonest = this.coming.reduce((least, { visibleAt }) => Math.min(least, visibleAt), Number.POSITIVE_INFINITY);
    const next = Math.min(soonest, ...heads, due ?? Number.POSITIVE_INFINITY);
    if (next > until) {
      if (Number.isFinite(until)) this.now = Math.max(this.now, until);
      return false;
    }
    if (!Number.isFinite(next)) return false;
    this.now = Math.max(this.now, next);
    const waiting = this.coming.splice(0);
    for (const message of waiting) this.arrive(message);
    if (due === undefined || due > this.now) return true;
    this.lastTick = this.now;
    this.send({ 'detail-type': 'Scheduled Event', id: `tick-${this.now}`, detail: {} });
    return true;
  }

  async nextDue(): Promise<number | undefined> {
    const [row] = await this.ledger.list('due', '', { limit: 1 });
    return row && Math.ceil(Date.parse(row.key.sk.slice(0, 24)) / 60_000) * 60_000;
  }

  private receiveFinding(message: Queued): Promise<boolean> {
    return this.receive(message, 'findings', async () => {
      const decisions = await intake(message.body, message.receives > 1, {
        config: this.config,
        ledger: this.ledger,
        owners: this.owners,
        wakeUps: { send: async (wakeUps) => this.wake(wakeUps) },
        clock: this.clock,
        journal: this.journal,
        reject: async (body, reason) => void this.dead.push({ queue: 'findings', body, reason }),
      });
      this.decisions.push(...decisions);
    });
  }

  private receiveDelivery(message: Queued): Promise<boolean> {
    return this.receive(message, 'deliveries', () =>
      deliver(
        JSON.parse(message.body) as WakeUp,
        { sentAt: message.sentAt, first: message.receives === 1 },
        {
          config: this.config,
          ledger: this.ledger,
          messenger: this.slack,
          analyst: this.analyst,
          hub: this.hub,
          turns: ledgerTurns(this.ledger, this.clock),
          clock: this.clock,
          journal: this.journal,
        },
      ),
    );
  }

  private async receive(message: Queued, name: 'findings' | 'deliveries', work: () => Promise<void>): Promise<boolean> {
    this.invocations++;
    message.receives++;
    // What nobody settles comes back when its visibility times out.
    message.visibleAt = this.now + 540_000;
    const record = { messageId: message.id, body: message.body, receiptHandle: message.id } as SQSRecord;
    const inbox = {
      defer: async (_handle: string, seconds: number) => {
        message.visibleAt = this.now + seconds * 1000;
      },
      deadLetter: async (body: string, reason: string) => void this.dead.push({ queue: name, body, reason }),
    };
    return settle(record, work, { inbox, ledger: this.ledger, clock: this.clock, journal: this.journal });
  }
}
