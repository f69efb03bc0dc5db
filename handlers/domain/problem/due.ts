/** Rows of work that waits in the ledger, in the order in which it comes due. */
import type { ProblemKey } from './rows';

export interface DueRow {
  problem: ProblemKey;
}

/** Sort key: ISO time first, so that a range query finds what has come due. @param at epoch milliseconds. */
export function dueKey(at: number, problem: ProblemKey): string {
  return `${new Date(at).toISOString()}#${problem.receiver}#${problem.fingerprint}`;
}
