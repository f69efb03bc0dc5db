/**
 * Tells deliver that something changed: a mark of each change, then the problem's flag, then the wake-up where there was no
 * flag, and only then the row no longer owes them. In this order (docs/decisions.md): whatever fails, the message comes back
 * and finds the row still owing.
 */
import { type FindingRow, type Flag, type ProblemKey, rowKeys } from '../domain/problem/rows';
import { hash } from '../domain/text/identity';
import type { Clock, Ledger, LedgerRow, WakeUps } from '../ports';

/** A finding's row whose marks are out, and the problems they are in. */
export interface Owed {
  row: LedgerRow<FindingRow>;
  /** When the row leaves, in epoch seconds. */
  expiresAt?: number;
  problems: ProblemKey[];
  /** An earlier try may have raised the flag and died before its wake-up. */
  again: boolean;
}

interface AnnouncementDeps {
  ledger: Ledger;
  wakeUps: WakeUps;
  clock: Clock;
}

/** Of the messages of one batch together: a problem is woken once, when the marks of all of them are out. */
export class Announcement {
  private readonly owed: Owed[] = [];
  private open: () => void = () => undefined;
  private readonly announced: Promise<void>;

  /** @param left messages of the batch. */
  constructor(
    private left: number,
    private readonly deps: AnnouncementDeps,
  ) {
    this.announced = new Promise<void>((resolve) => {
      this.open = resolve;
    }).then(() => this.announce());
    // Each message that owes something waits for it and fails with it; where none does, nothing can fail.
    this.announced.catch(() => undefined);
  }

  /** Resolves when what the work owes is announced. @throws what the work throws, or what kept its problems from being woken. */
  async after<T extends { owed: Owed[] }>(work: Promise<T>): Promise<T> {
    let done: T;
    try {
      done = await work;
      this.owed.push(...done.owed);
    } finally {
      this.left--;
      if (this.left === 0) this.open();
    }
    if (done.owed.length === 0) return done;
    await this.announced;
    for (const { row, expiresAt } of done.owed) {
      const { owed: _owed, ...rest } = row.value;
      // Refused where another worker changed the row meanwhile: that one owes for itself.
      await this.deps.ledger.write(row.key, rest, row.version, expiresAt);
    }
    return done;
  }

  private async announce(): Promise<void> {
    const { ledger, wakeUps, clock } = this.deps;
    // Unlike any other: of this change of this row, at this moment.
    const nonce = hash(...this.owed.map(({ row }) => `${row.key.pk} ${row.version}`), String(clock.now()));
    const problems = new Map<string, { problem: ProblemKey; again: boolean }>();
    for (const owed of this.owed) {
      for (const problem of owed.problems) {
        const name = `${problem.receiver} ${problem.fingerprint}`;
        problems.set(name, { problem, again: owed.again || problems.get(name)?.again === true });
      }
    }
    const woken = await Promise.all(
      [...problems.values()].map(async ({ problem, again }) => {
        const flag: Flag = { problem, nonce, at: clock.now() };
        if (await ledger.write(rowKeys.flag(problem), flag, 0)) return [{ ...problem, nonce: flag.nonce }];
        const raised = again ? await ledger.read<Flag>(rowKeys.flag(problem)) : undefined;
        return raised ? [{ ...problem, nonce: raised.value.nonce }] : [];
      }),
    );
    if (woken.flat().length > 0) await wakeUps.send(woken.flat());
  }
}
