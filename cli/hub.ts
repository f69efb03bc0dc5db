/** `npm run hub -- COMMAND`: what an operator does with this project. */
import { commands } from './commands';
import { runCommand } from './frame/run';
import { processTerminal } from './frame/terminal';

void runCommand(commands, process.argv.slice(2), processTerminal()).then((status) => {
  process.exitCode = status;
});
