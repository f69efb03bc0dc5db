/**
 * The living message of a problem: how bad, what, where, since when, what it means, what to do, links, provenance.
 * Always in this order. Facts come from members; prose from the checked briefing, or from the finding itself.
 */
import { productName } from '../../../config/products';
import type { Language, Receiver, Settings } from '../../../config/schema';
import { type Block, bold, bullets, buttons, code, context, header, line, plain, quiet, rich, type SlackMessage } from './blocks';
import { accountName, ownerNotes, regionsOf, standing, vulnerabilityCount, where } from './facts';
import { alsoRow, deciding, factRows, type Reader } from './fact-rows';
import { endingNotes, memberList, resourceLine } from './members';
import { mentionLine, ownerRows, withOwners } from './owner';
import { prose } from './prose';
import type { Rendering } from './rendering';
import { factsBeside } from './shared-facts';
import { standing as shownOf } from '../problem/plan';
import { LISTED, type ProblemView } from '../problem/view';
import type { Fact } from '../facts/fact';
import { UNTITLED } from '../finding/finding';
import { cut, inert, plainMrkdwn } from '../text/inert';
import { findingUrl, guideUrl } from './links';
import { ownType, threatType } from '../finding/threat-type';
import { modelName, SEVERITY_MARK, WORDS } from './words';

export function languageOf(receiver: Receiver, settings: Settings): Language {
  return receiver.language ?? settings.language;
}

export function renderMessage(rendering: Rendering): SlackMessage {
  const { view, receiver, settings } = rendering;
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  const title = headline(rendering);
  const reader: Reader = { language, settings, now: rendering.now };
  const facts = factsBeside(rendering);
  const blocks: Block[] = [
    header(title),
    rich(
      ...wholeTitle(rendering),
      ...meantFor(rendering, language).map((words) => line(quiet(words))),
      line(...where(view, language)),
      ...ownerRows(view, language),
      // Where nothing is open there is nothing to mend.
      ...factRows(view.open > 0 ? facts.shared : facts.shared.filter(({ label }) => label !== 'mend'), reader),
      line(plain([regionsOf(view, language), standing(rendering, language)].join(' · '))),
      ...ownerNotes(view, language),
      ...(view.members === 1
        ? [line(...resourceLine(view.lead, language, facts.also.length > 0 ? 0 : undefined)), ...alsoRow(facts.also, reader)]
        : memberList(shownOf(view), {
            count: view.open > 0 ? view.open : view.closed,
            now: rendering.now,
            language,
            severalRegions: view.regions.length > 1,
            rest: rendering.oneWay ? 'moreInHub' : 'moreInThread',
            deciding: withOwners(view, new Map([...facts.ofMembers].map(([id, its]) => [id, deciding(its, reader)])), language),
          })),
      ...titleList(rendering, facts.ofTitles, reader),
      ...vulnerabilityList(rendering, language),
      ...endingNotes(view, language),
      ...(view.open > 0 ? mentionLine(rendering, view.named) : []),
    ),
    // Where nothing is open there is nothing to do.
    ...(view.open > 0 ? prose(rendering, language).map((each) => rich(...each)) : []),
    ...(rendering.earlierUrl ? [rich(line({ type: 'link', url: rendering.earlierUrl, text: words.earlier }))] : []),
    ...listed(rendering, language),
    ...buttons(links(rendering, language)),
    context(provenance(rendering, language)),
  ];
  return { text: plainMrkdwn(firstLine(rendering, title, language)), blocks };
}

/** Plain text alone, for when Slack refuses the blocks. */
export function renderMinimal(rendering: Rendering): SlackMessage {
  const language = languageOf(rendering.receiver, rendering.settings);
  const first = firstLine(rendering, headline(rendering), language);
  const whose = where(rendering.view, language).map(({ text: part }) => part);
  const its = [first, ...meantFor(rendering, language), whose.join(''), standing(rendering, language)];
  return {
    text: plainMrkdwn(first),
    blocks: [{ type: 'section', text: { type: 'plain_text', text: inertLines(its.join('\n'), 2900), emoji: false } }],
  };
}

/** `🔴 CRITICAL · S3 bucket allows public read (S3.2)`; a problem over several resources is named by its type, not by one of them. */
export function headline({
  view,
  text,
  weakness,
  receiver,
  settings,
}: Pick<Rendering, 'view' | 'text' | 'weakness' | 'receiver' | 'settings'>): string {
  const words = WORDS[languageOf(receiver, settings)];
  const title = titleOf({ view, text, weakness });
  const id = weakness ?? text.controlId;
  const behind = id && !title.includes(id) ? ` (${inert(id, weakness ? 64 : 20)})` : '';
  const badge = view.open === 0 ? `${endedAs(view, words)} · ${view.severity}` : `${SEVERITY_MARK[view.severity]} ${view.severity}`;
  return `${badge} · ${title}${behind}`;
}

/** Where one channel stands for all (allTo): for whom it was meant. */
function meantFor({ receiver, settings }: Rendering, language: Language): string[] {
  return settings.allTo === undefined || settings.allTo === receiver.name ? [] : [WORDS[language].meantFor(receiver.name)];
}

