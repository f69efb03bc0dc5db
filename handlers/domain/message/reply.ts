/**
 * What is said in the thread of a problem's message: what changed first, then of what. What stands alone in the channel names the
 * problem: a broadcast, which is short since its thread has the list, and all that goes to an incoming webhook, which has no thread.
 */
import { NAMED_ALOUD, standing } from '../problem/plan';
import { vulnerabilitiesIn } from '../problem/news';
import { total } from '../problem/sums';
import { inert, plainMrkdwn } from '../text/inert';
import { type Block, bold, bullets, line, plain, quiet, rich, type SlackMessage } from './blocks';
import { alsoNames } from './fact-rows';
import { accountNumber, WORDS } from './words';
import { toCheck } from './ended';
import { beside, languageOf, subject, whatIsWrong, whose } from './heading';
import { behindNames, endingNotes, memberList } from './members';
import { mentions } from './owner';
import { foundIn, isInside, opening, type Opening, type Reply, type Shown } from './reply-opening';

/** Members named in one reply, at so many characters each; the rest is for Security Hub's own list. */
const LISTED_IN_THREAD = 56;
const MEMBER_CHARACTERS = 160;
/** Of them at least so many for what was found earlier and is not named yet. */
const LISTED_OF_EARLIER = 20;
/** Vulnerabilities named in one reply; fewer where their ids are long, or many members stand beside them. */
const LISTED_NEWS = 400;
/** Slack refuses a message at some 13,200 characters over all blocks (msg_blocks_too_long, undocumented); so many are for lists. */
const LISTS_CHARACTERS = 12_000;
/** Of them for the rows of members: at most, and whatever else is listed. */
const ROWS = { most: 8000, least: 1000 };
/** The number of an account, and what stands between two. */
const NUMBER_CHARACTERS = 16;

export function renderReply(rendering: Shown, reply: Reply): SlackMessage {
  const { view, receiver, settings, oneWay } = rendering;
  const words = WORDS[languageOf(receiver, settings)];
  const said = opening(rendering, reply);
  const alone = reply.broadcast || oneWay;
  const told = reply.fresh.length > 0 ? reply.fresh.map(({ member }) => member) : view.named;
  const called = reply.broadcast ? mentions(rendering, told) : [];
  return {
    text: plainMrkdwn(textOf(rendering, said)),
    blocks: [
      rich(
        line(
          bold(`${said.badge}${said.what}`),
          plain(behindWhat(said, WORDS[languageOf(receiver, settings)].bracketed)),
          ...(alone ? [] : called),
        ),
        ...(alone ? [line(plain(subject(rendering)), ...called)] : []),
        // Of what is broadcast the thread has the list.
        ...(reply.broadcast && !oneWay
          ? said.isNamed
            ? []
            : found(rendering, reply, NAMED_ALOUD.vulnerabilities)
          : lists(rendering, reply)),
        ...(reply.about === 'resolved' ? endings(rendering) : []),
        ...(said.decides && reply.broadcast && !oneWay ? [line(plain(said.decides))] : []),
        ...(said.resources.length > 0 ? [line(bold(`${words.resource}  `), plain(said.resources.join(words.separator)))] : []),
      ),
    ],
  };
}

/** What is known of how it ended, and where to look where that is not enough. */
function endings(rendering: Shown): Block[] {
  const language = languageOf(rendering.receiver, rendering.settings);
  return [...endingNotes(rendering, language), ...toCheck(rendering, language)];
}

/** What it is about in plain text alone, for when Slack refuses the blocks. */
export function renderMinimalReply(rendering: Shown, reply: Reply): SlackMessage {
  const text = textOf(rendering, opening(rendering, reply));
  return { text: plainMrkdwn(text), blocks: [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }] };
}

/** What is new first, and what is wrong before whose it is: a phone shows the first hundred characters or so. */
function textOf(rendering: Shown, said: Opening): string {
  const { badge, what, its, when, decides } = said;
  const first = `${badge}${what}${its.length > 0 ? `: ${its.join(' · ')}` : ''}`;
  return inert(beside(`${first} — ${whatIsWrong(rendering)}`, said.whose || whose(rendering), decides, when), 500);
}

function behindWhat({ when, its, whose: theirs, count }: Opening, bracketed: (said: string) => string): string {
  const named = [...its, theirs].filter(Boolean).join(' · ');
  return `${when && bracketed(when)}${named && `: ${named}`}${count}`;
}

/** The vulnerabilities that it tells of, the first of them. */
function found({ view, receiver, settings }: Shown, reply: Reply, most: number, characters = LISTS_CHARACTERS): Block[] {
  const words = WORDS[languageOf(receiver, settings)];
  const all = foundIn(view, reply);
  const shown = fitting(all, characters, most);
  if (all.length === 0) return [];
  return [
    line(plain(shown.join(words.separator))),
    ...(all.length > shown.length
      ? [line(quiet((most === NAMED_ALOUD.vulnerabilities ? words.moreInThread : words.moreInHub)(all.length - shown.length)))]
      : []),
  ];
}

