/** The routes as far as they can be read, so that rules find their problems although others are still open. */
import { routeName } from './walk';
import { type ConfigPath, section, texts } from '../path';
import type { Match, RouteInput, Severity } from '../schema';
import { severity } from '../terms';
import type { Entry } from './facet';
import { facetOf, readMatch, type Wanted } from './match';

export interface RouteNode {
  path: ConfigPath;
  /** What people call it. */
  name: string;
  parent?: RouteNode;
  wanted: Wanted;
  /** false: something in the match is not as it should be, so nothing may be concluded from it. */
  readable: boolean;
  receiver?: string;
  mute?: { reason?: string; until?: string };
  continue: boolean;
  /** As written: absent, or a list. */
  routes?: RouteNode[];
  /** The keys that are written. */
  keys: string[];
}

export interface ReceiverNode {
  minimumSeverity?: Severity;
  /** The severities that mention somebody. */
  mentions: string[];
  /** The keys that are written; undefined where it is no mapping of keys at all. */
  keys?: string[];
  /** All that is written, the order of keys aside. */
  text: string;
}

export interface OwnerNode {
  name: string;
  mention: string[];
  severities: string[];
}

export interface RoutesTree {
  owners: OwnerNode[];
  receivers: Map<string, ReceiverNode>;
  root?: RouteNode;
}

/**
 * @param raw what routes.yaml holds, in whatever state.
 * @param broken where that state is not what the schema asks for.
 */
export function readTree(raw: unknown, broken: ConfigPath[] = []): RoutesTree {
  const file = section(raw) ?? {};
  const receivers = Object.entries(section(file.receivers) ?? {}).map(([name, value]): [string, ReceiverNode] => {
    const receiver = section(value) ?? {};
    return [
      name,
      {
        minimumSeverity: severity.safeParse(receiver.minimumSeverity).data,
        mentions: Object.keys(section(receiver.mentions) ?? {}),
        keys: section(value) && Object.keys(receiver),
        text: JSON.stringify(Object.entries(receiver).sort(([a], [b]) => a.localeCompare(b))),
      },
    ];
  });
  const owners = Object.entries(section(file.owners) ?? {}).map(([name, value]): OwnerNode => {
    const { mention, severities } = section(value) ?? {};
    return { name, mention: texts([mention].flat()), severities: texts(severities) };
  });
  return {
    owners,
    receivers: new Map(receivers),
    root: section(file.route) && readRoute(file.route, ['route'], new Set(broken.map(matchOf))),
  };
}

/** The route and all below it, each before its children. */
export function allRoutes(node: RouteNode | undefined): RouteNode[] {
  return node ? [node, ...(node.routes ?? []).flatMap(allRoutes)] : [];
}

/** The receiver that answers for a route: its own, or the nearest above. */
export function inheritedReceiver(node: RouteNode | undefined): string | undefined {
  return node && (node.receiver ?? inheritedReceiver(node.parent));
}

/** The entries of a key, each in its place: one of a list has its number. */
export function entriesOf({ path: route, wanted }: RouteNode, key: string): Entry[] {
  const entries = wanted.get(key) ?? [];
  const path = [...route, 'match', ...facetOf(key).path];
  return entries.map((entry, index) => ({ entry, path: entries.length > 1 ? [...path, index] : path, route }));
}

/** The match that a path leads into. */
function matchOf(path: ConfigPath): string {
  return JSON.stringify(path.slice(0, path.lastIndexOf('match') + 1));
}

function readRoute(raw: unknown, path: ConfigPath, broken: Set<string>, parent?: RouteNode): RouteNode {
  const written = section(raw) ?? {};
  const mute = section(written.mute);
  // A match on the root is an error of its own; the root takes everything all the same.
  const { wanted, readable } = readMatch(parent ? written.match : undefined);
  const node: RouteNode = {
    path,
    name: parent ? nameOf(written, readable) : 'root',
    parent,
    wanted,
    readable: readable && section(raw) !== undefined && !broken.has(JSON.stringify([...path, 'match'])),
    receiver: text(written.receiver),
    mute: mute && { reason: text(mute.reason), until: text(mute.until) },
    continue: written.continue === true,
    keys: Object.keys(written),
  };
  if (Array.isArray(written.routes))
    node.routes = written.routes.map((child, index) => readRoute(child, [...path, 'routes', index], broken, node));
  return node;
}

function nameOf(written: Record<string, unknown>, readable: boolean): string {
  const name = text(written.name);
  return routeName({ name, match: readable ? (written.match as Match) : undefined } satisfies RouteInput);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
