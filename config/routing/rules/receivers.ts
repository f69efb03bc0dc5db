/** Receivers: each one named is defined, each one defined is used, and none mentions people in vain. */
import { nearest, suggestion } from '../../nearest';
import type { Fault } from '../../mistake';
import { severitiesBelow } from '../../severities';
import { allRoutes, type RoutesTree } from '../tree';
import { routesFault } from '../../rules/fault';

export function checkReceivers(tree: RoutesTree): Fault[] {
  const defined = [...tree.receivers.keys()];
  const routes = allRoutes(tree.root);
  const used = new Set(routes.map((node) => node.receiver));
  const faults: Fault[] = [];
  // Who is misspelt in a route is named there: that is said of the route.
  const meant = new Set<string | undefined>();
  for (const node of routes) {
    if (node.receiver === undefined || tree.receivers.has(node.receiver)) continue;
    meant.add(nearest(node.receiver, defined));
    const remedy = `${suggestion(node.receiver, defined, 'Correct the name.')} A receiver is defined under receivers.`;
    faults.push(routesFault('receiver-undefined', [...node.path, 'receiver'], `"${node.receiver}" is not defined`, remedy));
  }
  for (const [name, receiver] of tree.receivers) {
    const path = ['receivers', name];
    if (!used.has(name) && !meant.has(name)) {
      const message = `no route names "${name}"`;
      faults.push({ ...routesFault('receiver-unused', path, message, 'Remove it, or name it in a route.'), atKey: true });
    }
    const minimum = receiver.minimumSeverity;
    if (minimum === undefined) continue;
    for (const severity of severitiesBelow(minimum).filter((word) => receiver.mentions.includes(word))) {
      const message = `"${name}" takes ${minimum} and above, so nobody is ever mentioned for ${severity}`;
      const remedy = 'Remove it, or lower minimumSeverity.';
      faults.push({ ...routesFault('mentions-below-minimum', [...path, 'mentions', severity], message, remedy), atKey: true });
    }
  }
  return faults;
}
