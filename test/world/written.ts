/** Notes every row that a world writes. */
import type { LedgerKey } from '../../handlers/ports';
import type { SimulatedWorld } from '../../cli/simulate/world/world';

/** @param note is told the key of each row as it is written; what is refused is not. */
export function noteWrites({ ledger }: SimulatedWorld, note: (key: LedgerKey) => void): void {
  const { write, writeOrRead, writeNewer, writeAll } = ledger;
  const noted = <A extends unknown[], R>(put: (...args: A) => R, keysOf: (...args: A) => LedgerKey[]) => {
    return (...args: A): R => {
      for (const key of keysOf(...args)) note(key);
      return put.apply(ledger, args);
    };
  };
  Object.assign(ledger, {
    write: noted(write, (key) => [key]),
    writeOrRead: async (...args: Parameters<typeof writeOrRead>) => {
      const there = await writeOrRead.apply(ledger, args);
      if (there === true) note(args[0]);
      return there;
    },
    writeNewer: noted(writeNewer, (key) => [key]),
    writeAll: noted(writeAll, (puts) => puts.map(({ key }) => key)),
  });
}
