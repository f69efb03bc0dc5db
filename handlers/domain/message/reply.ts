/**
 * What is said in the thread of a problem's message. What stands alone in the channel names the problem: a broadcast,
 * and all that goes to an incoming webhook.
 */
import { type Block, bold, bullets, line, mention, plain, quiet, rich, type SlackMessage } from './blocks';
import { alsoNames, deciding } from './fact-rows';
import { accountName } from './facts';
import { endingNotes, memberList } from './members';
import { inert, plainMrkdwn } from '../text/inert';
import { headline, languageOf } from './message';
import type { Rendering } from './rendering';
import type { Language } from '../../../config/schema';
import { type Plan, standing } from '../problem/plan';
import { vulnerabilitiesIn } from '../problem/news';
import type { Newness } from '../problem/problem-row';
import { total } from '../problem/sums';
import type { ProblemView } from '../problem/view';
import { duration } from './times';
import { WORDS } from './words';

/** Members named in one reply, at 160 characters each; the rest is for Security Hub's own list. */
const LISTED_IN_THREAD = 56;
/** Of them at least so many for what was found earlier and is not named yet. */
const LISTED_OF_EARLIER = 20;
/** Vulnerabilities named in one reply, at some 18 characters each. */
const LISTED_NEWS = 400;
/** Characters of all rows of one reply. */
const MOST = 8000;

export function renderReply(
  rendering: Pick<Rendering, 'view' | 'now' | 'text' | 'weakness' | 'receiver' | 'settings' | 'oneWay' | 'memberFacts'>,
  reply: Extract<Plan, { step: 'reply' }>,
): SlackMessage {
  const { view, now, receiver, settings } = rendering;
  const { untold } = view;
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  const title = headline(rendering);
  const found = reply.about === 'list' ? view.vulnerabilities : vulnerabilitiesIn(reply.fresh.flatMap(({ news }) => news).sort());
  // A resource that was told is not listed as if it were new: the vulnerabilities found in it are.
  const members = reply.fresh
    .filter(({ newness, news }) => newness !== 'more' || vulnerabilitiesIn(news).length === 0)
    .map(({ member }) => member);
  const earlier = Math.min(LISTED_OF_EARLIER, reply.unnamed.length);
  const listing = {
    now,
    language,
    severalRegions: view.regions.length > 1,
    rest: 'moreInHub' as const,
    most: members.length > 0 && earlier > 0 ? MOST / 2 : found.length > 0 ? MOST / 4 : MOST,
    // Of those that the message shows; what decides of the others is Security Hub's to say.
    deciding: new Map([...(rendering.memberFacts ?? [])].map(([id, facts]) => [id, deciding(facts, { language, settings, now })])),
  };
  // Of very many only the worst are at hand: the others are counted.
  const untoldBeside = reply.fresh.length > 0 ? total(untold.kinds) - reply.fresh.length : 0;
  const standingBeside = (view.open > 0 ? view.open : view.closed) - standing(view).length - untoldBeside;
  const names = [...new Set(reply.fresh.map(({ member }) => accountName(member.owner, 40)))].slice(0, 5);
  const accounts = reply.fresh.length > 0 ? Object.keys(untold.accounts).length : 0;
  const risen = untold.kinds.risen !== undefined;
  const all = (which: Newness) => reply.fresh.every(({ newness }) => newness === which);
  const what = {
    growth: risen ? words.rose(view.severity) : all('reopened') ? words.reopened : all('more') ? words.newlyFound : words.grew,
    reopened: words.reopened,
    asked: words.askedFor,
    resolved: ended(view, language),
    list: words.listed,
  }[reply.about];
  const counts =
    accounts > 0 ? `: ${names.join(words.separator)}${accounts > names.length ? ` ${words.more(accounts - names.length)}` : ''}` : '';
  const mentions = reply.broadcast ? (receiver.mentions?.[view.severity] ?? []) : [];
  return {
    text: plainMrkdwn(inert(`${title} — ${what}${counts}`, 500)),
    blocks: [
      rich(
        ...(mentions.length > 0 ? [line(...mentions.flatMap((id) => [mention(id), plain(' ')]))] : []),
        ...(reply.broadcast || rendering.oneWay ? [line(bold(title))] : []),
        line(bold(what), plain(`${counts}${view.open > 0 ? ` (${words.open(view.open)})` : ''}`)),
        ...(members.length > 0
          ? memberList(members, { ...listing, count: members.length + untoldBeside, listed: LISTED_IN_THREAD - earlier })
          : []),
        ...(found.length > 0
          ? [
              line(
                plain(found.slice(0, LISTED_NEWS).join(words.separator)),
                plain(found.length > LISTED_NEWS ? ` ${words.more(found.length - LISTED_NEWS)}` : ''),
              ),
            ]
          : []),
        ...(reply.about === 'list' && view.members === 1 ? otherResources(rendering, language) : []),
        ...(reply.about === 'resolved' ? endingNotes(view.named, language) : []),
        ...(reply.unnamed.length > 0 && members.length > 0 ? [line(bold(words.alsoListed))] : []),
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

/** Mended, or how else it ended. */
function ended({ closings, closedAt = 0, firstSeenAt }: ProblemView, language: Language): string {
  const words = WORDS[language];
  const took = duration(closedAt - firstSeenAt, language);
  if (closings.every(([closing]) => closing === 'mended')) return words.solved(took);
  return words.closedOtherwise(closings.map(([closing, count]) => words.closings(closing, count)).join(words.separator), took);
}
