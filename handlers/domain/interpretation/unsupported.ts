/** Why a sentence of the model's answer may not be shown: it identifies, links, commands, or says more than the brief. */
import type { Language, Severity } from '../../../config/schema';
import { identifies } from './identifying';
import { inventedServices, wordsOf } from './services';
import { wrongSeverity } from './severity-words';

/** The words of a link, of markup, of a command line or of code. */
const MARKUP = /https?:|www\.|\[[^\]]*\]\(|<[^>]*>/i;
const CODE: readonly RegExp[] = [
  /`|\$[({]|&&|\|\||[{}]|\w\(\)|=>|==|"\w+"\s*:|;(?=\S)/,
  // Flags; paths.
  /(?:^|\s)(?:--[a-z][\w-]*|-[a-z]\b|-[a-z][\w-]+)|(?:^|\s)\/[a-z]+\/[a-z]/i,
  /(?<![\w-])aws\s+[a-z0-9-]+\s+(?:[a-z]+-[a-z-]+|ls|cp|mv|rm|sync|wait)\b/,
  /\b(?:sudo|curl|wget|chmod|chown|iptables|systemctl|kubectl|apt-get|nmap|netstat|grep)\b/,
  /\b(?:docker|terraform|git|npm|pip3?|apt|yum|dnf|brew)\s+(?:run|pull|exec|apply|plan|push|rm|install|update|upgrade|audit)\b/,
];

/** Digits that count nothing: they belong to a name. Services among them are checked as services. */
const NAMES_WITH_DIGITS =
  /(?<![A-Za-z0-9])(?:Route ?53|OAuth ?2(?:\.0)?|SAML ?2(?:\.0)?|X\.509|2FA|24\/7|UTF-8|SHA-?(?:1|256|384|512)|AES-?(?:128|256)|Ed25519|TLS ?v?1\.[23])(?![A-Za-z0-9])|0\.0\.0\.0\/0|::\/0|(?<=[A-Za-z])\d{1,2}(?!\d|\.\d)|(?:もう|いずれか|少なくとも)1つ|1つ(?:でも|以上|ずつ)|1度/gi;

const CONTROL = /(?<![A-Za-z0-9.])[A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)*(?:\.\d+)+(?![A-Za-z0-9])/g;

/** What is wrong with a sentence: of which kind, for whoever counts, and in words. */
export interface Objection {
  kind: 'identifier' | 'markup' | 'code' | 'cve' | 'action' | 'control' | 'number' | 'service' | 'severity';
  reason: string;
}

/**
 * @param sentence after NFKC, without characters that cannot be seen.
 * @param given the brief as canonical JSON, after NFKC.
 * @returns undefined where the sentence may be shown.
 */
export function unsupported(sentence: string, given: string, severity: Severity, language: Language): Objection | undefined {
  if (identifies(sentence)) return IDENTIFIES;
  if (MARKUP.test(sentence)) return { kind: 'markup', reason: 'holds a link or markup' };
  if (CODE.some((pattern) => pattern.test(sentence))) return { kind: 'code', reason: 'holds a command or code' };
  const cves = sentence.match(/CVE-\d{4}-\d+/gi) ?? [];
  if (cves.some((id) => !holds(given, id.toUpperCase()))) return { kind: 'cve', reason: 'names a CVE that the brief does not hold' };
  const action = sentence.match(/\b[a-z0-9-]{2,30}:[A-Z][A-Za-z*]{2,}/g)?.find((name) => !holds(given, name));
  if (action) return { kind: 'action', reason: `names an action that the brief does not: ${action}` };
  const nameless = sentence.replace(/CVE-\d{4}-\d+/gi, ' ').replace(NAMES_WITH_DIGITS, ' ');
  const controls = nameless.match(CONTROL) ?? [];
  if (controls.some((id) => !holds(given, id))) return { kind: 'control', reason: 'names a control that the brief does not hold' };
  const number = nameless
    .replace(CONTROL, ' ')
    .match(/\p{Nd}+(?:\.\p{Nd}+)*/gu)
    ?.find((each) => !holds(given, each) && !holds(given, String(Number(each))));
  if (number) return { kind: 'number', reason: `holds a number that the brief does not: ${number}` };
  const [service] = inventedServices(sentence, wordsOf(given));
  if (service) return { kind: 'service', reason: `names a service that the brief does not: ${service}` };
  const wrong = wrongSeverity(sentence, given, severity, language);
  return wrong ? { kind: 'severity', reason: `speaks of ${wrong}, which the finding is not` } : undefined;
}

export const IDENTIFIES: Objection = { kind: 'identifier', reason: 'holds an identifier or an address' };

/** Whether a name or a number stands in the brief as a whole: 3 does not stand in S3.2, nor CVE-2021-4422 in CVE-2021-44228. */
function holds(given: string, part: string): boolean {
  const literal = part.replace(/[^A-Za-z0-9-]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z0-9.])${literal}(?![A-Za-z0-9]|\\.\\d)`).test(given);
}
