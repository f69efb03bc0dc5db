/**
 * What can be proved about two matches: that one takes everything the other does,
 * or that nothing fits both. Where it cannot be proved the answer is no.
 */
import type { Facet } from './facet';
import { FACETS } from './facets';
import { facetOf, type Wanted } from './match';
import type { RouteNode } from './tree';

/** More combinations than this are not told apart: the check must stay quick on any file. */
const MOST_COMBINATIONS = 2000;

/** Whether one entry takes everything another does, and more. */
export function takesMore({ covers: takes }: Facet, wider: string, narrower: string): boolean {
  return takes(wider, narrower) && !takes(narrower, wider);
}

/** The matches of a route and of every route above it: all of them hold for what the route takes. */
export function lineage(node: RouteNode): Wanted[] {
  return node.parent ? [node.wanted, ...lineage(node.parent)] : [node.wanted];
}

/** A route's own match, split into one match for each combination of its entries. */
export function combinations(node: RouteNode): Wanted[] {
  const wanted = new Map(node.wanted);
  for (const [key, { values }] of Object.entries<Facet>(FACETS)) {
    if (!values) continue;
    const nearest = lineage(node).find((match) => match.has(key));
    wanted.set(key, nearest?.get(key) ?? [...values]);
  }
  const count = [...wanted.values()].reduce((product, entries) => product * entries.length, 1);
  if (count > MOST_COMBINATIONS) return [wanted];
  return [...wanted].reduce<Wanted[]>(
    (all, [key, entries]) => all.flatMap((match) => entries.map((entry) => new Map(match).set(key, [entry]))),
    [new Map()],
  );
}

/** Whether `wider` takes everything for which all of `given` hold. */
export function covers(wider: Wanted, given: Wanted[]): boolean {
  return [...wider].every(([key, entries]) => {
    const { facet } = facetOf(key);
    return given.some((match) => match.get(key)?.every((narrower) => entries.some((entry) => facet.covers(entry, narrower))));
  });
}

/** The key by which nothing can fit both matches. */
export function disjointKey(a: Wanted, b: Wanted): string | undefined {
  return [...a.keys()].find((key) => {
    const { facet } = facetOf(key);
    const others = b.get(key);
    return others !== undefined && (a.get(key) ?? []).every((entry) => others.every((other) => facet.excludes(entry, other)));
  });
}
