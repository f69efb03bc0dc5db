/** What a reply leads with: what changed, in which accounts, and how much is open. */
import type { Language } from '../../../config/schema';
import { worst } from '../finding/severity';
import { vulnerabilitiesIn } from '../problem/news';
import { NAMED_ALOUD, type Plan } from '../problem/plan';
import type { Newness } from '../problem/problem-row';
import { total } from '../problem/sums';
import type { Fresh, ProblemView } from '../problem/view';
import { accountName, vulnerabilityCount } from './facts';
import { deciding } from './fact-rows';
import { languageOf, severityBadge, whatIsWrong } from './heading';
import { resourceLabel } from './members';
import type { Rendering } from './rendering';
import { duration, timeToday } from './times';
import { WORDS } from './words';

export type Shown = Pick<
  Rendering,
  'view' | 'now' | 'text' | 'phrase' | 'weakness' | 'titles' | 'receiver' | 'settings' | 'owners' | 'oneWay' | 'memberFacts'
>;
export type Reply = Extract<Plan, { step: 'reply' }>;

export interface Opening {
  /** How bad; of what ended, and of a list, that says itself. */
  badge: string;
  what: string;
  /** Since when, by the findings' own times. */
  when: string;
  /** What is new by its name, and whose it is. */
  its: string[];
  whose: string;
  count: string;
  /** The vulnerabilities are named in it. */
  isNamed: boolean;
  /** Of one account, the resources that a broadcast names. */
  resources: string[];
  /** Of the only one that is new, what decides. */
  decides: string;
}

const ACCOUNTS = { thread: 5, broadcast: 2 };
const NAMED_FIRST = 2;

export function opening(rendering: Shown, reply: Reply): Opening {
  const { view, receiver, settings, oneWay } = rendering;
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  const { about, fresh, broadcast } = reply;
  const all = [...new Set(fresh.map(({ member }) => accountName(member.owner, 40)))];
  const accounts = fresh.length > 0 ? Object.keys(view.untold.accounts).length : 0;
  const names = all.slice(0, broadcast && !oneWay ? ACCOUNTS.broadcast : ACCOUNTS.thread);
  const more = accounts > names.length ? ` ${words.more(accounts - names.length)}` : '';
  const isListOfVulnerabilities = about === 'list' && foundIn(view, reply).length > 0;
  const what = {
    growth: view.untold.kinds.risen === undefined ? words[growthOf(reply)] : risen(reply, view, language),
    reopened: words[reopenedAs(reply)],
    asked: words.askedFor,
    resolved: ended(view, language),
    list: isListOfVulnerabilities ? vulnerabilityCount(view, language) : words.listed,
  }[about];
  const labelled = (those: Fresh[]) => those.map(({ member }) => resourceLabel(member, language, 60));
  const labels = labelled(fresh.filter(({ newness }) => !isInside(newness)));
  const inside = labelled(fresh);
  // What is new by its name, where that is one account's and short: of vulnerabilities with what they are in.
  const found = labels.length > 0 ? labels : foundIn(view, reply);
  const isShort = accounts === 1 && all.length === 1 && found.length <= NAMED_FIRST;
  const its = isShort
    ? [...(found.length > 0 ? [found.join(words.separator)] : []), ...(labels.length === 0 && inside.length === 1 ? inside : [])]
    : [];
  return {
    badge: about === 'resolved' || about === 'list' ? '' : `${severityBadge(view)} `,
    what,
    when: fresh.length > 0 && about !== 'asked' ? timeOf(rendering, reply, language) : '',
    its,
    whose: accounts > 0 ? `${names.join(words.separator)}${more}` : '',
    isNamed: isShort && labels.length === 0 && found.length > 0,
    count: view.open > 0 && !isListOfVulnerabilities ? words.bracketed(words.open(view.open)) : '',
    resources:
      broadcast && !oneWay && accounts === 1 && labels.length > NAMED_FIRST
        ? [
            ...labels.slice(0, NAMED_ALOUD.resources),
            ...(labels.length > NAMED_ALOUD.resources ? [words.more(labels.length - NAMED_ALOUD.resources)] : []),
          ]
        : [],
    decides:
      fresh.length === 1 && total(view.untold.kinds) <= 1 ? decidingOf(rendering, reply, [whatIsWrong(rendering), ...its].join(' ')) : '',
  };
}

