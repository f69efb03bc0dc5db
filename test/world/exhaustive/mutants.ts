/**
 * The wrong variants of the protocol (docs/decisions.md), as ports that carry out the real functions' calls in another order,
 * leave some out, or answer as the variant would. The
 * scenario in which each ends wrong is in wrong.ts.
 */
import { type FindingRow, type Flag, NOTIFY, TO_MARK } from '../../../handlers/domain/problem/rows';
import { marksOf } from '../../../handlers/domain/problem/marks';
import type { ProblemRow } from '../../../handlers/domain/problem/problem-row';
import { canonical } from '../../../handlers/domain/text/identity';
import type { Ledger, LedgerKey, LedgerRow, RowToPut, WakeUps } from '../../../handlers/ports';
import type { Mutant, Worker } from './worker';

const isFlag = ({ pk }: LedgerKey) => pk.startsWith('awake#');
const isFinding = ({ pk }: LedgerKey) => pk.startsWith('finding#');
const isHeader = ({ sk }: LedgerKey) => sk === 'header';
const areMarks = (puts: readonly RowToPut[]) => puts.some(({ key }) => key.pk.startsWith('marks#'));
const areToMark = (puts: readonly RowToPut[]) => puts.some(({ key }) => key.pk === TO_MARK);
const areMarkKeys = (keys: readonly LedgerKey[] = []) => keys.some(({ pk }) => pk.startsWith('marks#'));

/** A ledger of which some calls are otherwise. */
function other(ledger: Ledger, changes: Partial<Ledger>): Ledger {
  return { ...ledger, ...changes };
}
function variant(make: (ledger: Ledger, wakeUps: WakeUps, worker: Worker) => Partial<Ledger>): Mutant {
  return { ledger: (ledger, wakeUps, worker) => other(ledger, make(ledger, wakeUps, worker)) };
}

export const flagBeforeMark = variant((ledger) => {
  let marks: readonly RowToPut[] = [];
  return {
    writeAll: async (puts, removals) => {
      if (!areMarks(puts)) return ledger.writeAll(puts, removals);
      marks = puts;
    },
    writeOrRead: async <T>(key: LedgerKey, value: T, expected: number, expiresAt?: number) => {
      const done = await ledger.writeOrRead<T>(key, value, expected, expiresAt);
      if (isFlag(key)) await ledger.writeAll(marks);
      return done;
    },
  };
});

export const wakeUpBeforeFlag = variant((ledger, wakeUps) => ({
  writeOrRead: async <T>(key: LedgerKey, value: T, expected: number, expiresAt?: number) => {
    if (!isFlag(key)) return ledger.writeOrRead<T>(key, value, expected, expiresAt);
    const there = await ledger.read<T>(key);
    if (there) return there;
    const { problem, nonce } = value as unknown as Flag;
    await wakeUps.send([{ ...problem, nonce }]);
    await ledger.write(key, value, expected, expiresAt);
    return undefined;
  },
}));

export const markBeforeRow = variant((ledger, _wakeUps, { world }) => ({
  writeAll: async (puts, removals) => (areMarks(puts) ? undefined : ledger.writeAll(puts, removals)),
  write: async (key, value, expected, expiresAt) => {
    if (isFinding(key) && (value as { owed?: true }).owed) await ledger.writeAll(marksOf(value as unknown as FindingRow, 90, world.now));
    return ledger.write(key, value, expected, expiresAt);
  },
}));

export const marksDeletedBeforePut = variant((ledger) => {
  let read: LedgerKey[] = [];
  return {
    list: async (pk, prefix, options) => {
      const rows = await ledger.list<never>(pk, prefix, options);
      if (pk.startsWith('marks#') && options?.limit !== 1) read = rows.map(({ key }) => key);
      return rows;
    },
    write: async (key, value, expected, expiresAt) => {
      if (isHeader(key) && read.length > 0) await ledger.writeAll([], read.splice(0));
      return ledger.write(key, value, expected, expiresAt);
    },
    writeAll: async (puts, removals) => {
      if (!areMarkKeys(removals)) await ledger.writeAll(puts, removals);
    },
  };
});

/** Marks are deleted as they stand, also those that nobody read. */
export const allMarksDeleted = variant((ledger) => ({
  writeAll: async (puts, removals = []) => {
    const [first] = removals;
    if (!first || !areMarkKeys(removals)) return ledger.writeAll(puts, removals);
    const rows = await ledger.list(first.pk, '');
    return ledger.writeAll(
      puts,
      rows.map(({ key }) => key),
    );
  },
}));

/** Nothing is put where readers would be told nothing else. */
export const putSkipped = variant((ledger) => {
  let last: { value: string; version: number } = { value: '', version: 0 };
  let skipped = 0;
  const comparable = (value: unknown) => {
    const row = value as ProblemRow;
    const states = Object.values(row.log).map(({ member }) => [member.id, member.open, member.severity]);
    return canonical([
      { ...row, events: 0, foldedAt: 0, fold: 0, sums: row.sums.counts.open, worst: 0, untold: row.untold.kinds, log: 0 },
      states,
    ]);
  };
  return {
    read: async <T>(key: LedgerKey) => {
      const row = await ledger.read<T>(key);
      if (isHeader(key) && row) {
        last = { value: comparable(row.value), version: row.version };
        skipped = 0;
      }
      return row;
    },
    write: async (key, value, expected, expiresAt) => {
      if (!isHeader(key)) return ledger.write(key, value, expected, expiresAt);
      if (last.value === comparable(value)) {
        skipped++;
        return true;
      }
      const done = await ledger.write(key, value, expected - skipped, expiresAt);
      if (done) last = { value: comparable(value), version: expected };
      return done;
    },
  };
});

