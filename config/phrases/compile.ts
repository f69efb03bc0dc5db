/** Makes of the entries what the functions read: one language, by id, with the other names of each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../terms';
import type { Phrasebook, PhraseEntry, PhraseWords } from './compiled';
import { type Entries, mergedEntry, type OwnEntries, PHRASEBOOK } from './load';
import type { Entry, OwnEntry, Words, Written } from './schema';

/** @param own checked: together with the phrasebook's each is whole. */
export function compile(entries: Entries, own: OwnEntries, language: Language): Phrasebook {
  const compiled = [...new Set([...Object.keys(entries), ...Object.keys(own)])].sort().map((id): [string, PhraseEntry] => {
    const its = own[id];
    const entry = its ? (mergedEntry(entries[id], its) as Entry) : (entries[id] as Entry);
    return [id.toLowerCase(), entryIn(id, entry, language, its)];
  });
  return { entries: Object.fromEntries(compiled), aliases: aliases() };
}

function entryIn(id: string, { resources, runbook, ...words }: Entry, language: Language, own: OwnEntry | undefined): PhraseEntry {
  const { runbook: _runbook, ...ownWords } = own ?? {};
  const types = Object.entries(resources ?? {}).map(([type, its]) => [type, wordsIn(its, language)]);
  return {
    id,
    ...(wordsIn(words, language) as PhraseWords),
    ...(types.length > 0 ? { resources: Object.fromEntries(types) } : {}),
    ...(runbook === undefined ? {} : { runbook }),
    ...(Object.keys(ownWords).length > 0 ? { own: true as const } : {}),
  };
}

function wordsIn(words: Partial<Words>, language: Language): Partial<PhraseWords> {
  const said = Object.entries(words).map(([field, written]) => [
    field,
    Array.isArray(written) ? written.map((step) => step[language]) : (written as Written)[language],
  ]);
  return Object.fromEntries(said);
}

/** Of controls what standards called them, of threats the family that AWS gives them. */
function aliases(): Record<string, string> {
  return Object.fromEntries([
    ...listed('standards.tsv').map(([its = '', control = '']) => [its.toLowerCase(), control.toLowerCase()]),
    ...listed('guardduty.tsv')
      .filter(([, family]) => family !== 'attack-sequences')
      .map(([type = '', family]) => [type.toLowerCase(), `guardduty/${family}/${type.split(':')[0]}`.toLowerCase()]),
  ]);
}

/** The rows of one of AWS's lists, see phrasebook/lists/. */
export function listed(file: 'controls.tsv' | 'guardduty.tsv' | 'standards.tsv'): string[][] {
  return readFileSync(join(PHRASEBOOK, 'lists', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('finding_type\t'))
    .map((line) => line.split('\t'));
}
