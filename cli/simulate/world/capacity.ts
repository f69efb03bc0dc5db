/**
 * What one partition key of DynamoDB takes: 1,000 write and 3,000 read units a second, whatever the table's mode.
 * A write unit is 1 KB, a consistent read unit 4 KB; a query counts the sum of its rows, in pages of 1 MB.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-key-range-limit-exceeded-mitigation.html
 * The SDK's own two retries, within some hundred milliseconds, are not played.
 */
import { Rate, type RateLimit } from '../../../local/protocol/rate';
import { awsError } from './limits';

const WRITES: RateLimit = { perSecond: 1000, burst: 1000 };
const READS: RateLimit = { perSecond: 3000, burst: 3000 };
const KB = 1024;
const PAGE = 1024 * KB;

export class Capacity {
  private readonly rates = new Map<string, { reads: Rate; writes: Rate }>();

  constructor(private readonly now: () => number) {}

  /** @throws ThrottlingException, as all of these. */
  read(pk: string, bytes: number): void {
    if (!this.of(pk).reads.take(units(bytes, 4 * KB))) throw throttled('Read');
  }

  list(pk: string, bytes: number): void {
    for (let page = 0; page === 0 || page * PAGE < bytes; page++) this.read(pk, Math.min(PAGE, bytes - page * PAGE));
  }

  write(pk: string, bytes: number): void {
    if (!this.of(pk).writes.take(units(bytes, KB))) throw throttled('Write');
  }

  private of(pk: string): { reads: Rate; writes: Rate } {
    const known = this.rates.get(pk) ?? { reads: new Rate(READS, this.now), writes: new Rate(WRITES, this.now) };
    this.rates.set(pk, known);
    return known;
  }
}

/** At least one, also for what is not there. */
function units(bytes: number, unit: number): number {
  return Math.max(1, Math.ceil(bytes / unit));
}

function throttled(kind: 'Read' | 'Write'): Error {
  return awsError('ThrottlingException', `Throughput exceeds the partition's limit: Table${kind}KeyRangeThroughputExceeded`);
}
