/** How a problem stands, and what changed since it was told first, from its members as they are known. */
import type { Language } from '../../../config/schema';
import type { Fact } from '../facts/fact';
import { MINUTE } from '../time';
import { CLOSING_ORDER } from '../problem/closing';
import { WITH_THE_FIRST } from '../problem/growth';
import type { Member } from '../problem/member';
import { furtherIn, riseIn } from './growth-words';
import { age, clockBeside, clockTime, duration } from './times';
import type { Rendering } from './rendering';
import { WORDS } from './words';

type Stood = Pick<Rendering, 'view' | 'settings' | 'now' | 'ageless'>;

/** @param facts that stand beside it: one of them may say since when. */
function isDated(facts: readonly Fact[], firstSeenAt: number): boolean {
  const parts = facts.filter(({ label }) => label === 'when').flatMap(({ groups }) => groups.flat());
  return parts.some((part) => 'at' in part && Math.abs(part.at - firstSeenAt) < MINUTE);
}

/** How many are open and closed, and since when. @param rendering `ageless`: without the age beside the date. @param facts see isDated. */
export function standing({ view, settings, now, ageless }: Stood, language: Language, facts: readonly Fact[] = []): string {
  const words = WORDS[language];
  const time = (at: number) => clockTime(at, language, settings.timeZone, now);
  const closings = view.closings.map(([closing, count], index) => words.closings(closing, count, view.open === 0 && index === 0));
  const leaves = view.open > 0 ? [] : [...new Set(view.closings.flatMap(([closing]) => words.leaves[closing] ?? []))];
  return [
    [...(view.open > 0 ? [words.open(view.open)] : []), ...closings].join(words.separator),
    ...leaves,
    ...(view.findings !== (view.open || view.closed) ? [words.findings(view.findings)] : []),
    ...(view.stale > 0 ? [words.stale(view.stale)] : []),
    ...(view.closedAt !== undefined
      ? [words.allClosed(time(view.closedAt), duration(view.closedAt - view.firstSeenAt, language))]
      : isDated(facts, view.firstSeenAt)
        ? []
        : [words.firstSeen(time(view.firstSeenAt), ageless ? undefined : age(now - view.firstSeenAt, language))]),
  ].join(' · ');
}

/** What comes within so long is one change: one look takes in some at a time. */
const AT_ONCE = 5 * MINUTE;

/**
 * What grew and when, what closed and when, what failed again: by the times of the findings, so that in whatever order they come the
 * message is the same. Nothing of a problem of which not all members are at hand.
 */
export function changes({ view, settings, now }: Stood, language: Language): string {
  if (view.open === 0 || view.named.length < view.members) return '';
  const words = WORDS[language];
  const when = (times: readonly number[]): [time: string, atOnce: boolean] => {
    const last = Math.max(...times);
    return [clockBeside(last, view.firstSeenAt, language, settings.timeZone, now), last - Math.min(...times) < AT_ONCE];
  };
  const begun = Math.min(...view.named.map(({ firstSeenAt }) => firstSeenAt)) + WITH_THE_FIRST;
  const added = view.named.filter(({ firstSeenAt }) => firstSeenAt > begun);
  const known = view.named.filter(({ firstSeenAt }) => firstSeenAt <= begun);
  const beyond = (of: (member: Member) => string) => {
    const before = new Set(known.map(of));
    return new Set(added.map(of).filter((each) => !before.has(each))).size;
  };
  const closed = view.named.filter(({ open }) => !open);
  const failed = view.named.filter(({ open, renewedAt }) => open && renewedAt > 0);
  const reopened = (how: 'suppressed' | undefined) =>
    view.named.flatMap(({ open, again, renewedAt }) => (open && again?.ended === how && (how || renewedAt === 0) ? (again?.at ?? []) : []));
  const since = (times: number[], said: (time: string) => string) => (times.length > 0 ? [said(when(times)[0])] : []);
  return [
    ...riseIn(view, when, language),
    ...(added.length > 0
      ? [
          words.grewBy(
            grown(
              added.length,
              beyond(accountOf),
              beyond(({ region }) => region),
              language,
            ),
            ...when(added.map(({ firstSeenAt }) => firstSeenAt)),
          ),
        ]
      : []),
    ...furtherIn(
      known.filter(({ open }) => open),
      when,
      language,
    ),
    ...CLOSING_ORDER.flatMap((closing) => {
      const its = closed.filter((member) => member.closing === closing);
      return its.length > 0 ? [words.closedAt(words.closings(closing, its.length), ...when(its.map(({ closedAt = 0 }) => closedAt)))] : [];
    }),
    ...since(reopened('suppressed'), words.unsuppressedAt),
    ...since(reopened(undefined), words.openAgain),
    ...since(
      failed.map(({ renewedAt }) => renewedAt),
      words.failedAgain,
    ),
  ].join(words.separator);
}

/** Of accounts with one resource each they alone. */
function grown(resources: number, accounts: number, regions: number, language: Language): string {
  const words = WORDS[language];
  const more = [
    ...(accounts > 0 && accounts < resources ? [`+${words.accounts(accounts)}`] : []),
    ...(regions > 0 ? [`+${words.regions(regions)}`] : []),
  ];
  const what = accounts === resources ? words.accounts(accounts) : words.resources(resources);
  return `${what}${more.length > 0 ? words.bracketed(more.join(words.separator)) : ''}`;
}

function accountOf({ owner }: Member): string {
  return owner.accountId;
}
