/** The ledger of the deployed stack. */
import type { Config } from '../../config/schema';
import { hubStack } from '../../config/stack-name';
import { Calls } from '../doctor/calls';
import { StackReads } from '../doctor/reads/stack';
import type { Terminal } from '../frame/terminal';

export function hubReads(config: Config, { now, sleep, signal, progress }: Terminal): StackReads {
  const calls = new Calls({ timing: { now, sleep }, signal, timeLimit: 30_000, progress });
  return new StackReads(calls, config.settings.regions.home, hubStack(config));
}

/** @returns the table's name. @throws Error where nothing is deployed. */
export async function tableIn(reads: StackReads, config: Config): Promise<string> {
  const stack = await reads.stack();
  const name = stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'LedgerTable')?.OutputValue;
  if (name === undefined)
    throw new Error(
      `${hubStack(config)} is not deployed in ${config.settings.regions.home}: sign in to the security account, or deploy it first.`,
    );
  return name;
}
