/**
 * What to tell next of a problem, decided from what is known and what was told. Pure: the clock is an argument,
 * nothing is sent here. Deliver carries the plan out, records it, and asks again.
 */
import type { Severity } from '../finding/finding';
import { HOUR, MINUTE, SECOND } from '../time';
import { CLOSING_ORDER } from './closing';
import type { Member } from './member';
import { vulnerabilitiesIn } from './news';
import type { ProblemRow } from './problem-row';
import { total } from './sums';
import { type Fresh, LISTED, LISTED_BESIDE, type ProblemView } from './view';

/** How long changes gather before they are told, in milliseconds. Slack notifies nobody of an edit: broadcasts do, so they are rationed. */
export const PACE = {
  /** HIGH waits for its siblings; CRITICAL does not. With what the model takes then, it is told half a minute after its event. */
  firstPost: { CRITICAL: 0, other: 25 * SECOND },
  gather: { CRITICAL: MINUTE, other: 5 * MINUTE },
  broadcast: { CRITICAL: 15 * MINUTE, other: HOUR },
} as const;

export type Plan =
  | { step: 'nothing' }
  | { step: 'wait'; until: number }
  | { step: 'post'; newChapter?: boolean }
  | { step: 'reply'; about: 'growth' | 'reopened' | 'asked' | 'resolved' | 'list'; broadcast: boolean; fresh: Fresh[]; unnamed: Member[] }
  | { step: 'update' };

export interface Situation {
  view: ProblemView;
  header: ProblemRow;
  /** Whether the message, rendered as things are, differs from what stands in the channel. */
  changed: boolean;
  reopenHours: number;
  now: number;
}

export function plan({ view, header, changed, reopenHours, now }: Situation): Plan {
  const { fresh, untold } = view;
  const asked = (untold.kinds.asked ?? 0) > 0;
  if (!header.message) {
    const ready = firstPostAt(view);
    return asked || ready <= now ? { step: 'post' } : { step: 'wait', until: ready };
  }
  // Asked by a person who is waiting for it, resolved or not.
  if (asked) return { step: 'reply', about: 'asked', broadcast: true, fresh, unnamed: [] };

  const lastTold = Math.max(header.lastReplyAt, header.lastUpdateAt);
  // Who was told of something HIGH does not wait for what was broadcast then: only for what was told as CRITICAL.
  const rises = view.severity === 'CRITICAL' && header.severity !== undefined && header.severity !== 'CRITICAL';
  const gathered = rises ? now : lastTold + pace('gather', view.severity);
  const rationed = (rises ? (header.criticalAt ?? 0) : header.lastBroadcastAt) + pace('broadcast', view.severity);
  const waits: number[] = [];
  const due = (time: number) => {
    if (time <= now) return true;
    waits.push(time);
    return false;
  };

  // The message names the first few; the thread has the rest, once, together with what else there is to say.
  const isFresh = new Set(fresh.map(({ member }) => member.id));
  const shown = standing(view);
  // All where the message does not name all: its rows are short, and a list is read whole.
  const notFresh = shown.length > LISTED ? shown.filter(({ id }) => !isFresh.has(id)) : [];
  const unnamed = header.listed === false ? notFresh : [];

  const resumed = goesOn(header, view);
  if (header.resolvedAt !== undefined && view.open > 0 && !resumed) {
    // What came and went untold meanwhile is of the message that stands: a new one would be without it.
    if (now - header.resolvedAt > reopenHours * HOUR && fresh.every(({ member }) => member.open)) return { step: 'post', newChapter: true };
    if (due(rationed)) return { step: 'reply', about: 'reopened', broadcast: true, fresh, unnamed: [] };
  } else if (view.open === 0 && header.resolvedAt === undefined) {
    // What opened and closed meanwhile is told along.
    if (due(gathered)) return { step: 'reply', about: 'resolved', broadcast: false, fresh, unnamed: [] };
  } else if (Object.keys(untold.kinds).length > 0) {
    const loud = untold.loud > 0 || rises;
    // Until now the message named all.
    const outgrown = shown.length - fresh.length <= LISTED;
    // What is loud takes along what is not; while it must wait, all wait with it and the message shows them.
    if (due(loud ? Math.max(gathered, rationed) : gathered))
      return { step: 'reply', about: 'growth', broadcast: loud, fresh, unnamed: loud ? [] : outgrown ? notFresh : unnamed };
  }
  const more = header.listed === false && leavesNames(view);
  if ((unnamed.length > 0 || more) && due(gathered)) return { step: 'reply', about: 'list', broadcast: false, fresh: [], unnamed };
  // The reply and the edit of one batch go together.
  const edited = header.lastReplyAt > header.lastUpdateAt ? now : header.lastUpdateAt + pace('gather', view.severity);
  if ((changed || resumed) && due(edited)) return { step: 'update' };
  return waits.length > 0 ? { step: 'wait', until: Math.min(...waits) } : { step: 'nothing' };
}

/** Whether what was told as closed is open only since other findings report what was put away: then it never ended. */
export function goesOn(
  { resumed, resolvedAt }: Pick<ProblemRow, 'resumed' | 'resolvedAt'>,
  { open, untold }: Pick<ProblemView, 'open' | 'untold'>,
): boolean {
  return resumed === true && resolvedAt !== undefined && open > 0 && untold.kinds.reopened === undefined;
}

/** Whether the message leaves names to its thread that are not of members: vulnerabilities, or other resources of its one finding. */
export function leavesNames({ vulnerabilities, members, lead }: Pick<ProblemView, 'vulnerabilities' | 'members' | 'lead'>): boolean {
  return vulnerabilities.length > LISTED || (members === 1 && lead.otherResources > LISTED_BESIDE);
}

/** When the first message may go: at once where it is critical, else when its siblings had time to arrive. */
export function firstPostAt(view: ProblemView): number {
  return view.addedAt + pace('firstPost', view.severity);
}

/** So many of what is new a broadcast names itself, where it is one account's. */
export const NAMED_ALOUD = { resources: 3, vulnerabilities: 5 };

/** Whether the thread owes a list after a broadcast: the message does not name all, nor did the broadcast all that is new. */
export function owesList(view: ProblemView, { fresh }: { fresh: readonly Fresh[] }): boolean {
  if (standing(view).length <= LISTED && !leavesNames(view)) return false;
  const added = fresh.filter(({ newness }) => newness !== 'more' && newness !== 'worse');
  return (
    total(view.untold.kinds) > fresh.length ||
    Object.keys(view.untold.accounts).length > 1 ||
    added.length > NAMED_ALOUD.resources ||
    vulnerabilitiesIn(fresh.flatMap(({ news }) => news)).length > NAMED_ALOUD.vulnerabilities
  );
}

/** The named members that the message shows: the open ones, while there are any; then those first of which the risk may remain. */
export function standing({ named, open }: Pick<ProblemView, 'named' | 'open'>): Member[] {
  if (open > 0) return named.filter((member) => member.open);
  const place = ({ closing }: Member) => CLOSING_ORDER.indexOf(closing ?? 'mended');
  return [...named].sort((a, b) => place(a) - place(b));
}

function pace(which: keyof typeof PACE, severity: Severity): number {
  return severity === 'CRITICAL' ? PACE[which].CRITICAL : PACE[which].other;
}
