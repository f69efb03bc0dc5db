/** What leads: how bad, what is wrong, whose. In the message's first block, on a phone, and with all that is told of it later. */
import type { Language, Receiver, Settings } from '../../../config/schema';
import { UNTITLED } from '../finding/finding';
import { threatType } from '../finding/threat-type';
import { NO_ENTRY } from '../phrasebook/ids';
import type { ProblemView } from '../problem/view';
import { inert } from '../text/inert';
import { type Block, line, plain } from './blocks';
import { accountName } from './facts';
import { deciding, names } from './fact-rows';
import { resourceLabel } from './members';
import type { Rendering } from './rendering';
import { factsBeside } from './shared-facts';
import { SEVERITY_MARK, WORDS } from './words';

type Headed = Pick<Rendering, 'view' | 'text' | 'phrase' | 'weakness' | 'receiver' | 'settings'>;

/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
const HEADER = 150;
const TITLE = 105;

export function languageOf(receiver: Receiver, settings: Settings): Language {
  return receiver.language ?? settings.language;
}

/** `🔴 CRITICAL S3 bucket allows public read (S3.2) · payments-prod` */
export function headline(rendering: Headed): string {
  return `${badge(rendering)} ${subject(rendering)}`;
}

/** What is wrong, and whose: a problem over several resources is named by its type, not by one of them. */
export function subject(rendering: Headed): string {
  return beside(whatIsWrong(rendering), whose(rendering));
}

export function whatIsWrong(rendering: Headed): string {
  return `${titleOf(rendering)}${behind(rendering)}`;
}

/** A full-width bracket brings its own gap. */
export function beside(what: string, ...more: readonly string[]): string {
  return more.filter(Boolean).reduce((all, each) => `${all}${all.endsWith('）') ? '' : ' '}· ${each}`, what);
}

/** How bad while anything is open, else how it ended; green only where all of it is mended. */
function badge({ view, receiver, settings }: Headed): string {
  const words = WORDS[languageOf(receiver, settings)];
  if (view.open > 0) return severityBadge(view);
  const [only] = view.closings;
  return `${only && view.closings.length === 1 ? words.ended[only[0]] : words.endedOtherwise} · ${view.severity}`;
}

export function severityBadge({ severity }: Pick<ProblemView, 'severity'>): string {
  return `${SEVERITY_MARK[severity]} ${severity}`;
}

function titleOf(rendering: Headed): string {
  const room = HEADER - badge(rendering).length - behind(rendering).length - whose(rendering).length - ' · '.length - 1;
  return inert(wholeTitleOf(rendering), Math.max(20, Math.min(TITLE, room))) || UNTITLED;
}

function wholeTitleOf({ view, text, phrase, receiver, settings }: Headed): string {
  const title = headlineOf(phrase) || (view.members > 1 && text.kind === 'guardduty' && threatType(text));
  if (title) return title;
  return text.failedCheck && view.open > 0 ? WORDS[languageOf(receiver, settings)].failedCheck(text.title) : text.title;
}

/** That there are no words for its kind says less than its title. */
function headlineOf(phrase: Rendering['phrase']): string | undefined {
  return phrase?.id === NO_ENTRY ? undefined : phrase?.headline;
}

/** The control's or vulnerability's id, where the title lacks it. */
function behind(rendering: Headed): string {
  const { text, weakness, receiver, settings } = rendering;
  const id = weakness ?? text.controlId ?? onlyVulnerability(rendering);
  const seen = id && !wholeTitleOf(rendering).includes(id) ? inert(id, text.controlId && !weakness ? 20 : 64) : '';
  return seen && WORDS[languageOf(receiver, settings)].bracketed(seen);
}

/** An entry's headline names none, where the title that it stands for did. */
export function onlyVulnerability({
  view: { vulnerabilities, otherVulnerabilities },
  phrase,
}: Pick<Headed, 'view' | 'phrase'>): string | undefined {
  return phrase && vulnerabilities.length === 1 && !otherVulnerabilities ? vulnerabilities[0] : undefined;
}

export function whose({ view: { accounts }, receiver, settings }: Headed): string {
  const [first] = accounts.named;
  return accounts.count === 1 && first ? accountName(first, 40) : WORDS[languageOf(receiver, settings)].accounts(accounts.count);
}

/** The title where the header had to cut it: it may end with what decides. */
export function wholeTitle(rendering: Rendering): Block[] {
  const whole = inert(wholeTitleOf(rendering), 512);
  return titleOf(rendering).endsWith('…') && !whole.endsWith('…') ? [line(plain(whole))] : [];
}

/** The title that its product gave it, where another heads the message; a threat's official name is its type. */
export function officialTitle({ text, phrase }: Pick<Rendering, 'text' | 'phrase'>): string[] {
  return headlineOf(phrase) && !(text.kind === 'guardduty' && threatType(text).includes(':'))
    ? [inert(text.title, 512)].filter(Boolean)
    : [];
}

/** What a phone shows: how bad · what · whose, down to the resource · the one thing that decides. */
export function notification(rendering: Rendering): string {
  return inert([headline(rendering), ...decidingOf(rendering)].join(' · '), 500);
}

function decidingOf(rendering: Rendering): string[] {
  const { view, text, receiver, settings, now } = rendering;
  const language = languageOf(receiver, settings);
  const words = WORDS[language];
  if (view.open === 0) return [...new Set(view.closings.flatMap(([closing]) => words.leaves[closing] ?? []))];
  const head = headline(rendering);
  const facts = view.members === 1 ? (text.facts ?? []) : factsBeside(rendering).shared;
  const decides = deciding(facts, { language, settings, now }, head);
  const name = view.members === 1 ? resourceLabel(view.lead, language, 60) : words.open(view.open);
  return [...(names([head, decides].join(' '), name) || (decides && view.members > 1) ? [] : [name]), ...(decides ? [decides] : [])];
}
