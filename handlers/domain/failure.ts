/** The closed set of ways in which a step can end other than well. Each labels logs, metrics and dead letters. */

/** Not a failure: the time has not come. The work is given back and is not counted. */
export class Later extends Error {
  override name = 'Later';
  constructor(
    readonly until: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** It waits for its turn at a service that takes so many calls a second: a moment that should not be missed. */
export class InLine extends Later {}

/** No retry can mend it: it goes to the dead-letter queue at once, with this reason. */
export class Hopeless extends Error {
  override name = 'Hopeless';
}

export type SlackFailureKind =
  /** 429: obeyed, not counted. */
  | 'rate-limited'
  /** Slack is away (5xx), or nothing reached it (DNS, connection, time-out before sending): waited for, not counted. */
  | 'unavailable'
  /** An answer that says no in words that are not known here: nothing was posted; counted, tried again. */
  | 'refused'
  /** Time-out, reset, or an answer that says nothing: it may stand in the channel. */
  | 'unknown'
  /** The token or the channel: no message to this receiver can work until a person acts. */
  | 'receiver'
  /** The message to edit is gone or too old. */
  | 'gone'
  /** Slack does not take these blocks. */
  | 'content';

export class SlackFailure extends Error {
  override name = 'SlackFailure';
  constructor(
    readonly kind: SlackFailureKind,
    message: string,
    readonly retryAfterSeconds = 0,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** After so many counted failures the work goes to the dead-letter queue. */
export const MAX_FAILURES = 5;

/** Seconds before the next try: 5, 10, 20, 40, 80, 160, then 5 minutes each. */
export function backoffSeconds(failures: number): number {
  return Math.min(300, 5 * 2 ** Math.max(0, failures - 1));
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
