/** The ledger as one look reads it: rows that are asked for one after the other are read together before. */
import type { Ledger, LedgerKey, LedgerRow } from '../ports';

export interface ReadAhead extends Ledger {
  /** As readAll; until it is called again, the next `read` of each answers what stood there, and the one after asks anew. */
  ahead<T>(keys: readonly LedgerKey[]): Promise<LedgerRow<T>[]>;
}

export function readAhead(ledger: Ledger): ReadAhead {
  const read = new Map<string, LedgerRow<unknown> | undefined>();
  const nameOf = ({ pk, sk }: LedgerKey) => `${pk} ${sk}`;
  return {
    ...ledger,
    async ahead<T>(keys: readonly LedgerKey[]) {
      const rows = await ledger.readAll<T>(keys);
      read.clear();
      for (const key of keys) read.set(nameOf(key), undefined);
      for (const row of rows) read.set(nameOf(row.key), row);
      return rows;
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
