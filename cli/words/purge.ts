/**
 * Takes an answer of the model back. First its row says so, where it was kept: whoever asks from then on asks the model, and whoever
 * was asking cannot put it there again. Then each problem that shows it loses it and is woken: deliver asks anew and edits the message.
 * A worker may have read the answer just before, and write it into its problem later: when no such worker can live any more, those are
 * looked for as well.
 */
import { isOneWay } from '../../config/routing/address';
import { ANSWER_DAYS, type AnswerName, type AnswerRow, isKept, nameOf, type PurgeRow } from '../../handlers/domain/interpretation/answer';
import { problemExpiry } from '../../handlers/domain/problem/fold';
import type { ProblemRow } from '../../handlers/domain/problem/problem-row';
import { rowKeys, type DueRow, dueKey } from '../../handlers/domain/problem/rows';
import { DAY, expiry, SECOND } from '../../handlers/domain/time';
import type { Ledger, LedgerRow } from '../../handlers/ports';
import { isOf, problemOf, type Seen, type SeenProblem } from './seen';

export interface Ground {
  ledger: Ledger;
  /** What there is, read anew each time, consistently. */
  seen(): AsyncIterable<Seen>;
  ledgerDays: number;
  /** Longer than a worker lives that has read the answer; milliseconds. */
  workersLive: number;
  /** ARN of whoever asks for it, and why. */
  by: string;
  why: string;
  now(): number;
  /** @throws where it is stopped. */
  sleep(ms: number): Promise<void>;
  signal: AbortSignal;
  progress(text: string): void;
}

export interface Purged {
  answer: string;
  /** kept: it was in the ledger for whoever asks; gone: it was purged before, or has outlived its time. */
  was: 'kept' | 'gone';
  /** Messages that are edited without it. */
  messages: { channel: string; ts: string }[];
  /** Problems that lost it and as a rule have nothing to edit: none of their resources is open, or nothing is told yet. */
  quiet: number;
  /** Messages of incoming webhooks, which nobody can edit: they still show it. */
  left: { channel: string; ts: string }[];
  stopped: boolean;
}

const TRIES = 12;
/** Between the first pass and the second the clock of this machine may go otherwise than that of Lambda. */
const MARGIN = 10 * SECOND;

/** Safe beside the functions, and to repeat: what was stopped is gone on with. @throws what the ledger throws. */
export async function purge(name: AnswerName, ground: Ground): Promise<Purged> {
  const work = new Work(name, ground);
  return work.done();
}

class Work {
  private readonly result: Purged;
  private readonly messages = new Map<string, { channel: string; ts: string }>();
  private began?: number;
  private purgedAt?: number;

  constructor(
    private readonly name: AnswerName,
    private readonly ground: Ground,
  ) {
    this.result = { answer: nameOf(name), was: 'gone', messages: [], quiet: 0, left: [], stopped: false };
  }

  async done(): Promise<Purged> {
    const { sleep, workersLive, now, progress } = this.ground;
    await this.takeBack(false);
    try {
      await this.pass();
      const rest = this.purgedAt === undefined ? 0 : this.purgedAt + workersLive + MARGIN - now();
      if (rest > 0) {
        progress(`waits ${Math.ceil(rest / SECOND)} s for workers that may hold the answer`);
        await sleep(rest);
        await this.pass();
      }
    } catch (error) {
      if (!this.ground.signal.aborted) throw error;
      this.result.stopped = true;
    }
    const all = [...this.messages.values()];
    this.result.messages = all.filter(({ channel }) => !isOneWay(channel));
    this.result.left = all.filter(({ channel }) => isOneWay(channel));
    if (this.began !== undefined) await this.note(this.result.messages.length);
    return this.result;
  }

