/** A match read by the table of facets: what it asks for, whether a finding has it, and how both read. */
import { section } from '../path';
import type { Match } from '../schema';
import type { Facet, RoutingSubject } from './facet';
import { FACETS } from './facets';

const ALL = Object.entries<Facet>(FACETS);
/** What is asked for by name comes last. */
const IN_ORDER = [...ALL.filter(([, { named }]) => !named), ...ALL.filter(([, { named }]) => named)];
const BY_KEY = new Map(ALL);

/** @param key of what a match asks for: `severity`, or `tag.env` for one name of a mapping. */
export function facetOf(key: string): { facet: Facet; name: string; path: string[] } {
  const path = key.split(/\.(.*)/s, 2);
  const [of = '', name = ''] = path;
  const facet = BY_KEY.get(of);
  if (!facet) throw new Error(`${key} is nothing that a match can ask for`);
  return { facet, name, path };
}

/** What a match asks for, key by key; the tag `env` is the key `tag.env`. Any of the entries holds a key. */
export type Wanted = Map<string, string[]>;

export interface Verdict {
  matched: boolean;
  /** Where it matched, what held of each key; where it did not, the first key that does not hold. */
  why: string;
}

/**
 * @param raw a match in whatever state; undefined asks for nothing.
 * @returns what can be read of it, and whether that is all.
 */
export function readMatch(raw: unknown): { wanted: Wanted; readable: boolean } {
  const wanted: Wanted = new Map();
  if (raw === undefined) return { wanted, readable: true };
  const match = section(raw);
  let readable = match !== undefined && Object.keys(match).every((key) => BY_KEY.has(key));
  for (const [key, { named }] of IN_ORDER) {
    const value = match && Object.hasOwn(match, key) ? match[key] : undefined;
    if (value === undefined) continue;
    const byName = named ? Object.entries(section(value) ?? { '': undefined }) : [];
    for (const [condition, given] of named ? byName.map(([name, each]) => [`${key}.${name}`, each] as const) : [[key, value] as const]) {
      const entries = [given].flat();
      const texts = entries.filter((entry) => typeof entry === 'string');
      if (texts.length === 0 || texts.length < entries.length) readable = false;
      else wanted.set(condition, texts);
    }
  }
  return { wanted, readable };
}

/** All keys must hold; a list holds where one of its entries does. Without a match, everything is taken. */
export function matches(match: Match | undefined, subject: RoutingSubject): Verdict {
  const held: string[] = [];
  for (const [key, entries] of readMatch(match).wanted) {
    const verdict = verdictOn(key, entries, subject);
    if (!verdict.matched) return verdict;
    held.push(verdict.why);
  }
  return { matched: true, why: held.join('; ') || 'it takes everything' };
}

function verdictOn(key: string, entries: string[], subject: RoutingSubject): Verdict {
  const { facet, name } = facetOf(key);
  const given = facet
    .has(subject, name)
    .filter((value) => value !== '' || facet.named)
    .map(plain);
  const fact = `${facet.what} ${name || given.slice(0, 3).join(', ')}`;
  const hit = entries.find((entry) => facet.holds(subject, entry, name));
  if (hit !== undefined) return { matched: true, why: `${fact} is ${facet.held?.(subject, hit, name) ?? hit}` };
  if (facet.missed) return { matched: false, why: facet.missed(given, entries, name) };
  if (given.length === 0) return { matched: false, why: `it has no ${facet.what}` };
  return { matched: false, why: `${fact} ${entries.length === 1 ? 'is not' : 'is none of'} ${entries.join(', ')}` };
}

/** `Workloads/Prod · severity CRITICAL · tag env=prod`; empty where nothing is asked for. */
export function matchText(match: Match | undefined): string {
  const parts = [...readMatch(match).wanted].map(([key, entries]) => {
    const { facet, name } = facetOf(key);
    return facet.label?.(entries, name) ?? `${key} ${entries.join(', ')}`;
  });
  return parts.join(' · ');
}

/** Foreign text goes to a terminal and to logs: no control characters, no length. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200);
}
