/** Who is to become a member of the administrator's Security Hub, and what an answer about an account means. */

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_CreateMembers.html: 1 to 50 accounts a call. */
export const MEMBERS_PER_CALL = 50;

/** By these words and by nothing else: an AccessDenied alone may also be a policy that somebody must mend. */
const CENTRALLY_MANAGED = ['currently associated with a central configuration policy', 'is managed by a configuration policy'];
/** Another run was faster, or the list of members was a moment old. */
const MEMBER_ALREADY = 'already a member or associated member of the current account';
const FULL = /maximum number|cannot exceed|limit exceeded/i;

export function centrallyManaged(reason: string): boolean {
  return CENTRALLY_MANAGED.some((words) => reason.includes(words));
}

/**
 * Active accounts that are no members yet, in the order of their ids. The administrator is never its own
 * member; accounts that are suspended or about to close cannot become one.
 */
export function missingMembers(
  accounts: readonly { id: string; state: string }[],
  members: readonly string[],
  administrator: string,
): string[] {
  const known = new Set([...members, administrator]);
  return accounts.flatMap(({ id, state }) => (state === 'ACTIVE' && !known.has(id) ? [id] : [])).sort();
}

/** Consecutive parts of at most `size`. */
export function batchesOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}

/** What it means that Security Hub did not take an account: it is covered otherwise, is a member already, or is not covered. */
export function meaningOf(reason: string): 'central' | 'member' | 'refused' {
  if (centrallyManaged(reason)) return 'central';
  return reason.includes(MEMBER_ALREADY) ? 'member' : 'refused';
}

/** What a person does about an account that was refused. */
export function remedyFor(account: string, region: string, reason: string, managementAccount: string): string {
  if (account === managementAccount)
    return `Security Hub cannot turn the management account's own hub on: deploy the management app in ${account}, which does so in ${region}. The next run then enrolls it.`;
  if (FULL.test(reason)) return 'The administrator has as many members as Security Hub allows: ask AWS Support to raise that quota.';
  return `Open Security Hub of ${region} in account ${account}: if it has another administrator or was invited by hand, disassociate it there. The next run tries again.`;
}
