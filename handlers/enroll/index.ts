import type { Context } from 'aws-lambda';
import { securityHubAdministration } from '../adapters/administration';
import { systemClock } from '../adapters/clock';
import { journal } from '../adapters/journal';
import { organizationAccounts } from '../adapters/organization-accounts';
import { required } from '../env';
import { enroll, type EnrollDeps } from './enroll';
import { ENROLL_ENV } from './env';

/** Kept for calls that have begun, and for the log. */
const RESERVE_MS = 60_000;

/** Once per cold start. */
function start(): EnrollDeps {
  const env = required(ENROLL_ENV);
  return {
    organization: organizationAccounts(),
    administrations: new Map(env.REGIONS.split(',').map((region) => [region, securityHubAdministration(region)])),
    administrator: env.ADMINISTRATOR_ACCOUNT,
    managementAccount: env.MANAGEMENT_ACCOUNT,
    clock: systemClock,
    journal,
  };
}
const deps = start();

/** Called by EventBridge: daily, and after each completed deployment. What the event says does not matter. */
export async function handler(_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> {
  await enroll(deps.clock.now() + context.getRemainingTimeInMillis() - RESERVE_MS, deps);
}
