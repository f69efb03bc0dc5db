/** One problem as it stands in the ledger: loaded once an invocation, changed only by conditional puts of its one row. */
import { isEvent } from '../domain/finding/read-back';
import { Later, Unavailable } from '../domain/failure';
import { changesOf } from '../domain/problem/change';
import { eventsToTell } from '../domain/problem/events';
import { fold, NEW_PROBLEM, problemExpiry, toldUpTo } from '../domain/problem/fold';
import { placed } from '../domain/problem/ranking';
import type { ProblemRow, StateRow } from '../domain/problem/problem-row';
import { type FindingRow, type Mark, type ProblemKey, type ToMarkRow, type DueRow, dueKey, rowKeys } from '../domain/problem/rows';
import { type NotifyRow, notifyRows } from '../domain/problem/marks';
import { total } from '../domain/problem/sums';
import { accountsToName, LISTED, type ProblemView, viewOf } from '../domain/problem/view';
import { hash } from '../domain/text/identity';
import type { LedgerKey, LedgerRow } from '../ports';
import { type DeliverDeps, ledgerExpiry, LOOK } from './deps';
import { MemberStates } from './member-states';
import type { ReadAhead } from './read-ahead';

/** DynamoDB's client has tried three times for each of these. */
const CONFIRM_TRIES = 4;
/** Marks that one fold takes in. */
const MARKS = 100;
/** Characters of states that stay in the problem's own row, at 1 to 2 KB each: most problems never have more, and stand in one row. */
const LOGGED = 32_000;

export type ProblemStateDeps = Pick<DeliverDeps, 'clock' | 'config'> & { ledger: ReadAhead };

export class ProblemState {
  private readonly states: MemberStates;
  /** The findings that were taken in last, by key. */
  findings: ReadonlyMap<string, FindingRow> = new Map();
  /** Marks that were taken in, which go once the put that has their changes is written; and what of them is to be marked NOTIFIED. */
  private taken: LedgerKey[] = [];
  toMark: NotifyRow[] = [];
  /** What is to be written with the next put; nothing depends on it before. */
  private later: Partial<ProblemRow> = {};
  /** Whether this worker wrote the problem since it last looked for marks: then nobody else did. */
  private wrote = false;
  private viewed?: { header: ProblemRow; view: ProblemView | undefined };

  private constructor(
    readonly problem: ProblemKey,
    private readonly deps: ProblemStateDeps,
    public header: ProblemRow,
    private version: number,
    /** In epoch milliseconds: as then it is shown. */
    readonly lookedAt: number,
  ) {
    this.states = new MemberStates(problem, deps.ledger);
  }

  static async load(problem: ProblemKey, deps: ProblemStateDeps): Promise<ProblemState> {
    const lookedAt = deps.clock.now();
    const row = await deps.ledger.read<ProblemRow>(rowKeys.header(problem));
    return new ProblemState(problem, deps, row?.value ?? NEW_PROBLEM, row?.version ?? 0, lookedAt);
  }

  /** @throws Unavailable when another worker wrote the problem: nothing is posted then. */
  async save(change: Partial<ProblemRow>): Promise<void> {
    const next = this.states.leftOut({ ...this.header, ...change });
    const expiresAt = problemExpiry(next, this.deps.config.settings.retention.ledgerDays);
    if (!(await this.deps.ledger.write(rowKeys.header(this.problem), next, this.version, expiresAt))) {
      throw new Unavailable(
        `another worker is telling the problem ${this.problem.receiver} / ${this.problem.fingerprint}; it is looked at again`,
      );
    }
    this.later = {};
    this.header = next;
    this.version += 1;
    this.wrote = true;
  }

  /** Leaves a change to the next put: what this worker knows from now on, and others once it is written. */
  put(change: Partial<ProblemRow>): void {
    this.later = { ...this.later, ...change };
    this.header = { ...this.header, ...change };
  }

  /** Writes what was left to a later put. @throws see save. */
  async flush(): Promise<void> {
    if (Object.keys(this.later).length > 0) await this.save({});
  }

  /** Writes what was taken in, and only then lets its marks go: until then they are taken in anew. @throws see save. */
  async settle(): Promise<void> {
    if (this.toMark.length > 0 && !this.header.writeBackPending) this.put({ writeBackPending: true });
    await this.flush();
    await this.deps.ledger.writeAll(this.toMark.splice(0), this.taken.splice(0));
  }

