/** Routes that can never be reached, and OUs in an order in which the nearest would not win. */
import type { Fault } from '../../mistake';
import { pathText } from '../../path';
import { type RoutesRule, routesFault } from '../../rules/fault';
import { combinations, covers, disjointKey, lineage, takesMore } from '../cover';
import { FACETS } from '../facets';
import type { Facet, Nesting } from '../facet';
import { facetOf, type Wanted } from '../match';
import { entriesOf, type RouteNode } from '../tree';

/** Facets by which the nearest route must win. */
const NESTED = Object.entries<Facet>(FACETS).flatMap(([key, facet]) => (facet.nesting ? [{ key, facet, nesting: facet.nesting }] : []));

/** Checks every route below the root. */
export function checkOrder(root: RouteNode | undefined): Fault[] {
  return (root?.routes ?? []).flatMap((child) => checkRoute(child, [], false));
}

/**
 * @param rivals the routes that are tried before this one's parent, or before a route above it, and end the search.
 * @param reported a route above this one cannot be reached, so that this one cannot either goes without saying.
 */
function checkRoute(node: RouteNode, rivals: RouteNode[], reported: boolean): Fault[] {
  const siblings = node.parent?.routes ?? [];
  const before = siblings.slice(0, siblings.indexOf(node)).filter((sibling) => sibling.readable && !sibling.continue);
  const earlier = [...rivals, ...before];
  const faults: Fault[] = [];
  if (node.readable) {
    const own = neverFits(node) ?? ancestorFirst(node, before) ?? (reported ? undefined : unreachable(node, earlier));
    if (own) faults.push(own);
    else if (!reported) faults.push(...deadAlternatives(node, earlier));
  }
  const below = reported || faults.some((fault) => fault.level === 'error' && fault.path.length === node.path.length);
  return [...faults, ...(node.routes ?? []).flatMap((child) => checkRoute(child, earlier, below))];
}

/** Nothing fits both this route and one above it. Said once, not again of the routes below. */
function neverFits(node: RouteNode): Fault | undefined {
  if (node.parent && neverFits(node.parent)) return undefined;
  for (let above = node.parent; above; above = above.parent) {
    const key = above.readable ? disjointKey(node.wanted, above.wanted) : undefined;
    if (key === undefined) continue;
    const [here = [], there = []] = [node, above].map((route) => route.wanted.get(key) ?? []);
    const message = `this route never matches: it takes only ${key} ${here.join(', ')}, and {other} above it only ${key} ${there.join(', ')}`;
    const found = fault('route-never-fits', node, message, 'Move it out from under that route, or change one of the two.', above);
    const { facet, path } = facetOf(key);
    const meant = here.length === 1 && there.length === 1 ? facet.nesting?.meant(here[0] ?? '', there[0] ?? '') : undefined;
    return meant ? { ...found, path: [...node.path, 'match', ...path], remedy: `${meant} Else: ${found.remedy}` } : found;
  }
  return undefined;
}

/** An OU after one that it lies below: the farther would win. Told by names, as only those show the order. */
function ancestorFirst(node: RouteNode, before: RouteNode[]): Fault | undefined {
  for (const sibling of before) {
    if (disjointKey(sibling.wanted, node.wanted)) continue;
    for (const { key, facet } of NESTED) {
      for (const inner of node.wanted.get(key) ?? []) {
        const outer = sibling.wanted.get(key)?.find((entry) => takesMore(facet, entry, inner));
        if (outer === undefined) continue;
        const message = `${facet.what} ${inner} comes after ${facet.what} ${outer}, which it lies below ({other}), so the nearest ${facet.what} would not win`;
        const remedy = `Move this route before ${pathText(sibling.path)}, make it a child of that route, or let that route continue.`;
        return fault('ou-ancestor-first', node, message, remedy, sibling);
      }
    }
  }
  return undefined;
}

