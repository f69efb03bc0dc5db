/** What each kind of the gate looks at: a sentence as it was said, and what was given to whoever said it. */
import type { Language, Severity } from '../../../../config/schema';
import { canonical } from '../../text/identity';
import type { Brief } from '../brief';

/** Where in an answer it stands. */
export type Field = 'summary' | 'impact' | 'actions';

export interface Said {
  /** In NFKC, without characters that cannot be seen. */
  text: string;
  /** With them. */
  raw: string;
  /** The text, with what is written so that code does not find it as people read it; see unmasked. */
  plain: string;
  /** Advice may name a period and what helps; what was found and what it means may not. */
  field: Field;
  language: Language;
}

export interface Given {
  brief: Brief;
  severity: Severity;
  /** The brief as canonical JSON, in NFKC. */
  json: string;
  /** Its words in lower case, each between spaces: `AwsRdsDbInstance` is ` aws rds db instance `, so "rds" stands in it, and not in "standards". */
  words: string;
}

export function givenOf(brief: Brief, severity: Severity): Given {
  return { brief, severity, ...wordsIn(brief) };
}

export function wordsIn(brief: Brief): Pick<Given, 'json' | 'words'> {
  const json = canonical(brief).normalize('NFKC');
  return { json, words: wordsOf(json) };
}

export function saidOf(raw: string, text: string, field: Said['field'], language: Language): Said {
  return { raw, text, plain: unmasked(text), field, language };
}

export function wordsOf(brief: string): string {
  const parted = brief.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return ` ${parted.replace(/[^A-Za-z0-9]+/g, ' ').toLowerCase()} `;
}

/** Whether a name or a number stands in the brief as a whole: 3 does not stand in S3.2, nor CVE-2021-4422 in CVE-2021-44228. */
export function holds({ json }: Pick<Given, 'json'>, part: string): boolean {
  const literal = part.replace(/[^A-Za-z0-9-]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z0-9.])${literal}(?![A-Za-z0-9]|\\.\\d)`).test(json);
}

/** Without the spaces that some set between Japanese and Latin letters. */
export const joinedUp = (text: string): string =>
  text.replace(/(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー。、])\s+|\s+(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])/gu, '');

const KANJI_DIGITS = '〇一二三四五六七八九';

/** Dots and at signs in brackets or in words, numbers in groups or in Chinese figures, spaces around what joins an address. */
export function unmasked(text: string): string {
  return text
    .replace(/[〇一二三四五六七八九](?:[〇一二三四五六七八九・.]){2,}/g, (run) =>
      [...run].map((figure) => (KANJI_DIGITS.includes(figure) ? KANJI_DIGITS.indexOf(figure) : '.')).join(''),
    )
    .replace(/\s*[[({]\s*(?:\.|dot|ドット)\s*[\])}]\s*/gi, '.')
    .replace(/(?<=[\w-])\s+dot\s+(?=\w)|(?<=[\w-])\s*ドット\s*(?=\w)/gi, '.')
    .replace(/\s*[[({]\s*(?:@|at)\s*[\])}]\s*/gi, '@')
    .replace(/(?<=\d)\s*[.・]\s*(?=\d)/g, '.')
    .replace(/(?<=\d{4})\s+(?=\d{4}(?!\d))/g, '')
    .replace(/(?<=https?)\s*:\s*\/\s*\/\s*/gi, '://')
    .replace(/\bhxxp/gi, 'http');
}
