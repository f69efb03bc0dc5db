/**
 * Which accounts Security Hub covers, which of these say nothing, and whether what they say was told: as the doctor asks the
 * organization, and as the ledger of the deployed stack has it.
 */
import type { Config } from '../../config/schema';
import { dynamoLedger } from '../../handlers/adapters/dynamo';
import { Calls } from '../doctor/calls';
import type { Result } from '../doctor/check';
import { checksFor } from '../doctor/checks';
import { uncovered } from '../doctor/checks/coverage';
import { type Context, createContext } from '../doctor/context';
import { pathName } from '../doctor/reads/organization';
import { Redaction } from '../doctor/redaction';
import { runChecks } from '../doctor/runner';
import type { Terminal } from '../frame/terminal';
import { deployedLedger } from '../ledger/deployed';
import { type Recorded, recordedIn } from './recorded';
import { type Tellings, tellingsOf, type Untold } from './untold';

export interface Coverage {
  regions: string[];
  silentDays: number;
  /** Whether this system turns standards on: then an account that is covered reports at least daily. */
  standards: boolean;
  ledger: {
    asked: boolean;
    /** Why it was not. */
    why?: string;
    /** Since when this system listens: what was not updated since never came to it. ISO 8601. */
    since?: string;
    /** When the stack's last deployment began. ISO 8601. */
    deployed?: string;
    /** How many findings of Security Hub were compared with it, and whether these are all. */
    looked: number;
    complete: boolean;
  };
  accounts: CoveredAccount[];
}

export interface CoveredAccount {
  id: string;
  name: string;
  ou: string;
  covered: string[];
  /** Region and the status of the membership. */
  uncovered: Record<string, string>;
  silent: string[];
  /** ISO 8601; see Recorded. */
  recorded?: string;
  told?: string;
  /** Open findings that Security Hub holds and that are to be told; see Telling. */
  untold: number;
  waiting: number;
  /** Absent where there is none. */
  late?: number;
  muted: number;
  /** Some of those that were not told or are late; absent where there is none. */
  examples?: Untold[];
}

/** Milliseconds that one call may take, its retries included. */
const TIME_LIMIT = 30_000;
const SILENT_DAYS = 7;
const IDS = ['caller', 'delegated.organizations', 'silent'];

/** @throws Error where the organization cannot be asked, with the reason that the doctor would give. */
export async function coverageOf(config: Config, configDir: string, terminal: Terminal): Promise<Coverage> {
  const { now, sleep, signal, progress } = terminal;
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
  const { ledger, tellings, recorded } = await askLedger(context, terminal);
  const { mode, standards } = config.settings.enablement;
  progress('');
  return {
    regions,
    silentDays: SILENT_DAYS,
    standards: mode !== 'none' && standards.length > 0,
    ledger,
    accounts: accounts.map(({ id, name }) => {
      const unit = placement.get(id);
      const without = gaps.get(id) ?? {};
      const covered = regions.filter((region) => without[region] === undefined);
      const { untold = 0, waiting = 0, late = 0, muted = 0, examples = [] } = tellings?.accounts.get(id) ?? {};
      return {
        ...{ id, name, ou: unit ? pathName(unit) : '', covered, uncovered: without, silent: quiet.get(id) ?? [] },
        ...datesOf(recorded?.get(id)),
        ...{ untold, waiting, ...(late > 0 ? { late } : {}), muted, ...(examples.length > 0 ? { examples } : {}) },
      };
    }),
  };
}

function silentBy(results: readonly Result[]): Map<string, string[]> {
  const items = results.find(({ id }) => id === 'silent')?.items ?? [];
  return new Map(items.map(({ data }) => [String(data.account), data.regions as string[]]));
}

function datesOf({ recorded, told }: Recorded = {}): Pick<CoveredAccount, 'recorded' | 'told'> {
  return {
    ...(recorded ? { recorded: new Date(recorded).toISOString() } : {}),
    ...(told ? { told: new Date(told).toISOString() } : {}),
  };
}

/** Where it cannot be asked, the rest is worth knowing all the same. */
async function askLedger(
  context: Context,
  terminal: Terminal,
): Promise<{ ledger: Coverage['ledger']; tellings?: Tellings; recorded?: Map<string, Recorded> }> {
  const { config, redaction } = context;
  try {
    const { reads, table } = await deployedLedger(config, terminal);
    const since = (await reads.stack())?.CreationTime?.getTime() ?? 0;
    const recorded = await recordedIn(table, config.settings.regions.home, (rows) => {
      terminal.signal.throwIfAborted();
      terminal.progress(`${rows.toLocaleString('en')} rows read`);
    });
    const tellings = await tellingsOf(context, dynamoLedger(table), since);
    const { looked, complete } = tellings;
    const deployed = await reads.deployedAt();
    const asked = { asked: true, since: new Date(since).toISOString(), ...(deployed ? { deployed } : {}), looked, complete };
    return { ledger: asked, tellings, recorded };
  } catch (error) {
    if (terminal.signal.aborted) throw error;
    return { ledger: { asked: false, why: redaction.text((error as Error).message).split('\n')[0] ?? '', looked: 0, complete: false } };
  }
}
