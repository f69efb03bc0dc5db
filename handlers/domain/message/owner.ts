/** Whose it is within its account, and what made it, by tags: as rows of a message, and as those whom it mentions. */
import { mentionsOf, sameOwner, type TaggedOwner } from '../../../config/routing/owner-tags';
import type { Language } from '../../../config/schema';
import type { Member } from '../problem/member';
import { standing } from '../problem/plan';
import type { ProblemView } from '../problem/view';
import { inert } from '../text/inert';
import { type Block, bold, code, type Inline, line, mention, plain } from './blocks';
import { accountName } from './facts';
import type { Said } from './prose';
import type { Rendering } from './rendering';

const OWNER_WORDS = {
  en: {
    owner: 'Owner',
    from: 'Comes from',
    unknown: (account: string | undefined) => `unknown: ask ${account ? `${account} ` : 'each account’s '}admins`,
    asked: /\bown(?:s|ers?)\b/i,
    tag: { resource: (key: string) => ` (tag ${key})`, account: (key: string) => ` (account tag ${key})` },
  },
  ja: {
    owner: '担当',
    from: '管理元',
    unknown: (account) => `不明: ${account ? `${account} ` : '各アカウント'}の管理者に確認`,
    asked: /所有者|担当者|オーナー|利用者本人/,
    tag: { resource: (key: string) => `（タグ ${key}）`, account: (key: string) => `（アカウントのタグ ${key}）` },
  },
} satisfies Record<Language, OwnerWords>;

interface OwnerWords {
  owner: string;
  from: string;
  /** @param account where it is one; the footer says where that is. */
  unknown: (account: string | undefined) => string;
  /** Words of steps that send their reader to an owner. */
  asked: RegExp;
  tag: Record<TaggedOwner['of'], (key: string) => string>;
}

/** In UTF-16 units. */
const NAME = 60;
const KEY = 40;
/** Ids of owners in one message, the most urgent first: a storm over forty teams calls no forty teams by one message. */
const MOST_MENTIONED = 5;

/** What all of it has in common. @param steps that are told: where they say to ask an owner, and no tag names one, it is said whom to ask. */
export function ownerRows(view: ProblemView, language: Language, steps: readonly Said[] = []): Block[] {
  const words = OWNER_WORDS[language];
  const owner = ownerOfAll(view);
  const [account] = view.accounts.count === 1 ? view.accounts.named : [];
  const origin = common(
    view,
    ({ resource }) => resource.origin,
    (a, b) => JSON.stringify(a) === JSON.stringify(b),
  );
  return [
    ...(owner ? [line(bold(`${words.owner}  `), plain(named(owner)), plain(words.tag[owner.of](inert(owner.key, KEY))))] : []),
    ...(steps.some(({ text }) => words.asked.test(text)) && standing(view).every(({ taggedOwner }) => !taggedOwner)
      ? [line(bold(`${words.owner}  `), plain(words.unknown(account && accountName(account, 40))))]
      : []),
    ...(origin
      ? [
          line(
            bold(`${words.from}  `),
            ...origin.flatMap(({ by, name }, index) => [...(index > 0 ? [plain(' · ')] : []), ...made(by, name)]),
          ),
        ]
      : []),
  ];
}

function made(by: string, name: string): Inline[] {
  return [plain(`${inert(by, KEY)} `), code(inert(name, NAME) || '?')];
}

/** In a row of a list, where they are not all of one: with what decides of it behind. */
export function withOwners(view: ProblemView, deciding: ReadonlyMap<string, string>, language: Language): ReadonlyMap<string, string> {
  if (ownerOfAll(view)) return deciding;
  const owned = view.named.flatMap(({ id, taggedOwner }): [string, string][] =>
    taggedOwner ? [[id, ownerWords(taggedOwner, language)]] : [],
  );
  const all = new Map(deciding);
  for (const [id, words] of owned) all.set(id, [words, deciding.get(id)].filter(Boolean).join(' · '));
  return all;
}

function ownerWords(owner: TaggedOwner, language: Language): string {
  return `${OWNER_WORDS[language].owner} ${named(owner)}`;
}

function named({ value }: TaggedOwner): string {
  return inert(value, NAME) || '?';
}

function ownerOfAll(view: ProblemView): TaggedOwner | undefined {
  return common(
    view,
    ({ taggedOwner }) => taggedOwner,
    (a, b) => a.key === b.key && a.of === b.of && sameOwner(a.value, b.value),
  );
}

/** What the most urgent has, where all others have the same; of more than are named nobody knows that. */
function common<T>(view: ProblemView, of: (member: Member) => T | undefined, same: (a: T, b: T) => boolean): T | undefined {
  const members = standing(view);
  if (members.length < (view.open || view.members)) return undefined;
  const [first, ...others] = members.map(of);
  return first !== undefined && others.every((other) => other !== undefined && same(first, other)) ? first : undefined;
}

/**
 * Whom it mentions: the receiver's own by the problem's severity, and those of the owners by the severity of what is theirs.
 * @param told what is told of: of a broadcast what is new.
 */
export function mentions({ view, receiver, owners }: Pick<Rendering, 'view' | 'receiver' | 'owners'>, told: readonly Member[]): Inline[] {
  const theirs = receiver.mentionOwners === false ? [] : told.filter(({ open }) => open);
  const called = theirs.flatMap(({ taggedOwner, severity }) => (taggedOwner ? mentionsOf(taggedOwner.value, severity, owners) : []));
  const own = receiver.mentions?.[view.severity] ?? [];
  const others = [...new Set(called)].filter((id) => !own.includes(id)).slice(0, MOST_MENTIONED);
  return [...own, ...others].flatMap((id) => [plain(' '), mention(id)]);
}
