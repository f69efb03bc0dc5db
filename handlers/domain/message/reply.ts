/**
 * What is said in the thread of a problem's message. What stands alone in the channel names the problem: a broadcast,
 * and all that goes to an incoming webhook.
 */
import { type Block, bold, bullets, line, plain, quiet, rich, type SlackMessage } from './blocks';
import { alsoNames, deciding } from './fact-rows';
import { accountName, vulnerabilityCount } from './facts';
import { endingNotes, memberList } from './members';
import { inert, plainMrkdwn } from '../text/inert';
import { headline, languageOf } from './message';
import { mentionLine, withOwners } from './owner';
import type { Rendering } from './rendering';
import type { Language } from '../../../config/schema';
import { type Plan, standing } from '../problem/plan';
import { vulnerabilitiesIn } from '../problem/news';
import type { Newness } from '../problem/problem-row';
import { total } from '../problem/sums';
import type { ProblemView } from '../problem/view';
import { duration } from './times';
import { WORDS } from './words';

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

type Shown = Pick<Rendering, 'view' | 'now' | 'text' | 'weakness' | 'receiver' | 'settings' | 'owners' | 'oneWay' | 'memberFacts'>;
type Reply = Extract<Plan, { step: 'reply' }>;

export function renderReply(rendering: Shown, reply: Reply): SlackMessage {
  const { view, now, receiver, settings } = rendering;
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  const { title, what, counts } = opening(rendering, reply);
  const found = foundIn(view, reply);
  const listsVulnerabilities = reply.about === 'list' && found.length > 0;
  // A resource that was told is not listed as if it were new: the vulnerabilities found in it are.
  const members = reply.fresh
    .filter(({ newness, news }) => !isInside(newness) || vulnerabilitiesIn(news).length === 0)
    .map(({ member }) => member);
  const shown = fitting(found, LISTS_CHARACTERS - MEMBER_CHARACTERS * Math.min(LISTED_IN_THREAD, members.length + reply.unnamed.length));
  const earlier = Math.min(LISTED_OF_EARLIER, reply.unnamed.length);
  const listing = {
    now,
    language,
    severalRegions: view.regions.length > 1,
    rest: 'moreInHub' as const,
    most: (members.length > 0 && earlier > 0 ? 0.5 : 1) * Math.max(ROWS.least, Math.min(ROWS.most, LISTS_CHARACTERS - lengthOf(shown))),
    // Of those that the message shows; what decides of the others is Security Hub's to say.
    deciding: withOwners(
      view,
      new Map([...(rendering.memberFacts ?? [])].map(([id, facts]) => [id, deciding(facts, { language, settings, now })])),
      language,
    ),
  };
  // Of very many only the worst are at hand: the others are counted.
  const untoldBeside = reply.fresh.length > 0 ? total(view.untold.kinds) - reply.fresh.length : 0;
  const standingBeside = (view.open > 0 ? view.open : view.closed) - standing(view).length - untoldBeside;
  return {
    text: plainMrkdwn(inert(`${title} — ${what}${counts}`, 500)),
    blocks: [
      rich(
        ...(reply.broadcast ? mentionLine(rendering, reply.fresh.length > 0 ? reply.fresh.map(({ member }) => member) : view.named) : []),
        ...(reply.broadcast || rendering.oneWay ? [line(bold(title))] : []),
        line(bold(what), plain(`${counts}${view.open > 0 && !listsVulnerabilities ? ` (${words.open(view.open)})` : ''}`)),
        ...(members.length > 0
          ? memberList(members, { ...listing, count: members.length + untoldBeside, listed: LISTED_IN_THREAD - earlier })
          : []),
        ...(found.length > 0
          ? [
              line(plain(shown.join(words.separator))),
              ...(found.length > shown.length ? [line(quiet(words.moreInHub(found.length - shown.length)))] : []),
            ]
          : []),
        ...(reply.about === 'list' && view.members === 1 ? otherResources(rendering, language) : []),
        ...(reply.about === 'list' && view.otherVulnerabilities && found.length === shown.length ? [line(quiet(words.othersInHub))] : []),
        ...(reply.about === 'resolved' ? endingNotes(view, language) : []),
        ...(reply.unnamed.length > 0 && members.length > 0 ? [line(bold(words.alsoListed))] : []),
        ...(reply.unnamed.length > 0 && listsVulnerabilities ? [line(bold(words.listed))] : []),
        ...(reply.unnamed.length > 0
          ? memberList(reply.unnamed, {
              ...listing,
              count: reply.unnamed.length + Math.max(0, standingBeside),
              listed: Math.max(earlier, LISTED_IN_THREAD - members.length),
            })
          : []),
      ),
    ],
  };
}

