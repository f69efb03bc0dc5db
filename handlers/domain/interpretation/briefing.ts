/** The model's answer, checked by code before anyone sees it: sentence by sentence, and withheld where in doubt. */
import { WRITTEN } from '../../../config/languages';
import type { Language, Severity } from '../../../config/schema';
import type { Brief } from './brief';
import { givenOf, saidOf } from './gate/said';
import { type Kind, meets, objection } from './gate/kinds';
import { type Judged, mayBeShown, verdictOn, type Verdicts } from './verdict';
import { cut, inert, visible } from '../text/inert';
import { at, list, text } from '../text/reading';

/** The answer in the right shape; what it says is still to be checked each time it is shown. */
export interface Briefing {
  summary: string;
  impact: string;
  actions: string[];
}

export interface CheckedBriefing {
  summary: string;
  impact: string;
  actions: string[];
  /** What was held back, and why: by the gate, or by the judge. */
  withheld: Withheld[];
}

export interface Withheld {
  sentence: string;
  kind: Kind | Judged;
  reason: string;
}

export class UnusableAnswer extends Error {
  override name = 'UnusableAnswer';
  /** What it cost, where it came to nothing that could be answered. */
  readonly usage?: { model: string; inputTokens: number; outputTokens: number };

  constructor(message: string, { usage, ...options }: ErrorOptions & Pick<UnusableAnswer, 'usage'> = {}) {
    super(message, options);
    this.usage = usage;
  }
}

/** @throws UnusableAnswer when the answer is not of the shape asked for, whatever the model's own validation said. */
export function parseBriefing(content: unknown): Briefing {
  const summary = text(at(content, 'summary'));
  const impact = text(at(content, 'impact'));
  const actions = list(at(content, 'actions')).flatMap((action) => text(action) ?? []);
  if (!summary || !impact || actions.length === 0) throw new UnusableAnswer('the model answered without summary, impact or actions');
  if (summary.length > 4000 || impact.length > 4000 || actions.some((action) => action.length > 2000))
    throw new UnusableAnswer('the model answered at a length that nobody reads');
  return { summary, impact, actions: actions.slice(0, 5) };
}

/**
 * Checks what would be shown, not what was written: without characters that cannot be seen, and in NFKC, so that
 * full-width digits and the like are what they look like.
 * @param verdicts of the judge, where it has a say.
 * @returns undefined where nothing of worth is left.
 */
export function checkBriefing(
  briefing: Briefing,
  brief: Brief,
  severity: Severity,
  language: Language,
  verdicts?: Verdicts,
): CheckedBriefing | undefined {
  const checked = examine(briefing, brief, severity, language, verdicts);
  return isOfWorth(checked) ? checked : undefined;
}

/** Whether enough is left to be shown. */
export function isOfWorth({ summary, actions }: CheckedBriefing): boolean {
  return summary !== '' || actions.length > 0;
}

/** A sentence, and where in the answer it stands. */
export interface Sentence {
  part: keyof Briefing;
  sentence: string;
}

export interface Examined extends CheckedBriefing {
  /** How many sentences may be shown. */
  shown: number;
  /** Those that the gate let through, whatever the judge says of them. */
  passed: readonly Sentence[];
}

/** A look asks the same several times, and so does the next one: to read a briefing takes longer than all else that it does. */
const EXAMINED = new Map<string, Examined>();
const MOST_EXAMINED = 64;

/** The same, also where nothing of worth is left. */
export function examine(briefing: Briefing, brief: Brief, severity: Severity, language: Language, verdicts?: Verdicts): Examined {
  const asked = JSON.stringify([briefing, brief, severity, language, verdicts]);
  const known = EXAMINED.get(asked);
  if (known) return known;
  const [oldest] = EXAMINED.keys();
  if (oldest !== undefined && EXAMINED.size === MOST_EXAMINED) EXAMINED.delete(oldest);
  const examined = read(briefing, brief, severity, language, verdicts);
  EXAMINED.set(asked, examined);
  return examined;
}

function read(briefing: Briefing, brief: Brief, severity: Severity, language: Language, verdicts?: Verdicts): Examined {
  const given = givenOf(brief, severity);
  const withheld: Withheld[] = [];
  const passed: Sentence[] = [];
  let shown = 0;
  const overruled = (sentence: string, part: keyof Briefing) => {
    passed.push({ part, sentence });
    const verdict = verdicts && verdictOn(sentence, verdicts);
    return verdict && !mayBeShown(verdict) ? { kind: verdict, reason: 'the judge withholds it' } : undefined;
  };
  const checked = (prose: string, field: keyof Briefing, limit: number) => {
    const kept = parts(prose).flatMap(({ raw, sentence }) => {
      const wrong = objection(saidOf(raw, sentence, field, language), given) ?? overruled(sentence, field);
      if (wrong) withheld.push({ sentence: cut(sentence, 200), ...wrong });
      return wrong ? [] : [sentence];
    });
    const joined = inert(kept.join(WRITTEN[language].betweenSentences), limit);
    const wrong = meets(joined);
    if (!wrong) {
      shown += kept.length;
      return joined;
    }
    withheld.push({ sentence: cut(joined, 200), ...wrong });
    return '';
  };
  const summary = checked(briefing.summary, 'summary', 600);
  const impact = checked(briefing.impact, 'impact', 600);
  const actions = briefing.actions.map((action) => checked(action, 'actions', 300)).filter(Boolean);
  return { summary, impact, actions, withheld, shown, passed };
}

/** Full-width marks end a sentence whatever follows; before a letter or digit a full stop does not. */
const FULL_WIDTH_END = /(?:[。｡︒！？]|．(?![\w０-９Ａ-Ｚａ-ｚ]))+[」』）)]*/g;
const CJK = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}]';
/** Behind the sentence ends of both languages. A full stop inside a word or number, or of "e.g.", does not end one. */
const MARK = '(?:[!?]|(?<!\\b(?:e\\.g|i\\.e|etc|vs|cf|incl|approx|Mr|Mrs|Ms|Dr|Prof))\\.)';
const END = new RegExp(`(?<=${MARK}[)"']*)\\s+|(?<=${MARK})(?<!(?:^|[.\\s])${CJK}\\.)(?=${CJK})`, 'u');
/** Models number what the message numbers itself. */
const ENUMERATOR = /^\s*(?:\(?\d{1,2}[.)]|(?:step|手順)\s*\d{1,2}\s*[:.]|[-*•・])\s+/i;

/** Sentence by sentence, each with its mark. */
export function sentences(prose: string): string[] {
  return parts(prose).map(({ sentence }) => sentence);
}

/** Each also as it was written, with what cannot be seen. */
function parts(prose: string): { raw: string; sentence: string }[] {
  return prose
    .replace(/[①-⑳]/g, '')
    .replace(FULL_WIDTH_END, '$&\n')
    .normalize('NFKC')
    .split(/\r?\n|[\r\u2028\u2029]/)
    .flatMap((paragraph) => paragraph.replace(ENUMERATOR, '').split(END))
    .map((raw) => ({ raw, sentence: visible(raw).replace(/\s+/gu, ' ').trim() }))
    .filter(({ sentence }) => sentence !== '');
}
