/** Whose a problem is and where, in a reader's words. Never the model's. */
import type { Language } from '../../../config/schema';
import { type Block, line, quiet } from './blocks';
import { inert } from '../text/inert';
import { ouPathName } from '../../../config/routing/owner';
import { standing } from '../problem/plan';
import { LISTED, type ProblemView } from '../problem/view';
import { accountNumber, WORDS } from './words';

/** An account by its name, or by its number where it has none that can be seen. */
export function accountName(account: { accountId: string; accountName: string }, limit: number): string {
  return inert(account.accountName, limit) || accountNumber(account.accountId);
}

/**
 * Where it is, for the footer: account number, OU and Region; of several accounts each with its number, where no list in the thread has
 * them, and where all or most of it is.
 */
export function placeOf(view: ProblemView, language: Language): string {
  const words = WORDS[language];
  const { count, named } = view.accounts;
  const [first] = named;
  const regions = regionsOf(view, language);
  if (count > 1 || !first) {
    const unit = view.unit && words[view.unit.isOfAll ? 'allIn' : 'mostIn'](inert(view.unit.path, 120));
    return [standing(view).length > LISTED ? '' : numbered(view).join(words.separator), unit, regions].filter(Boolean).join(' · ');
  }
  const path = first.knowledge === 'unknown' ? words.unknownOu : inert(ouPathName(first), 150);
  return [accountNumber(first.accountId), path, regions].filter(Boolean).join(' · ');
}

/** The accounts of what stands in rows, by name and number. */
function numbered(view: ProblemView): string[] {
  const names = standing(view).map(({ owner }) => `${inert(owner.accountName, 40)} ${accountNumber(owner.accountId)}`.trim());
  return [...new Set(names)];
}

/** The first three Regions, and how many more. */
export function regionsOf(view: ProblemView, language: Language): string {
  const words = WORDS[language];
  const named = view.regions.slice(0, 3).map((region) => inert(region, 30));
  return `${named.join(words.separator)}${view.regions.length > 3 ? ` ${words.more(view.regions.length - 3)}` : ''}`;
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
