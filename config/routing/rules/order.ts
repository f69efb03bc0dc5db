/** Routes that can never be reached, and OUs in an order in which the nearest would not win. */
import { combinations, covers, disjointKey, isAncestorOu, isOuId, lineage } from '../cover';
import { type Fault, pathText } from '../../problem';
import type { RouteNode } from '../tree';
import { type RoutesRule, routesFault } from '../../rules/fault';

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
    const key = above.readable ? disjointKey(node.facets, above.facets) : undefined;
    if (key === undefined) continue;
    const [here, there] = [node, above].map((route) => route.facets.get(key)?.join(', ') ?? '');
    const message = `this route never matches: it takes only ${key} ${here}, and {other} above it only ${key} ${there}`;
    const found = fault('route-never-fits', node, message, 'Move it out from under that route, or change one of the two.', above);
    const meant = key === 'ou' ? ouMeant(node, above) : undefined;
    return meant ? { ...found, path: [...node.path, 'match', 'ou'], remedy: `${meant} Else: ${found.remedy}` } : found;
  }
  return undefined;
}

/** The same OU in other letters, or an OU that is written from its parent on. */
function ouMeant(node: RouteNode, above: RouteNode): string | undefined {
  const [here, there] = [node, above].map((route) => route.facets.get('ou'));
  if (here?.length !== 1 || there?.length !== 1) return undefined;
  const [ou = '', parent = ''] = [here[0], there[0]];
  const spelt = `${parent}${ou.slice(parent.length)}`;
  if (ou !== spelt && ou.toLowerCase() === spelt.toLowerCase() && /^(\/|$)/.test(ou.slice(parent.length)))
    return `Did you mean "${spelt}"? Case matters in the name of an OU.`;
  return ou.includes('/') ? undefined : `Did you mean "${parent}/${ou}"? OUs are written from the top.`;
}

/** One OU in two spellings that differ by case: it has one of them, so the other never matches. */
export function checkOuCase(routes: RouteNode[]): Fault[] {
  const seen = new Map<string, { spelt: string; at: RouteNode }>();
  return routes.flatMap((node) => {
    const alternatives = node.facets.get('ou') ?? [];
    return alternatives.flatMap((ou, index) => {
      const names = ou.split('/');
      const other = names.findIndex((_, depth) => {
        const path = names.slice(0, depth + 1).join('/');
        const first = seen.get(path.toLowerCase());
        if (first === undefined) seen.set(path.toLowerCase(), { spelt: path, at: node });
        return first !== undefined && first.spelt !== path;
      });
      const first =
        other < 0
          ? undefined
          : seen.get(
              names
                .slice(0, other + 1)
                .join('/')
                .toLowerCase(),
            );
      if (first === undefined) return [];
      const meant = [first.spelt, ...names.slice(other + 1)].join('/');
      const message = `{other} writes "${first.spelt}", and case matters in the name of an OU`;
      const path = [...node.path, 'match', 'ou', ...(alternatives.length > 1 ? [index] : [])];
      return [{ ...fault('ou-case', node, message, `Did you mean "${meant}"? Write both alike.`, first.at), path }];
    });
  });
}

/** An OU after one that it lies below: the farther would win. Told by names, as only those show the order. */
function ancestorFirst(node: RouteNode, before: RouteNode[]): Fault | undefined {
  for (const sibling of before) {
    for (const descendant of node.facets.get('ou') ?? []) {
      const ancestor = sibling.facets.get('ou')?.find((ou) => isAncestorOu(ou, descendant));
      if (ancestor === undefined || disjointKey(sibling.facets, node.facets)) continue;
      const message = `OU ${descendant} comes after OU ${ancestor}, which it lies below ({other}), so the nearest OU would not win`;
      const remedy = `Move this route before ${pathText(sibling.path)}, make it a child of that route, or let that route continue.`;
      return fault('ou-ancestor-first', node, message, remedy, sibling);
    }
  }
  return undefined;
}

