/**
 * The living message of a problem: how bad, what, where, since when, what it means, what to do, links, provenance.
 * Always in this order. Facts come from members; prose from the checked briefing, or from the finding itself.
 */
import { productName } from '../../../config/products';
import type { Language, Receiver, Settings } from '../../../config/schema';
import { type Block, bold, bullets, buttons, context, header, line, mention, plain, quiet, rich, type SlackMessage } from './blocks';
import type { CheckedBriefing } from '../interpretation/briefing';
import { accountLabel, memberList, ownerNotes, regionsOf, resourceLine, standing, endingNotes, vulnerabilityCount, where } from './facts';
import { standing as shownOf } from '../problem/plan';
import { LISTED, type ProblemView } from '../problem/view';
import { type Severity, UNTITLED } from '../finding/finding';
import { cut, inert, plainMrkdwn } from '../text/inert';
import { findingUrl, guideUrl } from './links';
import { ownType, threatType } from '../finding/threat-type';
import type { TextRow } from '../problem/rows';
import { modelName, SEVERITY_MARK, WORDS } from './words';

export interface Rendering {
  view: ProblemView;
  /** Epoch milliseconds. */
  now: number;
  text: TextRow;
  receiver: Receiver & { name: string };
  settings: Settings;
  briefing?: CheckedBriefing;
  /** The one vulnerability that the problem gathers, where its receiver gathers so. */
  weakness?: string;
  /** Of a problem that holds findings of several titles: those of the worst, and how many there are. */
  titles?: { named: { title: string; severity: Severity }[]; count: number };
  /** Inference profile that gave the briefing. */
  model?: string;
  /** Whether an interpretation may still come. */
  interpretationMayCome: boolean;
  /** The message goes to an incoming webhook: it will have no thread and no updates. */
  oneWay?: boolean;
  /** Link to the message that this one follows. */
  earlierUrl?: string;
}

export function languageOf(receiver: Receiver, settings: Settings): Language {
  return receiver.language ?? settings.language;
}

export function renderMessage(rendering: Rendering): SlackMessage {
  const { view, receiver, settings } = rendering;
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  const title = headline(rendering);
  const mentions = view.open > 0 ? (receiver.mentions?.[view.severity] ?? []) : [];
  const blocks: Block[] = [
    header(title),
    rich(
      ...meantFor(rendering, language).map((words) => line(quiet(words))),
      line(...where(view, language)),
      line(plain([regionsOf(view, language), standing(view, settings, language)].join(' · '))),
      ...ownerNotes(view, language),
      ...(view.members === 1
        ? [line(...resourceLine(view.lead, language))]
        : memberList(
            shownOf(view),
            view.open > 0 ? view.open : view.closed,
            rendering.now,
            language,
            LISTED,
            rendering.oneWay ? 'moreInHub' : 'moreInThread',
          )),
      ...titleList(rendering, language),
      ...vulnerabilityList(rendering, language),
      ...endingNotes(view, language),
      ...(mentions.length > 0 ? [line(...mentions.flatMap((id) => [mention(id), plain(' ')]))] : []),
    ),
    // Where nothing is open there is nothing to do.
    ...(view.open > 0 ? prose(rendering, language).map((each) => rich(...each)) : []),
    ...(rendering.earlierUrl ? [rich(line({ type: 'link', url: rendering.earlierUrl, text: words.earlier }))] : []),
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
  const facts = [first, ...meantFor(rendering, language), whose.join(''), standing(rendering.view, rendering.settings, language)].join(
    '\n',
  );
  return {
    text: plainMrkdwn(first),
    blocks: [{ type: 'section', text: { type: 'plain_text', text: inertLines(facts, 2900), emoji: false } }],
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
  const generic = view.members > 1 && text.kind === 'guardduty' ? threatType(text) : undefined;
  const title = inert(generic || text.title, weakness ? 80 : 105) || UNTITLED;
  const id = weakness ?? text.controlId;
  const behind = id && !title.includes(id) ? ` (${inert(id, weakness ? 64 : 20)})` : '';
  const badge = view.open === 0 ? `${endedAs(view, words)} · ${view.severity}` : `${SEVERITY_MARK[view.severity]} ${view.severity}`;
  return `${badge} · ${title}${behind}`;
}

/** Where one channel stands for all (allTo): for whom it was meant. */
function meantFor({ receiver, settings }: Rendering, language: Language): string[] {
  return settings.allTo === undefined || settings.allTo === receiver.name ? [] : [WORDS[language].meantFor(receiver.name)];
}

/** Green only where all of it is mended. */
function endedAs({ closings }: ProblemView, words: (typeof WORDS)[Language]): string {
  const [only] = closings;
  return only && closings.length === 1 ? words.ended[only[0]] : words.endedOtherwise;
}

/** What a phone shows: how bad · whose · what · OU. */
function firstLine({ view, text }: Rendering, title: string, language: Language): string {
  const words = WORDS[language];
  const { count, named } = view.accounts;
  const whose = count === 1 && named[0] ? accountLabel(named[0]) : words.accounts(count);
  const [badge, ...what] = title.split(' · ');
  const ou = view.unit ?? words.unknownOu;
  const control = text.controlId && !title.includes(text.controlId) ? ` (${text.controlId})` : '';
  return inert([badge, whose, `${what.join(' · ')}${control}`, ou].join(' · '), 500);
}

/** One part a heading: Slack sets a gap between blocks, not within one. */
function prose({ view, text, briefing, interpretationMayCome }: Rendering, language: Language): Block[][] {
  const words = WORDS[language];
  const severity = words.severity?.(view.severity);
  const titled = (title: string, body: string): Block[][] => (body ? [[line(bold(`${title}\n`), plain(body))]] : []);
  const own = titled(words.details, inert(text.description, 400));
  if (!briefing) {
    return [
      [line(quiet(interpretationMayCome ? words.notInterpretedYet : words.notInterpreted))],
      ...(own.length > 0 ? own : titled(words.details, inert(text.title, 200))),
      ...titled(words.remediation, inert(text.remediation?.text ?? '', 400)),
    ];
  }
  const actions = briefing.actions.map((action) => [plain(action)]);
  return [
    [line(bold(words.meaning), plain('  '), quiet(words.generated), plain(`\n${briefing.summary}`))],
    // The finding's own, between what the model wrote: Japanese readers look for it here.
    ...(severity ? [[line(bold(`${severity[0]}  `), plain(severity[1]))]] : []),
    ...titled(words.impact, briefing.impact),
    ...(actions.length > 0 ? [[line(bold(words.actions)), bullets(actions, 'ordered')]] : []),
    ...(briefing.withheld.length > 0 ? [[line(quiet(words.withheld(briefing.withheld.length)))]] : []),
    // A control's own text says no more than the title; a threat's names who, from where and what.
    ...(text.kind === 'control' ? [] : own),
  ];
}

function titleList({ titles, view, oneWay }: Rendering, language: Language): Block[] {
  if (!titles || titles.count < 2) return [];
  const words = WORDS[language];
  const rest = titles.count - titles.named.length;
  return [
    line(bold(words.findingsNamed)),
    bullets(titles.named.map(({ title, severity }) => [plain(`${SEVERITY_MARK[severity]} ${inert(title, 120) || UNTITLED}`)])),
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
    ...(hub ? [{ label: words.openHub, url: hub, id: 'open-finding', primary: view.open > 0 }] : []),
    ...(guide ? [{ label: words.guide, url: guide, id: 'open-guide' }] : []),
  ];
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