/** Everything that the reply is to name, as far as Slack takes it. */
function lists(rendering: Shown, reply: Reply): Block[] {
  const { view, now, receiver, settings, oneWay } = rendering;
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  // A resource that was told is not listed as if it were new: the vulnerabilities found in it are.
  const members = reply.fresh
    .filter(({ newness, news }) => !isInside(newness) || vulnerabilitiesIn(news).length === 0)
    .map(({ member }) => member);
  // A webhook's reader has no message above that says which they are.
  const unnamed = !oneWay ? reply.unnamed : reply.about === 'resolved' ? standing(view) : [];
  const all = foundIn(view, reply);
  const ids = fitting(all, LISTS_CHARACTERS - MEMBER_CHARACTERS * Math.min(LISTED_IN_THREAD, members.length + unnamed.length), LISTED_NEWS);
  const earlier = Math.min(LISTED_OF_EARLIER, unnamed.length);
  const room = LISTS_CHARACTERS - lengthOf(ids);
  const isList = reply.about === 'list';
  const listing = {
    now,
    language,
    severalRegions: view.regions.length > 1,
    accounts: view.accounts.count > 1 ? ('numbered' as const) : ('one' as const),
    rest: 'moreInHub' as const,
    most: (members.length > 0 && earlier > 0 ? 0.5 : 1) * Math.max(ROWS.least, Math.min(ROWS.most, room)),
    // Of those that the message shows; what decides of the others is Security Hub's to say.
    ...behindNames(view, rendering.memberFacts ?? new Map(), { language, settings, now }),
  };
  // Of very many only the worst are at hand: the others are counted.
  const untoldBeside = reply.fresh.length > 0 ? total(view.untold.kinds) - reply.fresh.length : 0;
  const standingBeside = (view.open > 0 ? view.open : view.closed) - standing(view).length - untoldBeside;
  const listed = Math.max(earlier, LISTED_IN_THREAD - members.length);
  return [
    ...(members.length > 0
      ? memberList(members, { ...listing, count: members.length + untoldBeside, listed: LISTED_IN_THREAD - earlier })
      : []),
    ...found(
      rendering,
      reply,
      LISTED_NEWS,
      LISTS_CHARACTERS - MEMBER_CHARACTERS * Math.min(LISTED_IN_THREAD, members.length + unnamed.length),
    ),
    ...(isList && view.members === 1 ? otherResources(rendering) : []),
    ...(isList && view.otherVulnerabilities && all.length === ids.length ? [line(quiet(words.othersInHub))] : []),
    ...(unnamed.length > 0 && members.length > 0 ? [line(bold(words.alsoListed))] : []),
    ...(unnamed.length > 0 && isList && all.length > 0 ? [line(bold(words.listed))] : []),
    ...(unnamed.length > 0
      ? memberList(isList ? inOrder(unnamed.slice(0, listed)) : unnamed, {
          ...listing,
          count: unnamed.length + Math.max(0, standingBeside),
          listed,
        })
      : []),
    ...(isList && unnamed.length > 0 ? otherAccounts(rendering, unnamed.slice(0, listed), room - ROWS.most) : []),
  ];
}

type Members = readonly Shown['view']['named'][number][];

/** By the account's name, then by the resource's. */
function inOrder(members: Members): Members {
  const name = ({ owner, resource }: Members[number]) => `${owner.accountName}\n${owner.accountId}\n${resource.name}`;
  return [...members].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

/** The numbers of accounts of which no resource is at hand: of a storm each is named somewhere. */
function otherAccounts({ view, receiver, settings }: Shown, named: Members, characters: number): Block[] {
  const words = WORDS[languageOf(receiver, settings)];
  const known = new Set(named.map(({ owner }) => owner.accountId));
  const others = view.accounts.ids.filter((id) => !known.has(id));
  if (others.length === 0) return [];
  const shown = others.slice(0, Math.max(1, Math.floor(characters / NUMBER_CHARACTERS))).map(accountNumber);
  return [
    line(bold(words.otherAccounts(others.length))),
    line(plain(inert(shown.join(words.separator), 4000))),
    ...(others.length > shown.length ? [line(quiet(words.moreInHub(others.length - shown.length)))] : []),
  ];
}

/** Every other resource that the finding names, but for what Security Hub alone has. */
function otherResources({ view, text, now, receiver, settings }: Shown): Block[] {
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  const { otherResources: count } = view.lead;
  const names = alsoNames(text.facts ?? [], { language, settings, now });
  if (count === 0) return [];
  return [
    line(bold(words.otherResources)),
    ...(names.length > 0 ? [bullets(names)] : []),
    ...(names.length === 0 ? [line(quiet(words.moreInHub(count)))] : []),
  ];
}

/** With what stands between. */
function lengthOf(ids: readonly string[]): number {
  return ids.reduce((sum, id) => sum + id.length + 2, 0);
}

/** The first of them, with what stands between, in so many characters. */
function fitting(ids: readonly string[], characters: number, most: number): readonly string[] {
  let count = 0;
  for (let room = characters; count < Math.min(most, ids.length); count++) {
    room -= (ids[count]?.length ?? 0) + 2;
    if (room < 0) break;
  }
  return ids.slice(0, count);
}
