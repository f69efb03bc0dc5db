/** The ledger as one look reads it: rows that are asked for one after the other are read together before. */
import type { Ledger, LedgerKey, LedgerRow } from '../ports';

export interface ReadAhead extends Ledger {
  /**
   * As readAll. What is read `along` answers the next `read` of each as it stood, and the one after asks anew: for what is written
   * only where its version still is the same, or is of no harm where it is some seconds old.
   */
  ahead<T>(keys: readonly LedgerKey[], along: readonly LedgerKey[]): Promise<LedgerRow<T>[]>;
}

export function readAhead(ledger: Ledger): ReadAhead {
  const read = new Map<string, LedgerRow<unknown> | undefined>();
  const nameOf = ({ pk, sk }: LedgerKey) => `${pk} ${sk}`;
  return {
    ...ledger,
    async ahead<T>(keys: readonly LedgerKey[], along: readonly LedgerKey[]) {
      const missing = along.filter((key) => !read.has(nameOf(key)));
      const rows = keys.length + missing.length > 0 ? await ledger.readAll<T>([...keys, ...missing]) : [];
      const found = new Map(rows.map((row) => [nameOf(row.key), row]));
      for (const key of missing) read.set(nameOf(key), found.get(nameOf(key)));
      return keys.flatMap((key) => found.get(nameOf(key)) ?? []);
    },
    async read<T>(key: LedgerKey) {
      const name = nameOf(key);
      if (!read.has(name)) return ledger.read<T>(key);
      const row = read.get(name);
      read.delete(name);
      return row as LedgerRow<T> | undefined;
    },
  };
}
