/** What must hold of each entry of a match: none of its facet's mistakes, and nothing that the list has already. */
import type { Fault } from '../../mistake';
import { routesFault } from '../../rules/fault';
import { takesMore } from '../cover';
import { facetOf } from '../match';
import { entriesOf, type RouteNode } from '../tree';

/** @param settings what settings.yaml holds, in whatever state; undefined where it cannot be read. */
export function checkEntries(node: RouteNode, settings: unknown): Fault[] {
  return [...node.wanted.keys()].flatMap((key) => {
    const { facet } = facetOf(key);
    const entries = entriesOf(node, key);
    return entries.flatMap(({ entry, path }, index) => {
      const [mistake] = facet.rules.flatMap(({ rule, level, find }): Fault[] => {
        const advice = find(entry, settings);
        return advice ? [{ rule, level, file: 'routes.yaml', path, ...advice }] : [];
      });
      // An error is corrected first.
      if (mistake?.level === 'error') return [mistake];
      const wider = entries.find(
        ({ entry: other }, at) => at !== index && facet.covers(other, entry) && (at < index || takesMore(facet, other, entry)),
      );
      const message = `"${entry}" is taken by "${wider?.entry}" of the same list already`;
      return [...(mistake ? [mistake] : []), ...(wider ? [routesFault('pattern-covered', path, message, 'Remove it.')] : [])];
    });
  });
}
