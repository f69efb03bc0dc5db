/**
 * Which limits of the real services the world keeps. What is not named here it always keeps: who a finding is, 400 KB an
 * item, receive counts, the first 120,000 messages of a FIFO queue, memory and concurrency of the functions.
 * All rates count virtual time: without `callTakes` a thousand calls come in one instant, which is unkinder than AWS.
 */
export interface Limits {
  /** 3 GetFindings a second in bursts of 6, 10 of all others in bursts of 30. See local/protocol/rate.ts. */
  hubRates: boolean;
  /**
   * BatchUpdateFindings makes an event of each finding that it changed.
   * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-integration-types.html
   */
  hubEvents: boolean;
  /**
   * A partition key takes 1,000 write and 3,000 read units a second.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
   */
  partitions: boolean;
  /**
   * Rows are deleted, some days after they have expired; until then they are read as any other.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
   */
  lateTtl: boolean;
  /**
   * 300 calls a second of one action at a FIFO queue's partition; ten messages may go in one.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html
   */
  fifoRate: boolean;
  /** See local/protocol/rate.ts. */
  organizationRates: boolean;
  /** Lambda ends an invocation at its time-out; see environment.ts. */
  timeouts: boolean;
}

/** As the world is by itself: the rest is too unkind for the product of today. */
export const DEFAULTS: Limits = {
  hubRates: false,
  hubEvents: false,
  partitions: false,
  lateTtl: true,
  fifoRate: false,
  organizationRates: false,
  timeouts: true,
};

const ALL: Limits = {
  hubRates: true,
  hubEvents: true,
  partitions: true,
  lateTtl: true,
  fifoRate: true,
  organizationRates: true,
  timeouts: true,
};

/** @param chosen what differs from the defaults. */
export function limitsOf(chosen: Partial<Limits> | 'all' = {}): Limits {
  if (chosen === 'all') return ALL;
  return { ...DEFAULTS, ...chosen };
}

/** An error as AWS's clients throw it: known by its name, and by the status of the answer. */
export function awsError(name: string, message: string, status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}
