/**
 * A finding's row as intake writes it of events, and deliver of what it reads back: with each change its marks, and until they are out and
 * its problems woken the row owes them. So whatever dies in between, whoever comes to the row next makes up for it.
 */
import type { Config } from '../config/schema';
import { findingExpiry, marksOf } from './domain/problem/marks';
import type { FindingRow } from './domain/problem/rows';
import type { Clock, Ledger, LedgerRow } from './ports';

interface Deps {
  config: Config;
  ledger: Pick<Ledger, 'write' | 'writeAll'>;
  clock: Clock;
}

/** @param row as it is to stand, in place of that version (0: of none). @returns it as it stands then; undefined where another worker wrote it meanwhile. */
export async function written(
  { key, value, version }: LedgerRow<FindingRow>,
  { config, ledger, clock }: Deps,
): Promise<LedgerRow<FindingRow> | undefined> {
  const expiresAt = findingExpiry(value, config.settings, clock.now());
  return (await ledger.write(key, value, version, expiresAt)) ? { key, value, version: version + 1 } : undefined;
}

/** Puts the marks of its last change. */
export async function putMarks({ value }: LedgerRow<FindingRow>, { config, ledger, clock }: Deps): Promise<void> {
  await ledger.writeAll(marksOf(value, config.settings.retention.ledgerDays, clock.now()));
}

/** Once its problems are woken. Refused where another worker changed the row meanwhile: that one owes for itself. @returns as it stands then, as far as is known. */
export async function owesNoMore(row: LedgerRow<FindingRow>, deps: Deps): Promise<LedgerRow<FindingRow>> {
  const { owed: _owed, ...value } = row.value;
  return (await written({ ...row, value }, deps)) ?? row;
}