  /** The same, where readers know it all: leaves it to whoever marks next (security-hub/marker.ts). Rows first, or that one may find none. @throws see save. */
  async handOver(at: number, tries = 0): Promise<void> {
    const { ledger, clock } = this.deps;
    await this.flush();
    const [rows, taken] = [this.toMark.splice(0), this.taken.splice(0)];
    await ledger.writeAll(rows);
    const value: ToMarkRow = { problem: this.problem, since: clock.now(), tries };
    const key = rowKeys.toMark(this.problem, at, this.header.fold);
    await ledger.writeAll([{ key, value, expiresAt: ledgerExpiry(this.deps) }], taken);
    const { writeBackPending, leftUnmarked } = this.header;
    if (writeBackPending || leftUnmarked) this.put({ writeBackPending: false, leftUnmarked: undefined });
  }

  /**
   * Makes the telling that was attempted count, for the problem and for every member at once. A message stands in the
   * channel and would be told again, so a write that fails is looked after and repeated at once.
   */
  async confirm(change: Partial<ProblemRow>): Promise<void> {
    const confirmed = this.header.confirmed + 1;
    const told = this.header.attempt?.fold;
    for (let tries = 1; ; tries++) {
      // Where another worker took in more meanwhile, that is still untold; so is, to be safe, what was untold before.
      const readers = told === undefined ? {} : told === this.header.fold ? toldUpTo(told) : { told };
      try {
        await this.save({ ...change, confirmed, attempt: undefined, ...readers });
        return;
      } catch (error) {
        if (tries >= CONFIRM_TRIES) throw error;
        // It may have taken effect though its answer was lost; deliver alone writes problems.
        const row = await this.deps.ledger.read<ProblemRow>(rowKeys.header(this.problem)).catch(() => undefined);
        if (!row) continue;
        // That worker may have ended the message that woke this one: what is left to tell is woken by the tick.
        const due = rowKeys.due(dueKey(this.deps.clock.now(), this.problem));
        await this.deps.ledger.writeAll([{ key: due, value: { problem: this.problem } satisfies DueRow }]).catch(() => undefined);
        this.header = { ...row.value, ...this.later };
        this.version = row.version;
        // What another worker wrote may be newer than what this one remembers.
        this.states.forget();
      }
    }
  }

  /**
   * Takes in what changed, the worst first, until nothing is left, something urgent is among it, or the time is over.
   * @param along what will be read next; see ReadAhead. @returns whether nothing is left.
   */
  async takeIn(along: readonly LedgerKey[]): Promise<boolean> {
    for (;;) {
      const marks = await this.deps.ledger.list<Mark>(rowKeys.marks(this.problem), '', { limit: MARKS });
      this.wrote = false;
      if (marks.length === 0) return true;
      const all = await this.takeInThese(marks, along);
      if (all && marks.length < MARKS) return true;
      await this.settle();
      if (marks.some(({ key }) => key.sk.startsWith('0#')) || this.isOver) return false;
    }
  }

