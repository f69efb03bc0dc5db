/** Counts what reaches the ledger: by which function, with which call, of which rows; and how long the memory takes for it. */
import type { MemoryLedger } from '../cli/simulate/world/ledger';
import type { Ledger, LedgerKey, LedgerRow } from '../handlers/ports';

/** BatchGetItem takes 100 keys a call, BatchWriteItem 25 rows. */
const KEYS_A_READ = 100;
const ROWS_A_WRITE = 25;

export class Tally {
  /** `deliver put header` → how many calls of the table's API. */
  readonly calls = new Map<string, number>();
  /** Rows answered, and the bytes of their JSON where `weighing`. */
  rows = 0;
  bytes = 0;
  weighing = false;
  /** Milliseconds that the ledger in memory itself took: DynamoDB's work, not the product's. */
  milliseconds = 0;

  /** @param by the function that works just now. */
  constructor(private readonly by: () => string) {}

  count(call: string, times = 1): void {
    if (times === 0) return;
    const name = `${this.by()} ${call}`;
    this.calls.set(name, (this.calls.get(name) ?? 0) + times);
  }

  answered(rows: readonly (LedgerRow<unknown> | undefined)[]): void {
    this.rows += rows.length;
    if (this.weighing) for (const row of rows) this.bytes += JSON.stringify(row?.value ?? '').length;
  }

  async timed<T>(run: () => Promise<T>): Promise<T> {
    // The ledger in memory does all of its work before it first gives way.
    const begun = performance.now();
    const done = run();
    this.milliseconds += performance.now() - begun;
    return done;
  }
}

/** Counts in `tally` whatever is called of this ledger from now on. */
export function watch(ledger: MemoryLedger, tally: Tally): void {
  const { read, readAll, list, write, writeOrRead, writeAll, writeNewer, remove, removeNonce } = Object.getPrototypeOf(ledger) as Ledger;
  const watched: Ledger = {
    read: async <T>(key: LedgerKey) => {
      tally.count(`get ${kindOf(key)}`);
      const row = await tally.timed(() => read.call(ledger, key));
      tally.answered([row]);
      return row as LedgerRow<T> | undefined;
    },
    readAll: async <T>(keys: readonly LedgerKey[]) => {
      tally.count(`batch get ${kindsOf(keys)}`, Math.ceil(keys.length / KEYS_A_READ));
      const rows = await tally.timed(() => readAll.call(ledger, keys));
      tally.answered(rows);
      return rows as LedgerRow<T>[];
    },
    list: async <T>(pk: string, prefix: string, options?: object) => {
      tally.count(`query ${kindOf({ pk, sk: prefix })}`);
      const rows = await tally.timed(() => list.call(ledger, pk, prefix, options));
      tally.answered(rows);
      return rows as LedgerRow<T>[];
    },
    write: async (key, value, expected, expiresAt) => {
      tally.count(`put ${kindOf(key)}`);
      return tally.timed(() => write.call(ledger, key, value, expected, expiresAt));
    },
    writeOrRead: async <T>(key: LedgerKey, value: T, expected: number, expiresAt?: number) => {
      tally.count(`put ${kindOf(key)}`);
      return tally.timed(() => writeOrRead.call(ledger, key, value, expected, expiresAt)) as Promise<true | LedgerRow<T> | undefined>;
    },
    writeAll: (puts, removals = []) => {
      tally.count(`batch put ${kindsOf(puts.map(({ key }) => key))}`, Math.ceil(puts.length / ROWS_A_WRITE));
      tally.count(`batch delete ${kindsOf(removals)}`, Math.ceil(removals.length / ROWS_A_WRITE));
      return tally.timed(() => writeAll.call(ledger, puts, removals));
    },
    writeNewer: (key, value, expiresAt) => {
      tally.count(`put ${kindOf(key)}`);
      return tally.timed(() => writeNewer.call(ledger, key, value, expiresAt));
    },
    remove: (key) => {
      tally.count(`delete ${kindOf(key)}`);
      return tally.timed(() => remove.call(ledger, key));
    },
    removeNonce: (key, nonce) => {
      tally.count(`delete ${kindOf(key)}`);
      return tally.timed(() => removeNonce.call(ledger, key, nonce));
    },
  };
  Object.assign(ledger, watched);
}

/** Rows of a problem by what they are, all others by what their partition is. */
function kindOf({ pk, sk }: LedgerKey): string {
  const [kind = ''] = pk.split('#');
  return kind === 'problem' ? (sk.split('#')[0] ?? '') : kind;
}

function kindsOf(keys: readonly LedgerKey[]): string {
  return [...new Set(keys.map(kindOf))].sort().join('+');
}
