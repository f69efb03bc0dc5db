/** The resources of a problem, as a message and its thread list them: no two rows read the same. */
import type { Language } from '../../../config/schema';
import type { Fact } from '../facts/fact';
import { isStale, type Member } from '../problem/member';
import { LISTED, type ProblemView } from '../problem/view';
import { cut, inert } from '../text/inert';
import { MINUTE } from '../time';
import { type Block, bold, bullets, code, type Inline, line, plain, quiet } from './blocks';
import { decidingBehind, namesOthers, type Reader } from './fact-rows';
import { accountName } from './facts';
import { withOwners } from './owner';
import type { Rendering } from './rendering';
import { clockSpan } from './times';
import { accountNumber, WORDS } from './words';

/**
 * Name and type; the link leads to where the ARN is. Nothing where a fact names it already.
 * @param also the fact of the other resources, where each is named. @param facts that stand above.
 */
export function resourceRow(member: Member, also: readonly Fact[], facts: readonly Fact[], language: Language): Block[] {
  const { resource, otherResources } = member;
  const words = WORDS[language];
  const isAccount = resource.type === 'AwsAccount';
  const more = otherResources > 0 && !namesOthers(also) ? ` · ${words.others(otherResources)}` : '';
  const alone = openAlone(member, language);
  const isSaid = facts.some(({ groups }) => groups.flat().some((part) => 'code' in part && part.code === resource.name));
  if (isSaid && !more && alone.length === 0) return [];
  const name = isAccount
    ? [plain(`${words.wholeAccount}${more}`)]
    : [code(resourceLabel(member, language, 120)), plain(` · ${inert(resource.type, 60)}${more}`)];
  return [line(bold(`${words.resource}  `), ...name, ...alone)];
}

/** That a person ended it in one Security Hub and not in the other. */
function openAlone({ openOnlyIn }: Member, language: Language): Inline[] {
  return openOnlyIn ? [quiet(`  ${WORDS[language].openOnlyIn[openOnlyIn]}`)] : [];
}

/** Of a name that the thread has whole: its beginning and, where two differ as a rule, its end. */
const SHORTENED = 16;

export interface Listing {
  /** Of how many these are the first. */
  count: number;
  /** Epoch milliseconds. */
  now: number;
  language: Language;
  /** Whether they lie in several Regions, so that each says its own. */
  severalRegions: boolean;
  /** Whether they lie in several accounts, so that each says its own; `numbered` with its number. */
  accounts: 'one' | 'several' | 'numbered';
  /** Whether long names are told whole elsewhere. */
  short?: boolean;
  listed?: number;
  rest?: 'moreInThread' | 'moreInHub';
  /** Of all rows, in UTF-16 units: Slack takes some 10,000 in a message. */
  most?: number;
  /** Ids of those whose other resources stand with what decides. */
  namesOthers?: ReadonlySet<string>;
  /** What decides of a member, by its id. */
  deciding?: ReadonlyMap<string, string>;
}

/** `• payments-prod  invoices-2026`, the first of them. */
export function memberList(members: readonly Member[], listing: Listing): Block[] {
  const { count, now, language, accounts, short, listed = LISTED, rest = 'moreInThread', most = MOST, deciding, namesOthers } = listing;
  const words = WORDS[language];
  const shown = members.slice(0, listed);
  const told = tellApart(shown, listing);
  const rows = shown.map((member, index): Inline[] => [
    ...(accounts === 'one' ? [] : [bold(accountName(member.owner, 40)), plain('  ')]),
    ...(accounts === 'numbered' && isNamed(member) ? [plain(`${accountNumber(member.owner.accountId)}  `)] : []),
    code(short ? shortLabel(member, language) : resourceLabel(member, language)),
    ...(told[index] ? [plain(`  ${told[index]}`)] : []),
    ...(member.otherResources > 0 && !namesOthers?.has(member.id) ? [plain(`  ${words.others(member.otherResources)}`)] : []),
    ...(deciding?.get(member.id) ? [plain(`  ${deciding.get(member.id)}`)] : []),
    ...(member.open
      ? [...openAlone(member, language), ...(isStale(member, now) ? [quiet(`  ${words.stale(1)}`)] : [])]
      : [quiet(`  ${words.closing[member.closing ?? 'mended']}`)]),
  ]);
  const items = within(rows, most);
  return [bullets(items), ...(count > items.length ? [line(quiet(words[rest](count - items.length)))] : [])];
}

const MOST = 8000;

/** What stands behind the names of a list: whose each is, what decides of it, and what else its finding names. */
export function behindNames(
  view: ProblemView,
  factsOf: ReadonlyMap<string, readonly Fact[]>,
  reader: Reader,
): Pick<Listing, 'deciding' | 'namesOthers'> {
  const { language } = reader;
  const labels = new Map(view.named.map((member) => [member.id, resourceLabel(member, language)]));
  const all = [...factsOf].map(([id, its]): [string, string] => [id, decidingBehind(labels.get(id) ?? '', its, reader)]);
  return {
    deciding: withOwners(view, new Map(all), language),
    namesOthers: new Set([...factsOf].flatMap(([id, its]) => (namesOthers(its) ? [id] : []))),
  };
}

