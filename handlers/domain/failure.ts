/** The closed set of ways in which a step can end other than well. Each labels logs, metrics and dead letters. */
import type { Line } from './pacing';

/**
 * What becomes of the work at which something failed. Adapters say it of each error; nothing else decides it.
 * - wait: the way is closed, for this work as for any other: throttling, limits, 5xx, outages, refused connections, rights that are
 *   missing, holds. It is given back as often as need be and never counted.
 * - unknown: it may have taken effect, and to repeat it would be seen. Counted.
 * - hopeless: nothing says that time mends it. Counted as well, since that may be wrong; dead-lettered at once where it is certain.
 */
export type Outcome = 'wait' | 'unknown' | 'hopeless';

export abstract class Failure extends Error {
  abstract readonly outcome: Outcome;
}

/** The time has not come. The work is given back until then. */
export class Later extends Failure {
  override name = 'Later';
  readonly outcome = 'wait';
  constructor(
    readonly until: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** It waits for its turn at a service that takes so many calls a second: a moment that should not be missed, and that may yet move. */
export class InLine extends Later {
  constructor(
    until: number,
    readonly line: Line,
    reason: string,
  ) {
    super(until, reason);
  }
}

/** What a service, or another worker, will not do now: it is asked again by and by. */
export class Unavailable extends Failure {
  override name = 'Unavailable';
  readonly outcome = 'wait';
}

/** A service does not let us in: rights, credentials, keys, or what is not there. A person must act; until then all such work waits. */
export class Denied extends Unavailable {
  override name = 'Denied';
}

/** What a service says no to for this work alone. */
export class Refused extends Failure {
  override name = 'Refused';
  readonly outcome = 'hopeless';
}
/** No retry can mend it: it goes to the dead-letter queue at once, with this reason. */
export class Hopeless extends Failure {
  override name = 'Hopeless';
  readonly outcome = 'hopeless';
}

export type SlackFailureKind =
  /** 429: obeyed. */
  | 'rate-limited'
  /** Slack is away (5xx), or nothing reached it (DNS, connection, no secret to be had, time-out before sending): waited for. */
  | 'unavailable'
  /** An answer that says no in words that are not known here: nothing was posted; tried again. */
  | 'refused'
  /** Time-out, reset, or an answer that says nothing: it may stand in the channel. */
  | 'unknown'
  /** The token or the channel: no message to this channel can work until a person acts. */
  | 'receiver'
  /** The message to edit is gone or too old. */
  | 'gone'
  /** Slack does not take these blocks. */
  | 'content';

const OUTCOMES: Record<SlackFailureKind, Outcome> = {
  'rate-limited': 'wait',
  unavailable: 'wait',
  receiver: 'wait',
  unknown: 'unknown',
  refused: 'hopeless',
  gone: 'hopeless',
  content: 'hopeless',
};

export class SlackFailure extends Failure {
  override name = 'SlackFailure';
  constructor(
    readonly kind: SlackFailureKind,
    message: string,
    readonly retryAfterSeconds = 0,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  get outcome(): Outcome {
    return OUTCOMES[this.kind];
  }
}

/** What no adapter has a word for is an error of ours: waiting does not mend it. */
export function outcomeOf(error: unknown): Outcome {
  return error instanceof Failure ? error.outcome : 'hopeless';
}

/** After so many counted failures the work goes to the dead-letter queue. */
export const MAX_FAILURES = 5;

/** Seconds before the next try: 5, 10, 20, 40, 80, 160, then 5 minutes each. */
export function backoffSeconds(failures: number): number {
  return Math.min(300, 5 * 2 ** Math.max(0, failures - 1));
}

export function reasonOf(error: unknown): string {
  return String(error);
}
