/**
 * Who owns an account, asked of AWS Organizations at most once a TTL for all functions together:
 * its limits are per organization and small (DescribeOrganizationalUnit: 2 a second).
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
import { Later, reasonOf } from '../domain/failure';
import type { Owner } from '../../config/routing/owner';
import { FREE, ORGANIZATIONAL_UNITS, type Slot, type Turn, turn } from '../domain/pacing';
import { rowKeys } from '../domain/problem/rows';
import { HOUR, MINUTE, SECOND } from '../domain/time';
import { change } from '../optimistic';
import type { Clock, Directory, DirectoryAccount, Journal, Ledger, LedgerKey } from '../ports';

/** What the ledger keeps of one answer. `value` null: Organizations does not know it. */
interface Cached<T> {
  value?: T | null;
  at: number;
  /** Who asks now has until then; others wait. After a failure: nobody asks again before. */
  until?: number;
  failed?: boolean;
}

interface Answer<T> {
  value: T | undefined;
  knowledge: Owner['knowledge'];
}

const LEASE = 10 * SECOND;
const RETRY_AFTER_FAILURE = MINUTE;

export class OwnerLookup {
  private readonly memory = new Map<string, Cached<unknown>>();
  private readonly underWay = new Map<string, Promise<Answer<unknown>>>();

  /** @param deps `ledger`: rows of owners and turns stay for as long as it keeps them. */
  constructor(
    private readonly deps: {
      ledger: Pick<Ledger, 'read' | 'write'>;
      directory: Directory;
      clock: Clock;
      journal: Journal;
      ttlHours: number;
    },
  ) {}

  /**
   * @param nameInFinding stands in for the account's name where Organizations does not know it.
   * @throws Later where another worker is asking at this moment, or the limit is reached.
   */
  async ownerOf(accountId: string, nameInFinding: string | undefined): Promise<Owner> {
    const { directory } = this.deps;
    const account = await this.lookUp<DirectoryAccount>(rowKeys.account(accountId), async () => () => directory.account(accountId));
    if (!account.value) return { accountId, accountName: nameInFinding ?? '', ouPath: [], tags: {}, knowledge: 'unknown' };
    const ouPath: Owner['ouPath'] = [];
    let knowledge = account.knowledge;
    for (const id of account.value.parentIds.filter((parent) => parent.startsWith('ou-'))) {
      const unit = await this.lookUp<string>(rowKeys.unit(id), async () => {
        await this.turn();
        return () => directory.organizationalUnitName(id);
      });
      // A path with a hole in it would match the wrong route: then the OU is unknown as a whole.
      if (!unit.value) return { accountId, accountName: account.value.name, ouPath: [], tags: account.value.tags, knowledge: 'unknown' };
      if (unit.knowledge === 'stale') knowledge = 'stale';
      ouPath.push({ id, name: unit.value });
    }
    return { accountId, accountName: account.value.name, ouPath, tags: account.value.tags, knowledge };
  }

  /** @param prepare what must be had before Organizations is asked: where that fails, Organizations has not. */
  private lookUp<T>(key: LedgerKey, prepare: () => Promise<() => Promise<T | undefined>>): Promise<Answer<T>> {
    const remembered = this.memory.get(key.pk) as Cached<T> | undefined;
    if (remembered && this.fresh(remembered)) return Promise.resolve(answer(remembered, 'fresh'));
    // Records of one batch ask for the same account at the same time.
    const running = this.underWay.get(key.pk) as Promise<Answer<T>> | undefined;
    if (running) return running;
    const started = this.ask(key, prepare).finally(() => this.underWay.delete(key.pk));
    this.underWay.set(key.pk, started);
    return started;
  }

  private async ask<T>(key: LedgerKey, prepare: () => Promise<() => Promise<T | undefined>>): Promise<Answer<T>> {
    const { ledger, clock, journal } = this.deps;
    const claim = await change<Cached<T>, { mine: boolean; known?: Cached<T> }>(ledger, key, (known) => {
      if (known && (this.fresh(known) || (known.until ?? 0) > clock.now())) return { result: { mine: false, known } };
      return { next: { ...known, at: known?.at ?? 0, until: clock.now() + LEASE }, result: { mine: true, known } };
    });
    const { known } = claim;
    if (!claim.mine && known) {
      if (this.fresh(known)) {
        this.memory.set(key.pk, known);
        return answer(known, 'fresh');
      }
      if (known.value !== undefined) return answer(known, 'stale');
      if (known.failed) return { value: undefined, knowledge: 'unknown' };
      throw new Later(clock.now() + 1000, `another worker is asking Organizations about ${key.pk}`);
    }
    const release = (until: number, failed: boolean) =>
      change<Cached<T>, void>(ledger, key, (row) => ({ next: { ...row, at: row?.at ?? 0, until, failed }, result: undefined }));
    let ask: () => Promise<T | undefined>;
    try {
      ask = await prepare();
    } catch (error) {
      await release(0, false);
      throw error;
    }
    let value: T | undefined;
    try {
      value = await ask();
    } catch (error) {
      journal.warn('organizations failed', { about: key.pk, stale: known?.value !== undefined, reason: reasonOf(error) });
      await release(clock.now() + RETRY_AFTER_FAILURE, true);
      return known?.value !== undefined ? answer(known, 'stale') : { value: undefined, knowledge: 'unknown' };
    }
    const cached: Cached<T> = { value: value ?? null, at: clock.now() };
    this.memory.set(key.pk, cached);
    // It is known now: where the ledger fails, only the others have to ask again.
    await change<Cached<T>, void>(ledger, key, () => ({ next: cached, result: undefined })).catch((error: unknown) =>
      journal.warn('not kept for others', { row: key.pk, reason: reasonOf(error) }),
    );
    return answer(cached, 'fresh');
  }

  private fresh(cached: Cached<unknown>): boolean {
    return cached.value !== undefined && this.deps.clock.now() - cached.at < this.deps.ttlHours * HOUR;
  }

  private async turn(): Promise<void> {
    const { ledger, clock } = this.deps;
    const mine = await change<Slot, Turn>(ledger, rowKeys.slot('organizations-units'), (slot = FREE) => {
      const result = turn(slot, clock.now(), ORGANIZATIONAL_UNITS, { critical: true });
      return { next: result.go ? result.slot : undefined, result };
    });
    if (!mine.go) throw new Later(mine.until, 'the limit of Organizations for OU lookups is reached');
  }
}

function answer<T>(cached: Cached<T>, knowledge: 'fresh' | 'stale'): Answer<T> {
  return { value: cached.value ?? undefined, knowledge: cached.value === null ? 'unknown' : knowledge };
}
