/** The facts of a problem in a reader's words: whose, where, how many, since when, which resources. Never the model's. */
import type { Language, Settings } from '../../../config/schema';
import { type Block, bold, bullets, code, type Inline, line, plain, quiet } from './blocks';
import { inert } from '../text/inert';
import { ouPathName } from '../../../config/routing/owner';
import { isStale, type Member } from '../problem/member';
import { LISTED, type ProblemView } from '../problem/view';
import { accountNumber, clockTime, duration, WORDS } from './words';

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
export function standing(view: ProblemView, settings: Settings, language: Language): string {
  const words = WORDS[language];
  const time = (at: number) => clockTime(at, language, settings.timeZone);
  const counts = [
    ...(view.open > 0 ? [words.open(view.open)] : []),
    ...view.closings.map(([closing, count]) => words.closings(closing, count)),
  ].join(words.separator);
  return [
    counts,
    ...(view.findings !== (view.open || view.closed) ? [words.findings(view.findings)] : []),
    ...(view.stale > 0 ? [words.stale(view.stale)] : []),
    words.firstSeen(time(view.firstSeenAt)),
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

/** Name and type; the button leads to where the ARN is. */
export function resourceLine(member: Member, language: Language): Inline[] {
  const { resource, otherResources } = member;
  const more = otherResources > 0 ? ` · ${WORDS[language].others(otherResources)}` : '';
  const words = WORDS[language];
  const alone = openAlone(member, language);
  if (resource.type === 'AwsAccount') return [bold(`${words.resource}  `), plain(`${words.wholeAccount}${more}`), ...alone];
  return [
    bold(`${words.resource}  `),
    code(resourceLabel(member, language, 120)),
    plain(` · ${inert(resource.type, 60)}${more}`),
    ...alone,
  ];
}

/** That a person ended it in one Security Hub and not in the other. */
function openAlone({ openOnlyIn }: Member, language: Language): Inline[] {
  return openOnlyIn ? [quiet(`  ${WORDS[language].openOnlyIn[openOnlyIn]}`)] : [];
}

/**
 * `• payments-prod  invoices-2026`, the first of them.
 * @param count of how many. @param now epoch milliseconds.
 */
export function memberList(
  members: readonly Member[],
  count: number,
  now: number,
  language: Language,
  listed = LISTED,
  rest: 'moreInThread' | 'moreInHub' = 'moreInThread',
): Block[] {
  const words = WORDS[language];
  const items = members
    .slice(0, listed)
    .map((member): Inline[] => [
      bold(accountName(member.owner, 40)),
      plain('  '),
      code(resourceLabel(member, language)),
      ...(member.open
        ? [...openAlone(member, language), ...(isStale(member, now) ? [quiet(`  ${words.stale(1)}`)] : [])]
        : [quiet(`  ${words.closing[member.closing ?? 'mended']}`)]),
    ]);
  return [bullets(items), ...(count > items.length ? [line(quiet(words[rest](count - items.length)))] : [])];
}

function resourceLabel({ resource }: Member, language: Language, limit = 90): string {
  return resource.type === 'AwsAccount' ? WORDS[language].wholeAccount : inert(resource.name, limit) || inert(resource.id, limit) || '?';
}

/**
 * What is known of how it ended where it is not mended: who suppressed it and why, where somebody said so, since the risk remains and
 * its reader should know who took it; and why it could not be checked any more. It is said of which, but where it is so of all.
 */
export function endingNotes({ named, members }: ProblemView, language: Language): Block[] {
  const words = WORDS[language];
  const notes = new Map<string, Member[]>();
  for (const member of named) {
    const note = endingNote(member, language);
    if (note !== undefined) notes.set(note, [...(notes.get(note) ?? []), member]);
  }
  return [...notes].slice(0, 3).map(([note, of]) => {
    if (of.length === members) return line(quiet(note));
    const labels = of.slice(0, 3).map((member) => resourceLabel(member, language, 40));
    const rest = of.length > labels.length ? ` ${words.more(of.length - labels.length)}` : '';
    return line(quiet(`${labels.join(words.separator)}${rest} · ${note}`));
  });
}

function endingNote({ closing, note, unchecked }: Member, language: Language): string | undefined {
  const words = WORDS[language];
  if (closing === 'suppressed' && note) return words.suppressedBy(inert(note.author ?? '', 60), inert(note.text, 300));
  if (closing === 'no-longer-evaluated' && unchecked)
    return words.uncheckedBecause(unchecked.map((each) => words.unchecked[each]).join(words.separator));
  return undefined;
}
