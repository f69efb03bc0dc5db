/** One Region: settings of the organization, consolidated findings, and a membership for each active account. */
import { batchesOf, centrallyManaged, MEMBERS_PER_CALL, meaningOf, missingMembers, remedyFor } from './enrollment';
import { reasonOf } from '../domain/failure';
import type { Administration, Clock, Journal, OrganizationAccount } from '../ports';

/**
 * Security Hub takes 10 requests a second (https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html), and a
 * call for 50 accounts lasts seconds. 10,000 accounts are 200 calls: at 5 s each, four at once, about 4 minutes beside one
 * for the lists. Fifteen minutes are enough up to 15 s a call; beyond that the next run goes on.
 */
const CALLS_AT_ONCE = 4;
/** One bad account must not keep the others out; a Region that is down must not be asked 200 times. */
const FAILED_CALLS = 3;

export interface RegionDeps {
  administration: Administration;
  /** Being listed, once for all Regions. */
  accounts: Promise<OrganizationAccount[]>;
  administrator: string;
  managementAccount: string;
  clock: Clock;
  journal: Journal;
  /** Epoch milliseconds from which no further call begins. */
  deadline: number;
}

export interface RegionOutcome {
  region: string;
  /** The whole Region is under central configuration: nothing was changed. */
  central: boolean;
  /** Settings that were changed. */
  changed: string[];
  /** Accounts that were members before. */
  members: number;
  added: number;
  /** Accounts that a central configuration policy covers. */
  centralAccounts: number;
  refused: number;
  /** Accounts that there was no time for, or that a failed call was about. */
  left: number;
  /** Why not all of it could be done; undefined when it could. */
  failure?: string;
}

/** Never throws: what fails is in the outcome, so that the other Regions go on. Writes only what differs. */
export async function enrollRegion(region: string, deps: RegionDeps): Promise<RegionOutcome> {
  const outcome: RegionOutcome = { region, central: false, changed: [], members: 0, added: 0, centralAccounts: 0, refused: 0, left: 0 };
  try {
    await enrollInto(outcome, deps);
  } catch (error) {
    if (centrallyManaged(reasonOf(error))) outcome.central = true;
    else outcome.failure = reasonOf(error);
  }
  if (outcome.central) deps.journal.info('under central configuration: nothing is changed in this Region', { region });
  return outcome;
}

async function enrollInto(outcome: RegionOutcome, deps: RegionDeps): Promise<void> {
  const { administration, administrator } = deps;
  const settings = await administration.organizationSettings();
  if (settings.configuration === 'CENTRAL') {
    outcome.central = true;
    return;
  }
  if (!settings.autoEnable || settings.autoEnableStandards !== 'NONE') {
    await administration.enableNewAccounts();
    outcome.changed.push('new accounts get Security Hub without standards');
  }
  if (!(await administration.findingsConsolidated())) {
    await administration.consolidateFindings();
    outcome.changed.push('consolidated control findings');
  }
  const [accounts, members] = await Promise.all([deps.accounts, administration.members()]);
  outcome.members = members.length;
  await createMembers(missingMembers(accounts, members, administrator), outcome, deps);
}

async function createMembers(missing: string[], outcome: RegionOutcome, deps: RegionDeps): Promise<void> {
  const { administration, clock, deadline } = deps;
  const batches = batchesOf(missing, MEMBERS_PER_CALL);
  const failures: string[] = [];
  const work = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      if (failures.length >= FAILED_CALLS || clock.now() >= deadline) {
        outcome.left += batch.length;
        continue;
      }
      try {
        const untaken = await administration.createMembers(batch);
        outcome.added += batch.length - untaken.length;
        for (const each of untaken) record(each, outcome, deps);
      } catch (error) {
        failures.push(reasonOf(error));
        outcome.left += batch.length;
      }
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
  const [first] = failures;
  // All of them: where one call fails by itself, what the others say stands in the log.
  if (first !== undefined) throw new Error(`${failures.length} calls of CreateMembers failed, the first with ${first}`);
}

function record({ accountId: account, reason }: { accountId: string; reason: string }, outcome: RegionOutcome, deps: RegionDeps): void {
  const { region } = outcome;
  const meaning = meaningOf(reason);
  if (meaning === 'member') outcome.members += 1;
  if (meaning === 'central') {
    outcome.centralAccounts += 1;
    deps.journal.info('account covered by a central configuration policy: nothing is changed', { account, region });
  }
  if (meaning === 'refused') {
    outcome.refused += 1;
    // An alarm counts these lines: stacks/constructs/enroll-alarms.ts names their text.
    deps.journal.error('account not enrolled', {
      account,
      region,
      reason,
      remedy: remedyFor(account, region, reason, deps.managementAccount),
    });
  }
}
