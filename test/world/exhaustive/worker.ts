/** A worker whose calls stop where they share something with others, until the schedule lets it go on. */
import { hash } from '../../../handlers/domain/text/identity';
import { type Call, type CallName, Environment, type Fault } from '../../../cli/simulate/world/environment';
import type { Ledger, LedgerKey, WakeUps } from '../../../handlers/ports';
import { STATES } from '../../../handlers/domain/problem/rows';
import type { Message } from '../../../cli/simulate/world/queues';

/** A wrong variant of the protocol: the ports as it would call them. */
export interface Mutant {
  ledger?(ledger: Ledger, wakeUps: WakeUps, worker: Worker): Ledger;
  wakeUps?(wakeUps: WakeUps, worker: Worker): WakeUps;
}

/** What a worker needs of its world. */
export interface Around {
  readonly now: number;
  readonly plainWakeUps: WakeUps;
  /** Who calls its queue just now. */
  settling?: Worker;
  /** Whether a state is of a member that the story is about. */
  isOfStory(state: unknown): boolean;
  /** Marks all that is open in Security Hub. */
  markAll(): Promise<void>;
}

interface Waiting {
  name: CallName;
  key?: LedgerKey;
  go(): void;
}

/** What others read and write too, as far as the protocol goes; the rest happens with the call before it. */
const SHARED = ['finding#', 'marks#', 'awake#', 'problem#', 'due', 'to-mark'];

export class Worker {
  readonly environment: Watched;
  zombie = false;
  ended = false;
  /** Of all that it was answered: with the ledger, what it will do depends on nothing else. */
  history = '';
  /** Whether an attempt of it is under way. */
  attempting = false;
  /** Whether a post of it stands that is not confirmed. */
  posted = false;
  private readonly waiting: Waiting[] = [];
  private fault?: Fault;

  constructor(
    readonly by: Call['by'],
    readonly name: string,
    readonly message: Message,
    readonly world: Around,
  ) {
    this.environment = new Watched(this);
  }

  get over(): boolean {
    return this.ended || this.environment.dead;
  }
  /** The call that it stands at. */
  get waits(): Waiting | undefined {
    return this.over ? undefined : this.waiting[0];
  }

  resume(fault?: Fault): void {
    this.fault = fault;
    this.waiting.shift()?.go();
  }

  readonly around = {
    fault: (): Fault | undefined => {
      const { fault } = this;
      this.fault = undefined;
      if (fault) this.remember('fault');
      return fault;
    },
    pause: (): Promise<void> | undefined => {
      const { name, key } = this.environment.calling;
      const shared = name.startsWith('ledger.')
        ? key && SHARED.some((prefix) => key.pk.startsWith(prefix)) && !key.sk.startsWith('delivery#')
        : name === 'wakeups.send' || name === 'timers.set' || name.startsWith('slack.') || name.startsWith('hub.');
      return shared ? new Promise((go) => this.waiting.push({ name, key, go })) : undefined;
    },
    now: () => this.world.now,
  };

  remember(answer: unknown): void {
    this.history = hash(this.history, String(this.world.now), JSON.stringify(answer) ?? '');
  }
}

export class Watched extends Environment {
  mutant?: Mutant;
  calling: { name: CallName; key?: LedgerKey } = { name: 'ledger.read' };
  private key?: LedgerKey;

  constructor(readonly worker: Worker) {
    super(worker.by, worker.around);
  }

  override call<T>(name: CallName, run: () => Promise<T>): Promise<T> {
    this.calling = { name, key: this.key };
    this.key = undefined;
    return super.call(name, async () => {
      // A zombie's receipt handle is no longer worth anything.
      if (name.startsWith('inbox.')) this.worker.world.settling = this.worker;
      const answer = await run();
      if (name.startsWith('inbox.')) this.worker.world.settling = undefined;
      if (name === 'slack.post' || name === 'slack.reply') this.worker.posted = true;
      this.worker.remember(answer);
      return answer;
    });
  }

  override ledger(inner: Ledger): Ledger {
    const ledger = super.ledger(inner);
    const at = <T>(key: LedgerKey | undefined, run: () => T): T => {
      this.key = key;
      return run();
    };
    const { world } = this.worker;
    const named: Ledger = {
      read: (key) => at(key, () => ledger.read(key)),
      readAll: (keys) => at(keys[0], () => ledger.readAll(keys)),
      list: (pk, prefix, options) => at({ pk, sk: prefix }, () => ledger.list(pk, prefix, options)),
      write: async (key, value, expected, expiresAt) => {
        const done = await at(key, () => ledger.write(key, value, expected, expiresAt));
        if (key.sk === 'header' && done) this.worker.attempting = (value as { attempt?: unknown }).attempt !== undefined;
        if (key.sk === 'header' && !(value as { attempt?: unknown }).attempt) this.worker.posted &&= !done;
        return done;
      },
      writeOrRead: (key, value, expected, expiresAt) => at(key, () => ledger.writeOrRead(key, value, expected, expiresAt)),
      remove: (key) => at(key, () => ledger.remove(key)),
      writeAll: (puts, removals) => {
        const [first] = puts;
        const key = first?.key ?? removals?.[0];
        return at(first?.key.sk.startsWith(STATES) && !world.isOfStory(first.value) ? undefined : key, () =>
          ledger.writeAll(puts, removals),
        );
      },
      // Of those that are written together only what the story is about is a place of its own.
      writeNewer: (key, value, expiresAt) => at(world.isOfStory(value) ? key : undefined, () => ledger.writeNewer(key, value, expiresAt)),
      removeNonce: (key, nonce) => at(key, () => ledger.removeNonce(key, nonce)),
    };
    const wakeUps = super.wakeUps(world.plainWakeUps);
    return this.mutant?.ledger?.(named, wakeUps, this.worker) ?? named;
  }

  override wakeUps(wakeUps: WakeUps): WakeUps {
    const plain = super.wakeUps(wakeUps);
    return this.mutant?.wakeUps?.(plain, this.worker) ?? plain;
  }
}
