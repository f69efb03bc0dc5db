/** By what the words of a finding are kept: two findings in the same words share a row, two in the same title a part of its key. */
import { canonical, hash } from '../text/identity';
import type { TextRow } from './rows';

/** Of a problem that has some thousands of titles two will not have the same. */
const TITLE = 12;

/** 32 characters, of which the first are the title's: the two Security Hubs describe otherwise what they call the same. */
export function textKeyOf(text: TextRow): string {
  return hash(text.title).slice(0, TITLE) + hash(canonical(text)).slice(TITLE);
}

/** The same for all texts of one title. */
export function titlePart(textKey: string): string {
  return textKey.slice(0, TITLE);
}
