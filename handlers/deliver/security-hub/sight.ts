/**
 * Whether a finding that Security Hub does not show any more can be believed to be gone. An administrator that lost an account, or its
 * role, sees nothing of that account: its findings stand where they stood.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-disassociate-members.html
 */
import type { FindingRow } from '../../domain/problem/rows';
import { DAY } from '../../domain/time';
import type { Hub, LedgerRow } from '../../ports';

/** For so long an account of which nothing is shown is taken for one that cannot be seen: the alarm tells people first. */
const HIDDEN = 14 * DAY;
/** Accounts asked after in one reading, a call each. */
const ACCOUNTS = 20;
const AWS_ACCOUNT = /^\d{12}$/;

type Row = LedgerRow<FindingRow>;

type Scope = Pick<FindingRow['report'], 'format' | 'accountId'>;

function nameOf({ format, accountId }: Scope): string {
  return `${format} ${accountId}`;
}

/** Whether it was missing once before, so that a second answer without it decides. What is in no AWS account has nothing beside it to ask after. */
function isToBeConfirmed({ value: { report, told } }: Row, at: number): boolean {
  return AWS_ACCOUNT.test(report.accountId) && told?.missingSince !== undefined && at - told.missingSince < HIDDEN;
}

/** The accounts that may have to be asked after if these are missing: so many calls at the most. @param at epoch milliseconds. */
export function accountsToAsk(batch: readonly Row[], at: number): Scope[] {
  const scopes = new Map(batch.filter((row) => isToBeConfirmed(row, at)).map(({ value: { report } }) => [nameOf(report), report] as const));
  return [...scopes.values()].slice(0, ACCOUNTS);
}

/**
 * Of findings that are missing those of accounts of which Security Hub shows nothing, and those whose accounts wait for their turn.
 * @throws what Security Hub answers instead.
 */
export async function hiddenAmong(missing: readonly Row[], at: number, hub: Hub): Promise<{ hidden: Set<Row>; accounts: string[] }> {
  const asked = accountsToAsk(missing, at);
  const shown = new Set<string>();
  for (const scope of asked) if (await hub.shows(scope.format, scope.accountId)) shown.add(nameOf(scope));
  return {
    hidden: new Set(missing.filter((row) => isToBeConfirmed(row, at) && !shown.has(nameOf(row.value.report)))),
    accounts: asked.filter((scope) => !shown.has(nameOf(scope))).map(({ accountId }) => accountId),
  };
}
