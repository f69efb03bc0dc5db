/** The ledger in memory, with the same promises as the table: conditional writes, consistent and ordered reads, and its limits. */
import type { Ledger, LedgerKey, LedgerRow, RowToPut } from '../../../handlers/ports';
import { deletionOf } from '../../../local/dynamodb/late-ttl';
import { Capacity } from './capacity';
import { checkKey, checkKeys, checkValue } from './refusals';

class Stored {
  private read?: LedgerRow<unknown>;

  /** @param goneAt when DynamoDB deletes it, in epoch milliseconds. */
  constructor(
    readonly key: LedgerKey,
    readonly version: number,
    private readonly text: string,
    readonly bytes: number,
    readonly goneAt: number,
  ) {}

  /** A copy that nobody can change: readers share it, as if each had read it anew. Most rows are written more often than read. */
  get row(): LedgerRow<unknown> {
    this.read ??= frozen({ key: this.key, version: this.version, value: JSON.parse(this.text) as unknown });
    return this.read;
  }
}

/** A partition's rows, and their sort keys in order once somebody asked for that. */
interface Partition {
  rows: Map<string, Stored>;
  sorted?: string[];
}

export interface LedgerOptions {
  now?: () => number;
  /** See limits.ts. */
  partitions?: boolean;
  lateTtl?: boolean;
}

/** BatchGetItem takes 100 keys a call, BatchWriteItem 25 rows. */
const KEYS_A_READ = 100;
const ROWS_A_WRITE = 25;

export class MemoryLedger implements Ledger {
  private readonly partitions = new Map<string, Partition>();
  private readonly now: () => number;
  private readonly lateTtl: boolean;
  private readonly capacity?: Capacity;
  /** Calls so far, by kind. */
  readonly calls = { read: 0, readAll: 0, list: 0, write: 0, writeAll: 0, remove: 0 };
  /** Rows that reads and queries answered so far. */
  rowsRead = 0;
  /** The largest value written, in UTF-8 bytes of its JSON. */
  largest = 0;

  constructor({ now = () => 0, partitions = false, lateTtl = false }: LedgerOptions = {}) {
    this.now = now;
    this.lateTtl = lateTtl;
    if (partitions) this.capacity = new Capacity(now);
  }

  async read<T>(key: LedgerKey): Promise<LedgerRow<T> | undefined> {
    this.calls.read++;
    checkKey(key);
    const stored = this.stored(key);
    this.capacity?.read(key.pk, stored?.bytes ?? 0);
    this.rowsRead++;
    return stored?.row as LedgerRow<T> | undefined;
  }

  async readAll<T>(keys: readonly LedgerKey[]): Promise<LedgerRow<T>[]> {
    for (const some of slices(keys, KEYS_A_READ)) {
      this.calls.readAll++;
      checkKeys(some);
    }
    return keys.flatMap((key) => {
      const stored = this.stored(key);
      this.capacity?.read(key.pk, stored?.bytes ?? 0);
      this.rowsRead++;
      return stored ? [stored.row as LedgerRow<T>] : [];
    });
  }

  async list<T>(pk: string, prefix: string, options: { through?: string; from?: string; limit?: number } = {}): Promise<LedgerRow<T>[]> {
    this.calls.list++;
    const { through, from, limit = Number.POSITIVE_INFINITY } = options;
    const found: LedgerRow<T>[] = [];
    let bytes = 0;
    for (const stored of this.from(pk, from ?? prefix)) {
      const { sk } = stored.key;
      if (sk === from) continue;
      if (through === undefined ? !sk.startsWith(prefix) : sk > through) break;
      found.push(stored.row as LedgerRow<T>);
      bytes += stored.bytes;
      if (found.length === limit) break;
    }
    this.capacity?.list(pk, bytes);
    this.rowsRead += found.length;
    return found;
  }

  async write<T>(key: LedgerKey, value: T, expected: number, expiresAt?: number): Promise<boolean> {
    this.calls.write++;
    return this.put(key, value, expected, expiresAt);
  }

  async writeOrRead<T>(key: LedgerKey, value: T, expected: number, expiresAt?: number): Promise<true | LedgerRow<T> | undefined> {
    this.calls.write++;
    return this.put(key, value, expected, expiresAt) || (this.stored(key)?.row as LedgerRow<T> | undefined);
  }

  async writeAll(puts: readonly RowToPut[], removals: readonly LedgerKey[] = []): Promise<void> {
    for (const some of [
      ...slices(
        puts.map(({ key }) => key),
        ROWS_A_WRITE,
      ),
      ...slices(removals, ROWS_A_WRITE),
    ]) {
      this.calls.writeAll++;
      checkKeys(some);
    }
    for (const { key, value, expiresAt } of puts) {
      this.drop(key);
      this.put(key, value, 0, expiresAt);
    }
    for (const key of removals) {
      this.capacity?.write(key.pk, this.partitions.get(key.pk)?.rows.get(key.sk)?.bytes ?? 0);
      this.drop(key);
    }
  }

