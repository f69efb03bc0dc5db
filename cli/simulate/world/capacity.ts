/** The partitions of the ledger, throttled as DynamoDB does. The SDK's own two retries, within some hundred milliseconds, are not played. */
import { PartitionRates } from '../../../local/dynamodb/partition-rates';
import { awsError } from './limits';

/** A query is charged by the page. */
const PAGE = 1024 * 1024;

export class Capacity {
  private readonly rates: PartitionRates;

  constructor(now: () => number) {
    this.rates = new PartitionRates(now);
  }

  /** @throws ThrottlingException, as all of these. */
  read(pk: string, bytes: number): void {
    if (!this.rates.read(pk, bytes)) throw throttled('Read');
  }

  list(pk: string, bytes: number): void {
    for (let page = 0; page === 0 || page * PAGE < bytes; page++) this.read(pk, Math.min(PAGE, bytes - page * PAGE));
  }

  write(pk: string, bytes: number): void {
    if (!this.rates.write(pk, bytes)) throw throttled('Write');
  }
}

function throttled(kind: 'Read' | 'Write'): Error {
  return awsError('ThrottlingException', `Throughput exceeds the partition's limit: Table${kind}KeyRangeThroughputExceeded`);
}
