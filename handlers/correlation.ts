/**
 * From the event to the message: every log line of a piece of work names the events that it comes from, by EventBridge's ids, and as far
 * as it is known the problem. So one id finds the whole way of a finding, in the log of intake and in that of deliver.
 */
import type { Journal } from './ports';

export interface Correlation {
  /** Of intake: the event at hand. */
  eventId?: string;
  /** Of deliver: those that its problem is being told for, the first few; see ProblemRow.events. */
  eventIds?: string[];
  receiver?: string;
  fingerprint?: string;
}

/** A journal of one piece of work. */
export interface WorkJournal extends Journal {
  /** From now on every line says so. */
  about(what: Correlation): void;
}

export function workJournal(journal: Journal): WorkJournal {
  const known: Correlation = {};
  return {
    about: (what) => void Object.assign(known, what),
    info: (message, details) => journal.info(message, { ...known, ...details }),
    warn: (message, details) => journal.warn(message, { ...known, ...details }),
    error: (message, details) => journal.error(message, { ...known, ...details }),
  };
}
