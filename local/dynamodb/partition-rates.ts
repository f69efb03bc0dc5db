/**
 * What one partition key takes: 1,000 write and 3,000 read units a second, whatever the table's mode. That DynamoDB splits
 * what is hot some minutes later is not played, nor could it split a single item.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-key-range-limit-exceeded-mitigation.html
 */
import { Rate, type RateLimit } from '../protocol/rate';

const WRITES: RateLimit = { perSecond: 1000, burst: 1000 };
const READS: RateLimit = { perSecond: 3000, burst: 3000 };
/** Bytes of a write unit, and of a read unit; a read that need not be consistent costs half of one. */
const WRITE_UNIT = 1024;
const READ_UNIT = 4 * 1024;

export class PartitionRates {
  private readonly rates = new Map<string, { reads: Rate; writes: Rate }>();

  /** @param now epoch milliseconds. */
  constructor(private readonly now: () => number) {}

  /**
   * @param bytes of the item, or of all items of a page of a query together; nothing found costs a unit as well.
   * @returns whether there was room.
   */
  read(partition: string, bytes: number, consistent = true): boolean {
    return this.of(partition).reads.take(units(bytes, READ_UNIT) / (consistent ? 1 : 2));
  }

  /** A write whose condition is refused costs as much. @returns whether there was room. */
  write(partition: string, bytes: number): boolean {
    return this.of(partition).writes.take(units(bytes, WRITE_UNIT));
  }

  private of(partition: string): { reads: Rate; writes: Rate } {
    const known = this.rates.get(partition) ?? { reads: new Rate(READS, this.now), writes: new Rate(WRITES, this.now) };
    this.rates.set(partition, known);
    return known;
  }
}

function units(bytes: number, unit: number): number {
  return Math.max(1, Math.ceil(bytes / unit));
}
