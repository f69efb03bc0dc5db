/**
 * Who owns an account, asked of AWS Organizations at most once a TTL for all functions together, and each call in its turn
 * (domain/pacing): its limits are per organization and small. The first who needs an answer takes the turn for all who wait.
 */
import { Later, reasonOf } from '../domain/failure';
import type { Owner } from '../../config/routing/owner';
import type { Config } from '../../config/schema';
import { ACCOUNTS, type Allowance, FREE, ORGANIZATIONAL_UNITS, PARENTS, type Slot, type Ticket, type Turn, turn } from '../domain/pacing';
import { rowKeys, sharedFor } from '../domain/problem/rows';
import { HOUR, MINUTE, SECOND } from '../domain/time';
import { change, keptWhileUsed } from '../optimistic';
import type { Clock, Directory, DirectoryAccount, Journal, Ledger, LedgerKey, Meter } from '../ports';

/** What the ledger keeps of one answer. `value` null: Organizations does not know it. */
interface Cached<T> {
  value?: T | null;
  at: number;
  /** Who asks now has until then; others wait. After a failure: nobody asks again before. */
  until?: number;
  failed?: boolean;
  /** The place in line of whoever asks; `until` then is its turn. */
  ticket?: Ticket;
}

/** A call of Organizations: its line in the ledger, and what it takes. */
const LINES = {
  account: ['organizations-accounts', ACCOUNTS],
  parent: ['organizations-parents', PARENTS],
  unit: ['organizations-units', ORGANIZATIONAL_UNITS],
} as const satisfies Record<string, readonly [string, Allowance]>;
type LineName = keyof typeof LINES;

/** What is CRITICAL goes before what is not; the journal is of the work that asks first. */
interface Asking {
  critical: boolean;
  journal: Journal;
}

interface Answer<T> {
  value: T | undefined;
  knowledge: Owner['knowledge'];
}

const UNKNOWN: Answer<never> = { value: undefined, knowledge: 'unknown' };