function unreachable(node: RouteNode, earlier: RouteNode[]): Fault | undefined {
  const takers = combinations(node).map((combination) => takerOf([combination, ...lineage(node)], earlier));
  if (takers.includes(undefined)) return undefined;
  const taker = earlier.find((route) => takers.includes(route));
  if (!taker) return undefined;
  const remedy = 'Remove it, move it before that route, or narrow that route.';
  if (takers.some((other) => other !== taker)) {
    return fault(
      'route-unreachable',
      node,
      'this route is never reached: the routes before it, from {other} on, together take everything it could',
      remedy,
      taker,
    );
  }
  if (taker.facets.size === 0)
    return fault('route-unreachable', node, 'this route is never reached: {other} has no match and takes everything', remedy, taker);
  if (sameMatch(taker, node)) {
    const what =
      node.facets.size === 1 && node.facets.has('ou')
        ? `OU ${node.facets.get('ou')?.join(', ')} is named twice`
        : 'its match is given twice';
    return fault(
      'route-unreachable',
      node,
      `this route is never reached: ${what}, first by {other}`,
      'Merge the two routes, or let the first continue.',
      taker,
    );
  }
  return fault('route-unreachable', node, 'this route is never reached: {other} takes everything it could', remedy, taker);
}

/** Entries of a list that an earlier route takes, while others are still reached. */
function deadAlternatives(node: RouteNode, earlier: RouteNode[]): Fault[] {
  return [...node.facets].flatMap(([key, alternatives]) => {
    if (alternatives.length < 2) return [];
    return alternatives.flatMap((alternative, index): Fault[] => {
      const only = new Map(node.facets).set(key, [alternative]);
      const takers = combinations({ ...node, facets: only }).map((combination) => takerOf([combination, ...lineage(node)], earlier));
      const taker = takers[0];
      if (!taker || takers.includes(undefined)) return [];
      const rule = key === 'ou' ? 'ou-unreachable' : 'entry-unreachable';
      const found = fault(rule, node, `${key} ${alternative} never gets here: {other} takes it`, 'Remove it here, or there.', taker);
      return [{ ...found, path: [...node.path, 'match', key, index] }];
    });
  });
}

/** A mute with an end is none: after it, what it took goes on. */
function takerOf(given: ReturnType<typeof lineage>, earlier: RouteNode[]): RouteNode | undefined {
  return earlier.find((route) => route.mute?.until === undefined && covers(route.facets, given));
}

function sameMatch(a: RouteNode, b: RouteNode): boolean {
  return covers(a.facets, [b.facets]) && covers(b.facets, [a.facets]);
}

/** One warning a list of siblings: ids do not show which OU lies below which. */
export function checkOuIds(routes: RouteNode[]): Fault[] {
  return routes.flatMap(({ routes: children = [] }) => {
    for (const [index, later] of children.entries()) {
      const earlier = children.slice(0, index).find((sibling) => orderUnknown(sibling, later));
      if (!earlier) continue;
      const message = 'one of these OUs is given by id, so this file does not show whether {other} lies above this one';
      const remedy = 'Write OUs as paths of names, or see to it that the nearer OU comes first.';
      return [fault('ou-order-unknown', later, message, remedy, earlier)];
    }
    return [];
  });
}

function orderUnknown(earlier: RouteNode, later: RouteNode): boolean {
  if (earlier.continue || !earlier.readable || !later.readable || disjointKey(earlier.facets, later.facets)) return false;
  return (earlier.facets.get('ou') ?? []).some((a) => later.facets.get('ou')?.some((b) => a !== b && (isOuId(a) || isOuId(b))));
}

function fault(rule: RoutesRule, node: RouteNode, message: string, remedy: string, other: RouteNode): Fault {
  return { ...routesFault(rule, node.path, message, remedy), other: other.path };
}
