/** The facts of a problem in a reader's words: whose, where, how many, since when, which resources. Never the model's. */
import type { Language } from '../../../config/schema';
import { type Block, bold, type Inline, line, plain, quiet } from './blocks';
import { inert } from '../text/inert';
import { ouPathName } from '../../../config/routing/owner';
import type { Rendering } from './rendering';
import type { ProblemView } from '../problem/view';
import { age, clockTime, duration } from './times';
import { accountNumber, WORDS } from './words';

/** An account by its name, or by its number where it has none that can be seen. */
export function accountName(account: { accountId: string; accountName: string }, limit: number): string {
  return inert(account.accountName, limit) || accountNumber(account.accountId);
}

/** Name and number. */
export function accountLabel(account: { accountId: string; accountName: string }): string {
  return [inert(account.accountName, 50), accountNumber(account.accountId)].filter(Boolean).join(' ');
}

/** Whose it is, and in which OU. Numbers of accounts stand where there is one: of several, the button's page has them. */
export function where(view: ProblemView, language: Language): Inline[] {
  const words = WORDS[language];
  const { count, named } = view.accounts;
  const [first] = named;
  if (count === 1 && first) {
    const path = first.knowledge === 'unknown' ? words.unknownOu : inert(ouPathName(first), 150);
    const name = accountName(first, 50);
    const number = accountNumber(first.accountId);
    return [bold(name), plain([name === number ? '' : ` ${number}`, path].join(' · '))];
  }
  const names = named.map((account) => accountName(account, 50)).join(words.separator);
  const rest = count > named.length ? ` … ${words.more(count - named.length)}` : '';
  const path = view.unit;
  return [bold(words.accounts(count)), plain(`${path ? `${words.separator}${words.mostIn(inert(path, 120))}` : ''}: ${names}${rest}`)];
}

/** The first three Regions, and how many more. */
export function regionsOf(view: ProblemView, language: Language): string {
  const words = WORDS[language];
  const named = view.regions.slice(0, 3).map((region) => inert(region, 30));
  return `${named.join(words.separator)}${view.regions.length > 3 ? ` ${words.more(view.regions.length - 3)}` : ''}`;
}

/** How many are open and closed, and since when. */
/** @param rendering `ageless`: without the age beside the date. */
export function standing(
  { view, settings, now, ageless }: Pick<Rendering, 'view' | 'settings' | 'now' | 'ageless'>,
  language: Language,
): string {
  const words = WORDS[language];
  const time = (at: number) => clockTime(at, language, settings.timeZone, now);
  const counts = [
    ...(view.open > 0 ? [words.open(view.open)] : []),
    ...view.closings.map(([closing, count]) => words.closings(closing, count)),
  ].join(words.separator);
  return [
    counts,
    ...(view.findings !== (view.open || view.closed) ? [words.findings(view.findings)] : []),
    ...(view.stale > 0 ? [words.stale(view.stale)] : []),
    words.firstSeen(time(view.firstSeenAt), ageless ? undefined : age(now - view.firstSeenAt, language)),
    ...(view.closedAt !== undefined ? [words.allClosed(time(view.closedAt), duration(view.closedAt - view.firstSeenAt, language))] : []),
  ].join(' · ');
}

/** How many vulnerabilities are open in it, as far as that is known. */
export function vulnerabilityCount({ vulnerabilities, otherVulnerabilities }: ProblemView, language: Language): string {
  const words = WORDS[language];
  return (otherVulnerabilities ? words.vulnerabilitiesAtLeast : words.vulnerabilities)(vulnerabilities.length);
}

/** What is to be known of what Organizations said. */
export function ownerNotes(view: ProblemView, language: Language): Block[] {
  const words = WORDS[language];
  const { stale } = view.owners;
  const unknown = view.accounts.count > 1 && view.owners.unknown;
  const passedTo = [...new Set(view.named.flatMap((member) => member.passedTo ?? []))].sort();
  return [
    ...(unknown ? [line(quiet(words.unknownOu))] : []),
    ...(stale ? [line(quiet(words.staleOwner))] : []),
    ...(passedTo.length > 0 ? [line(quiet(words.passedTo(passedTo.join(words.separator))))] : []),
  ];
}
