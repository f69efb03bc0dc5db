/** The ledger in memory, with the same promises as the table: conditional writes, consistent and ordered reads. */
import type { Ledger, LedgerKey, LedgerRow } from '../../../handlers/ports';

/** A partition's rows, and their sort keys in order once somebody asked for that. */
interface Partition {
  rows: Map<string, LedgerRow<unknown>>;
  sorted?: string[];
}

export class MemoryLedger implements Ledger {
  private readonly partitions = new Map<string, Partition>();
  /** Calls so far, by kind. */
  readonly calls = { read: 0, list: 0, write: 0, remove: 0 };
  /** The largest value written, in UTF-8 bytes of its JSON: DynamoDB takes 400 KB an item. */
  largest = 0;

  async read<T>(key: LedgerKey): Promise<LedgerRow<T> | undefined> {
    this.calls.read++;
    return this.partitions.get(key.pk)?.rows.get(key.sk) as LedgerRow<T> | undefined;
  }

  async list<T>(pk: string, prefix: string, options: { through?: string; limit?: number } = {}): Promise<LedgerRow<T>[]> {
    this.calls.list++;
    const partition = this.partitions.get(pk);
    if (!partition) return [];
    const { through, limit = Number.POSITIVE_INFINITY } = options;
    partition.sorted ??= [...partition.rows.keys()].sort();
    const found: LedgerRow<T>[] = [];
    for (let index = lowerBound(partition.sorted, prefix); index < partition.sorted.length && found.length < limit; index++) {
      const sk = partition.sorted[index] as string;
      if (through === undefined ? !sk.startsWith(prefix) : sk > through) break;
      found.push(partition.rows.get(sk) as LedgerRow<T>);
    }
    return found;
  }

  async write<T>(key: LedgerKey, value: T, expected: number): Promise<boolean> {
    this.calls.write++;
    const partition: Partition = this.partitions.get(key.pk) ?? { rows: new Map() };
    if ((partition.rows.get(key.sk)?.version ?? 0) !== expected) return false;
    const text = JSON.stringify(value);
    this.largest = Math.max(this.largest, Buffer.byteLength(text));
    if (expected === 0) insert(partition, key.sk);
    // A copy that nobody can change: readers share it, as if each had read it anew.
    partition.rows.set(key.sk, frozen({ key: { ...key }, version: expected + 1, value: JSON.parse(text) as T }));
    this.partitions.set(key.pk, partition);
    return true;
  }

  async remove(key: LedgerKey): Promise<void> {
    this.calls.remove++;
    const partition = this.partitions.get(key.pk);
    if (!partition?.rows.delete(key.sk) || !partition.sorted) return;
    partition.sorted.splice(lowerBound(partition.sorted, key.sk), 1);
  }
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
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
