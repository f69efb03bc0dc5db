/** The ledger in memory, with the same promises as the table: conditional writes, consistent and ordered reads. */
import type { Ledger, LedgerKey, LedgerRow } from '../../handlers/ports';

interface Stored {
  key: LedgerKey;
  text: string;
  version: number;
}

export class MemoryLedger implements Ledger {
  private readonly partitions = new Map<string, Map<string, Stored>>();
  /** Calls so far, by kind. */
  readonly calls = { read: 0, list: 0, write: 0, remove: 0 };
  /** The largest value written, in bytes of its JSON: DynamoDB takes 400 KB an item. */
  largest = 0;

  async read<T>(key: LedgerKey): Promise<LedgerRow<T> | undefined> {
    this.calls.read++;
    const stored = this.partitions.get(key.pk)?.get(key.sk);
    return stored && rowOf<T>(stored);
  }

  async list<T>(pk: string, prefix: string, options: { through?: string; limit?: number } = {}): Promise<LedgerRow<T>[]> {
    this.calls.list++;
    const { through, limit } = options;
    const inRange = ({ key: { sk } }: Stored) => (through === undefined ? sk.startsWith(prefix) : sk >= prefix && sk <= through);
    const found = [...(this.partitions.get(pk)?.values() ?? [])].filter(inRange).sort((a, b) => (a.key.sk < b.key.sk ? -1 : 1));
    return found.slice(0, limit).map((stored) => rowOf<T>(stored));
  }

  async write<T>(key: LedgerKey, value: T, expected: number): Promise<boolean> {
    this.calls.write++;
    const partition = this.partitions.get(key.pk) ?? new Map<string, Stored>();
    if ((partition.get(key.sk)?.version ?? 0) !== expected) return false;
    const text = JSON.stringify(value);
    this.largest = Math.max(this.largest, text.length);
    partition.set(key.sk, { key, text, version: expected + 1 });
    this.partitions.set(key.pk, partition);
    return true;
  }

  async remove(key: LedgerKey): Promise<void> {
    this.calls.remove++;
    this.partitions.get(key.pk)?.delete(key.sk);
  }
}

function rowOf<T>({ key, text, version }: Stored): LedgerRow<T> {
  return { key, version, value: JSON.parse(text) as T };
}
