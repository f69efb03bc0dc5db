/** `npm run routes`: the tree of routes, or who is told of one finding and why. Offline, by the code that runs in Lambda. */
import { formatProblems, loadConfig } from '../config/load';
import { route } from '../handlers/domain/routing';
import { FlagError, parseFlags, USAGE } from './routes/flags';
import { subjectOf } from './routes/subject';
import { painter } from './show/columns';
import { explainDecision, renderDecision } from './show/decision';
import { terminalOptions } from './show/terminal';
import { renderTree } from './show/tree';

export interface RoutesOutput {
  print(text: string): void;
  printError(text: string): void;
  colour: boolean;
  /** Epoch milliseconds, which tell whether a mute has ended. */
  now: number;
}

/** @returns the exit code: 0; 1 where the configuration has errors; 2 where the flags are wrong. */
export function runRoutes(argv: string[], output: RoutesOutput): 0 | 1 | 2 {
  try {
    const flags = parseFlags(argv);
    if (flags.help) {
      output.print(USAGE);
      return 0;
    }
    const { config, problems } = loadConfig(flags.config, output.now);
    if (problems.length > 0) output.printError(formatProblems(problems));
    if (!config) return 1;
    const paint = painter(output.colour);
    if (!flags.finding) {
      output.print(flags.json ? JSON.stringify(config.routes) : renderTree(config, output.now, paint));
      return 0;
    }
    const { subject, assumptions } = subjectOf(flags.finding, config);
    const explained = explainDecision(route(config.routes, subject, output.now), subject, config, assumptions);
    output.print(flags.json ? JSON.stringify(explained) : renderDecision(explained, subject, paint));
    return 0;
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    output.printError(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

if (require.main === module) {
  process.exitCode = runRoutes(process.argv.slice(2), {
    print: console.log,
    printError: console.error,
    colour: terminalOptions(process.stdout, process.env).colour,
    now: Date.now(),
  });
}
