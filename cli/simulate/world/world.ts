/**
 * The whole system on in-memory ports and virtual time: the product's use cases and settlement as they are,
 * with queues, Slack, Organizations, the model and Security Hub in memory.
 */
import type { SQSRecord } from 'aws-lambda';
import type { Config } from '../../../config/schema';
import { flagPartitions, TO_MARK, UNKNOWN_OWNERS, timeOfReadBack } from '../../../handlers/domain/problem/rows';
import { workJournal } from '../../../handlers/correlation';
import type { Decision } from '../../../handlers/domain/problem/decision';
import { loggable } from '../../../handlers/domain/problem/logged';
import type { DeliverDeps } from '../../../handlers/deliver/deps';
import { deliver } from '../../../handlers/deliver/deliver';
import { forget, sentBack } from '../../../handlers/deliver/wake-up';
import { sentAtOf, settle } from '../../../handlers/inbox';
import { announced } from '../../../handlers/intake/announcement';
import { intake, type IntakeDeps } from '../../../handlers/intake/intake';
import { handle, type TickDeps } from '../../../handlers/tick/tick';
import type { Analyst, Directory, Hub, Inbox, Journal, Meter, OwnerQuestion, Timers, WakeUp, WakeUps } from '../../../handlers/ports';
import { Rate } from '../../../local/protocol/rate';
import { FIFO_CALLS } from '../../../local/sqs/fifo-rates';
import type { Call, Environment } from './environment';
import { MemoryHub } from './hub';
import { MemoryLedger } from './ledger';
import { awsError } from './limits';
import { Memories } from './memories';
import { MemoryMeter } from './meter';
import { RatedDirectory } from './organization';
import { ANALYST, counted, DIRECTORY, JUDGE, type Lookups } from './outside';
import { type Message, recordOf } from './queues';
import { MAX_RECEIVES, MINUTE, SECOND, Simulation, type SimulationOptions } from './simulation';
import { MemorySlack } from './slack';

export { answer } from './outside';
export { HOUR, MINUTE, SECOND, START } from './simulation';

export interface WorldOptions extends SimulationOptions {
  config: Config;
  analyst?: Analyst;
  /** Whom the same port asks for verdicts on its words. */
  judge?: Analyst;
  /** Empty unless given: most of what is played is not about its words. */
  phrasebook?: DeliverDeps['phrasebook'];
  directory?: Directory;
  slack?: MemorySlack;
  /** How many findings an invocation of intake takes where so many wait; Lambda gives it ten. Default: 1, the unkindest. */
  batch?: number;
  /** In place of the world's own Security Hub, which then learns of nothing. */
  marks?: Hub;
}

export interface DeadLetter {
  queue: Call['by'];
  body: string;
  reason: string;
  /** Its message group in the dead-letter queue, where that is a FIFO queue. */
  group?: string;
}

/** SendMessageBatch takes ten. */
const SQS_BATCH = 10;

export class SimulatedWorld extends Simulation {
  readonly config: Config;
  readonly ledger: MemoryLedger;
  readonly slack: MemorySlack;
  readonly hub: MemoryHub;
  readonly dead: DeadLetter[] = [];
  readonly decisions: Decision[] = [];
  readonly metrics = new MemoryMeter(() => this.now);
  readonly meter: Meter = this.metrics;
  readonly logs: { at: number; level: string; message: string; details: Record<string, unknown> }[] = [];
  /** How often the model was asked for words, how often for verdicts on them, and of which accounts and OUs Organizations was. */
  asks = 0;
  judgings = 0;
  readonly lookups: Lookups = { accounts: [], units: [] };
  private readonly memories = new Memories();
  private readonly analyst: Analyst;
  private readonly judge: Analyst;
  private readonly phrasebook: DeliverDeps['phrasebook'];
  private readonly directory: Directory;
  private readonly sends: Rate;
  private readonly marks: Hub | undefined;
  private readonly batch: number;

