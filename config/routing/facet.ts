/** What one key of a match means: everything that routing and its checks know of it stands in one value. */
import type * as z from 'zod';
import type { Advice, Fault, Level } from '../mistake';
import type { ConfigPath } from '../path';
import type { Severity } from '../severities';
import { globCovers, globMatches } from './glob';
import type { OrganizationalUnit } from './owner';
import type { VOCABULARY } from './vocabulary';

/** What routing looks at: facts of the finding and of its account's owner, nothing else. */
export interface RoutingSubject {
  accountId: string;
  ouPath: OrganizationalUnit[];
  /** false: Organizations has not answered, and no older answer is known. */
  ouKnown: boolean;
  /** Tags of the account. */
  tags: Record<string, string>;
  /** Tags of the finding's resources, where AWS itself reports them: several may have one of the same key. */
  resourceTags: Record<string, readonly string[]>;
  severity: Severity;
  /** company/product in lower case, such as aws/guardduty. */
  product: string;
  controlId?: string;
  types: string[];
  resourceTypes: string[];
  region: string;
}

/** Of a finding of which nothing but account, severity and Region is told. */
export const UNTOLD = { ouPath: [], ouKnown: true, tags: {}, resourceTags: {}, product: '', types: [], resourceTypes: [] };

/** A mistake that people make in one entry. */
export interface EntryRule {
  /** The rule's name: the same for as long as the rule means the same. */
  rule: string;
  level: Level;
  /**
   * @param settings what settings.yaml holds, in whatever state; undefined where it cannot be read.
   * @returns undefined where the entry is right, and where that cannot be told.
   */
  find(entry: string, settings: unknown): Advice | undefined;
}

/** An entry of a match in its place. */
export interface Entry {
  entry: string;
  path: ConfigPath;
  /** Of the route that has it. */
  route: ConfigPath;
}

/** Of a facet whose values lie within one another: the nearest must win, so it has to come first. */
export interface Nesting {
  /** Whether the file does not show if one of two lies above the other. */
  isUnclear(a: string, b: string): boolean;
  /** What to say of an entry that never fits below a route with that other. */
  meant(entry: string, above: string): string | undefined;
  /** Mistakes that only show beside the entries of other routes. */
  beside(entries: Entry[]): Fault[];
}

export interface Facet<S extends z.ZodType = z.ZodType> {
  /** In sentences, such as `resource type`. */
  what: string;
  /** What the value of the key looks like in a match. */
  schema(words: typeof VOCABULARY): S;
  /** The value is a mapping, and each name in it is asked for by itself: what follows is told which. */
  named?: true;
  /** What the subject has of it. Foreign text. */
  has(subject: RoutingSubject, name: string): string[];
  holds(subject: RoutingSubject, entry: string, name: string): boolean;
  /** Whether one entry takes everything another does. What cannot be proved is false. */
  covers(wider: string, narrower: string): boolean;
  /** Whether nothing can fit both entries. What cannot be proved is false. */
  excludes(a: string, b: string): boolean;
  /** Where there are few: routes for each of them together leave nothing over. */
  values?: readonly string[];
  nesting?: Nesting;
  /** How it reads in the name of a route, where that is not `severity CRITICAL`. */
  label?(entries: string[], name: string): string;
  /** How an entry that holds reads, where that is not `severity HIGH is HIGH`. */
  held?(subject: RoutingSubject, entry: string, name: string): string;
  /** How it reads that no entry holds, where that is not `severity HIGH is not LOW`. */
  missed?(given: string[], entries: string[], name: string): string;
  /** The first mistake of an entry is the one to correct. */
  rules: EntryRule[];
}

/** A subject has at most one value of it, and an entry is that value. */
export function exactly(given: (subject: RoutingSubject, name: string) => string | undefined) {
  return {
    has: (subject: RoutingSubject, name: string) => [given(subject, name) ?? []].flat(),
    holds: (subject: RoutingSubject, entry: string, name: string) => given(subject, name) === entry,
    covers: (wider: string, narrower: string) => wider === narrower,
    excludes: (a: string, b: string) => a !== b,
  };
}

/** An entry is a pattern, and one of the subject's values fits it. It may have several, so that no two patterns exclude each other. */
export function fitting(
  has: (subject: RoutingSubject) => string[],
  fits: (value: string, pattern: string) => boolean = (value, pattern) => globMatches(pattern, value),
) {
  return {
    has,
    holds: (subject: RoutingSubject, entry: string) => has(subject).some((value) => fits(value, entry)),
    covers: globCovers,
    excludes: () => false,
  };
}

/** An error that the text of an entry shows by itself. */
export function misspelt(rule: string, pattern: RegExp, message: string, remedy: (entry: string) => string): EntryRule {
  const find = (entry: string) => (pattern.test(entry) ? { message: `"${entry}": ${message}`, remedy: remedy(entry) } : undefined);
  return { rule, level: 'error', find };
}

/** Patterns that cannot match what they were written for, whatever they are patterns of. */
export const PATTERN_RULES: EntryRule[] = [
  misspelt(
    'pattern-space',
    /^\s|\s$/,
    'a space at the beginning or end is part of the pattern',
    (pattern) => `Write ${JSON.stringify(pattern.trim())}.`,
  ),
  misspelt(
    'pattern-stars',
    /\*\*/,
    'two stars mean no more than one',
    (pattern) => `Write ${JSON.stringify(pattern.replace(/\*+/g, '*'))}: one star also runs over slashes.`,
  ),
  misspelt(
    'pattern-regex',
    /[[\]{}|^$\\]|(^|\/)\.\*/,
    'this is a regular expression, not a pattern',
    () => 'Only * (any run) and ? (one character) are wild; give several patterns as a list.',
  ),
];
