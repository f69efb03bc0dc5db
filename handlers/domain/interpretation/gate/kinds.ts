/** Of which kinds what may not be said is, and what finds each. What needs an understanding of the sentence is for another judge. */
import { identifies } from '../identifying';
import { command, markup } from './code';
import { contradiction } from './flags';
import { name } from './names';
import { number } from './numbers';
import type { Given, Said } from './said';
import { language } from './script';
import { service } from './services';
import { severity } from './severity';
import { credentials, firstPerson } from './speaker';
import { unfounded } from './unfounded';
import { weakening } from './weakening';
import { action, address, control, cve, domain, identifier, link, mention } from './tokens';

interface Rule {
  kind: string;
  /** Behind "withheld: it …". */
  reason: string;
  /** The first piece of the sentence that may not be shown. */
  finds(said: Said, given: Given): string | undefined;
}

/** In this order: the first that finds something names the sentence's fault. */
export const KINDS = [
  { kind: 'mention', reason: 'mentions somebody or a channel', finds: mention },
  { kind: 'link', reason: 'holds a link', finds: link },
  { kind: 'address', reason: 'holds an address', finds: address },
  { kind: 'domain', reason: 'names a domain', finds: domain },
  { kind: 'identifier', reason: 'holds an identifier', finds: identifier },
  { kind: 'command', reason: 'holds a command or code', finds: command },
  { kind: 'markup', reason: 'holds markup', finds: markup },
  { kind: 'cve', reason: 'names a weakness that the brief does not', finds: cve },
  { kind: 'action', reason: 'names an action that the brief does not', finds: action },
  { kind: 'control', reason: 'names a control or standard that the brief does not', finds: control },
  { kind: 'credentials', reason: 'asks for credentials', finds: credentials },
  { kind: 'speaker', reason: 'speaks of itself or of what it was asked', finds: firstPerson },
  { kind: 'number', reason: 'holds a number that the brief does not', finds: number },
  { kind: 'service', reason: 'names a service that the brief gives no ground for', finds: service },
  { kind: 'severity', reason: 'speaks of a severity, which the finding has not', finds: severity },
  { kind: 'contradiction', reason: 'says the opposite of the brief', finds: contradiction },
  { kind: 'weakening', reason: 'would leave something less protected', finds: weakening },
  { kind: 'unfounded', reason: 'tells as a fact what nobody told it', finds: unfounded },
  { kind: 'language', reason: 'is not of the language asked for, or disguised', finds: language },
  { kind: 'name', reason: 'names somebody or something that the brief does not', finds: name },
] as const satisfies readonly Rule[];

export type Kind = (typeof KINDS)[number]['kind'];

/** What is wrong with a sentence: of which kind, for whoever counts, and in words. */
export interface Objection {
  kind: Kind;
  reason: string;
}

/** @returns undefined where the sentence may be shown. */
export function objection(said: Said, given: Given): Objection | undefined {
  for (const { kind, reason, finds } of KINDS) {
    const found = finds(said, given);
    if (found) return { kind, reason: `${reason}: ${found}` };
  }
  return undefined;
}

/** Two harmless ends of sentences may meet in an address. */
export const meets = (joined: string): Objection | undefined =>
  identifies(joined) ? { kind: 'identifier', reason: 'holds an identifier' } : undefined;