  constructor(options: WorldOptions) {
    super(options);
    this.config = options.config;
    this.slack = options.slack ?? new MemorySlack();
    this.slack.clock = this.clock;
    this.analyst = options.analyst ?? ANALYST;
    this.judge = options.judge ?? JUDGE;
    this.phrasebook = options.phrasebook ?? (() => ({ entries: {}, aliases: {} }));
    const { now } = this.clock;
    const directory = options.directory ?? DIRECTORY;
    this.directory = this.limits.organizationRates ? new RatedDirectory(directory, now) : directory;
    this.ledger = new MemoryLedger({ now, ...this.limits });
    this.hub = new MemoryHub({
      now,
      region: options.config.settings.regions.home,
      ...this.limits,
      emit: (event) => this.enqueue('intake', JSON.stringify(event), this.now),
    });
    this.marks = options.marks;
    this.batch = options.batch ?? 1;
    this.sends = new Rate({ perSecond: FIFO_CALLS, burst: FIFO_CALLS }, now);
  }

  readonly journal: Journal = {
    info: (message, details) => this.log('info', message, details),
    warn: (message, details) => this.log('warn', message, details),
    error: (message, details) => this.log('error', message, details),
  };

  /** As the adapter writes it. */
  private log(level: string, message: string, details: Record<string, unknown>): void {
    this.logs.push({ at: this.now, level, message, details: loggable(details) });
  }

  /** Puts an event into the findings queue now, or in `delay` milliseconds. */
  send(event: object, delay = 0): void {
    this.enqueue('intake', JSON.stringify(event), this.now + delay);
    if (!this.marks) this.hub.observe(event, this.now + delay);
  }

  /**
   * A person sends all dead letters back to where they came from. A letter of a FIFO queue stays in the group that it has in
   * the dead-letter queue.
   */
  redrive(): void {
    for (const { queue, body, group } of this.dead.splice(0)) this.enqueue(queue, body, this.now, group);
  }

  protected exhausted(queue: Call['by'], { body, group }: Message): void {
    this.dead.push({ queue, body, group, reason: `received ${MAX_RECEIVES[queue]} times (maxReceiveCount)` });
  }

  private wakeUpsOf(environment: Environment): WakeUps {
    return environment.wakeUps({ send: async (wakeUps) => this.wake(wakeUps) });
  }

  private timersOf(environment: Environment): Timers {
    return environment.timers({
      set: async (wakeUps, seconds) => {
        for (const wakeUp of wakeUps) this.enqueue('tick', JSON.stringify(wakeUp), this.now + seconds * SECOND);
      },
    });
  }

  /** @throws RequestThrottled */
  private wake(wakeUps: readonly WakeUp[]): void {
    for (let from = 0; from < wakeUps.length; from += SQS_BATCH) {
      if (this.limits.fifoRate && !this.sends.take()) throw awsError('RequestThrottled', 'Rate exceeded: SendMessageBatch');
      for (const wakeUp of wakeUps.slice(from, from + SQS_BATCH))
        this.enqueue('deliver', JSON.stringify(wakeUp), this.now, `${wakeUp.receiver}/${wakeUp.fingerprint}`);
    }
  }

  protected async nextDue(): Promise<number | undefined> {
    // Sort keys of both begin with a time.
    const [first] = [this.ledger.first('due'), this.ledger.first(TO_MARK)].flatMap((sk) => sk ?? []).sort();
    const flag = flagPartitions.some((pk) => this.ledger.first(pk) !== undefined);
    // A flag whose wake-up is on its way is looked at in vain; one that lost it is found.
    if (flag) return Math.min(this.now + MINUTE, first === undefined ? Number.POSITIVE_INFINITY : Date.parse(first.slice(0, 24)));
    return first === undefined ? undefined : Date.parse(first.slice(0, 24));
  }

  protected nextRound(): number | undefined {
    if (this.ledger.first(UNKNOWN_OWNERS) !== undefined) return this.now;
    const first = this.ledger.first('read-back');
    return first === undefined ? undefined : timeOfReadBack(first);
  }

  protected tick(): void {
    this.enqueue('tick', '', this.now);
  }

