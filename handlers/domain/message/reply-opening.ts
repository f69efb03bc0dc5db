/** What a reply leads with: what changed, in which accounts, and how much is open. */
import type { Language } from '../../../config/schema';
import { vulnerabilitiesIn } from '../problem/news';
import { NAMED_ALOUD, type Plan } from '../problem/plan';
import type { Newness } from '../problem/problem-row';
import type { ProblemView } from '../problem/view';
import { accountName, vulnerabilityCount } from './facts';
import { languageOf, severityBadge } from './heading';
import { resourceLabel } from './members';
import type { Rendering } from './rendering';
import { duration } from './times';
import { WORDS } from './words';

export type Shown = Pick<
  Rendering,
  'view' | 'now' | 'text' | 'phrase' | 'weakness' | 'receiver' | 'settings' | 'owners' | 'oneWay' | 'memberFacts'
>;
export type Reply = Extract<Plan, { step: 'reply' }>;

export interface Opening {
  /** How bad: where people are called, and of what is not in a thread. */
  badge: string;
  what: string;
  whom: string;
  count: string;
  /** The vulnerabilities are named in it. */
  isNamed: boolean;
  /** Of one account, the resources that a broadcast names. */
  resources: string[];
}

const ACCOUNTS = { thread: 5, broadcast: 2 };
const NAMED_FIRST = 2;

export function opening({ view, receiver, settings, oneWay }: Shown, reply: Reply): Opening {
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  const { about, fresh, broadcast } = reply;
  const all = [...new Set(fresh.map(({ member }) => accountName(member.owner, 40)))];
  const accounts = fresh.length > 0 ? Object.keys(view.untold.accounts).length : 0;
  const names = all.slice(0, broadcast && !oneWay ? ACCOUNTS.broadcast : ACCOUNTS.thread);
  const more = accounts > names.length ? ` ${words.more(accounts - names.length)}` : '';
  const what = {
    growth: view.untold.kinds.risen === undefined ? words[growthOf(reply)] : words.rose(view.severity),
    reopened: words[reopenedAs(reply)],
    asked: words.askedFor,
    resolved: ended(view, language),
    list: foundIn(view, reply).length > 0 ? vulnerabilityCount(view, language) : words.listed,
  }[about];
  const isListOfVulnerabilities = about === 'list' && foundIn(view, reply).length > 0;
  const labels = fresh.filter(({ newness }) => !isInside(newness)).map(({ member }) => resourceLabel(member, language, 60));
  // What is new by its name, where that is one account's and short.
  const found = labels.length > 0 ? labels : foundIn(view, reply);
  const its = accounts === 1 && all.length === 1 && found.length <= NAMED_FIRST ? found : [];
  return {
    badge: about === 'resolved' || about === 'list' || (!broadcast && !oneWay) ? '' : `${severityBadge(view)} `,
    what,
    whom: accounts > 0 ? `: ${its.join(words.separator)}${its.length > 0 ? ' · ' : ''}${names.join(words.separator)}${more}` : '',
    isNamed: its.length > 0 && labels.length === 0,
    count: view.open > 0 && !isListOfVulnerabilities ? words.bracketed(words.open(view.open)) : '',
    resources:
      broadcast && !oneWay && accounts === 1 && labels.length > NAMED_FIRST
        ? [
            ...labels.slice(0, NAMED_ALOUD.resources),
            ...(labels.length > NAMED_ALOUD.resources ? [words.more(labels.length - NAMED_ALOUD.resources)] : []),
          ]
        : [],
  };
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
