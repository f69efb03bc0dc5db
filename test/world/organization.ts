/** AWS Organizations in memory: accounts that join, move, close and leave. */
import type { Directory, DirectoryAccount } from '../../handlers/ports';

interface Member extends DirectoryAccount {
  /** Since when it is closed, in epoch milliseconds. */
  closedAt?: number;
}

/** "After 90 days … permanently closed". https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html */
const KNOWN_AFTER_CLOSING = 90 * 24 * 60 * 60_000;

export class MemoryOrganization implements Directory {
  private readonly members = new Map<string, Member>();
  /** Names of OUs, by id. */
  readonly units = new Map<string, string>();

  constructor(private readonly now: () => number) {}

  join(id: string, account: DirectoryAccount): void {
    this.members.set(id, account);
  }

  /** To another OU. No event tells of it outside the management account. @param parentIds from the root down. */
  move(id: string, parentIds: string[]): void {
    const member = this.members.get(id);
    if (member) this.members.set(id, { ...member, parentIds });
  }

  /** Closed it is known for another 90 days, as SUSPENDED or PENDING_CLOSURE. */
  close(id: string): void {
    const member = this.members.get(id);
    if (member) this.members.set(id, { ...member, closedAt: this.now() });
  }

  leave(id: string): void {
    this.members.delete(id);
  }

  async account(id: string): Promise<DirectoryAccount | undefined> {
    const { closedAt, ...account } = this.members.get(id) ?? {};
    if (closedAt !== undefined && this.now() - closedAt >= KNOWN_AFTER_CLOSING) return undefined;
    return 'name' in account ? account : undefined;
  }

  async organizationalUnitName(id: string): Promise<string | undefined> {
    return this.units.get(id);
  }
}
