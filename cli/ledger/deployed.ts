/** The ledger of the deployed stack. */
import type { Config } from '../../config/schema';
import { hubStack } from '../../config/stack-name';
import { Calls } from '../doctor/calls';
import { StackReads } from '../doctor/reads/stack';
import type { Terminal } from '../frame/terminal';

/**
 * What a command over the ledger begins with: the SDK's clients turned to the home Region, and the table's name.
 * @throws Error where nothing is deployed.
 */
export async function deployedLedger(config: Config, terminal: Terminal): Promise<{ reads: StackReads; table: string }> {
  const { now, sleep, signal, progress } = terminal;
  const { home } = config.settings.regions;
  process.env.AWS_REGION = home;
  const calls = new Calls({ timing: { now, sleep }, signal, timeLimit: 30_000, progress });
  const reads = new StackReads(calls, home, hubStack(config));
  const stack = await reads.stack();
  const table = stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'LedgerTable')?.OutputValue;
  if (table === undefined)
    throw new Error(`${hubStack(config)} is not deployed in ${home}: sign in to the security account, or deploy it first.`);
  return { reads, table };
}
