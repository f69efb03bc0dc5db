/** Read, change, write where nobody else did in between. */
import { Unavailable } from './domain/failure';
import { expiry } from './domain/time';
import type { Clock, Ledger, LedgerKey } from './ports';

const TRIES = 12;

/**
 * @param change answers the row's next value, or undefined to leave it as it is.
 * @throws Unavailable when others kept changing the row; the caller's message is then tried again later.
 */
export async function change<T, R>(
  ledger: Pick<Ledger, 'read' | 'write'>,
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

/** Rows that stay for as long as they are used: each write renews them. @param milliseconds for which one is kept after its last write. */
export function keptWhileUsed(ledger: Ledger, clock: Clock, milliseconds: number): Pick<Ledger, 'read' | 'write'> {
  return {
    read: (key) => ledger.read(key),
    write: (key, value, expected) => ledger.write(key, value, expected, expiry(clock.now() + milliseconds)),
  };
}
