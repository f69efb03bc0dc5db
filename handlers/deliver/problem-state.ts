/** One problem as it stands in the ledger, loaded once an invocation and kept in step with what is written. */
import { Unavailable } from '../domain/failure';
import type { Severity } from '../domain/finding/finding';
import type { Rendering } from '../domain/message/message';
import { membersOf } from '../domain/problem/member';
import type { HeaderRow, MemberRow, ProblemKey, ReportRow, TextRow, Told, ToldEntry, ToldPage } from '../domain/problem/rows';
import { REPORTS, rowKeys, toldOnceConfirmed, toldPage } from '../domain/problem/rows';
import { headings, LISTED, type Member, type ProblemView } from '../domain/problem/view';
import type { Ledger, LedgerRow } from '../ports';

const NEW_HEADER: HeaderRow = {
  generation: 0,
  generationAt: 0,
  lastUpdateAt: 0,
  lastReplyAt: 0,
  lastBroadcastAt: 0,
  confirmed: 0,
  writeBackPending: false,
  coveredThrough: 0,
};

/** DynamoDB's client has tried three times for each of these. */
const CONFIRM_TRIES = 4;

export class ProblemState {
  readonly told = new Map<string, Told>();
  private readonly texts = new Map<string, TextRow | undefined>();

  private constructor(
    readonly problem: ProblemKey,
    private readonly ledger: Ledger,
    public header: HeaderRow,
    private headerVersion: number,
    readonly members: MemberRow[],
    /** What the members are made of. */
    readonly rows: ReportRow[],
    private readonly pages: Map<string, LedgerRow<ToldPage>>,
  ) {
    this.refreshTold();
  }

  static async header(problem: ProblemKey, ledger: Ledger): Promise<LedgerRow<HeaderRow> | undefined> {
    return ledger.read<HeaderRow>(rowKeys.header(problem));
  }

  /** @param header as read before; the reports are read after it, so what woke us is among them. */
  static async load(problem: ProblemKey, header: LedgerRow<HeaderRow> | undefined, ledger: Ledger): Promise<ProblemState> {
    const pk = rowKeys.problem(problem);
    const [reports, pages] = await Promise.all([ledger.list<ReportRow>(pk, REPORTS), ledger.list<ToldPage>(pk, 'told#')]);
    return new ProblemState(
      problem,
      ledger,
      header?.value ?? NEW_HEADER,
      header?.version ?? 0,
      membersOf(reports),
      reports.map(({ value }) => value),
      new Map(pages.map((page) => [page.key.sk.slice('told#'.length), page])),
    );
  }

  /** @throws Unavailable when another worker wrote the header: nothing is posted then. */
  async save(change: Partial<HeaderRow>): Promise<void> {
    const next = { ...this.header, ...change };
    if (!(await this.ledger.write(rowKeys.header(this.problem), next, this.headerVersion))) {
      throw new Unavailable(
        `another worker is telling the problem ${this.problem.receiver} / ${this.problem.fingerprint}; it is looked at again`,
      );
    }
    this.header = next;
    this.headerVersion += 1;
    if (change.confirmed !== undefined) this.refreshTold();
  }

  /**
   * Makes the telling that was prepared count, for the header and for every member at once. A message stands in the
   * channel and would be told again, so a write that fails is looked after and repeated at once.
   */
  async confirm(change: Partial<HeaderRow>): Promise<void> {
    const confirmed = this.telling;
    for (let tries = 1; ; tries++) {
      try {
        await this.save({ ...change, confirmed, attempt: undefined });
        return;
      } catch (error) {
        if (tries >= CONFIRM_TRIES) throw error;
        // It may have taken effect though its answer was lost; deliver alone writes headers.
        const row = await ProblemState.header(this.problem, this.ledger).catch(() => undefined);
        if (!row) continue;
        this.header = row.value;
        this.headerVersion = row.version;
      }
    }
  }

  async text(view: ProblemView): Promise<TextRow> {
    const key = view.lead.textKey ?? '';
    // A closing that overtook its opening has no words of its own.
    return (
      (await this.textOf(key)) ?? {
        kind: 'third-party' as const,
        product: 'unknown',
        title: view.lead.row.resource.name,
        description: '',
        types: [],
        brief: { kind: 'third-party' as const },
      }
    );
  }

  private async textOf(key: string): Promise<TextRow | undefined> {
    if (!this.texts.has(key)) this.texts.set(key, (await this.ledger.read<TextRow>(rowKeys.text(key)))?.value);
    return this.texts.get(key);
  }

  /**
   * The titles of a problem that may hold several: what its owner mends as one, or a scanner's. A control has one, in the wordings
   * of its standards, and a threat is named by its type.
   */
  async titles(view: ProblemView, text: TextRow): Promise<Rendering['titles']> {
    if (text.kind === 'control' || text.kind === 'guardduty') return undefined;
    const all = headings(view);
    const named: { title: string; severity: Severity }[] = [];
    for (const { textKey, severity } of all.slice(0, LISTED)) named.push({ title: (await this.textOf(textKey))?.title ?? '', severity });
    return { named, count: all.length };
  }

  /** The telling that `next` of the pages waits for. */
  get telling(): number {
    return this.header.confirmed + 1;
  }

  /**
   * Writes what the telling that is about to begin will have told; it holds once `confirmed` counts it. What an earlier
   * one with the same number prepared, and never told, is taken back, or it would count as told as well.
   */
  async prepare(entries: Map<string, Told>): Promise<void> {
    const pending = this.telling;
    const next = new Map<string, ToldEntry>();
    for (const { value } of this.pages.values()) {
      for (const [memberId, entry] of Object.entries(value)) if (entry.next?.telling === pending) next.set(memberId, { now: entry.now });
    }
    for (const [memberId, told] of entries) next.set(memberId, { now: this.told.get(memberId), next: { ...told, telling: pending } });
    await this.writePages(next);
  }

  /** Writes what was told already, without a telling of its own: an edit, or a mark that is done with. */
  async set(entries: Map<string, Told>): Promise<void> {
    await this.writePages(new Map([...entries].map(([memberId, told]) => [memberId, { now: told }])));
    for (const [memberId, told] of entries) this.told.set(memberId, told);
  }

  private async writePages(entries: ReadonlyMap<string, ToldEntry>): Promise<void> {
    for (const name of new Set([...entries.keys()].map(toldPage))) {
      const page = this.pages.get(name);
      const changed = [...entries].filter(([memberId]) => toldPage(memberId) === name);
      const key = rowKeys.told(this.problem, changed[0]?.[0] ?? '');
      const next: ToldPage = { ...page?.value, ...Object.fromEntries(changed) };
      const version = page?.version ?? 0;
      if (!(await this.ledger.write(key, next, version)))
        throw new Unavailable(
          `another worker recorded what was told of ${this.problem.receiver} / ${this.problem.fingerprint}; it is looked at again`,
        );
      this.pages.set(name, { key, value: next, version: version + 1 });
    }
  }

  private refreshTold(): void {
    this.told.clear();
    for (const { value } of this.pages.values()) {
      for (const [memberId, entry] of Object.entries(value)) {
        const told = toldOnceConfirmed(entry, this.header.confirmed);
        if (told) this.told.set(memberId, told);
      }
    }
  }
}

/** Members whose closing the message now shows, though no reply told of it. */
export function closingsShown(members: readonly Member[], told: ReadonlyMap<string, Told>): Map<string, Told> {
  return new Map(
    members.flatMap((member) => {
      const before = told.get(member.id);
      return before?.open && !member.open ? [[member.id, { ...before, open: false }] as const] : [];
    }),
  );
}