const LEASE = 10 * SECOND;
const RETRY_AFTER_FAILURE = MINUTE;
/** For a new answer in the place of an old one nobody waits longer. */
const PATIENCE = 15 * SECOND;
/** Five OUs and the root. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const ANCESTORS = 6;

export class OwnerLookup {
  private readonly memory = new Map<string, Cached<unknown>>();
  private readonly underWay = new Map<string, Promise<Answer<unknown>>>();
  /** The last turn that was asked for, by line. */
  private readonly turns = new Map<LineName, Promise<unknown>>();

  private readonly ledger: ReturnType<typeof keptWhileUsed>;

  constructor(private readonly deps: { config: Config; ledger: Ledger; directory: Directory; clock: Clock; meter: Meter }) {
    const { config, ledger, clock } = deps;
    this.ledger = keptWhileUsed(ledger, clock, sharedFor(config.settings.retention.ledgerDays));
  }

  /**
   * @param nameInFinding stands in for the account's name where Organizations does not know it.
   * @throws Later where another worker is asking at this moment, or the limit is reached.
   */
  async ownerOf(accountId: string, nameInFinding: string | undefined, asking: Asking): Promise<Owner> {
    const { directory } = this.deps;
    const account = await this.lookUp<DirectoryAccount>('account', accountId, asking, () => directory.account(accountId));
    const { name = nameInFinding ?? '', tags = {}, parentIds } = account.value ?? {};
    // A path with a hole in it would match the wrong route: then the OU is unknown as a whole.
    const withoutPath: Owner = { accountId, accountName: name, ouPath: [], tags, knowledge: 'unknown' };
    if (!account.value) return withoutPath;
    const ouPath: Owner['ouPath'] = [];
    const parents = parentIds ? { value: parentIds, knowledge: account.knowledge } : await this.parentsOf(accountId, asking);
    if (!parents.value) return withoutPath;
    let knowledge = parents.knowledge === 'stale' ? parents.knowledge : account.knowledge;
    for (const id of parents.value.filter((parent) => parent.startsWith('ou-'))) {
      const unit = await this.lookUp<string>('unit', id, asking, () => directory.organizationalUnitName(id));
      if (!unit.value) return withoutPath;
      if (unit.knowledge === 'stale') knowledge = 'stale';
      ouPath.push({ id, name: unit.value });
    }
    return { ...withoutPath, ouPath, knowledge };
  }

  /** From the root down; each OU's parent is asked once for all accounts below it. */
  private async parentsOf(accountId: string, asking: Asking): Promise<Answer<string[]>> {
    const { directory } = this.deps;
    const parents: string[] = [];
    let knowledge: Owner['knowledge'] = 'fresh';
    for (let child = accountId; parents.length < ANCESTORS && !child.startsWith('r-'); ) {
      const { value, knowledge: known } = await this.lookUp<string>('parent', child, asking, async () => directory.parent?.(child));
      if (!value) return UNKNOWN;
      if (known === 'stale') knowledge = known;
      parents.unshift(value);
      child = value;
    }
    return { value: parents, knowledge };
  }

  private lookUp<T>(line: LineName, id: string, asking: Asking, call: () => Promise<T | undefined>): Promise<Answer<T>> {
    const key = rowKeys[line](id);
    const remembered = this.memory.get(key.pk) as Cached<T> | undefined;
    if (remembered && this.fresh(remembered)) return Promise.resolve(answer(remembered, 'fresh'));
    // Records of one batch ask for the same account at the same time.
    const running = this.underWay.get(key.pk) as Promise<Answer<T>> | undefined;
    if (running) return running;
    const started = this.ask(line, asking, key, call).finally(() => this.underWay.delete(key.pk));
    this.underWay.set(key.pk, started);
    return started;
  }

  private async ask<T>(
    line: LineName,
    { critical, journal }: Asking,
    key: LedgerKey,
    call: () => Promise<T | undefined>,
  ): Promise<Answer<T>> {
    const { ledger } = this;
    const { clock, meter } = this.deps;
    const row = await ledger.read<Cached<T>>(key);
    const known = row?.value;
    if (known && this.fresh(known)) {
      this.memory.set(key.pk, known);
      return answer(known, 'fresh');
    }
    const stale = known && known.value !== undefined ? answer(known, 'stale') : undefined;
    let version = row?.version ?? 0;
    /** @returns false where another worker wrote the row meanwhile: it is that one's then. */
    const put = (next: Partial<Cached<T>>): Promise<boolean> =>
      ledger.write(key, { value: known?.value, at: known?.at ?? 0, ...next }, version++);
    const others = (until: number): Answer<T> => {
      if (stale) return stale;
      throw new Later(until, `another worker is asking Organizations about ${key.pk}`);
    };
    // What is CRITICAL does not wait for the turn of what is not.
    const overtakes = critical && known?.ticket?.critical === false;
    if (known?.until !== undefined && known.until > clock.now() && !overtakes) {
      if (known.failed) return stale ?? UNKNOWN;
      return others(known.ticket ? known.until : clock.now() + SECOND);
    }
    if (!(await put({ until: clock.now() + LEASE }))) return others(clock.now() + SECOND);
    const wait = await this.turn(line, critical || known?.ticket?.critical === true, known?.ticket).catch(async (error: unknown) => {
      await put({ until: 0, ticket: known?.ticket });
      throw error;
    });
    if (wait) {
      await put({ until: wait.until, ticket: wait.ticket });
      if (stale && wait.until > clock.now() + PATIENCE) return stale;
      throw new Later(wait.until, 'the turn at Organizations comes');
    }
    let said: T | undefined;
    meter.count('OrganizationsCalls', { about: line });
    try {
      said = await call();
    } catch (error) {
      journal.warn('organizations failed', { about: key.pk, stale: stale !== undefined, reason: reasonOf(error) });
      await put({ until: clock.now() + RETRY_AFTER_FAILURE, failed: true });
      return stale ?? UNKNOWN;
    }
    const cached: Cached<T> = { value: said ?? null, at: clock.now() };
    this.memory.set(key.pk, cached);
    // It is known now: where the ledger fails, only the others have to ask again.
    await put(cached).catch((error: unknown) => journal.warn('not kept for others', { row: key.pk, reason: reasonOf(error) }));
    return answer(cached, 'fresh');
  }

  private fresh(cached: Cached<unknown>): boolean {
    return cached.value !== undefined && this.deps.clock.now() - cached.at < this.deps.config.settings.directoryHours * HOUR;
  }

  /** @returns undefined when it may go now. Within a worker one after the other: those of a batch would write the same row all at once. */
  private turn(line: LineName, critical: boolean, ticket: Ticket | undefined): Promise<{ until: number; ticket: Ticket } | undefined> {
    const { clock } = this.deps;
    const [name, allowance] = LINES[line];
    const take = () =>
      change<Slot, Turn>(this.ledger, rowKeys.slot(name), (slot = FREE) => {
        const result = turn(slot, clock.now(), allowance, { critical, ticket });
        return { next: result.slot === slot ? undefined : result.slot, result };
      });
    const mine = (this.turns.get(line) ?? Promise.resolve()).then(take, take);
    this.turns.set(line, mine);
    return mine.then((result) => (result.go ? undefined : result));
  }
}

function answer<T>(cached: Cached<T>, knowledge: 'fresh' | 'stale'): Answer<T> {
  return { value: cached.value ?? undefined, knowledge: cached.value === null ? 'unknown' : knowledge };
}