function isNamed({ owner }: Member): boolean {
  return accountName(owner, 40) !== accountNumber(owner.accountId);
}

function shortLabel(member: Member, language: Language): string {
  return member.resource.type === 'AwsAccount' ? resourceLabel(member, language) : resourceLabel(member, language, SHORTENED);
}

/** Two names differ at their ends, as a rule: their beginning is a path or a family. */
function bothEnds(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const half = Math.floor(limit / 2);
  return `${cut(name, half)}${name.slice(-half).replace(/^[\udc00-\udfff]/, '')}`;
}

/** The first rows that fit, at least one. */
function within(rows: readonly Inline[][], most: number): Inline[][] {
  let length = 0;
  const over = rows.findIndex((row) => {
    length += row.reduce((sum, { text = '' }) => sum + text.length, 0);
    return length > most;
  });
  return rows.slice(0, over < 0 ? rows.length : Math.max(1, over));
}

/** Where two ids differ, as a rule: their beginning is the type's, the account's, the path's. */
function endOf(id: string): string {
  const shown = inert(id, 1024);
  return shown.length <= END ? shown : `…${shown.slice(-END).replace(/^[\udc00-\udfff]/, '')}`;
}
const END = 80;

/** Its Region where there are several; where that leaves two rows that read the same, also number, type and id, as far as it takes. */
function tellApart(
  members: readonly Member[],
  { language, severalRegions, accounts, short }: Pick<Listing, 'language' | 'severalRegions' | 'accounts' | 'short'>,
): string[] {
  const name = (member: Member) =>
    `${accountName(member.owner, 40)}\n${short ? shortLabel(member, language) : resourceLabel(member, language)}`;
  const told = members.map(({ region }) => (severalRegions ? [inert(region, 30)] : []));
  const more: ((member: Member) => string)[] = [
    ...(accounts === 'numbered' ? [] : [({ owner }: Member) => accountNumber(owner.accountId)]),
    ({ resource }) => inert(resource.type, 60),
    ({ resource }) => endOf(resource.id),
  ];
  for (const word of more) {
    const rows = members.map((member, index) => `${name(member)}\n${told[index]?.join('\n')}`);
    const words = members.map(word);
    for (const [index, row] of rows.entries()) {
      const same = rows.flatMap((other, at) => (other === row ? [words[at]] : []));
      if (new Set(same).size > 1) told[index]?.push(words[index] ?? '');
    }
  }
  return told.map((words) => words.filter(Boolean).join(' '));
}

/** No key of S3 is longer. */
const LONGEST = 1024;

/** What people call it. */
export function resourceLabel({ resource }: Member, language: Language, limit = 90): string {
  if (resource.type === 'AwsAccount') return WORDS[language].wholeAccount;
  return bothEnds(inert(resource.name, LONGEST) || inert(resource.id, LONGEST) || '?', limit);
}

/**
 * What is known of how it ended: who suppressed it and why, where somebody said so, since the risk remains and
 * its reader should know who took it; what a person noted who resolved it; and why it could not be checked any more. It is said of which, but where it is so of all.
 */
export function endingNotes(
  { view: { named, members, closedAt }, settings, now }: Pick<Rendering, 'view' | 'settings' | 'now'>,
  language: Language,
): Block[] {
  const words = WORDS[language];
  // When the last one ended is said above.
  const whenOf = (of: readonly Member[]) => {
    const times = of.map((member) => member.closedAt ?? 0);
    const last = Math.max(...times);
    const isLast = closedAt === undefined || closedAt - last < MINUTE;
    return isLast ? '' : ` · ${clockSpan(Math.min(...times), last, language, settings.timeZone, now)}`;
  };
  const notes = new Map<string, Member[]>();
  for (const member of named) {
    const note = endingNote(member, language);
    if (note !== undefined) notes.set(note, [...(notes.get(note) ?? []), member]);
  }
  return [...notes].slice(0, 3).map(([note, of]) => {
    if (of.length === members) return line(quiet(note));
    const labels = of.slice(0, 3).map((member) => resourceLabel(member, language, 40));
    const rest = of.length > labels.length ? ` ${words.more(of.length - labels.length)}` : '';
    return line(quiet(`${labels.join(words.separator)}${rest} · ${note}${whenOf(of)}`));
  });
}

function endingNote({ closing, note, unchecked }: Member, language: Language): string | undefined {
  const words = WORDS[language];
  if (note && (closing === 'suppressed' || closing === 'set-to-resolved'))
    return words.closedBy[closing](inert(personOf(note.author ?? ''), 60), inert(note.text, 300));
  if (closing === 'no-longer-evaluated' && unchecked)
    return words.uncheckedBecause(unchecked.map((each) => words.unchecked[each]).join(words.separator));
  return undefined;
}

/** Of a principal's ARN the role and session, or the user: who it was stands behind the account. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
function personOf(author: string): string {
  return author.replace(/^arn:[\w-]+:(?:sts|iam)::\d{12}:(?:assumed-role|user)\//, '');
}