  /** @param absent whether to say so also where the ledger has no answer to the question any more, as a problem still shows one. */
  private async takeBack(absent: boolean): Promise<void> {
    const { ledger, now } = this.ground;
    const key = rowKeys.briefing(this.name.key);
    let row: LedgerRow<AnswerRow> | undefined = await ledger.read<AnswerRow>(key);
    for (let tries = 0; tries < TRIES; tries++) {
      // An answer that came after it is another one.
      if (row ? row.value.edition > this.name.edition : !absent) return;
      if (row && !isKept(row.value)) {
        this.purgedAt = row.value.purgedAt;
        return;
      }
      await this.begin();
      const at = now();
      const next: AnswerRow = { edition: row?.value.edition ?? this.name.edition, purgedAt: at };
      const expiresAt = expiry(at + ANSWER_DAYS * DAY);
      const there: true | LedgerRow<AnswerRow> | undefined = await ledger.writeOrRead<AnswerRow>(key, next, row?.version ?? 0, expiresAt);
      if (there === true) {
        if (row) this.result.was = 'kept';
        this.purgedAt = at;
        return;
      }
      row = there;
    }
    throw new Error(`others kept changing the answer ${nameOf(this.name)}: run it again.`);
  }

  private async pass(): Promise<void> {
    for await (const seen of this.ground.seen()) {
      this.ground.signal.throwIfAborted();
      if (seen.kind === 'problem' && isOf(seen.answer, this.name)) await this.ofProblem(seen);
    }
  }

  private async ofProblem({ key, message, purged, closed }: SeenProblem): Promise<void> {
    if (!purged) {
      if (this.purgedAt === undefined) await this.takeBack(true);
      if (!(await this.withdraw(key))) return;
    }
    if (!message || closed) {
      if (!purged) this.result.quiet++;
    } else this.messages.set(`${message.channel} ${message.ts}`, message);
    if (!message) return;
    // What is closed has words where it could not be checked; deliver knows (showsProse).
    // Of what was purged before nobody knows whether it was woken.
    if (!isOneWay(message.channel)) await this.wake(key);
  }

  /** @returns false where it shows other words by now. */
  private async withdraw(key: SeenProblem['key']): Promise<boolean> {
    const { ledger, ledgerDays } = this.ground;
    await this.begin();
    let row: LedgerRow<ProblemRow> | undefined = await ledger.read<ProblemRow>(key);
    for (let tries = 0; tries < TRIES; tries++) {
      const { answer, briefHash, promptVersion } = row?.value.interpretation ?? {};
      if (!row || !answer || briefHash === undefined || promptVersion === undefined || !isOf(answer, this.name)) return false;
      const interpretation = { briefHash, promptVersion, tries: 0, purged: answer, failure: 'its words were purged' };
      const next: ProblemRow = { ...row.value, interpretation };
      const there: true | LedgerRow<ProblemRow> | undefined = await ledger.writeOrRead(
        key,
        next,
        row.version,
        problemExpiry(next, ledgerDays),
      );
      if (there === true) return true;
      row = there;
    }
    throw new Error(`deliver kept writing the problem ${key.pk}: run it again.`);
  }

  /** The next tick sends its wake-up. */
  private async wake(key: SeenProblem['key']): Promise<void> {
    const problem = problemOf(key);
    const value: DueRow = { problem };
    await this.ground.ledger.writeAll([{ key: rowKeys.due(dueKey(this.ground.now(), problem)), value }]);
  }

  /** Who did it and why is written before anything is changed; not where there is nothing to do. */
  private async begin(): Promise<void> {
    if (this.began !== undefined) return;
    this.began = this.ground.now();
    await this.note();
  }

  /** @param messages what it came to, once that is known. */
  private async note(messages?: number): Promise<void> {
    const { ledger, by, why, ledgerDays } = this.ground;
    const at = this.began ?? 0;
    const answer = nameOf(this.name);
    const value: PurgeRow = { answer, by, why, at, ...(messages === undefined ? {} : { messages }) };
    await ledger.writeAll([{ key: rowKeys.purges(answer, at), value, expiresAt: expiry(at + ledgerDays * DAY) }]);
  }
}
