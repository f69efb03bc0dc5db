/**
 * What can be proved about two matches: that one takes everything the other does,
 * or that nothing fits both. Where it cannot be proved the answer is no.
 */
import { globCovers, globsDisjoint } from './glob';
import { ouNames } from './facets';
import { SEVERITIES } from '../terms';
import type { Facets, RouteNode } from './tree';

/** More combinations than this are not told apart: the check must stay quick on any file. */
const MOST_COMBINATIONS = 2000;

export function isOuId(ou: string): boolean {
  return /^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/.test(ou);
}

/** By names only: where an id lies in the organization, the file does not say. */
export function isAncestorOu(ancestor: string, descendant: string): boolean {
  return ancestor !== descendant && ouCovers(ancestor, descendant) && !ouCovers(descendant, ancestor);
}

/** The matches of a route and of every route above it: all of them hold for what the route takes. */
export function lineage(node: RouteNode): Facets[] {
  return node.parent ? [node.facets, ...lineage(node.parent)] : [node.facets];
}

/** A route's own match, split into one match for each combination of its alternatives. */
export function combinations(node: RouteNode): Facets[] {
  const facets = new Map(node.facets);
  // Severities are few and known, so routes for each of them together leave nothing over.
  const admitted = lineage(node)
    .find((match) => match.has('severity'))
    ?.get('severity');
  facets.set('severity', admitted ?? [...SEVERITIES]);
  const count = [...facets.values()].reduce((product, alternatives) => product * alternatives.length, 1);
  if (count > MOST_COMBINATIONS) return [facets];
  return [...facets].reduce<Facets[]>(
    (all, [key, alternatives]) => all.flatMap((match) => alternatives.map((alternative) => new Map(match).set(key, [alternative]))),
    [new Map()],
  );
}

/** Whether `wider` takes everything for which all of `given` hold. */
export function covers(wider: Facets, given: Facets[]): boolean {
  return [...wider].every(([key, wanted]) =>
    given.some((match) => match.get(key)?.every((alternative) => wanted.some((entry) => entryCovers(key, entry, alternative)))),
  );
}

/** The key by which nothing can fit both matches. */
export function disjointKey(a: Facets, b: Facets): string | undefined {
  return [...a.keys()].find((key) => {
    const others = b.get(key);
    return others !== undefined && (a.get(key) ?? []).every((entry) => others.every((other) => entriesDisjoint(key, entry, other)));
  });
}

/** Whether one alternative of a key takes everything another does. */
export function entryCovers(key: string, wider: string, narrower: string): boolean {
  if (key === 'ou') return ouCovers(wider, narrower);
  if (key === 'product') return globCovers(productPattern(wider), productPattern(narrower));
  if (key === 'control' || key === 'type' || key === 'resourceType') return globCovers(wider, narrower);
  return wider === narrower;
}

function entriesDisjoint(key: string, a: string, b: string): boolean {
  switch (key) {
    case 'ou':
      return !isOuId(a) && !isOuId(b) && !ouCovers(a, b) && !ouCovers(b, a);
    case 'product':
      return productsDisjoint(productPattern(a), productPattern(b));
    case 'control':
      return globsDisjoint(a, b);
    case 'type':
    case 'resourceType':
      // A finding has several of these, so two different ones may both be there.
      return false;
    default:
      return a !== b;
  }
}

function ouCovers(wider: string, narrower: string): boolean {
  if (isOuId(wider) || isOuId(narrower)) return wider === narrower;
  const below = ouNames(narrower);
  return ouNames(wider).every((name, depth) => below[depth] === name);
}

function productPattern(pattern: string): string {
  return pattern.includes('/') ? pattern : `*/${pattern}`;
}

function productsDisjoint(a: string, b: string): boolean {
  const [companyA = '', productA = ''] = a.split('/');
  const [companyB = '', productB = ''] = b.split('/');
  return globsDisjoint(companyA, companyB) || globsDisjoint(productA, productB);
}
