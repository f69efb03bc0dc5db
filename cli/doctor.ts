/** `npm run doctor`: proves that the organization is covered, or says what is not and how to mend it. Changes nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { formatMistakes, loadConfig } from '../config/load';
import { Calls } from './doctor/calls';
import type { Result } from './doctor/check';
import { checksFor } from './doctor/checks';
import { createContext } from './doctor/context';
import { operatorPolicy } from './doctor/policy';
import { Redaction } from './doctor/redaction';
import { renderReport } from './doctor/report';
import { runChecks } from './doctor/runner';
import { deploymentOf, EVIDENCE_FLAG, keepEvidence } from './evidence/evidence';
import { type Asked, command, CONFIG, type Status, WrongConfiguration, WrongUse } from './frame/command';
import type { Terminal } from './frame/terminal';
import { painter } from './show/columns';

/** Milliseconds that one call may take, its retries included. */
const TIME_LIMIT = 30_000;

/** Findings are kept for 90 days after their last update. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings.html */
const FINDING_DAYS = 90;

const FLAGS = {
  before: { about: 'before the first deployment: what is missing, and what is there already and would collide' },
  bedrock: { about: 'asks the model one small question (costs less than a cent)' },
  slack: { about: 'has Slack check one message of each kind of finding; nothing is posted' },
  'silent-days': { value: 'N', about: `an account without a finding for N days is silent; 1 to ${FINDING_DAYS}`, default: '7' },
  policy: { about: 'prints the IAM policy that the doctor needs, and asks nothing' },
  ...EVIDENCE_FLAG,
  ...CONFIG,
  json: { about: 'one JSON object instead of text, with every list complete' },
} as const;

export const doctorCommand = doctorWith(TIME_LIMIT, 'out/eval.json');

/**
 * @param timeLimit milliseconds that one call may take, its retries included.
 * @param measurement file of the last evaluation of the model, if one was made.
 */
export function doctorWith(timeLimit: number, measurement: string) {
  return command({
    name: 'doctor',
    group: 'prove',
    summary: 'Proves that the organization is covered, or says what is not and how to mend it.',
    about:
      'Looks at the whole organization, read-only, with your credentials of the security account. Warnings are let pass: the exit status is 1 where something fails or could not be looked at.',
    flags: FLAGS,
    script: true,
    run: ({ flags }, terminal) => examine(flags, terminal, timeLimit, measurement),
  });
}

async function examine(flags: Asked<typeof FLAGS>['flags'], terminal: Terminal, timeLimit: number, measurement: string): Promise<Status> {
  const questions = { bedrock: flags.bedrock, silentDays: silentDays(flags['silent-days']) };
  const { config, mistakes } = loadConfig(flags.config, terminal.now());
  if (!config) throw new WrongConfiguration(`${formatMistakes(mistakes)}\n\nThe doctor asks nothing before the configuration is right.`);
  if (flags.policy) {
    terminal.print(JSON.stringify(operatorPolicy(config, flags), null, 2));
    return 0;
  }
  const began = terminal.now();
  const timing = { now: terminal.now, sleep: terminal.sleep };
  const { signal, progress } = terminal;
  const calls = new Calls({ timing, signal, timeLimit, progress });
  const redaction = new Redaction();
  const configWarnings = mistakes.map((mistake) => formatMistakes([mistake]).split('\n')[0] ?? '');
  const context = createContext({ config, configWarnings, configDir: flags.config, questions, timing, calls, redaction });
  const results = await runChecks(checksFor(config, { ...flags, measured: measuredIn(measurement) }), context);
  progress('');
  const cost = { calls: calls.count(), milliseconds: timing.now() - began };
  const report = flags.json
    ? JSON.stringify(asJson(results, cost), null, 2)
    : renderReport(config, results, { ...cost, width: terminal.width, configDir: flags.config, paint: painter(terminal.colour) });
  if (!flags.before && !signal.aborted && wasAnswered(results)) {
    const made = new Date(began).toISOString();
    const result = results.map(({ id, group, title, verdict, found, at }) => ({
      ...{ id, group, title, verdict, found: redaction.hidden(found) },
      ...(at === undefined ? {} : { at }),
    }));
    keepEvidence(flags.evidence, 'doctor', { made, command: 'npm run doctor', environment: deploymentOf(config), result });
  }
  // Once more over the whole: a secret that one check read must not stand in what another said before.
  terminal.print(redaction.hidden(report));
  if (signal.aborted) return 130;
  return results.some(({ verdict }) => verdict === 'fail' || verdict === 'unknown') ? 1 : 0;
}

/** Whoever could not sign in has measured nothing. */
function wasAnswered(results: readonly Result[]): boolean {
  return results.some(({ id, verdict }) => id === 'caller' && verdict === 'pass');
}

/** Absent where nothing was measured; what cannot be read measures nothing. */
function measuredIn(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function asJson(results: readonly Result[], cost: { calls: number; milliseconds: number }) {
  const count = (verdict: string) => results.filter((result) => result.verdict === verdict).length;
  const summary = { pass: count('pass'), warn: count('warn'), fail: count('fail'), unknown: count('unknown'), skipped: count('skipped') };
  const checks = results.map(({ items, remedies, ...result }) => ({
    ...result,
    remedies: remedies ?? [],
    items: items?.map(({ data }) => data) ?? [],
  }));
  return { summary, ...cost, checks };
}

/** @throws WrongUse */
function silentDays(days: string): number {
  if (!/^\d{1,2}$/.test(days) || Number(days) < 1 || Number(days) > FINDING_DAYS)
    throw new WrongUse(`--silent-days ${JSON.stringify(days)}: a number of days from 1 to ${FINDING_DAYS}.`);
  return Number(days);
}
