/** What must hold of each route by itself. */
import { muteEnded } from '../walk';
import type { Fault } from '../../mistake';
import { inheritedReceiver, type RouteNode } from '../tree';
import { routesFault } from '../../rules/fault';

/** The root takes everything and tells somebody: that is why nothing is unrouted. */
export function checkRoot(root: RouteNode | undefined): Fault[] {
  if (!root) return [];
  const faults: Fault[] = [];
  if (!root.keys.includes('receiver')) {
    faults.push(
      routesFault(
        'root-receiver',
        root.path,
        'the root has no receiver, so what no route takes would be told to nobody',
        'Add receiver: with the people who hear of everything else.',
      ),
    );
  }
  const reasons: Record<string, string> = {
    match: 'the root takes everything and can have no match',
    mute: 'the root cannot be muted: it is where everything else ends',
    continue: 'the root has no siblings to continue with',
  };
  for (const key of root.keys.filter((name) => Object.hasOwn(reasons, name))) {
    faults.push({
      ...routesFault('root-key', [...root.path, key], reasons[key] ?? '', 'Remove it; it belongs on a route below.'),
      atKey: true,
    });
  }
  return faults;
}

/** @param now epoch milliseconds, which tell whether a mute has ended. */
export function checkRoute(node: RouteNode, now: number): Fault[] {
  return node.parent ? [...checkMatch(node), ...checkMute(node, now), ...checkPurpose(node, node.parent)] : checkRoot(node);
}

function checkMatch(node: RouteNode): Fault[] {
  const at = [...node.path, 'match'];
  const faults: Fault[] = [];
  if (node.keys.includes('match') && node.readable && node.wanted.size === 0) {
    faults.push(
      routesFault(
        'match-empty',
        at,
        'this match asks for nothing, so it would take everything',
        'Remove it where everything is meant; else say what it takes.',
      ),
    );
  }
  return faults;
}

function checkMute(node: RouteNode, now: number): Fault[] {
  if (!node.keys.includes('mute')) return [];
  const faults: Fault[] = [];
  if (node.keys.includes('receiver')) {
    faults.push(
      routesFault(
        'mute-receiver',
        [...node.path, 'receiver'],
        'a muted route tells nobody, yet it names a receiver',
        'Remove it, or remove mute.',
      ),
    );
  }
  if (node.routes) {
    faults.push({
      ...routesFault(
        'mute-routes',
        [...node.path, 'routes'],
        'a muted route can have no routes below it',
        'Put what is still told into routes before the mute: the first match wins.',
      ),
      atKey: true,
    });
  }
  if (node.readable && node.wanted.size === 0 && !node.keys.includes('match')) {
    faults.push(
      routesFault(
        'mute-everything',
        node.path,
        `this mute silences everything that the routes before it leave in ${node.parent?.name}`,
        'Give it a match, unless that is meant.',
      ),
    );
  }
  const until = node.mute?.until;
  if (until !== undefined && isDay(until) && muteEnded(until, now)) {
    faults.push(
      routesFault(
        'mute-ended',
        [...node.path, 'mute', 'until'],
        `the mute ended with ${until}: its findings are told again`,
        'Remove the route, or decide anew and set a later day.',
      ),
    );
  }
  return faults;
}

/** A day of the calendar: JavaScript takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A route that names nobody and mutes nothing either keeps something from its siblings, or does nothing at all. */
function checkPurpose(node: RouteNode, parent: RouteNode): Fault[] {
  const siblings = parent.routes ?? [];
  const index = siblings.indexOf(node);
  const isLast = index === siblings.length - 1;
  const faults: Fault[] = [];
  if (node.continue && isLast) {
    faults.push(
      routesFault(
        'continue-last',
        [...node.path, 'continue'],
        'continue does nothing here: no route comes after this one',
        'Remove it, or move the route up.',
      ),
    );
  }
  if (node.keys.includes('receiver') || node.keys.includes('mute') || node.routes?.length) return faults;
  const heir = inheritedReceiver(parent);
  const inherits = heir !== undefined && (!isLast || siblings.slice(0, index).some((sibling) => sibling.continue));
  if (!inherits) {
    faults.push(
      routesFault(
        'route-idle',
        node.path,
        'this route has neither receiver, mute nor routes, so it changes nothing',
        'Remove it, name a receiver, or give it a mute with its reason.',
      ),
    );
  } else {
    faults.push(
      routesFault(
        'route-inherits',
        node.path,
        `this route names no receiver: what it takes stays with "${heir}", the receiver above`,
        `If that is meant, say so with receiver: ${heir}; else name another.`,
      ),
    );
  }
  return faults;
}
