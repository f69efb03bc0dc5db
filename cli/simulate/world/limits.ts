import type { Limits as Rates } from '../../../local/limits';

/**
 * Which limits of the real services the world keeps. What is not named here it always keeps: who a finding is, 400 KB an
 * item, receive counts, the first 120,000 messages of a FIFO queue, memory and concurrency of the functions.
 * All rates count virtual time: without `callTakes` a thousand calls come in one instant, which is unkinder than AWS.
 */
export interface Limits extends Rates {
  /**
   * BatchUpdateFindings makes an event of each finding that it changed.
   * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-integration-types.html
   */
  hubEvents: boolean;
  /**
   * Rows are deleted, some days after they have expired; until then they are read as any other.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
   */
  lateTtl: boolean;
  /** Lambda ends an invocation at its time-out; see environment.ts. */
  timeouts: boolean;
}

/** As the world is by itself: the rest is too unkind for the product of today. */
const DEFAULTS: Limits = {
  hubRates: false,
  hubEvents: false,
  partitions: false,
  lateTtl: true,
  fifoRate: false,
  organizationRates: false,
  timeouts: true,
};

/** @param chosen what differs from the defaults. */
export function limitsOf(chosen: Partial<Limits> | 'all' = {}): Limits {
  const all = Object.fromEntries(Object.keys(DEFAULTS).map((limit) => [limit, true])) as unknown as Limits;
  return chosen === 'all' ? all : { ...DEFAULTS, ...chosen };
}

/** An error as AWS's clients throw it: known by its name, and by the status of the answer. */
export function awsError(name: string, message: string, status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}
