/** Rows of work that waits in the ledger, in the order in which it comes due. */
import type { Line } from '../pacing';
import type { ProblemKey } from './rows';

export interface DueRow {
  problem: ProblemKey;
  /** A timer was set for it: the tick wakes it only where that was lost. */
  timed?: true;
  /** The line in which it waits for its turn, where it does: then the turn may come later than this row is due. */
  line?: Line;
}

/** What the sort keys of readings begin with (deliver/read-back): nobody waits for them, so they stand in a partition of their own. */
export const READ_BACK = 'read-back#';

/** When it is due, in epoch milliseconds. @param key of a reading. */
export function timeOfReadBack(key: string): number {
  return Date.parse(key.slice(READ_BACK.length).split('#')[0] ?? '');
}

/** Sort key: ISO time first, so that a range query finds what has come due. @param at epoch milliseconds. */
export function dueKey(at: number, problem: ProblemKey): string {
  return `${new Date(at).toISOString()}#${problem.receiver}#${problem.fingerprint}`;
}