function unreachable(node: RouteNode, earlier: RouteNode[]): Fault | undefined {
  const takers = combinations(node).map((combination) => takerOf([combination, ...lineage(node)], earlier));
  const taker = takers.includes(undefined) ? undefined : earlier.find((route) => takers.includes(route));
  if (!taker) return undefined;
  const isTwin = covers(taker.wanted, [node.wanted]) && covers(node.wanted, [taker.wanted]);
  const remedy = 'Remove it, move it before that route, or narrow that route.';
  const of = (why: string, what = remedy) => fault('route-unreachable', node, `this route is never reached: ${why}`, what, taker);
  if (takers.some((other) => other !== taker)) return of('the routes before it, from {other} on, together take everything it could');
  if (taker.wanted.size === 0) return of('{other} has no match and takes everything');
  return isTwin
    ? of(`${twice(node.wanted)}, first by {other}`, 'Merge the two routes, or let the first continue.')
    : of('{other} takes everything it could');
}

function twice(wanted: Wanted): string {
  const [[key, entries] = ['', []], more] = [...wanted];
  const { nesting, what } = facetOf(key).facet;
  return nesting && !more ? `${what} ${entries.join(', ')} is named twice` : 'its match is given twice';
}

/** Entries of a list that an earlier route takes, while others are still reached. */
function deadAlternatives(node: RouteNode, earlier: RouteNode[]): Fault[] {
  return [...node.wanted].flatMap(([key, alternatives]) => {
    if (alternatives.length < 2) return [];
    return alternatives.flatMap((alternative, index): Fault[] => {
      const only = new Map(node.wanted).set(key, [alternative]);
      const takers = combinations({ ...node, wanted: only }).map((combination) => takerOf([combination, ...lineage(node)], earlier));
      const taker = takers[0];
      if (!taker || takers.includes(undefined)) return [];
      const rule = facetOf(key).facet.nesting ? 'ou-unreachable' : 'entry-unreachable';
      const found = fault(rule, node, `${key} ${alternative} never gets here: {other} takes it`, 'Remove it here, or there.', taker);
      return [{ ...found, path: [...node.path, 'match', ...facetOf(key).path, index] }];
    });
  });
}

/** A mute with an end is none: after it, what it took goes on. */
function takerOf(given: Wanted[], earlier: RouteNode[]): RouteNode | undefined {
  return earlier.find((route) => route.mute?.until === undefined && covers(route.wanted, given));
}

/** Entries that contradict those of other routes. */
export function checkBeside(routes: RouteNode[]): Fault[] {
  return NESTED.flatMap(({ key, nesting }) => nesting.beside(routes.flatMap((node) => entriesOf(node, key))));
}

/** One warning a list of siblings: ids do not show which OU lies below which. */
export function checkUnclear(routes: RouteNode[]): Fault[] {
  return NESTED.flatMap(({ key, facet, nesting }) =>
    routes.flatMap(({ routes: children = [] }) => unclearOrder(children, key, facet.what, nesting)),
  );
}

function unclearOrder(siblings: RouteNode[], key: string, what: string, { isUnclear }: Nesting): Fault[] {
  const unclear = (earlier: RouteNode, later: RouteNode) =>
    !(earlier.continue || !earlier.readable || !later.readable || disjointKey(earlier.wanted, later.wanted)) &&
    (earlier.wanted.get(key) ?? []).some((a) => later.wanted.get(key)?.some((b) => isUnclear(a, b)));
  for (const [index, later] of siblings.entries()) {
    const earlier = siblings.slice(0, index).find((sibling) => unclear(sibling, later));
    if (!earlier) continue;
    const message = `one of these ${what}s is given by id, so this file does not show whether {other} lies above this one`;
    const remedy = `Write ${what}s as paths of names, or see to it that the nearer ${what} comes first.`;
    return [fault('ou-order-unknown', later, message, remedy, earlier)];
  }
  return [];
}

function fault(rule: RoutesRule, node: RouteNode, message: string, remedy: string, other: RouteNode): Fault {
  return { ...routesFault(rule, node.path, message, remedy), other: other.path };
}
