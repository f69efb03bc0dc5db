/** The frame of all commands: reads the line, answers for --help and for what cannot be read, and runs what was asked for. */
import { Command as Parser, CommanderError, Option } from 'commander';
import { configPlace } from '../../config/environment';
import { unanswered, wordsOf } from '../doctor/outcome';
import { displayWidth, folded } from '../show/wrap';
import { type Asked, called, type Command, type Flag, GROUPS, type Status, WrongConfiguration, WrongUse } from './command';
import type { Terminal } from './terminal';

/** @param argv what follows `npm run hub --`: the name of a command, then its flags. Never throws. */
export async function runCommand(commands: readonly Command[], argv: readonly string[], terminal: Terminal): Promise<Status> {
  // The SDK's advice about Node's version is for developers.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  let asked: { command: Command; asked: Asked } | undefined;
  const program = parserOf(commands, terminal, (command, what) => {
    asked = { command, asked: what };
  });
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  if (!asked) return 2;
  try {
    return await asked.command.run(asked.asked, terminal);
  } catch (error) {
    terminal.progress('');
    if (terminal.signal.aborted) {
      terminal.printError('Stopped.');
      return 130;
    }
    say(wordsOf(error), terminal);
    if (!(error instanceof WrongUse)) return failedStatus(error);
    if (!(error instanceof WrongConfiguration)) terminal.printError(`\n${hint(asked.command)}`);
    return 2;
  } finally {
    // A line that goes on would hold the process.
    terminal.progress('');
  }
}

/** How a command ends that an error ended: nothing was found where AWS did not answer. */
export function failedStatus(error: unknown): 1 | 3 {
  return unanswered(error) ? 3 : 1;
}

/** Wrapped, each line by itself. */
export function say(text: string, terminal: Pick<Terminal, 'printError' | 'width'>): void {
  for (const line of text.split('\n')) {
    const [, indent = '', words = ''] = /^( *)(.*)$/.exec(line) ?? [];
    for (const [index, part] of folded(words, terminal.width - indent.length, 2).entries())
      terminal.printError(index === 0 && words === '' ? '' : indent + part);
  }
}

function hint(command: Pick<Command, 'name' | 'script'>): string {
  return `All flags: ${called(command)} --help`;
}

function parserOf(commands: readonly Command[], terminal: Terminal, take: (command: Command, asked: Asked) => void): Parser {
  const program = new Parser('npm run hub --')
    .usage('COMMAND [FLAGS]')
    .description('Security Hub Interpreter: what an operator does with it.')
    .exitOverride()
    .helpOption('-h, --help', 'prints this and does nothing else')
    .commandsGroup('Help:')
    .helpCommand('help [COMMAND]', 'prints the help of a command')
    .configureHelp({ displayWidth, minWidthToWrap: 20, subcommandTerm: (parser) => parser.name() })
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => say(text.trimEnd(), terminal),
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('\nAll commands: npm run hub');
  for (const group of Object.keys(GROUPS) as (keyof typeof GROUPS)[]) {
    for (const command of commands.filter((each) => each.group === group)) addTo(program, command, take);
  }
  const ends =
    'Exit status: 0 fine; 1 something was found; 2 flags, files or configuration are wrong; 3 AWS could not be asked; 130 stopped by Ctrl-C.';
  const more = `${called({ name: 'COMMAND' })} --help lists the flags of a command.`;
  return program.addHelpText('after', `\n${[more, ends].flatMap((text) => folded(text, terminal.width, 0)).join('\n')}`);
}

function addTo(program: Parser, command: Command, take: (command: Command, asked: Asked) => void): void {
  const { name, group, summary, about, flags, operands } = command;
  const parser = program
    .command(name)
    .helpGroup(GROUPS[group])
    .summary(summary)
    .description([summary, about].filter(Boolean).join('\n\n'))
    .usage(['[FLAGS]', ...(operands ? [operands.name] : [])].join(' '))
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'prints this and does nothing else')
    .showHelpAfterError(`\n${hint(command)}`);
  if (command.script) parser.addHelpText('after', `\nShorter: npm run ${name} -- [FLAGS]`);
  for (const [flag, definition] of Object.entries(flags)) parser.addOption(optionOf(flag, definition));
  // Whoever asks for the policy asks for nothing else: then what has to follow may be left out.
  const needed = operands !== undefined && !operands.optional;
  const spared = 'policy' in flags;
  if (operands) parser.argument(needed && !spared ? `<${operands.name}>` : `[${operands.name}]`, operands.about);
  parser.action(() => {
    const asked = { flags: valuesOf(command, parser.opts()), operands: parser.args };
    if (needed && asked.operands.length === 0 && asked.flags.policy !== true)
      parser.error(`error: missing required argument '${operands.name.replace(/\.+$/, '')}'`, { code: 'commander.missingArgument' });
    take(command, asked);
  });
}

function optionOf(name: string, { value, about, choices, default: usual, repeatable }: Flag): Option {
  const option = new Option(value === undefined ? `--${name}` : `--${name} <${value}>`, about);
  if (usual !== undefined) option.default(usual);
  if (choices) option.choices(choices);
  if (repeatable) option.argParser((value: string, before: string[] = []) => [...before, value]);
  return option;
}

function valuesOf({ flags }: Command, given: Record<string, unknown>): Asked['flags'] {
  const entries = Object.entries(flags).map(([name, { value, repeatable }]) => {
    const read = given[new Option(`--${name}`).attributeName()];
    return [name, value === undefined ? read === true : repeatable ? (read ?? []) : read];
  });
  const asked: Record<string, string | string[] | boolean | undefined> = Object.fromEntries(entries);
  // Which environment is part of where the configuration stands: no command asks for it by itself.
  if (typeof asked.config === 'string' && typeof asked.environment === 'string')
    asked.config = configPlace(asked.config, asked.environment);
  return asked as Asked['flags'];
}
