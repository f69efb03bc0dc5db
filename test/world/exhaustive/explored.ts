/**
 * One schedule of the real functions: intake, deliver and tick in the world's own queues, where each call that shares something
 * is a place at which another worker goes on, the call fails, or a worker's lease ends while it works. What happens there is
 * asked of a `Chooser`, so that all schedules can be gone through (search.ts). Time goes on only when nobody can.
 */
import { hash } from '../../../handlers/domain/text/identity';
import type { Message } from '../../../cli/simulate/world/queues';
import { SECOND, START, VISIBILITY } from '../../../cli/simulate/world/simulation';
import type { Call, Fault } from '../../../cli/simulate/world/environment';
import { problemsOf } from '../../../handlers/domain/problem/marks';
import type { ProblemRow, StateRow } from '../../../handlers/domain/problem/problem-row';
import { type FindingRow, rowKeys } from '../../../handlers/domain/problem/rows';
import type { Standing } from '../../../cli/simulate/world/slack';
import type { LedgerKey, RowToPut, WakeUps } from '../../../handlers/ports';
import { FREE, type Slot } from '../../../handlers/domain/pacing';
import { Elapsing } from './elapsing';
import { faultsOf, isEffect } from './failing';
import { digest, snapshot } from './state';
import { leased } from './leased';
import { Worker } from './worker';
import type { Budget, Scenario } from './scenarios';

/** Answers one of `count` choices; `undefined` where all that can follow from this state is known. */
export type Chooser = (count: number, state: () => string) => number | undefined;

/** More than any run that comes to rest. */
const MOST_STEPS = 5_000;
const AT_ONCE = { intake: 2, deliver: 2, tick: 1 };
export class NoRest extends Error {}

type Option = { cost?: keyof Budget; go(): void };

export class Explored extends Elapsing {
  /** Posts whose answers were lost, and tries that were dead-lettered for good. */
  lostPosts = 0;
  /** Faults and lost leases so far. */
  failed = 0;
  /** Findings that were marked before all who are told of them knew. */
  readonly markedEarly: string[] = [];
  /** Whether a person has sent back what was dead-lettered. */
  redriven = false;
  private left: Budget;
  private readonly active: Worker[] = [];
  private current?: Worker;
  private started = 0;
  private readonly deliveredBy = new Map<Message, Worker>();

  constructor(
    scenario: Scenario,
    private readonly chooser: Chooser,
  ) {
    super(scenario);
    this.left = { preemptions: 0, faults: 0, zombies: 0, lost: 0, ...scenario.budget };
    this.hub.onMark = (findings) => {
      const ids = new Set(findings.map(({ id }) => id));
      for (const { key, value } of this.ledger.all())
        if (key.pk.startsWith('finding#') && ids.has((value as FindingRow).report.id) && !this.isKnown(value as FindingRow))
          this.markedEarly.push((value as FindingRow).report.id);
    };
    this.queues.deliver = leased(this.deliverQueue, (message) => !(this.settling ?? this.deliveredBy.get(message))?.zombie);
  }

  /** Begins where another world came to rest. */
  async begins(before: { rows: RowToPut[]; message: Standing; at: number }): Promise<void> {
    this.now = before.message.at;
    await this.slack.post(before.message.channel, before.message);
    this.slack.told.splice(0);
    this.now = before.at;
    await this.ledger.writeAll(before.rows);
  }

  /** Others have all turns for a while. */
  async isBusy(slots: readonly string[]): Promise<void> {
    const value: Slot = { ...FREE, nextAt: START + 30 * SECOND };
    await this.ledger.writeAll(slots.map((name) => ({ key: rowKeys.slot(name), value })));
  }