  protected work(environment: Environment, message: Message): Promise<boolean> {
    const { by } = environment;
    if (by === 'intake') return this.intake(environment, message);
    const deps = this.depsOf(environment, message);
    if (by === 'tick') {
      const questions = environment.questions({ ask: async (all) => this.ask(all) });
      return this.ticks(message, { ...deps, questions, wakeUps: this.wakeUpsOf(environment), timers: this.timersOf(environment) });
    }
    const record = recordOf(message);
    const abandoned = (body: string) => forget(body, deps);
    return settle(record, () => this.deliver(environment, record, deps), { ...deps, deadLetterBody: sentBack, abandoned });
  }

  /** What came with the first is done with it, as it never fails. */
  private async ticks(first: Message, deps: TickDeps): Promise<boolean> {
    const others = this.others('tick');
    const bodies = [first, ...others].map(({ body }) => body);
    await handle(bodies, deps);
    for (const message of others) this.queues.tick.delete(message);
    return true;
  }

  /** As many as Lambda hands over with the first. */
  private others(by: Call['by']): Message[] {
    const others: Message[] = [];
    while (others.length < this.batch - 1) {
      const next = this.queues[by].take(this.now);
      if (!next) break;
      others.push(next);
    }
    return others;
  }

  private ask(questions: readonly OwnerQuestion[]): void {
    for (const question of questions) this.enqueue('intake', JSON.stringify(question), this.now);
  }

  private depsOf(environment: Environment, message: Message) {
    const { by } = environment;
    const inbox: Inbox = environment.inbox({
      defer: async (_handle, seconds) => this.queues[by].defer(message, this.now + seconds * SECOND),
      sendAgain: async ({ body, group, firstSentAt }) => this.enqueue(by, body, this.now, group, firstSentAt),
      deadLetter: async (body, reason, group) => void this.dead.push({ queue: by, body, reason, group }),
    });
    const queue = by === 'intake' ? ('findings' as const) : ('deliveries' as const);
    const journal = workJournal(this.journal);
    return { inbox, ledger: environment.ledger(this.ledger), clock: this.clock, journal, meter: this.meter, queue };
  }

  /** @returns whether the first message is done with; of the others that came with it, those that are go. */
  private async intake(environment: Environment, first: Message): Promise<boolean> {
    const messages = [first, ...this.others('intake')];
    const { config, ledger, clock, meter } = this;
    const directory = counted(this.directory, this.lookups);
    const deps: Omit<IntakeDeps, 'reject' | 'journal'> = {
      config: this.config,
      ledger: environment.ledger(this.ledger),
      ...this.memories.of(environment, { config, ledger, clock, meter, directory }),
      wakeUps: this.wakeUpsOf(environment),
      timers: this.timersOf(environment),
      clock: this.clock,
      meter: this.meter,
    };
    const works = messages.map((message) => {
      const { inbox, ...others } = this.depsOf(environment, message);
      const record = recordOf(message);
      const reject = (body: string, reason: string) => inbox.deadLetter(body, reason);
      return { record, inbox, others, taken: intake(record.body, { ...deps, journal: others.journal, reject }) };
    });
    const all = works.map(({ taken }) => taken);
    const taken = announced(all, deps);
    const done = await Promise.all(
      works.map(({ record, inbox, others }, index) => {
        const work = async () => void this.decisions.push(...((await taken[index])?.decisions ?? []));
        return settle(record, work, { ...others, inbox });
      }),
    );
    for (const [index, message] of messages.entries()) if (index > 0 && done[index]) this.queues.intake.delete(message);
    return done[0] ?? false;
  }

  private deliver(
    environment: Environment,
    record: SQSRecord,
    { ledger, journal }: Pick<DeliverDeps, 'ledger' | 'journal'>,
  ): Promise<void> {
    return deliver(JSON.parse(record.body) as WakeUp, sentAtOf(record), {
      config: this.config,
      phrasebook: this.phrasebook,
      ledger,
      messenger: environment.messenger(this.slack),
      analyst: {
        interpret: (request, asked) =>
          environment.call('analyst.interpret', () => {
            if (request.asked === 'judge') {
              this.judgings++;
              return this.judge.interpret(request, asked);
            }
            this.asks++;
            return this.analyst.interpret(request, asked);
          }),
      },
      hub: environment.hub(this.marks ?? this.hub),
      timers: this.timersOf(environment),
      clock: this.clock,
      journal,
      meter: this.meter,
    });
  }
}