  /** @returns whether all of them were. */
  private async takeInThese(marks: readonly LedgerRow<Mark>[], along: readonly LedgerKey[]): Promise<boolean> {
    const { ledger, clock } = this.deps;
    const { retention, writeBack } = this.deps.config.settings;
    // Before the put that leaves them out.
    if (JSON.stringify(this.header.log).length > LOGGED) await this.states.spill(this.header.log);
    const marked = new Map<string, Set<string>>();
    for (const { value } of marks) marked.set(value.memberId, (marked.get(value.memberId) ?? new Set()).add(value.finding));
    const states = await this.statesOf([...marked.keys()]);
    const keys = new Set([...marked].flatMap(([id, findings]) => [...(states.get(id)?.findings ?? []), ...findings]));
    // The words of the worst are most likely those of the message.
    const words = marks[0]?.value.textKey;
    const read = await ledger.ahead<FindingRow>([...keys].map(rowKeys.finding), [...(words ? [rowKeys.text(words)] : []), ...along]);
    const rows = new Map(read.map(({ key, value }) => [key.pk.slice('finding#'.length), value]));
    this.findings = rows;
    const { changes, left } = changesOf(marked, states, rows, { problem: this.problem, since: this.header.generationAt });
    const now = clock.now();
    const next = changes.length > 0 ? fold(this.header, changes, { ...retention, now }) : { ...this.header, foldedAt: now };
    // What is open and NEW is to be marked in Security Hub once it is told: that is remembered before its mark goes.
    const taken = marks.filter(({ value }) => !left.has(value.memberId));
    // What was given up waits for an event: a weekly reading would have it tried for days again.
    const sent = ({ value: { finding } }: LedgerRow<Mark>) => isEvent(rows.get(finding)?.report.latest.revision[2] ?? '');
    const news = this.header.leftUnmarked ? taken.filter(sent) : taken;
    this.toMark = writeBack ? notifyRows(this.problem, news, rows, ledgerExpiry(this.deps)) : [];
    this.taken = taken.map(({ key }) => key);
    // Also where nothing differs: whoever read an older state of a finding must not be able to commit it once the mark is gone.
    this.put({ ...next, events: eventsToTell(this.header, taken, rows) });
    // The problem's row leaves now; a row of a member that still says open never would.
    if (this.header.spilled && total(this.header.sums.counts.open) === 0) {
      await this.flush();
      await this.states.spill(this.header.log);
    }
    return taken.length === marks.length;
  }

  statesOf(ids: readonly string[]): Promise<Map<string, StateRow>> {
    return this.states.of(ids, this.header);
  }

  /** Of all; see MemberStates. */
  allStates(from = ''): AsyncGenerator<[id: string, state: StateRow]> {
    return this.states.all(this.header, from);
  }

  /** Whether what is left is to be left to the next look. */
  get isOver(): boolean {
    return this.deps.clock.now() > this.lookedAt + LOOK;
  }

  async view(): Promise<ProblemView | undefined> {
    if (this.viewed?.header === this.header) return this.viewed.view;
    await this.refill();
    const states = await this.statesOf([...new Set([...Object.keys(this.header.worst), ...Object.keys(this.header.untold.worst)])]);
    const owners = new Set([...states.values()].map(({ member }) => member.owner.accountId));
    const names = await this.namesOf(accountsToName(this.header).filter((id) => !owners.has(id)));
    const view = viewOf(this.header, states, names, this.lookedAt);
    this.viewed = { header: this.header, view };
    return view;
  }

  /** Where closings have used up the members that are named, others take their place: from anywhere, so that no reading goes over the closed ones again and again. */
  private async refill(): Promise<void> {
    const { sums, worst } = this.header;
    const wanted = Math.min(total(sums.counts.open), LISTED + 1);
    const open = () => Object.values(ranking).filter(([isOpen]) => isOpen === 1).length;
    let ranking = worst;
    if (open() >= wanted) return;
    const start = hash(this.problem.fingerprint, String(this.header.fold));
    for (const from of [start, '']) {
      for await (const [id, { member }] of this.allStates(from)) {
        if (member.open) ranking = placed(ranking, id, member);
        if (open() > 10 * wanted) break;
      }
      if (open() >= wanted) break;
    }
    this.header = { ...this.header, worst: ranking };
  }

  /** What the directory calls accounts, as intake last looked it up. */
  private async namesOf(accountIds: readonly string[]): Promise<Map<string, string>> {
    if (accountIds.length === 0) return new Map();
    const rows = await this.deps.ledger.readAll<{ value?: { name: string } | null }>(accountIds.map(rowKeys.account));
    return new Map(rows.flatMap(({ key, value }) => (value.value ? [[key.pk.slice('account#'.length), value.value.name] as const] : [])));
  }

  /**
   * Who read it as it was may have nothing to tell of what another took in meanwhile, and that one may have died.
   * @throws Later where somebody else wrote the problem since this worker last looked for marks.
   */
  async mustBeCurrent(): Promise<void> {
    if (this.wrote) return;
    const row = await this.deps.ledger.read<ProblemRow>(rowKeys.header(this.problem));
    if ((row?.version ?? 0) !== this.version) throw new Later(this.deps.clock.now(), 'another worker took in changes of this problem');
  }

  /** Of the events that it is told for; see ProblemRow.events. */
  get eventIds(): string[] {
    return Object.keys(this.header.events ?? {});
  }
}