  /** @returns whether it came to rest; else all that can follow was seen in another schedule. */
  async rest(): Promise<boolean> {
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      await settled();
      for (const worker of this.active.filter(({ over }) => over)) this.active.splice(this.active.indexOf(worker), 1);
      if (this.current?.over) this.current = undefined;
      const options = this.options();
      if (options.length === 0) {
        if (await this.goOn()) continue;
        return true;
      }
      const choice = options.length === 1 ? 0 : this.chooser(options.length, () => this.state());
      if (choice === undefined) return false;
      const { cost, go } = options[choice] as Option;
      if (cost) this.left = { ...this.left, [cost]: this.left[cost] - 1 };
      go();
    }
    throw new NoRest('it does not come to rest');
  }

  /** The first is the ordinary one: who works goes on. */
  private options(): Option[] {
    const { current } = this;
    const options: Option[] = [];
    const call = current?.waits;
    if (current && call) {
      options.push({ go: () => this.resume(current) });
      if (this.left.faults > 0) {
        for (const fault of faultsOf(call.name, this.scenario)) {
          options.push({ cost: 'faults', go: () => this.resume(current, fault) });
        }
      }
      if (this.left.lost > 0 && current.by !== 'tick' && isEffect(call.name)) {
        options.push({ cost: 'lost', go: () => this.giveUp(current) });
      }
      if (
        this.left.zombies > 0 &&
        current.by === 'deliver' &&
        !current.zombie &&
        (this.scenario.zombiesAt?.(call.name, call.key) ?? true)
      ) {
        options.push({ cost: 'zombies', go: () => this.endLease(current) });
      }
    }
    const free = !current || !call;
    const cost = free ? {} : { cost: 'preemptions' as const };
    if (free || (this.left.preemptions > 0 && (current.zombie || !this.scenario.zombiesWait))) {
      for (const worker of this.active) if (worker !== current && worker.waits) options.push({ ...cost, go: () => this.resume(worker) });
      for (const by of ['deliver', 'intake', 'tick'] as const)
        if (this.canStart(by) && (this.queues[by].nextVisible() ?? Number.POSITIVE_INFINITY) <= this.now)
          options.push({ ...cost, go: () => this.begin(by) });
      if (this.canStart('intake'))
        for (const [index, { at }] of this.unsent.entries()) {
          if (at > this.now) continue;
          options.push({
            ...cost,
            go: () => {
              const together = this.unsent.filter((each, n) => n === index || (this.scenario.batch && each.at <= this.now));
              this.unsent = this.unsent.filter((each) => !together.includes(each));
              // Seen before what comes back: whatever stands in the queue is not visible yet, or is taken first.
              for (const each of together) this.send(each.event);
              this.begin('intake');
            },
          });
          if (this.scenario.inOrder || this.scenario.batch) break;
        }
    }
    return options;
  }

  private canStart(by: Call['by']): boolean {
    return this.active.filter((worker) => worker.by === by && !worker.zombie).length < (this.scenario.workers?.[by] ?? AT_ONCE[by]);
  }

  private begin(by: Call['by']): void {
    const message = this.queues[by].take(this.now);
    if (!message) return;
    // Whose post is under way does not know that another took over, nor that one what became of the post.
    if (by === 'deliver') this.lostPosts += this.active.filter(({ attempting, zombie }) => zombie && attempting).length;
    const worker = new Worker(by, `${by}${++this.started}`, message, this);
    this.trace.push(`${worker.name} begins, ${message.id}`);
    worker.environment.mutant = this.scenario.mutant;
    this.active.push(worker);
    this.current = worker;
    this.deliveredBy.set(message, worker);
    void this.work(worker.environment, message).then((done) => {
      worker.ended = true;
      if (done && (!worker.zombie || this.scenario.staleDeletes)) this.queues[by].delete(message);
      this.trace.push(`${worker.name} ${done ? 'is done' : 'gives back'}`);
    });
  }

  private resume(worker: Worker, fault?: Fault): void {
    const { name = '', key } = worker.waits ?? {};
    const how = fault
      ? 'before' in fault
        ? ' FAILS BEFORE'
        : 'after' in fault && fault.after === 'crash'
          ? ' CRASH AFTER'
          : ' LOST ANSWER'
      : '';
    this.trace.push(`${worker.name} ${name} ${key ? `${key.pk.slice(0, 20)}/${key.sk.slice(0, 12)}` : ''}${how}`);
    if (fault && (name === 'slack.post' || name === 'slack.reply') && !('before' in fault)) this.lostPosts++;
    if (fault && 'after' in fault && fault.after === 'crash') this.lostAt(worker);
    if (fault) this.failed++;
    this.current = worker;
    worker.resume(fault);
  }

  /** A crash after which a post stands that the ledger does not know to stand. */
  private lostAt({ posted }: Worker): void {
    if (posted) this.lostPosts++;
  }

  /** It crashes before its call, and its message was received as often as it may be. */
  private giveUp(worker: Worker): void {
    this.trace.push(`${worker.name} CRASHES before ${worker.waits?.name}, dead-lettered`);
    this.lostAt(worker);
    worker.environment.end();
    worker.ended = true;
    this.current = undefined;
    if (worker.zombie) return;
    this.queues[worker.by].delete(worker.message);
    this.exhausted(worker.by, worker.message);
  }

  /** SQS shows its message to another while it works on: a zombie, whose give-backs and deletions mean nothing any more. */
  private endLease(worker: Worker): void {
    this.trace.push(`${worker.name} LOSES ITS LEASE`);
    worker.zombie = true;
    this.failed++;
    this.now += VISIBILITY.deliver;
    this.deliverQueue.defer(worker.message, this.now);
  }

  private readonly deliverQueue = this.queues.deliver;
  /** Who calls the queue just now. */
  settling?: Worker;

  isOfStory(state: unknown): boolean {
    const { resource } = (state as StateRow).member;
    return Object.keys(this.scenario.lives).some((bucket) => resource.id.endsWith(bucket));
  }

  /** Whether a telling of it stands in Slack and is confirmed, wherever it is told. */
  private isKnown(row: FindingRow): boolean {
    const rows = new Map([...this.ledger.all()].map(({ key, value }) => [`${key.pk} ${key.sk}`, value]));
    const at = ({ pk, sk }: LedgerKey) => rows.get(`${pk} ${sk}`);
    return problemsOf(row).every((problem) => {
      const header = at(rowKeys.header(problem)) as ProblemRow | undefined;
      const state = header && (header.log[row.memberId] ?? (at(rowKeys.state(problem, row.memberId)) as StateRow | undefined));
      const channel = this.config.routes.receivers[problem.receiver]?.channel;
      return state && state.since <= header.told && this.slack.told.some((message) => message.channel === channel);
    });
  }

  async markAll(): Promise<void> {
    const rows = [...this.ledger.all()].flatMap(({ key, value }) => (key.pk.startsWith('finding#') ? [(value as FindingRow).report] : []));
    await this.hub.markNotified(rows.filter(({ latest }) => latest.status === 'open'));
  }

  /** For wrong variants that send from elsewhere. */
  readonly plainWakeUps: WakeUps = {
    send: async (wakeUps) => {
      for (const wakeUp of wakeUps) this.enqueue('deliver', JSON.stringify(wakeUp), this.now, `${wakeUp.receiver}/${wakeUp.fingerprint}`);
    },
  };

  /** All that what follows depends on: rows, queues, Slack, budgets, and of each worker what it was answered so far. */
  private state(): string {
    const rows = [...this.ledger.all()].map(digest).sort().join();
    const queues = (['intake', 'deliver', 'tick'] as const).map((by) =>
      JSON.stringify(snapshot(this.queues[by] === this.queues.deliver ? this.deliverQueue : this.queues[by])),
    );
    const workers = this.active
      .map((worker) => `${worker.message.id} ${worker.zombie} ${worker.history} ${worker === this.current}`)
      .sort();
    return hash(
      rows,
      ...queues,
      ...workers,
      JSON.stringify([
        this.left,
        this.unsent.map(({ event }) => (event as { id: string }).id),
        this.now,
        this.lostPosts,
        this.failed,
        this.redriven,
      ]),
      JSON.stringify(this.slack.messages.map(({ ts, text, thread, edits }) => [ts, text, thread, edits])),
      JSON.stringify(this.dead.map(({ body }) => body)),
      JSON.stringify([this.hub.marked.map(({ id }) => id), this.markedEarly]),
    );
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
