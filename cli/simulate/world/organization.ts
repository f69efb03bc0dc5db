/** The rates of AWS Organizations. */
import { OrganizationsRates } from '../../../local/protocol/rate';
import type { Directory, DirectoryAccount } from '../../../handlers/ports';
import { awsError } from './limits';

/** A directory behind the rates of Organizations: an account costs DescribeAccount and ListTagsForResource. */
export class RatedDirectory implements Directory {
  readonly rates: OrganizationsRates;
  /** Calls that were turned away. */
  throttled = 0;

  constructor(
    private readonly directory: Directory,
    now: () => number,
  ) {
    this.rates = new OrganizationsRates(now);
  }

  async account(id: string): Promise<DirectoryAccount | undefined> {
    this.turn('DescribeAccount');
    const account = await this.directory.account(id);
    if (account) this.turn('ListTagsForResource');
    return account;
  }

  async organizationalUnitName(id: string): Promise<string | undefined> {
    this.turn('DescribeOrganizationalUnit');
    return this.directory.organizationalUnitName(id);
  }

  async parent(id: string): Promise<string | undefined> {
    this.turn('ListParents');
    return this.directory.parent?.(id);
  }

  /** @throws TooManyRequestsException */
  private turn(operation: string): void {
    if (this.rates.take(operation)) return;
    this.throttled++;
    throw awsError('TooManyRequestsException', `You have sent too many requests in too short a period of time: ${operation}`);
  }
}
