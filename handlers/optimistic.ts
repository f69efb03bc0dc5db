/** Read, change, write where nobody else did in between. */
import { Unavailable } from './domain/failure';
import type { Ledger, LedgerKey } from './ports';

const TRIES = 12;

/**
 * @param change answers the row's next value, or undefined to leave it as it is.
 * @throws Unavailable when others kept changing the row; the caller's message is then tried again later.
 */
export async function change<T, R>(
  ledger: Ledger,
  key: LedgerKey,
  change: (value: T | undefined) => { next?: T; expiresAt?: number; result: R },
): Promise<R> {
  for (let tries = 0; tries < TRIES; tries++) {
    const row = await ledger.read<T>(key);
    const { next, expiresAt, result } = change(row?.value);
    if (next === undefined || (await ledger.write(key, next, row?.version ?? 0, expiresAt))) return result;
  }
  throw new Unavailable(`the ledger row ${key.pk} / ${key.sk} changed ${TRIES} times while it was being written`);
}
