/** Which accounts Security Hub covers, and which of these say nothing: as the doctor asks the organization. */
import type { Config } from '../../config/schema';
import { Calls } from '../doctor/calls';
import type { Result } from '../doctor/check';
import { checksFor } from '../doctor/checks';
import { uncovered } from '../doctor/checks/coverage';
import { createContext } from '../doctor/context';
import { pathName } from '../doctor/reads/organization';
import { Redaction } from '../doctor/redaction';
import { runChecks } from '../doctor/runner';
import type { Terminal } from '../frame/terminal';

export interface Coverage {
  regions: string[];
  silentDays: number;
  /** Whether this system turns standards on: then an account that is covered reports at least daily. */
  standards: boolean;
  accounts: { id: string; name: string; ou: string; covered: string[]; uncovered: Record<string, string>; silent: string[] }[];
}

/** Milliseconds that one call may take, its retries included. */
const TIME_LIMIT = 30_000;
const SILENT_DAYS = 7;
const IDS = ['caller', 'delegated.organizations', 'silent'];

/** @throws Error where the organization cannot be asked, with the reason that the doctor would give. */
export async function coverageOf(config: Config, configDir: string, { now, sleep, signal, progress }: Terminal): Promise<Coverage> {
  const timing = { now, sleep };
  const calls = new Calls({ timing, signal, timeLimit: TIME_LIMIT, progress });
  const questions = { bedrock: false, silentDays: SILENT_DAYS };
  const context = createContext({ config, configWarnings: [], configDir, questions, timing, calls, redaction: new Redaction() });
  const checks = checksFor(config, { before: false, slack: false }).filter(({ id }) => IDS.includes(id));
  const results = await runChecks(checks, context);
  const failed = results.find(({ id, verdict }) => verdict === 'unknown' || (id !== 'silent' && verdict !== 'pass'));
  if (failed) throw new Error(`${failed.title}: ${failed.found}. \`npm run doctor\` says what to do.`);
  const [accounts, gaps, regions] = await Promise.all([context.organization.accounts(), uncovered(context), context.hub.usable()]);
  const placement = await context.organization.placement();
  const quiet = silentBy(results);
  const { mode, standards } = config.settings.enablement;
  progress('');
  return {
    regions,
    silentDays: SILENT_DAYS,
    standards: mode !== 'none' && standards.length > 0,
    accounts: accounts.map(({ id, name }) => {
      const unit = placement.get(id);
      const without = gaps.get(id) ?? {};
      const covered = regions.filter((region) => without[region] === undefined);
      return { id, name, ou: unit ? pathName(unit) : '', covered, uncovered: without, silent: quiet.get(id) ?? [] };
    }),
  };
}

function silentBy(results: readonly Result[]): Map<string, string[]> {
  const items = results.find(({ id }) => id === 'silent')?.items ?? [];
  return new Map(items.map(({ data }) => [String(data.account), data.regions as string[]]));
}
