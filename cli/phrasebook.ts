/** `npm run hub -- phrasebook`: what is said of a finding, in whose words, and of which nothing is. Offline. */
import { formatMistakes } from '../config/mistake';
import { readPhrasebook } from '../config/phrases/load';
import { type Config, LANGUAGES, type Language } from '../config/schema';
import { counted } from './doctor/check';
import { type Asked, command, CONFIG, JSON_FLAG, type Status, WrongUse } from './frame/command';
import type { Terminal } from './frame/terminal';
import { entriesNamed, entryMessages, meantEntry } from './phrasebook/entry';
import { missingIn, renderMissing } from './phrasebook/missing';
import { configuration } from './run/configuration';
import { findingsIn } from './run/inputs';
import { phrasebookOf } from './run/phrasebook';
import { inert } from './show/inert';
import { renderTerminal } from './show/terminal';
import { folded } from './show/wrap';

const FLAGS = {
  language: { value: 'LANGUAGE', about: 'instead of that of settings.yaml', choices: LANGUAGES },
  missing: { about: 'what is named are files of findings, as replay takes them: lists those of which nothing is said' },
  ...CONFIG,
  ...JSON_FLAG,
} as const;

export const phrasebookCommand = command({
  name: 'phrasebook',
  group: 'look',
  summary: 'Shows what is said of a finding without AI, and which of your findings nothing is said of.',
  about:
    'Takes ids: of a control (S3.2, PCI.S3.2), of a threat or of Macie’s (UnauthorizedAccess:EC2/SSHBruteForce), or as they are listed where none is named. Entries in config/phrasebook/ count before those that come with this project. Exit status 1: no entry of that name, a finding without words, or a mistake in an entry.',
  flags: FLAGS,
  operands: { name: 'ID...', about: 'ids of entries; with --missing files, or folders of files', optional: true },
  run: looked,
});

function looked({ flags, operands }: Asked<typeof FLAGS>, terminal: Terminal): Status {
  const config = configuration(flags.config, terminal);
  const language = (flags.language as Language | undefined) ?? config.settings.language;
  if (flags.missing) return listMissing(operands, config, language, flags.json, terminal);
  return operands.length === 0 ? listAll(config, language, flags.json, terminal) : show(operands, config, language, flags.json, terminal);
}

function listMissing(paths: readonly string[], config: Config, language: Language, json: boolean, terminal: Terminal): Status {
  if (paths.length === 0) throw new WrongUse('--missing wants files of findings, or folders of them.');
  const missing = missingIn(findingsIn(paths), phrasebookOf(config)(language));
  if (json) terminal.print(JSON.stringify(missing));
  else for (const line of renderMissing(missing)) printFolded(inert(line), terminal);
  return missing.lacking.length > 0 ? 1 : 0;
}

/** Each by its id and its headline; and what the linter says of them. */
function listAll(config: Config, language: Language, json: boolean, terminal: Terminal): Status {
  const entries = Object.values(phrasebookOf(config)(language).entries);
  const { mistakes } = readPhrasebook();
  if (json) terminal.print(JSON.stringify({ entries, mistakes }));
  else {
    for (const { id, headline, own } of entries) printFolded(`${id}  ${headline}${own ? ' (config/phrasebook)' : ''}`, terminal);
    terminal.print('');
    if (mistakes.length > 0) terminal.print(formatMistakes(mistakes));
    printFolded(
      `${counted(entries.length, 'entry', 'entries')}; ${counted(mistakes.length, 'mistake')} in those of this project`,
      terminal,
    );
  }
  return mistakes.length > 0 ? 1 : 0;
}

function show(names: readonly string[], config: Config, language: Language, json: boolean, terminal: Terminal): Status {
  const book = phrasebookOf(config)(language);
  let status: Status = 0;
  for (const name of names) {
    const found = entriesNamed(book, name);
    if (found.length === 0) {
      const meant = meantEntry(
        name,
        Object.values(book.entries).map(({ id }) => id),
      );
      terminal.printError(
        `There is no entry ${inert(name)}.${meant ? ` Did you mean ${meant}?` : ' npm run hub -- phrasebook lists all.'}`,
      );
      status = 1;
    }
    for (const entry of found) {
      if (json) terminal.print(JSON.stringify(entry));
      else
        for (const message of entryMessages(entry, language)) terminal.print(renderTerminal({ ...message, channel: entry.id }, terminal));
    }
  }
  return status;
}

function printFolded(line: string, terminal: Terminal): void {
  for (const part of line === '' ? [''] : folded(line, terminal.width, 2)) terminal.print(part);
}
