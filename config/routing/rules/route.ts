/** What must hold of each route by itself. */
import type { Fault } from '../../mistake';
import { routesFault } from '../../rules/fault';
import { lineage } from '../cover';
import { inheritedReceiver, type RouteNode } from '../tree';
import { muteEnded } from '../walk';

/** @param now epoch milliseconds, which tell whether a mute has ended. */
export function checkRoute(node: RouteNode, now: number): Fault[] {
  return node.parent ? [...checkMatch(node), ...checkMute(node, now), ...checkPurpose(node, node.parent)] : checkRoot(node);
}

/** The fault, where there is one. */
function faultIf(isBroken: boolean, ...fault: Parameters<typeof routesFault>): Fault[] {
  return isBroken ? [routesFault(...fault)] : [];
}

const NOT_OF_ROOT: Record<string, string> = {
  match: 'the root takes everything and can have no match',
  mute: 'the root cannot be muted: it is where everything else ends',
  continue: 'the root has no siblings to continue with',
};

/** The root takes everything and tells somebody: that is why nothing is unrouted. */
function checkRoot({ keys, path }: RouteNode): Fault[] {
  const nobody = 'the root has no receiver, so what no route takes would be told to nobody';
  const remedy = 'Add receiver: with the people who hear of everything else.';
  const extra = keys.flatMap((key): Fault[] => {
    const message = Object.hasOwn(NOT_OF_ROOT, key) ? (NOT_OF_ROOT[key] ?? '') : '';
    const found = faultIf(message !== '', 'root-key', [...path, key], message, 'Remove it; it belongs on a route below.');
    return found.map((fault) => ({ ...fault, atKey: true }));
  });
  return [...faultIf(!keys.includes('receiver'), 'root-receiver', path, nobody, remedy), ...extra];
}

function checkMatch({ keys, path, readable, wanted }: RouteNode): Fault[] {
  const isEmpty = keys.includes('match') && readable && wanted.size === 0;
  const message = 'this match asks for nothing, so it would take everything';
  return faultIf(isEmpty, 'match-empty', [...path, 'match'], message, 'Remove it where everything is meant; else say what it takes.');
}

const TAG_REMEDY =
  'Ask for a control or a product beside it (never a threat’s), or suppress the findings in Security Hub, where it is recorded who did.';

function checkMute(node: RouteNode, now: number): Fault[] {
  const { keys, mute, parent, path, readable, routes, wanted } = node;
  if (!keys.includes('mute')) return [];
  const receiver = 'a muted route tells nobody, yet it names a receiver';
  const below = 'a muted route can have no routes below it';
  const before = 'Put what is still told into routes before the mute: the first match wins.';
  const takesAll = readable && wanted.size === 0 && !keys.includes('match');
  const all = `this mute silences everything that the routes before it leave in ${parent?.name}`;
  const { until } = mute ?? {};
  const hasEnded = until !== undefined && isDay(until) && muteEnded(until, now);
  const byTag = lineage(node).some((match) => [...match.keys()].some((key) => key.startsWith('resourceTag.')));
  const anybody = 'a tag of the resource silences this: whoever may tag one decides that nobody hears of it, also an intruder';
  const ended = `the mute ended with ${until}: its findings are told again`;
  const anew = 'Remove the route, or decide anew and set a later day.';
  return [
    ...faultIf(keys.includes('receiver'), 'mute-receiver', [...path, 'receiver'], receiver, 'Remove it, or remove mute.'),
    ...faultIf(routes !== undefined, 'mute-routes', [...path, 'routes'], below, before).map((fault) => ({ ...fault, atKey: true })),
    ...faultIf(takesAll, 'mute-everything', path, all, 'Give it a match, unless that is meant.'),
    ...faultIf(byTag, 'mute-resource-tag', [...path, 'mute'], anybody, TAG_REMEDY).map((fault) => ({ ...fault, atKey: true })),
    ...faultIf(hasEnded, 'mute-ended', [...path, 'mute', 'until'], ended, anew),
  ];
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
  const last = 'continue does nothing here: no route comes after this one';
  const faults = faultIf(node.continue && isLast, 'continue-last', [...node.path, 'continue'], last, 'Remove it, or move the route up.');
  if (node.keys.includes('receiver') || node.keys.includes('mute') || node.routes?.length) return faults;
  const heir = inheritedReceiver(parent);
  const keepsIt = heir !== undefined && (!isLast || siblings.slice(0, index).some((sibling) => sibling.continue));
  const idle = 'this route has neither receiver, mute nor routes, so it changes nothing';
  const inherits = `this route names no receiver: what it takes stays with "${heir}", the receiver above`;
  const remedy = `If that is meant, say so with receiver: ${heir}; else name another.`;
  return [
    ...faults,
    ...faultIf(!keepsIt, 'route-idle', node.path, idle, 'Remove it, name a receiver, or give it a mute with its reason.'),
    ...faultIf(keepsIt, 'route-inherits', node.path, inherits, remedy),
  ];
}
