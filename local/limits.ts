/**
 * Which rates of AWS are kept, by the virtual clock. Much is done in one instant of it, which is unkinder than AWS: they are
 * chosen. What is not named here is always kept.
 */
export interface Limits {
  /** 3 GetFindings a second in bursts of 6, 10 of all others in bursts of 30. See protocol/rate.ts. */
  hubRates: boolean;
  /** See protocol/rate.ts. */
  organizationRates: boolean;
  /**
   * 300 calls a second of one action at a FIFO queue's partition; ten messages may go in one.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
   */
  fifoRate: boolean;
  /**
   * A partition key takes 1,000 write and 3,000 read units a second.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
   */
  partitions: boolean;
}

const ALL: Limits = { hubRates: true, organizationRates: true, fifoRate: true, partitions: true };
const NONE: Limits = { hubRates: false, organizationRates: false, fifoRate: false, partitions: false };

/** @param chosen those that are kept; the others are not. */
export function limitsOf(chosen: Partial<Limits> | 'all' = {}): Limits {
  return chosen === 'all' ? ALL : { ...NONE, ...chosen };
}
