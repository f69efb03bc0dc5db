/** `npm run prerequisites`: what a person does before the first deployment, as commands with this organization's ids. Asks nothing of AWS. */
import { parseArgs } from 'node:util';
import { formatProblems, loadConfig } from '../config/load';
import type { Config } from '../config/schema';
import { organizationSteps } from './prerequisites/organization-steps';
import { renderSteps } from './prerequisites/render';
import { securitySteps } from './prerequisites/security-steps';
import type { Step } from './prerequisites/step';
import { painter } from './show/columns';
import { terminalOptions } from './show/terminal';

const USAGE = `npm run prerequisites [-- FLAGS]

  --config DIR   default: config
  --json         one JSON object instead of text`;

export interface PrerequisitesOutput {
  print(text: string): void;
  printError(text: string): void;
  colour: boolean;
  /** Columns; undefined where it is not a terminal, and every command stays on one line. */
  width?: number;
  /** Epoch milliseconds, which tell whether a mute has ended. */
  now: number;
}

export function prerequisites(config: Config, folder: string): { steps: Step[]; closing: string[] } {
  const usual = folder === 'config';
  const cdkFlags = usual ? '' : ` -c config=${quoted(folder)}`;
  const npmFlags = usual ? '' : ` -- --config ${quoted(folder)}`;
  return {
    steps: [...organizationSteps(config.settings, cdkFlags), ...securitySteps(config, npmFlags)],
    closing: [`npm run doctor${npmFlags || ' --'} --before`, `npx cdk deploy --all${cdkFlags}`, `npm run doctor${npmFlags}`],
  };
}

/** @returns the exit code: 0; 1 where the configuration has errors; 2 where the flags are wrong. */
export function runPrerequisites(argv: string[], output: PrerequisitesOutput): 0 | 1 | 2 {
  const flags = parse(argv);
  if (typeof flags === 'string') {
    output.printError(`${flags}\n\n${USAGE}`);
    return 2;
  }
  if (flags.help) {
    output.print(USAGE);
    return 0;
  }
  const { config, problems } = loadConfig(flags.config, output.now);
  if (problems.length > 0) output.printError(formatProblems(problems));
  if (!config) return 1;
  const { steps, closing } = prerequisites(config, flags.config);
  const options = { width: output.width, paint: painter(output.colour) };
  output.print(flags.json ? JSON.stringify({ steps, closing }, null, 2) : renderSteps(config, steps, closing, options));
  return 0;
}

function parse(argv: string[]) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({ args: argv, options: { config: { type: 'string', default: 'config' }, json: flag, help: { ...flag, short: 'h' } } })
      .values;
  } catch (error) {
    return (error as Error).message;
  }
}

/** For a POSIX shell, where it needs it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

if (require.main === module) {
  const { width, colour } = terminalOptions(process.stdout, process.env);
  process.exitCode = runPrerequisites(process.argv.slice(2), {
    print: console.log,
    printError: console.error,
    colour,
    width: process.stdout.isTTY ? width : undefined,
    now: Date.now(),
  });
}
