/**
 * The living message of a problem: how bad, what is wrong, whose; the facts that decide; how it stands and what changed; what it means and
 * what to do; links; where it is and whose words these are. Always in this order.
 */
import { productName } from '../../../config/products';
import type { Language } from '../../../config/schema';
import type { Fact } from '../facts/fact';
import { ownType } from '../finding/threat-type';
import type { Phrase } from '../phrasebook/phrase';
import { standing as shownOf } from '../problem/plan';
import { LISTED, type ProblemView } from '../problem/view';
import { cut, inert, plainMrkdwn } from '../text/inert';
import { type Block, bold, code, context, header, line, links, plain, quiet, rich, type SlackMessage } from './blocks';
import { alsoRow, factRows, type Reader } from './fact-rows';
import { ownerNotes, placeOf } from './facts';
import { headline, languageOf, notification, officialTitle, wholeTitle } from './heading';
import { asReported, toCheck } from './ended';
import { findingUrl, linksTo } from './links';
import { titleList, vulnerabilityList } from './lists';
import { behindNames, endingNotes, memberList, resourceRow } from './members';
import { mentions, ownerRows } from './owner';
import { proseBlocks, sourceOf } from './prose-blocks';
import { proseOf, type Said } from './prose';
import type { Rendering } from './rendering';
import { type FactsBeside, factsBeside } from './shared-facts';
import { changes, standing } from './standing';
import { WORDS } from './words';

export function renderMessage(rendering: Rendering): SlackMessage {
  const { view, receiver, settings, earlierUrl } = rendering;
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  const earlier = earlierUrl ? [{ label: words.earlier, url: earlierUrl }] : [];
  const led = [...links([...linksTo(rendering, language), ...earlier]), ...idForList(rendering, language)];
  const prose = showsProse(view, rendering.phrase) ? proseOf(rendering) : undefined;
  const blocks: Block[] = [
    header(headline(rendering)),
    rich(...facts(rendering, language, prose?.steps)),
    ...(prose ? proseBlocks(prose, view.severity, language) : []),
    ...(led.length > 0 ? [rich(...led)] : []),
    context([...(prose ? sourceOf(prose, rendering, language) : []), ...provenance(rendering, language)].join(' · ')),
  ];
  return { text: plainMrkdwn(notification(rendering)), blocks };
}

/** Where nothing is open there is nothing to do, but to have it checked. */
export function showsProse({ open }: Pick<ProblemView, 'open'>, phrase: Phrase | undefined): boolean {
  return open > 0 || phrase?.id === 'general/unchecked';
}

/** All that is known of it by code. */
function facts(rendering: Rendering, language: Language, steps: readonly Said[] | undefined): Block[] {
  const { view, settings, now, ageless } = rendering;
  const words = WORDS[language];
  const reader: Reader = { language, settings, now, ageless };
  const beside = factsBeside(rendering);
  const top = [...wholeTitle(rendering), ...meantFor(rendering, language).map((said) => line(quiet(said)))];
  const one = (facts: readonly Fact[]) =>
    view.members === 1 ? [...resourceRow(view.lead, beside.also, facts, language), ...alsoRow(beside.also, reader)] : [];
  const several = view.members > 1 ? resources(rendering, beside, reader) : [];
  const found = [...titleList(rendering, beside.ofTitles, reader), ...vulnerabilityList(rendering, language)];
  const state = (facts: readonly Fact[]) => [bold(`${words.state}  `), plain(standing(rendering, language, facts))];
  if (view.open === 0) {
    // Where nothing is open there is nothing to mend, and the facts are of what was.
    const facts = beside.shared.filter(({ label }) => label !== 'mend');
    return [
      ...top,
      line(...state(facts)),
      ...several,
      ...endingNotes(rendering, language),
      ...toCheck(rendering, language),
      ...one(facts),
      ...ownerRows(view, language),
      ...ownerNotes(view, language),
      ...asReported(rendering, language, [...factRows(facts, reader), ...found]),
    ];
  }
  const changed = changes(rendering, language);
  return [
    ...top,
    ...factRows(beside.shared, reader),
    ...ownerRows(view, language, steps),
    ...one(beside.shared),
    line(...state(beside.shared), ...mentions(rendering, view.named)),
    ...(changed ? [line(bold(`${words.changed}  `), plain(changed))] : []),
    ...ownerNotes(view, language),
    ...several,
    ...found,
    ...endingNotes(rendering, language),
  ];
}

/** The most urgent of them; a webhook has no thread for the others. */
function resources({ view, now, oneWay }: Rendering, { ofMembers }: FactsBeside, reader: Reader): Block[] {
  const shown = shownOf(view);
  return memberList(shown, {
    count: view.open > 0 ? view.open : view.closed,
    now,
    language: reader.language,
    severalRegions: view.regions.length > 1,
    accounts: view.accounts.count === 1 ? 'one' : oneWay && shown.length > LISTED ? 'numbered' : 'several',
    short: !oneWay && shown.length > LISTED,
    ...(oneWay ? { listed: LISTED_ALONE } : {}),
    rest: oneWay ? 'moreInHub' : 'moreInThread',
    ...behindNames(view, ofMembers, reader),
  });
}

const LISTED_ALONE = 20;

/** Plain text alone, for when Slack refuses the blocks. */
export function renderMinimal(rendering: Rendering): SlackMessage {
  const language = languageOf(rendering.receiver, rendering.settings);
  const first = notification(rendering);
  const its = [first, ...meantFor(rendering, language), standing(rendering, language), placeOf(rendering.view, language)];
  return {
    text: plainMrkdwn(first),
    blocks: [{ type: 'section', text: { type: 'plain_text', text: inertLines(its.join('\n'), 2900), emoji: false } }],
  };
}

/** Where one channel stands for all (allTo): for whom it was meant. */
function meantFor({ receiver, settings }: Rendering, language: Language): string[] {
  return settings.allTo === undefined || settings.allTo === receiver.name ? [] : [WORDS[language].meantFor(receiver.name)];
}

/** Where the link can only lead to a list: what to look for in it. */
function idForList({ view, receiver, settings }: Rendering, language: Language): Block[] {
  const { shown } = view.lead;
  if (!findingUrl(shown, settings, receiver.securityAccountAccess)?.isList) return [];
  return [line(quiet(`${WORDS[language].findingId}  `), code(inert(shown.id, 512) || '?'))];
}

function provenance(rendering: Rendering, language: Language): string[] {
  const { view, text, receiver } = rendering;
  const words = WORDS[language];
  const path = view.lead.routePath.at(-1) || words.rule;
  // A control's id stands with the title.
  const type = text.controlId ? '' : inert(ownType(text), 160).replace('Software and Configuration Checks/', '');
  return [
    placeOf(view, language),
    ...officialTitle(rendering),
    inert(productName(text.product), 60),
    ...(type ? [type] : []),
    `${words.route} ${inert(path, 150)} → ${receiver.name}`,
    ...(view.lead.asked ? [words.sentBy] : []),
  ];
}

function inertLines(text: string, limit: number): string {
  const lines = text.split('\n').map((each) => inert(each, limit));
  return cut(lines.join('\n'), limit);
}
