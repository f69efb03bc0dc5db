/** Facts of a finding as rows of a message, and the one that decides as a few words for a phone. */
import type { Language, Settings } from '../../../config/schema';
import { type Fact, MOST_FACTS, MOST_PARTS, type Part } from '../facts/fact';
import { cut, inert } from '../text/inert';
import { entryOf } from '../text/reading';
import { type Block, bold, code, type Inline, line, plain } from './blocks';
import { FACT_WORDS } from './fact-words';
import { age, clockSpan, clockTime } from './times';
import { LISTED_BESIDE } from '../problem/view';
import { termIn } from './vocabulary';
import { WORDS } from './words';

export interface Reader {
  language: Language;
  settings: Pick<Settings, 'timeZone'>;
  /** Epoch milliseconds. */
  now: number;
  ageless?: boolean;
}

/** In UTF-16 units, for a part; it was cut where it was made. */
const LONGEST = 160;
/** In a notification, and behind a resource or title in a list. */
const SHORT = 120;

/** A row a fact; the other resources stand with the resource. */
export function factRows(facts: readonly Fact[], reader: Reader): Block[] {
  return facts
    .filter(({ label }) => label !== 'also')
    .slice(0, MOST_FACTS)
    .map((fact) => factRow(fact, reader));
}

/** The other resources of the finding: the first few, and how many more the thread has. */
export function alsoRow(facts: readonly Fact[], reader: Reader): Block[] {
  const also = facts.find(({ label }) => label === 'also');
  return also && also.groups.length > 0 ? [factRow(some(also, reader.language), reader)] : [];
}

export function factRow({ label, groups }: Fact, reader: Reader): Block {
  const all = groups.flatMap((group, index) => [...(index > 0 ? [plain(' · ')] : []), ...groupOf(group, reader)]);
  return line(bold(`${FACT_WORDS[reader.language].labels[label]}  `), ...all);
}

/**
 * What decides of a resource, behind its name in a list: who, of what kind and with which key, is never left out; and the others that its
 * finding names.
 */
export function decidingBehind(name: string, facts: readonly Fact[], reader: Reader): string {
  const keys = facts.flatMap(({ label, groups }) => (label === 'who' ? groups.filter(isOfKeys).map((group) => textOf(group, reader)) : []));
  const [others = []] = facts.flatMap((each) => (namesOthers([each]) ? some(each, reader.language).groups : []));
  const also = others.map((part) => inlineOf(part, reader).text).join(WORDS[reader.language].separator);
  return [deciding(facts, reader, name, true), ...keys, also && `+ ${also}`].filter(Boolean).join(' · ');
}

/** Whether they name every other resource of the finding, so that nobody has to count them. */
export function namesOthers(facts: readonly Fact[]): boolean {
  return facts.some(({ label }) => label === 'also');
}

function isOfKeys(group: readonly Part[]): boolean {
  return group.some((part) => 'word' in part && part.word === 'access-key');
}

function textOf(group: readonly Part[], reader: Reader): string {
  return groupOf(group, reader)
    .map(({ text = '' }) => text)
    .join('');
}

/** @param beside words that stand beside it: what they name already is left out. @param withKind also where nothing else is left to say of it. */
export function deciding(facts: readonly Fact[], reader: Reader, beside = '', withKind = false): string {
  const groups = facts.flatMap(({ groups, decides = 0 }) => groups.slice(0, decides));
  const said = groups.flatMap((group) => {
    const rest = group.filter((part) => !isNamed(part, beside));
    // Of who is named already, what kind he is of says nothing by itself.
    if (!withKind && rest.length < group.length && rest.every((part) => 'word' in part || ('plain' in part && part.plain === ',')))
      return [];
    return [textOf(rest, reader)].filter(Boolean);
  });
  return cut([...new Set(said)].join(' · '), SHORT);
}

function isNamed(part: Part, beside: string): boolean {
  return names(beside, 'code' in part ? part.code : 'plain' in part ? part.plain : '');
}

/** Whether words name it, as a word of its own. */
export function names(beside: string, name: string): boolean {
  const at = name.length > 1 ? beside.toLowerCase().indexOf(name.toLowerCase()) : -1;
  const inWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
  return at >= 0 && !inWord(beside[at - 1]) && !inWord(beside[at + name.length]);
}

/** The names of all other resources of the finding, for its thread. */
export function alsoNames(facts: readonly Fact[], reader: Reader): Inline[][] {
  const others = facts.find(({ label }) => label === 'also')?.groups.flat() ?? [];
  return others.slice(0, MOST_PARTS).map((part) => [inlineOf(part, reader)]);
}

function some({ label, groups: [names = []] }: Fact, language: Language): Fact {
  const rest = names.slice(LISTED_BESIDE).reduce((sum, part) => sum + ('more' in part ? part.more : 1), 0);
  return { label, groups: [[...names.slice(0, LISTED_BESIDE), ...(rest > 0 ? [{ plain: WORDS[language].more(rest) }] : [])]] };
}

/** With a space between two parts, or what the language puts between the words of a list; a full-width bracket brings its own gap. */
function groupOf(parts: readonly Part[], reader: Reader): Inline[] {
  const isComma = (part: Part | undefined) => part !== undefined && 'plain' in part && part.plain === ',';
  return parts.flatMap((part, index) => {
    if (isComma(part)) return [plain(WORDS[reader.language].separator)];
    const said = inlineOf(part, reader);
    const isGap = index > 0 && !isComma(parts[index - 1]) && !said.text?.startsWith('（');
    return [...(isGap ? [plain(' ')] : []), said];
  });
}

function inlineOf(part: Part, { language, settings: { timeZone }, now, ageless }: Reader): Inline {
  const words = FACT_WORDS[language];
  if ('code' in part) return code(inert(part.code, LONGEST) || '?');
  if ('plain' in part) return plain(saidOf(part, language));
  if ('word' in part) return plain(entryOf(words.words, part.word) ?? part.word);
  if ('times' in part) return plain(words.times(part.times));
  if ('more' in part) return plain(WORDS[language].more(part.more));
  if ('reason' in part) return plain(entryOf(words.reasons, part.reason) ?? inert(part.reason, 60));
  const { at, until } = part;
  const time = until === undefined ? clockTime(at, language, timeZone, now) : clockSpan(at, until, language, timeZone, now);
  const ago = ageless ? undefined : age(now - (until ?? at), language);
  return plain(`${time}${ago ? WORDS[language].bracketed(ago) : ''}`);
}

function saidOf({ plain: said, term }: Extract<Part, { plain: string }>, language: Language): string {
  const shown = inert(said, LONGEST) || '?';
  return term ? termIn(language, shown) : bracketed(shown, language);
}

/** With the brackets of the language, where all of it stands in brackets. */
function bracketed(said: string, language: Language): string {
  const [, inner] = /^\(([^()]*)\)$/.exec(said) ?? [];
  return inner ? WORDS[language].bracketed(inner).trim() : said;
}