function titleOf({ view, text, weakness }: Pick<Rendering, 'view' | 'text' | 'weakness'>): string {
  const generic = view.members > 1 && text.kind === 'guardduty' ? threatType(text) : undefined;
  return inert(generic || text.title, weakness ? 80 : 105) || UNTITLED;
}

/** Green only where all of it is mended. */
function endedAs({ closings }: ProblemView, words: (typeof WORDS)[Language]): string {
  const [only] = closings;
  return only && closings.length === 1 ? words.ended[only[0]] : words.endedOtherwise;
}

/** What a phone shows: how bad · what · whose · what decides; where nothing does, where it is. */
function firstLine(rendering: Rendering, title: string, language: Language): string {
  const { view, text, settings, now } = rendering;
  const words = WORDS[language];
  const { count, named } = view.accounts;
  const whose = count === 1 && named[0] ? accountName(named[0], 50) : words.accounts(count);
  const control = text.controlId && !title.includes(text.controlId) ? ` (${text.controlId})` : '';
  const facts = factsBeside(rendering);
  const decides = deciding(view.members === 1 ? (text.facts ?? []) : facts.shared, { language, settings, now }, title);
  return inert([`${title}${control}`, whose, decides || (view.unit ?? words.unknownOu)].join(' · '), 500);
}

/** The title where the header had to cut it: it may end with what decides. */
function wholeTitle(rendering: Rendering): Block[] {
  const whole = inert(rendering.text.title, 512);
  return titleOf(rendering).endsWith('…') && !whole.endsWith('…') ? [line(plain(whole))] : [];
}

/** Each by its title, and by what decides of it; by that alone where all have the title that the header says. */
function titleList({ titles, view, text, oneWay }: Rendering, facts: readonly Fact[][], reader: Reader): Block[] {
  if (!titles || titles.count < 2) return [];
  const words = WORDS[reader.language];
  const rest = titles.count - titles.named.length;
  const isSaid = titles.named.every(({ title }) => title === text.title);
  const rows = titles.named.map(({ title, severity }, index) => {
    const decides = deciding(facts[index] ?? [], reader, title);
    const said = isSaid && decides ? decides : [inert(title, 120) || UNTITLED, decides].filter(Boolean).join(' · ');
    return `${SEVERITY_MARK[severity]} ${said}`;
  });
  return [
    line(bold(words.findingsNamed)),
    bullets([...new Set(rows)].map((row) => [plain(row)])),
    // The thread names vulnerabilities by their ids, and nothing else by its title.
    ...(rest > 0 ? [line(quiet(words[oneWay || view.vulnerabilities.length === 0 ? 'moreInHub' : 'moreInThread'](rest)))] : []),
  ];
}

/** The ids of those that no title names: a scanner may name many in one finding. The worst first; the thread has all. */
function vulnerabilityList({ titles, view, text, weakness, oneWay }: Rendering, language: Language): Block[] {
  const words = WORDS[language];
  const shown = [text.title, weakness, ...(titles?.named.map(({ title }) => title) ?? [])];
  const unnamed = view.vulnerabilities.filter((id) => !shown.some((title) => title?.includes(id)));
  // Each title that is not shown may name one.
  if (unnamed.length <= (titles ? titles.count - titles.named.length : 0)) return [];
  const rest = unnamed.length - LISTED;
  return [
    line(bold(`${vulnerabilityCount(view, language)}  `), plain(unnamed.slice(0, LISTED).join(words.separator))),
    ...(rest > 0
      ? [line(quiet(oneWay && view.otherVulnerabilities ? words.othersInHub : words[oneWay ? 'moreInHub' : 'moreInThread'](rest)))]
      : []),
  ];
}

function links({ view, text, receiver, settings }: Rendering, language: Language) {
  const words = WORDS[language];
  const hub = findingUrl(view.lead.shown, settings, receiver.securityAccountAccess);
  const guide = text.kind === 'third-party' ? undefined : guideUrl(text.remediation?.url);
  return [
    ...(hub ? [{ label: hub.isList ? words.openList : words.openHub, url: hub.url, id: 'open-finding', primary: view.open > 0 }] : []),
    ...(guide ? [{ label: words.guide, url: guide, id: 'open-guide' }] : []),
  ];
}

/** Where the button can only lead to a list: what to look for in it. */
function listed({ view, receiver, settings }: Rendering, language: Language): Block[] {
  const { shown } = view.lead;
  if (!findingUrl(shown, settings, receiver.securityAccountAccess)?.isList) return [];
  return [rich(line(quiet(`${WORDS[language].findingId}  `), code(inert(shown.id, 512) || '?')))];
}

function provenance({ view, text, receiver, briefing, model }: Rendering, language: Language): string {
  const words = WORDS[language];
  const path = view.lead.routePath.at(-1) || words.rule;
  const type = inert(text.controlId ?? ownType(text), 120);
  return [
    inert(productName(text.product), 60),
    ...(type ? [type] : []),
    `${words.route} ${inert(path, 150)} → ${receiver.name}`,
    ...(briefing && model ? [modelName(model)] : []),
    ...(view.lead.asked ? [words.sentBy] : []),
  ].join(' · ');
}

function inertLines(text: string, limit: number): string {
  const lines = text.split('\n').map((each) => inert(each, limit));
  return cut(lines.join('\n'), limit);
}
