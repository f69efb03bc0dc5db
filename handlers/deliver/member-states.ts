/** The states of a problem's members: those of the log, which its own row carries, and those in rows of their own. */
import type { ProblemRow, StateRow } from '../domain/problem/problem-row';
import { type ProblemKey, rowKeys, STATES } from '../domain/problem/rows';
import { endOf } from '../domain/problem/sums';
import { expiry } from '../domain/time';
import type { Ledger } from '../ports';

/** States that are read at a time where all are gone over. */
const PAGE = 200;

export class MemberStates {
  /** As they stand in rows of their own, by member; undefined where there is no row. What the log has counts before these. */
  private readonly rows = new Map<string, StateRow | undefined>();
  /** Whether the next put of the problem leaves those states out of its log that rows of their own have by now. */
  private spills = false;

  constructor(
    private readonly problem: ProblemKey,
    private readonly ledger: Ledger,
  ) {}

  /** Puts the states of the log into rows of their own; what is in the log stays valid until the next put leaves it out. */
  async spill(log: ProblemRow['log']): Promise<void> {
    await Promise.all(
      Object.entries(log).map(async ([id, state]) => {
        const expiresAt = state.week === undefined ? undefined : expiry(endOf(state.week));
        await this.ledger.writeNewer(rowKeys.state(this.problem, id), state, expiresAt);
        this.rows.set(id, state);
        this.spills = true;
      }),
    );
  }

  /** The problem's row as it is to be put: without the states that are in rows of their own by now, unless they changed meanwhile. */
  leftOut(row: ProblemRow): ProblemRow {
    if (!this.spills) return row;
    const log = Object.fromEntries(Object.entries(row.log).filter(([id, state]) => this.rows.get(id) !== state));
    return { ...row, log, spilled: true };
  }

  /** What another worker wrote may be newer. */
  forget(): void {
    this.rows.clear();
    this.spills = false;
  }

  /** Those that there are, by member: the log's, else the row's. */
  async of(
    ids: readonly string[],
    { log, spilled, began = 0 }: Pick<ProblemRow, 'log' | 'spilled' | 'began'>,
  ): Promise<Map<string, StateRow>> {
    // Where none ever left the log there is no row to look for.
    const unknown = spilled ? ids.filter((id) => !log[id] && !this.rows.has(id)) : [];
    if (unknown.length > 0) {
      for (const id of unknown) this.rows.set(id, undefined);
      const rows = await this.ledger.readAll<StateRow>(unknown.map((id) => rowKeys.state(this.problem, id)));
      for (const { key, value } of rows) if (value.fold >= began) this.rows.set(key.sk.slice(STATES.length), value);
    }
    return new Map(
      ids.flatMap((id) => {
        const state = log[id] ?? this.rows.get(id);
        return state ? [[id, state] as const] : [];
      }),
    );
  }

  /** Those of the log, then those of the rows in the order of their ids. @param from the id after which to begin, past the log. */
  async *all({ log, began = 0 }: Pick<ProblemRow, 'log' | 'began'>, from: string): AsyncGenerator<[id: string, state: StateRow]> {
    if (from === '') yield* Object.entries(log);
    for (let after = from; ; ) {
      const rows = await this.ledger.list<StateRow>(rowKeys.problem(this.problem), STATES, { from: STATES + after, limit: PAGE });
      for (const { key, value } of rows) {
        after = key.sk.slice(STATES.length);
        if (!log[after] && value.fold >= began) yield [after, value];
      }
      if (rows.length < PAGE) return;
    }
  }
}
