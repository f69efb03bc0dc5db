/**
 * Who is told of a finding: a walk through the tree of routes. Pure and total:
 * whatever the subject, the root answers unless somebody muted it.
 */
import type { RouteInput, Routes } from '../schema';
import { worse } from '../severities';
import type { RoutingSubject } from './facet';
import { matches, matchText } from './match';

export type { RoutingSubject } from './facet';

export interface RouteStep {
  /** The route, from the root, such as `root > Workloads/Prod`. */
  path: string;
  matched: boolean;
  why: string;
}

export interface RouteDecision {
  /** Each receiver once, with the names of the routes from the root to the one that took the finding. */
  receivers: { name: string; path: string[] }[];
  mutes: { reason: string; until?: string; path: string[] }[];
  /** Everything that was tried, in order. */
  steps: RouteStep[];
}

/** A route on the way, with the routes above it. */
interface Position {
  route: RouteInput;
  path: string[];
  parent?: Position;
}

interface Walk {
  routes: Routes;
  subject: RoutingSubject;
  now: number;
  decision: RouteDecision;
}

/**
 * Children are tried in order; the first that matches wins, unless it says `continue`. Where no child matches,
 * the route itself answers: by its mute, its receiver, or the receiver of the nearest route above that takes
 * the severity. An account whose OU is unknown goes to the root: a nearer route could be wrong.
 *
 * @param routes a tree that validation has passed.
 * @param now epoch milliseconds; decides which mutes have ended.
 * @returns receivers, which are empty only where `mutes` is not.
 * @throws Error where the root has no receiver, which validation refuses.
 */
export function route(routes: Routes, subject: RoutingSubject, now: number): RouteDecision {
  const walk: Walk = { routes, subject, now, decision: { receivers: [], mutes: [], steps: [] } };
  const root: Position = { route: routes.route, path: ['root'] };
  if (subject.ouKnown) {
    note(walk, root, true, 'the root takes everything');
    visit(walk, root);
  } else {
    note(walk, root, true, `the OU of account ${subject.accountId} is unknown, so no other route is tried`);
    tell(walk, root);
  }
  return walk.decision;
}

function visit(walk: Walk, at: Position): void {
  let taken = false;
  for (const child of at.route.routes ?? []) {
    const next: Position = { route: child, path: [...at.path, routeName(child)], parent: at };
    const verdict = matches(child.match, walk.subject);
    const ended = verdict.matched && child.mute?.until !== undefined && muteEnded(child.mute.until, walk.now);
    note(walk, next, verdict.matched && !ended, ended ? `${verdict.why}, but its mute ended with ${child.mute?.until}` : verdict.why);
    // A mute that has ended is as if it were not written: what it took goes where it went before.
    if (!verdict.matched || ended) continue;
    taken = true;
    visit(walk, next);
    if (!child.continue) return;
  }
  if (!taken) answer(walk, at);
}

function answer(walk: Walk, at: Position): void {
  const { mute } = at.route;
  if (!mute) {
    tell(walk, at);
    return;
  }
  walk.decision.mutes.push({ reason: mute.reason, until: mute.until, path: at.path });
  note(walk, at, true, `muted${mute.until === undefined ? '' : ` until ${mute.until}`}: ${mute.reason}`);
}

/** Up from the route to the nearest receiver that takes the severity; the root's takes all, so nothing is unrouted. */
function tell(walk: Walk, at: Position): void {
  const { severity } = walk.subject;
  for (let above: Position | undefined = at; above; above = above.parent) {
    const name = above.route.receiver;
    if (name === undefined) continue;
    const minimum = walk.routes.receivers[name]?.minimumSeverity;
    if (minimum !== undefined && worse(minimum, severity)) {
      if (above.parent) {
        note(walk, above, true, `${name} takes ${minimum} and above, so ${severity} goes to the receiver above`);
        continue;
      }
      note(walk, above, true, `${name} takes ${minimum} and above, but nobody else is left for ${severity}`);
    }
    note(walk, at, true, `${name} is told${above === at ? '' : `, the receiver of ${above.path.join(' > ')}`}`);
    if (!walk.decision.receivers.some((receiver) => receiver.name === name)) walk.decision.receivers.push({ name, path: at.path });
    return;
  }
  throw new Error('routes.yaml: the root route has no receiver, so this finding has none. Give route.receiver a value and deploy again');
}

function note(walk: Walk, at: Position, matched: boolean, why: string): void {
  walk.decision.steps.push({ path: at.path.join(' > '), matched, why });
}

/** The `until` of a mute is its last day: it ends with that day, in UTC. */
export function muteEnded(until: string, now: number): boolean {
  return now >= Date.parse(`${until}T00:00:00Z`) + 24 * 60 * 60 * 1000;
}

/** What people call a route: its name, else what it matches. */
export function routeName(given: RouteInput): string {
  return given.name ?? (matchText(given.match) || 'everything else');
}
