/** `npm run doctor`: proves that the organization is covered, or says what is not and how to mend it. Changes nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import { formatProblems, loadConfig } from '../config/load';
import { Calls, type Timing } from './doctor/calls';
import type { Result } from './doctor/check';
import { checksFor } from './doctor/checks';
import { createContext } from './doctor/context';
import { type Flags, parseFlags, USAGE } from './doctor/flags';
import { operatorPolicy } from './doctor/policy';
import { Redaction } from './doctor/redaction';
import { renderReport } from './doctor/report';
import { runChecks } from './doctor/runner';
import { FlagError } from './routes/flags';
import { painter } from './show/columns';

export interface DoctorOutput {
  print(text: string): void;
  printError(text: string): void;
  colour: boolean;
  /** Columns. */
  width: number;
  /** Told what is being asked, over and over; undefined where nobody looks. */
  progress?: (text: string) => void;
  /** Ctrl-C. */
  signal: AbortSignal;
  timing: Timing;
  /** Milliseconds that one call may take, its retries included. */
  timeLimit: number;
}

/** @returns the exit code: 0 nothing fails; 1 something fails or could not be looked at; 2 flags or configuration; 130 stopped. */
export async function runDoctor(argv: string[], output: DoctorOutput): Promise<0 | 1 | 2 | 130> {
  try {
    const flags = parseFlags(argv);
    if (flags.help) {
      output.print(USAGE);
      return 0;
    }
    return await examine(flags, output);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    output.printError(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

async function examine(flags: Flags, output: DoctorOutput): Promise<0 | 1 | 2 | 130> {
  const { config, problems } = loadConfig(flags.config, output.timing.now());
  if (!config) {
    output.printError(`${formatProblems(problems)}\n\nThe doctor asks nothing before the configuration is right.`);
    return 2;
  }
  if (flags.policy) {
    output.print(JSON.stringify(operatorPolicy(config, flags), null, 2));
    return 0;
  }
  const began = output.timing.now();
  const { timing, signal, timeLimit, progress = () => {} } = output;
  const calls = new Calls({ timing, signal, timeLimit, progress });
  const redaction = new Redaction();
  const configWarnings = problems.map((problem) => formatProblems([problem]).split('\n')[0] ?? '');
  const questions = { bedrock: flags.bedrock, silentDays: flags.silentDays };
  const context = createContext({ config, configWarnings, configDir: flags.config, questions, timing, calls, redaction });
  const results = await runChecks(checksFor(config, flags.before), context);
  progress('');
  const cost = { calls: calls.count(), milliseconds: timing.now() - began };
  const report = flags.json
    ? JSON.stringify(asJson(results, cost), null, 2)
    : renderReport(config, results, { ...cost, width: output.width, configDir: flags.config, paint: painter(output.colour) });
  // Once more over the whole: a secret that one check read must not stand in what another said before.
  output.print(redaction.hidden(report));
  if (signal.aborted) return 130;
  return results.some(({ verdict }) => verdict === 'fail' || verdict === 'unknown') ? 1 : 0;
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

/** One line that overwrites itself, on a terminal alone. */
function progressLine(stream: NodeJS.WriteStream): ((text: string) => void) | undefined {
  if (!stream.isTTY) return undefined;
  let shown = 0;
  return (text) => {
    // Ten a second are enough for an eye.
    if (text !== '' && Date.now() - shown < 100) return;
    shown = Date.now();
    stream.write(`\r\u001b[2K${text.slice(0, (stream.columns || 80) - 1)}`);
  };
}

async function main(): Promise<void> {
  const stop = new AbortController();
  // A second Ctrl-C ends the process at once.
  process.once('SIGINT', () => stop.abort());
  // The SDK's advice about Node's version is for developers.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  process.exitCode = await runDoctor(process.argv.slice(2), {
    print: console.log,
    printError: console.error,
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    width: Math.min(140, Math.max(60, process.stdout.columns || 80)),
    progress: progressLine(process.stderr),
    signal: stop.signal,
    timing: { now: Date.now, sleep: (ms, signal) => wait(ms, undefined, { signal }) },
    timeLimit: 30_000,
  });
}

if (require.main === module) void main();