/** Every other resource that the finding names, but for what Security Hub alone has. */
function otherResources({ view, text, now, settings }: Pick<Rendering, 'view' | 'text' | 'now' | 'settings'>, language: Language): Block[] {
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

/** What it is about in plain text alone, for when Slack refuses the blocks. */
export function renderMinimalReply(rendering: Shown, reply: Reply): SlackMessage {
  const { title, what, counts } = opening(rendering, reply);
  const text = inert(`${title} — ${what}${counts}`, 500);
  return { text: plainMrkdwn(text), blocks: [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }] };
}

/** What it is about, and in which accounts. */
function opening(rendering: Shown, reply: Reply): { title: string; what: string; counts: string } {
  const { view, receiver, settings } = rendering;
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  const names = [...new Set(reply.fresh.map(({ member }) => accountName(member.owner, 40)))].slice(0, 5);
  const accounts = reply.fresh.length > 0 ? Object.keys(view.untold.accounts).length : 0;
  const more = accounts > names.length ? ` ${words.more(accounts - names.length)}` : '';
  const what = {
    growth: words[growthOf(reply)],
    reopened: words.reopened,
    asked: words.askedFor,
    resolved: ended(view, language),
    list: foundIn(view, reply).length > 0 ? vulnerabilityCount(view, language) : words.listed,
  }[reply.about];
  return {
    title: headline(rendering),
    what: reply.about === 'growth' && view.untold.kinds.risen !== undefined ? words.rose(view.severity) : what,
    counts: accounts > 0 ? `: ${names.join(words.separator)}${more}` : '',
  };
}

function growthOf({ fresh }: Reply): 'reopened' | 'worse' | 'newlyFound' | 'grew' {
  const all = (which: Newness) => fresh.every(({ newness }) => newness === which);
  if (all('reopened')) return 'reopened';
  if (all('worse')) return 'worse';
  return fresh.every(({ newness }) => isInside(newness)) ? 'newlyFound' : 'grew';
}

/** Whether it is of a resource that was told. */
function isInside(newness: Newness): boolean {
  return newness === 'more' || newness === 'worse';
}

/** The vulnerabilities that it names. */
function foundIn(view: ProblemView, { about, fresh }: Reply): string[] {
  return about === 'list' ? view.vulnerabilities : vulnerabilitiesIn(fresh.flatMap(({ news }) => news).sort());
}

/** With what stands between. */
function lengthOf(ids: readonly string[]): number {
  return ids.reduce((sum, id) => sum + id.length + 2, 0);
}

/** The first of them, with what stands between, in so many characters. */
function fitting(ids: readonly string[], characters: number): readonly string[] {
  let count = 0;
  for (let room = characters; count < Math.min(LISTED_NEWS, ids.length); count++) {
    room -= (ids[count]?.length ?? 0) + 2;
    if (room < 0) break;
  }
  return ids.slice(0, count);
}

/** Mended, or how else it ended. */
function ended({ closings, closedAt = 0, firstSeenAt }: ProblemView, language: Language): string {
  const words = WORDS[language];
  const took = duration(closedAt - firstSeenAt, language);
  if (closings.every(([closing]) => closing === 'mended')) return words.solved(took);
  const counts = closings.map(([closing, count]) => words.closings(closing, count)).join(words.separator);
  return words.closedOtherwise(
    counts,
    took,
    closings.some(([closing]) => closing === 'mended'),
  );
}
