/** The model's answer, checked by code before anyone sees it: sentence by sentence, and withheld where in doubt. */
import type { Language, Severity } from '../../config/schema';
import type { Brief } from './brief';
import { canonical } from './identity';
import { identifies } from './identifying';
import { cut, inert } from './inert';
import { at, list, text } from './reading';
import { inventedServices } from './services';

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
  /** How many sentences were held back, and why, for the ledger. */
  withheld: { sentence: string; reason: string }[];
}

export class UnusableAnswer extends Error {
  override name = 'UnusableAnswer';
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

/** @returns undefined where nothing of worth is left. */
export function checkBriefing(briefing: Briefing, brief: Brief, severity: Severity, language: Language): CheckedBriefing | undefined {
  const given = canonical(brief).normalize('NFKC');
  const withheld: CheckedBriefing['withheld'] = [];
  const checked = (prose: string, limit: number) => {
    const kept = sentences(prose).filter((sentence) => {
      const reason = fault(sentence, given, severity, language);
      if (reason) withheld.push({ sentence: cut(sentence, 200), reason });
      return !reason;
    });
    return inert(kept.join(language === 'ja' ? '' : ' '), limit);
  };
  const summary = checked(briefing.summary, 600);
  const impact = checked(briefing.impact, 600);
  const actions = briefing.actions.map((action) => checked(action, 300)).filter(Boolean);
  if (!summary && actions.length === 0) return undefined;
  return { summary, impact, actions, withheld };
}

/** Splits after sentence ends of both languages, keeping the mark; a full stop inside a word or number does not end one. */
export function sentences(prose: string): string[] {
  return prose
    .normalize('NFKC')
    .split(/(?<=[。!?])\s*|(?<=[.])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

const SEVERITY_WORDS: Record<Language, [Severity, RegExp][]> = {
  en: [
    ['CRITICAL', /\bcritical(?:\s|-)?(?:severity|finding|issue|risk|alert|vulnerability)|severity\W+(?:is\s+)?critical|\bCRITICAL\b/i],
    ['HIGH', /\bhigh(?:\s|-)(?:severity|risk)\b|severity\W+(?:is\s+)?high|\bHIGH\b(?=\s+(?:severity|finding))/i],
    ['MEDIUM', /\b(?:medium|moderate)(?:\s|-)(?:severity|risk)\b|severity\W+(?:is\s+)?medium/i],
    ['LOW', /\blow(?:\s|-)(?:severity|risk|priority)\b|severity\W+(?:is\s+)?low/i],
    ['INFORMATIONAL', /\binformational\b|\bno (?:real )?risk\b|\bharmless\b|\bfalse positive\b|\bsafely ignore\b|\bcan be ignored\b/i],
  ],
  ja: [
    ['CRITICAL', /重大度[はが:]?\s*(?:は)?\s*(?:緊急|重大|クリティカル)|クリティカル|CRITICAL/i],
    ['HIGH', /(?:重大度|深刻度|危険度|リスク)[はが:]?\s*高|高リスク|高い?(?:重大度|深刻度)/],
    ['MEDIUM', /(?:重大度|深刻度|危険度|リスク)[はが:]?\s*中|中程度の(?:リスク|重大度)/],
    ['LOW', /(?:重大度|深刻度|危険度|リスク)[はが:]?\s*低|低リスク|優先度は低/],
    ['INFORMATIONAL', /誤検知|無視して(?:も)?(?:よい|良い|構|かま|問題)|問題(?:は)?ありません|危険(?:は|で)ありません/],
  ],
};

/** Why a sentence may not be shown; undefined where it may. */
function fault(sentence: string, given: string, severity: Severity, language: Language): string | undefined {
  if (identifies(sentence)) return 'holds an identifier or an address';
  if (/https?:|www\.|\[[^\]]*\]\(|<[^>]*>/i.test(sentence)) return 'holds a link or markup';
  if (/`|\$\(|&&|\|\||(?:^|\s)--?[a-z][\w-]+|\baws\s+[a-z0-9-]+\s+[a-z-]+|[{};]|\bsudo\b|\bcurl\b/i.test(sentence))
    return 'holds a command or code';
  const cve = sentence.match(/CVE-\d{4}-\d+/gi)?.find((id) => !given.includes(id.toUpperCase()));
  if (cve) return 'names a CVE that the brief does not hold';
  const numbers = sentence
    .replace(NAMES_WITH_DIGITS, '')
    .match(/\d+(?:\.\d+)*/g)
    ?.filter((number) => !holdsNumber(given, number));
  if (numbers && numbers.length > 0) return `holds a number that the brief does not: ${numbers[0]}`;
  const services = inventedServices(sentence, given);
  if (services.length > 0) return `names a service that the brief does not: ${services[0]}`;
  const control = sentence.match(/\b[A-Z][A-Za-z0-9]+\.\d+\b/g)?.find((id) => !given.includes(id));
  if (control) return 'names a control that the brief does not hold';
  const wrong = [...SEVERITY_WORDS.en, ...SEVERITY_WORDS[language]].find(([label, words]) => label !== severity && words.test(sentence));
  if (wrong) return `speaks of ${wrong[0]}, which the finding is not`;
  return undefined;
}

/** Digits that count nothing. Service names among them are checked as names. */
const NAMES_WITH_DIGITS = /(?<![A-Za-z0-9])(?:S3|EC2|Route ?53|IPv4|IPv6|OAuth ?2|X\.509|IMDSv[12])(?![A-Za-z0-9])|CVE-\d{4}-\d+/gi;

/** What is left must stand in the brief as a whole number. */
function holdsNumber(given: string, number: string): boolean {
  return new RegExp(`(?<![\\d.])${number.replace(/\./g, '\\.')}(?![\\d])`).test(given);
}
