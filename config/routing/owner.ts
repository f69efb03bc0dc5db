/** Whose account a finding is in, as AWS Organizations tells it. */

export interface OrganizationalUnit {
  id: string;
  name: string;
}

export interface Owner {
  accountId: string;
  accountName: string;
  /** From the OU below the root down to the account's parent. Empty: directly under the root, or unknown. */
  ouPath: OrganizationalUnit[];
  tags: Record<string, string>;
  /** fresh: within the TTL; stale: Organizations failed and an older answer serves; unknown: there is none. */
  knowledge: 'fresh' | 'stale' | 'unknown';
}

/** `Root/Workloads/Prod` as people write it; the word is the caller's where nothing is known. */
export function ouPathName(owner: Pick<Owner, 'ouPath' | 'knowledge'>): string {
  return owner.knowledge === 'unknown' ? '' : ['Root', ...owner.ouPath.map((unit) => unit.name)].join('/');
}