export const flagClearedAfterLook = variant((ledger) => {
  let later: (() => Promise<void>) | undefined;
  return {
    removeNonce: async (key, nonce) => {
      later = () => ledger.removeNonce(key, nonce);
    },
    list: async (pk, prefix, options) => {
      const rows = await ledger.list<never>(pk, prefix, options);
      if (pk.startsWith('marks#') && later) {
        const clear = later;
        later = undefined;
        await clear();
      }
      return rows;
    },
  };
});

/** Whether a finding still owes its marks is known by the count of receives, not by its row. */
export const byReceiveCount = variant((ledger, _wakeUps, { by, message }) => ({
  read: async <T>(key: LedgerKey) => {
    const row = await ledger.read<T>(key);
    if (by !== 'intake' || !row || !isFinding(key)) return row;
    const { owed: _owed, ...value } = row.value as FindingRow;
    return { ...row, value: (message.receives > 1 ? { ...value, owed: true } : value) as T };
  },
}));

export const noAttempt = variant((ledger) => ({
  write: async (key, value, expected, expiresAt) => {
    if (!isHeader(key)) return ledger.write(key, value, expected, expiresAt);
    const { attempt: _attempt, ...rest } = value as unknown as ProblemRow;
    return ledger.write<unknown>(key, rest, expected, expiresAt);
  },
}));

/** A later look at the ledger always finds the problem as this worker knows it. */
export const alwaysCurrent = variant((ledger) => {
  let known: { key: LedgerKey; value: unknown; version: number } | undefined | 'none' = 'none';
  let folded = false;
  return {
    list: async (pk, prefix, options) => {
      const rows = await ledger.list<never>(pk, prefix, options);
      if (pk.startsWith('marks#')) folded = true;
      return rows;
    },
    read: async <T>(key: LedgerKey) => {
      if (!isHeader(key)) return ledger.read<T>(key);
      if (folded && known !== 'none') return known as never;
      const row = await ledger.read<T>(key);
      known = row;
      return row;
    },
    write: async (key, value, expected, expiresAt) => {
      const done = await ledger.write(key, value, expected, expiresAt);
      if (isHeader(key)) known = 'none';
      return done;
    },
  };
});

export const noSweeper = variant((ledger) => ({
  list: async <T>(pk: string, prefix: string, options?: object) => (pk.startsWith('awake#') ? [] : ledger.list<T>(pk, prefix, options)),
}));

/** The tick leaves to its timer what has one. */
export const timersTrusted = variant((ledger) => ({
  list: async (pk, prefix, options) => {
    const rows = await ledger.list<never>(pk, prefix, options);
    return pk === 'due' ? rows.filter(({ value }) => !(value as { timed?: true }).timed) : rows;
  },
}));

/** Findings are marked with the attempt to tell them. */
export const markedWithAttempt = variant((ledger, _wakeUps, { world }) => ({
  write: async (key, value, expected, expiresAt) => {
    const done = await ledger.write(key, value, expected, expiresAt);
    if (isHeader(key) && done && (value as unknown as ProblemRow).attempt) await world.markAll();
    return done;
  },
}));

/** What was taken in goes before what is to be marked of it is left to the marker. */
export const takenBeforeHandOver = variant((ledger) => ({
  writeAll: async (puts, removals = []) => {
    if (!areToMark(puts) || !areMarkKeys(removals)) return ledger.writeAll(puts, removals);
    await ledger.writeAll([], removals);
    await ledger.writeAll(puts);
  },
}));

/** The marker takes what waits off the list before Security Hub has answered. */
export const takenOffBeforeMarked = variant((ledger) => ({
  list: async (pk, prefix, options) => {
    const rows = await ledger.list<never>(pk, prefix, options);
    if (pk === TO_MARK && options?.limit !== 1)
      await ledger.writeAll(
        [],
        rows.map(({ key }) => key),
      );
    return rows;
  },
}));

/** The marker reads problems before the rows of what is to be marked in them. */
export const problemBeforeRows = variant((ledger) => {
  const problems = new Map<string, LedgerRow<unknown> | undefined>();
  return {
    list: async (pk, prefix, options) => {
      if (prefix === NOTIFY) problems.set(pk, await ledger.read({ pk, sk: 'header' }));
      return ledger.list(pk, prefix, options);
    },
    readAll: async <T>(keys: readonly LedgerKey[]) => {
      const rows = await ledger.readAll<T>(keys);
      return rows.map((row) => (isHeader(row.key) && ((problems.get(row.key.pk) as LedgerRow<T> | undefined) ?? row)) || row);
    },
  };
});

/** What the next put leaves out of the log is not in rows of its own yet. */
export const logCutEarly = variant(() => ({ writeNewer: async () => undefined }));
