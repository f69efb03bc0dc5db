/** Makes every active account of the organization a member of the administrator's Security Hub, in each Region in use. */
import type { Administration, Journal, Organization } from '../ports';
import { enrollRegion, type RegionDeps, type RegionOutcome } from './region';

export interface EnrollDeps extends Omit<RegionDeps, 'administration' | 'accounts' | 'deadline'> {
  organization: Organization;
  /** By the Region's code: the home Region and the linked ones. */
  administrations: ReadonlyMap<string, Administration>;
}

/**
 * Repeatable, and silent the second time: it reads first and writes only what differs. Regions go side by side.
 * @param deadline epoch milliseconds from which nothing new is begun; the rest is left to the next run.
 * @throws Error that names each Region in which something failed, when all others are done.
 */
export async function enroll(deadline: number, deps: EnrollDeps): Promise<RegionOutcome[]> {
  const { organization, administrations, journal } = deps;
  const accounts = organization.accounts();
  // A Region may fail before it looks at them; the rejection is still each Region's to report.
  accounts.catch(() => undefined);
  const outcomes = await Promise.all(
    [...administrations].map(([region, administration]) => enrollRegion(region, { ...deps, administration, accounts, deadline })),
  );
  for (const outcome of outcomes) report(outcome, journal);
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  if (failed.length > 0) throw new Error(summaryOf(failed, outcomes.length));
  return outcomes;
}

function report(outcome: RegionOutcome, journal: Journal): void {
  const { region, left, failure } = outcome;
  if (failure === undefined && left > 0) journal.warn('out of time: accounts are left to the next run', { region, accounts: left });
  if (failure !== undefined) journal.error('Region failed', { region, reason: failure });
  journal.info('enrolled', { ...outcome });
}

function summaryOf(failed: RegionOutcome[], all: number): string {
  const reasons = failed.map(({ region, failure }) => `${region} (${failure})`).join('; ');
  return (
    `not everything could be done in ${failed.length} of ${all} Regions: ${reasons}. ` +
    'Lambda tries again, and so does the next daily run. If it goes on: Security Hub must be on in this account and Region, ' +
    'this account must be its delegated administrator there, and the Region must be enabled for it.'
  );
}