  async writeNewer<T extends { fold: number }>(key: LedgerKey, value: T, expiresAt?: number): Promise<void> {
    this.calls.write++;
    const known = this.stored(key)?.row.value as T | undefined;
    if (known && known.fold >= value.fold) return;
    this.drop(key);
    this.put(key, value, 0, expiresAt);
  }

  async removeNonce(key: LedgerKey, nonce: string): Promise<void> {
    this.calls.remove++;
    checkKey(key);
    const stored = this.stored(key);
    this.capacity?.write(key.pk, stored?.bytes ?? 0);
    if ((stored?.row.value as { nonce?: string } | undefined)?.nonce === nonce) this.drop(key);
  }

  private put<T>(key: LedgerKey, value: T, expected: number, expiresAt?: number): boolean {
    const text = JSON.stringify(value);
    const bytes = Buffer.byteLength(text);
    // A refused condition costs as much as a write.
    this.capacity?.write(key.pk, bytes);
    checkKey(key);
    checkValue(value, text);
    if ((this.stored(key)?.version ?? 0) !== expected) return false;
    const partition: Partition = this.partitions.get(key.pk) ?? { rows: new Map() };
    this.largest = Math.max(this.largest, bytes);
    if (expected === 0) insert(partition, key.sk);
    partition.rows.set(key.sk, new Stored({ ...key }, expected + 1, text, bytes, this.deletion(key, expiresAt)));
    this.partitions.set(key.pk, partition);
    return true;
  }

  async remove(key: LedgerKey): Promise<void> {
    this.calls.remove++;
    checkKey(key);
    const stored = this.partitions.get(key.pk)?.rows.get(key.sk);
    this.capacity?.write(key.pk, stored?.bytes ?? 0);
    this.drop(key);
  }

  /** The first sort key of a partition: for the world itself, which pays nothing. */
  first(pk: string): string | undefined {
    for (const { key } of this.from(pk, '')) return key.sk;
    return undefined;
  }

  /** Every row that is there, in no order: for the world itself. */
  all(): LedgerRow<unknown>[] {
    const keys = [...this.partitions].flatMap(([pk, { rows }]) => [...rows.keys()].map((sk) => ({ pk, sk })));
    return keys.flatMap((key) => this.stored(key)?.row ?? []);
  }

  /** The keys of all rows that are there: for the world itself, which pays nothing. */
  keys(): LedgerKey[] {
    return [...this.partitions].flatMap(([pk, { rows }]) => [...rows.keys()].map((sk) => ({ pk, sk })).filter((key) => this.stored(key)));
  }

  /** The rows that are there, in order, from the first key that is not smaller than `prefix`. */
  private *from(pk: string, prefix: string): Generator<Stored> {
    const partition = this.partitions.get(pk);
    if (!partition) return;
    partition.sorted ??= [...partition.rows.keys()].sort();
    for (let index = lowerBound(partition.sorted, prefix); index < partition.sorted.length; ) {
      const stored = this.stored({ pk, sk: partition.sorted[index] as string });
      // What is gone left its place to the next.
      if (!stored) continue;
      index++;
      yield stored;
    }
  }

  private stored(key: LedgerKey): Stored | undefined {
    const stored = this.partitions.get(key.pk)?.rows.get(key.sk);
    if (!stored || stored.goneAt > this.now()) return stored;
    this.drop(key);
    return undefined;
  }

  private drop({ pk, sk }: LedgerKey): void {
    const partition = this.partitions.get(pk);
    if (!partition?.rows.delete(sk) || !partition.sorted) return;
    partition.sorted.splice(lowerBound(partition.sorted, sk), 1);
  }

  private deletion({ pk, sk }: LedgerKey, expiresAt: number | undefined): number {
    return expiresAt === undefined || !this.lateTtl ? Number.POSITIVE_INFINITY : deletionOf(pk + sk, expiresAt);
  }
}

function slices<T>(all: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}

function insert({ rows, sorted }: Partition, sk: string): void {
  if (sorted && !rows.has(sk)) sorted.splice(lowerBound(sorted, sk), 0, sk);
}

/** The index of the first key that is not smaller. */
function lowerBound(sorted: readonly string[], key: string): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] as string) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}

function frozen<T>(value: T): T {
  for (const inner of Object.values(value as object)) if (typeof inner === 'object' && inner !== null) frozen(inner);
  return Object.freeze(value);
}
