/**
 * Whether the words of an entry may be said to somebody at three in the morning. Each text by itself, in both languages; what a person
 * alone can judge, such as whether it is true, is for who reads them (docs/phrasebook.md).
 */
import type { Level } from '../../mistake';
import type { ConfigPath } from '../../path';
import { LANGUAGES, type Language } from '../../terms';
import type { OwnEntry, Words, Written } from '../schema';
import { claimFaults } from './claims';
import { losesEvidence } from './evidence';
import { formFaults } from './form';
import type { Field, Objection, PhraseRule } from './objection';
import { termFaults } from './terms';
import { weakensEn } from './weakening-en';
import { weakensJa } from './weakening-ja';

export interface PhraseFault extends Omit<Objection, 'rule'> {
  rule: `phrase-${PhraseRule}`;
  level: Level;
  path: ConfigPath;
}

/** Matters of style: what an organization writes for itself may differ. */
const STYLE: ReadonlySet<PhraseRule> = new Set(['form', 'term', 'certain']);

export function lintEntry(id: string, entry: OwnEntry): PhraseFault[] {
  const others = Object.entries(entry.resources ?? {});
  return [entry, ...others.map(([, words]) => words)].flatMap((words, index) => {
    const below: ConfigPath = index === 0 ? [] : ['resources', others[index - 1]?.[0] ?? ''];
    return lintWords(id, words).map((fault) => ({ ...fault, path: [...below, ...fault.path] }));
  });
}

function lintWords(id: string, words: Partial<Words>): PhraseFault[] {
  const texts: [field: Field, path: ConfigPath, written: Written][] = [
    ...(['headline', 'meaning', 'impact'] as const).flatMap((field) => {
      const written = words[field];
      return written ? [[field, [field], written] as [Field, ConfigPath, Written]] : [];
    }),
    ...(words.steps ?? []).map((step, index): [Field, ConfigPath, Written] => ['step', ['steps', index], step]),
  ];
  const each = texts.flatMap(([field, path, written]) =>
    LANGUAGES.flatMap((language) =>
      objectionsTo(written[language], field, language).map((objection) => placed(objection, [...path, language])),
    ),
  );
  const lost = /^guardduty\/|:/.test(id) ? LANGUAGES.flatMap((language) => losesEvidence(words.steps ?? [], language)) : [];
  return [...each, ...lost.map(({ step, language, ...objection }) => placed(objection, ['steps', step, language])), ...repeated(words)];
}

/** What is wrong with one text of an entry. */
export function objectionsTo(text: string, field: Field, language: Language): Objection[] {
  return [
    ...weakening(text, field, language),
    ...claimFaults(text, field, language),
    ...formFaults(text, field, language),
    ...termFaults(text, language),
  ];
}

/** What tells of a fault names what is off; what advises may not. Permission ("can be turned off") is looked for everywhere. */
function weakening(text: string, field: Field, language: Language): Objection[] {
  if (field !== 'step') return [];
  const words = sentencesOf(text)
    .map(language === 'ja' ? weakensJa : weakensEn)
    .find(Boolean);
  const remedy = 'Say what to turn on, to restrict or to confirm instead: no advice turns off what protects.';
  return words ? [{ rule: 'weakens', message: `it advises to weaken what protects: ${JSON.stringify(words)}`, remedy }] : [];
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[。！？])|(?<=[.!?])\s+/).filter(Boolean);
}

function repeated({ headline, meaning }: Partial<Words>): PhraseFault[] {
  if (!headline || !meaning) return [];
  const plain = (text: string) => text.toLowerCase().replace(/[\s。、.,]/g, '');
  return LANGUAGES.filter((language) => plain(sentencesOf(meaning[language])[0] ?? '') === plain(headline[language])).map((language) =>
    placed({ rule: 'repeats', message: 'it says again what the headline says', remedy: 'Say what it means.' }, ['meaning', language]),
  );
}

function placed({ rule, message, remedy }: Objection, path: ConfigPath): PhraseFault {
  return { rule: `phrase-${rule}`, level: STYLE.has(rule) ? 'warning' : 'error', path, message, remedy };
}
