/**
 * An execution environment of one of the functions, as Lambda keeps it: it works on one message at a time, every call
 * that leaves it can be made to fail, and where it crashes nothing of it goes on, no catch and no finally.
 */
import { awsFailure } from '../../../handlers/adapters/aws-failure';
import type { Directory, Hub, Inbox, Ledger, Messenger, OwnerQuestions, Timers, WakeUps } from '../../../handlers/ports';

/** Every call that leaves the functions, by the name that the fault matrix prints. */
export type CallName =
  | `ledger.${'read' | 'readAll' | 'list' | 'write' | 'writeAll' | 'writeNewer' | 'remove' | 'removeNonce'}`
  | 'wakeups.send'
  | 'timers.set'
  | 'questions.ask'
  | `directory.${'account' | 'unit' | 'parent'}`
  | 'analyst.interpret'
  | `slack.${'post' | 'reply' | 'update' | 'permalink'}`
  | `hub.${'read' | 'shows' | 'mark'}`
  | `inbox.${'defer' | 'sendAgain' | 'deadLetter'}`;

export interface Call {
  by: 'intake' | 'deliver' | 'tick';
  name: CallName;
}

/**
 * As the hub stack sets the functions: milliseconds until Lambda ends an invocation, and how many run at a time.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const TIMEOUT = { intake: 60_000, deliver: 90_000, tick: 60_000 };
export const CONCURRENCY = { intake: 10, deliver: 10, tick: 2 };
/**
 * So many rows of one list fit into 512, 1,024 and 256 MB beside 150 MB of runtime, at about 10 KB a row once it is parsed: no
 * more than a bound. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const ROWS_IN_MEMORY = { intake: 36_000, deliver: 87_000, tick: 10_000 };

/** What happens to a call: an error or the end of the environment, before or after it took effect; or another answer. */
export type Fault = { before: Error | 'crash' } | { after: Error | 'crash' } | { answer: unknown };

/** Whose errors the adapters read, by what a call's name begins with. */
const SERVICES: Record<string, string> = {
  ledger: 'DynamoDB',
  wakeups: 'SQS',
  timers: 'SQS',
  questions: 'SQS',
  inbox: 'SQS',
  directory: 'Organizations',
  analyst: 'Bedrock',
  slack: 'Slack',
  hub: 'Security Hub',
};

export interface Surroundings {
  /** Asked at each call. */
  fault(call: Call): Fault | undefined;
  /** Lets others work in between, where the world interleaves them, and time go by. */
  pause(): Promise<void> | undefined;
  now(): number;
}

export class Environment {
  dead = false;
  /** Resolves where it crashes. */
  readonly crashed: Promise<void>;
  /** When Lambda ends the invocation that is under way. */
  deadline = Number.POSITIVE_INFINITY;
  private crash: () => void = () => undefined;

  constructor(
    readonly by: Call['by'],
    private readonly around: Surroundings,
  ) {
    this.crashed = new Promise((resolve) => {
      this.crash = resolve;
    });
  }

  /** As the adapters do, it says of each error what it comes to. */
  async call<T>(name: CallName, run: () => Promise<T>): Promise<T> {
    try {
      return await this.attempt(name, run);
    } catch (error) {
      throw awsFailure(SERVICES[name.slice(0, name.indexOf('.'))] ?? name, error);
    }
  }

  private async attempt<T>(name: CallName, run: () => Promise<T>): Promise<T> {
    await this.around.pause();
    if (this.over()) return never();
    const fault = this.around.fault({ by: this.by, name });
    if (fault === undefined) {
      const answer = await run();
      return this.over() ? never() : answer;
    }
    if ('answer' in fault) return fault.answer as T;
    if ('before' in fault) return this.fail(fault.before);
    await run();
    return this.fail(fault.after);
  }

  /** Ends it in the midst of its work: what it took from the queue comes back when its visibility times out. */
  end(): void {
    this.dead = true;
    this.crash();
  }

  /** Whether it is dead; also where its time is up just now. */
  private over(): boolean {
    if (!this.dead && this.around.now() >= this.deadline) this.end();
    return this.dead;
  }

  private fail<T>(how: Error | 'crash'): Promise<T> {
    if (how !== 'crash') throw how;
    this.end();
    return never();
  }

  private held<T>(rows: T[]): T[] | Promise<T[]> {
    return rows.length > ROWS_IN_MEMORY[this.by] ? this.fail('crash') : rows;
  }

  ledger(ledger: Ledger): Ledger {
    return {
      read: (key) => this.call('ledger.read', () => ledger.read(key)),
      list: (pk, prefix, options) => this.call('ledger.list', async () => this.held(await ledger.list(pk, prefix, options))),
      write: (key, value, expected, expiresAt) => this.call('ledger.write', () => ledger.write(key, value, expected, expiresAt)),
      writeOrRead: (key, value, expected, expiresAt) =>
        this.call('ledger.write', () => ledger.writeOrRead(key, value, expected, expiresAt)),
      remove: (key) => this.call('ledger.remove', () => ledger.remove(key)),
      readAll: (keys) => this.call('ledger.readAll', async () => this.held(await ledger.readAll(keys))),
      writeAll: (puts, removals) => this.call('ledger.writeAll', () => ledger.writeAll(puts, removals)),
      writeNewer: (key, value, expiresAt) => this.call('ledger.writeNewer', () => ledger.writeNewer(key, value, expiresAt)),
      removeNonce: (key, nonce) => this.call('ledger.removeNonce', () => ledger.removeNonce(key, nonce)),
    };
  }

  directory(directory: Directory): Directory {
    const { parent } = directory;
    return {
      ...(parent ? { parent: (id) => this.call('directory.parent', () => parent.call(directory, id)) } : {}),
      account: (id) => this.call('directory.account', () => directory.account(id)),
      organizationalUnitName: (id) => this.call('directory.unit', () => directory.organizationalUnitName(id)),
    };
  }

  wakeUps(wakeUps: WakeUps): WakeUps {
    return { send: (each) => this.call('wakeups.send', () => wakeUps.send(each)) };
  }

  timers(timers: Timers): Timers {
    return { set: (each, seconds) => this.call('timers.set', () => timers.set(each, seconds)) };
  }

  questions(questions: OwnerQuestions): OwnerQuestions {
    return { ask: (each) => this.call('questions.ask', () => questions.ask(each)) };
  }

  messenger(messenger: Messenger): Messenger {
    return {
      post: (channel, message, thread) => this.call(thread ? 'slack.reply' : 'slack.post', () => messenger.post(channel, message, thread)),
      update: (channel, ts, message) => this.call('slack.update', () => messenger.update(channel, ts, message)),
      permalink: (channel, ts) => this.call('slack.permalink', () => messenger.permalink(channel, ts)),
    };
  }

  hub(hub: Hub): Hub {
    return {
      read: (findings) => this.call('hub.read', () => hub.read(findings)),
      shows: (format, accountId) => this.call('hub.shows', () => hub.shows(format, accountId)),
      markNotified: (findings) => this.call('hub.mark', () => hub.markNotified(findings)),
    };
  }

  inbox(inbox: Inbox): Inbox {
    return {
      defer: (handle, seconds) => this.call('inbox.defer', () => inbox.defer(handle, seconds)),
      deadLetter: (body, reason, group) => this.call('inbox.deadLetter', () => inbox.deadLetter(body, reason, group)),
      sendAgain: (message) => this.call('inbox.sendAgain', () => inbox.sendAgain(message)),
    };
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
