/**
 * An execution environment of one of the functions, as Lambda keeps it: it works on one message at a time, every call
 * that leaves it can be made to fail, and where it crashes nothing of it goes on, no catch and no finally.
 */
import type { Directory, Hub, Inbox, Ledger, Messenger, WakeUps } from '../../../handlers/ports';

/** Every call that leaves the functions, by the name that the fault matrix prints. */
export type CallName =
  | `ledger.${'read' | 'list' | 'write' | 'remove'}`
  | 'wakeups.send'
  | `directory.${'account' | 'unit'}`
  | 'analyst.interpret'
  | `slack.${'post' | 'reply' | 'update' | 'permalink'}`
  | `hub.${'read' | 'mark'}`
  | `inbox.${'defer' | 'deadLetter'}`;

export interface Call {
  by: 'intake' | 'deliver';
  name: CallName;
}

/** What happens to a call: an error or the end of the environment, before or after it took effect; or another answer. */
export type Fault = { before: Error | 'crash' } | { after: Error | 'crash' } | { answer: unknown };

export interface Surroundings {
  /** Asked at each call. */
  fault(call: Call): Fault | undefined;
  /** Lets others work in between, where the world interleaves them. */
  pause(): Promise<void> | undefined;
}

export class Environment {
  dead = false;
  /** Resolves where it crashes. */
  readonly crashed: Promise<void>;
  private crash: () => void = () => undefined;

  constructor(
    readonly by: Call['by'],
    private readonly around: Surroundings,
  ) {
    this.crashed = new Promise((resolve) => {
      this.crash = resolve;
    });
  }

  async call<T>(name: CallName, run: () => Promise<T>): Promise<T> {
    await this.around.pause();
    if (this.dead) return never();
    const fault = this.around.fault({ by: this.by, name });
    if (fault === undefined) return run();
    if ('answer' in fault) return fault.answer as T;
    if ('before' in fault) return this.fail(fault.before);
    await run();
    return this.fail(fault.after);
  }

  private fail<T>(how: Error | 'crash'): Promise<T> {
    if (how !== 'crash') throw how;
    this.dead = true;
    this.crash();
    return never();
  }

  ledger(ledger: Ledger): Ledger {
    return {
      read: (key) => this.call('ledger.read', () => ledger.read(key)),
      list: (pk, prefix, options) => this.call('ledger.list', () => ledger.list(pk, prefix, options)),
      write: (key, value, expected, expiresAt) => this.call('ledger.write', () => ledger.write(key, value, expected, expiresAt)),
      remove: (key) => this.call('ledger.remove', () => ledger.remove(key)),
    };
  }

  directory(directory: Directory): Directory {
    return {
      account: (id) => this.call('directory.account', () => directory.account(id)),
      organizationalUnitName: (id) => this.call('directory.unit', () => directory.organizationalUnitName(id)),
    };
  }

  wakeUps(wakeUps: WakeUps): WakeUps {
    return { send: (each) => this.call('wakeups.send', () => wakeUps.send(each)) };
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
      markNotified: (findings) => this.call('hub.mark', () => hub.markNotified(findings)),
    };
  }

  inbox(inbox: Inbox): Inbox {
    return {
      defer: (handle, seconds) => this.call('inbox.defer', () => inbox.defer(handle, seconds)),
      deadLetter: (body, reason) => this.call('inbox.deadLetter', () => inbox.deadLetter(body, reason)),
    };
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
