/** Read, change, write where nobody else did in between. */
import { Unavailable } from './domain/failure';
import { expiry } from './domain/time';
import type { Clock, Ledger, LedgerKey } from './ports';

const TRIES = 12;

/**
 * @param change answers the row's next value, or undefined to leave it as it is.
 * @param unread whether it is tried first as if there were no row: where that is likely nothing need be read.
 * @throws Unavailable when others kept changing the row; the caller's message is then tried again later.
 */
export async function change<T, R>(
  ledger: Pick<Ledger, 'read' | 'writeOrRead'>,
  key: LedgerKey,
  change: (value: T | undefined) => { next?: T; expiresAt?: number; result: R },
  unread = false,
): Promise<R> {
  let row = unread ? undefined : await ledger.read<T>(key);
  for (let tries = 0; tries < TRIES; tries++) {
    const { next, expiresAt, result } = change(row?.value);
    if (next === undefined) return result;
    const there = await ledger.writeOrRead<T>(key, next, row?.version ?? 0, expiresAt);
    if (there === true) return result;
    row = there;
  }
  throw new Unavailable(`the ledger row ${key.pk} / ${key.sk} changed ${TRIES} times while it was being written`);
}

/** Rows that stay for as long as they are used: each write renews them. @param milliseconds for which one is kept after its last write. */
export function keptWhileUsed(ledger: Ledger, clock: Clock, milliseconds: number): Pick<Ledger, 'read' | 'write' | 'writeOrRead'> {
  const expiresAt = () => expiry(clock.now() + milliseconds);
  return {
    read: (key) => ledger.read(key),
    write: (key, value, expected) => ledger.write(key, value, expected, expiresAt()),
    writeOrRead: (key, value, expected) => ledger.writeOrRead(key, value, expected, expiresAt()),
  };
}