/** From the worst that it was to the worst that it is, which is said where the whole is worse still. */
function risen({ fresh }: Reply, { severity }: ProblemView, language: Language): string {
  const its = fresh.filter(({ newness }) => newness === 'risen');
  const to = worst(its.map(({ member }) => member.severity));
  const from = its.flatMap((each) => each.from ?? []);
  return WORDS[language].rose(from.length > 0 ? worst(from) : undefined, its.length > 0 && to !== severity ? to : undefined);
}

/** The latest of what is new: when each was first seen, rose, was found in what was there, or opened again. */
function timeOf({ now, settings }: Shown, { fresh }: Reply, language: Language): string {
  const times = fresh.map(({ member, newness }) => {
    if (newness === 'risen') return member.rose?.at;
    if (isInside(newness)) return Math.max(member.further?.until ?? 0, member.saysElse ?? 0) || undefined;
    if (newness === 'reopened') return member.again?.at ?? (member.renewedAt || undefined);
    return member.firstSeenAt;
  });
  const known = times.flatMap((at) => at ?? []);
  return known.length > 0 ? timeToday(Math.max(...known), language, settings.timeZone, now) : '';
}

/** Of a vulnerability found in what was there by the title that names it. */
function decidingOf({ view, text, titles, memberFacts, settings, receiver, now }: Shown, reply: Reply, beside: string): string {
  const [only] = reply.fresh;
  const [id] = foundIn(view, reply);
  const titled = id && only && isInside(only.newness) ? titles?.named.find(({ title }) => title.includes(id))?.facts : undefined;
  const its = titled ?? (view.members === 1 ? text.facts : only && memberFacts?.get(only.member.id)) ?? [];
  return deciding(its, { language: languageOf(receiver, settings), settings, now }, beside);
}

function growthOf({ fresh }: Reply): 'reopened' | 'unsuppressed' | 'worse' | 'newlyFound' | 'grew' {
  const all = (which: Newness) => fresh.every(({ newness }) => newness === which);
  if (all('reopened')) return reopenedAs({ fresh });
  if (all('worse')) return 'worse';
  return fresh.every(({ newness }) => isInside(newness)) ? 'newlyFound' : 'grew';
}

/** Whether it failed again, or somebody took the risk back. */
function reopenedAs({ fresh }: Pick<Reply, 'fresh'>): 'reopened' | 'unsuppressed' {
  return fresh.length > 0 && fresh.every(({ ended }) => ended === 'suppressed') ? 'unsuppressed' : 'reopened';
}

/** Whether it is of a resource that was told. */
export function isInside(newness: Newness): boolean {
  return newness === 'more' || newness === 'worse';
}

/** The vulnerabilities that it names. */
export function foundIn(view: ProblemView, { about, fresh }: Reply): string[] {
  return about === 'list' ? view.vulnerabilities : vulnerabilitiesIn(fresh.flatMap(({ news }) => news).sort());
}

/** Mended, or how else it ended. */
function ended({ closings, closedAt = 0, firstSeenAt }: ProblemView, language: Language): string {
  const words = WORDS[language];
  const took = duration(closedAt - firstSeenAt, language);
  const [only] = closings;
  if (only && closings.length === 1) return words.endings[only[0]](took);
  const counts = closings.map(([closing, count], index) => words.closings(closing, count, index === 0)).join(words.separator);
  return words.closedOtherwise(
    counts,
    took,
    closings.some(([closing]) => closing === 'mended'),
  );
}
