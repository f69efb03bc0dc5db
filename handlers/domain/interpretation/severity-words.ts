/** How prose speaks of a severity, also by waving it away: how bad a finding is, is the finding's to say. */
import type { Language, Severity } from '../../../config/schema';

const LABEL_JA = '(?:重大度|深刻度|重要度|危険度)[はが:「]*\\s*';

const WORDS: Record<Language, readonly [Severity, RegExp][]> = {
  en: [
    ['CRITICAL', /\bcritical[ -](?:severity|findings?|issues?|risks?|alerts?|vulnerabilit(?:y|ies)|rating)\b/i],
    ['CRITICAL', /\bseverity\W+(?:is |of )?critical\b|\brated (?:as )?critical\b/i],
    ['CRITICAL', /\bCRITICAL\b/],
    ['HIGH', /\bhigh[ -](?:severity|risk)\b|\bseverity\W+(?:is |of )?high\b|\brated (?:as )?high\b/i],
    ['HIGH', /\bHIGH\b/],
    ['MEDIUM', /\b(?:medium|moderate)[ -](?:severity|risk)\b|\bseverity\W+(?:is |of )?(?:medium|moderate)\b/i],
    ['LOW', /\blow[ -](?:severity|risk|priority)\b|\bseverity\W+(?:is |of )?low\b/i],
    ['INFORMATIONAL', /\binformational\b/i],
  ],
  ja: [
    ['CRITICAL', new RegExp(`${LABEL_JA}(?:緊急|重大|クリティカル|critical)|クリティカルな(?:問題|検出|リスク|脆弱性)`, 'i')],
    ['HIGH', new RegExp(`${LABEL_JA}高|高リスク|高い?(?:重大度|深刻度|重要度)`)],
    ['MEDIUM', new RegExp(`${LABEL_JA}中(?!心|央)|中リスク|中程度の(?:リスク|重大度|深刻度)`)],
    ['LOW', new RegExp(`${LABEL_JA}低|低リスク|優先度[はが]低|リスク[はが]低い`)],
  ],
};

/** Asking whether it is one is good advice; saying that it is one is not for the model. */
const DISMISSALS: readonly RegExp[] = [
  /(?<!\b(?:if|whether|unless|until)\b.*)\b(?:false positives?|harmless|no (?:real |actual |security )?(?:risk|threat|concern)s?)\b/i,
  /(?<!\b(?:if|whether|unless|until)\b.*)\b(?:be|safely) ignored?\b/i,
  /誤検知(?!(?:かどうか|か否か|で(?:は)?ない(?:か|こと)|か(?:を)?(?:確認|判断)|の場合|であ(?:れば|る場合)|なら))/,
  /無視して(?:も)?(?:よい|良い|構|かま|問題)|(?<!(?:ば|なら|場合は?|とき).*)問題(?:は)?ありません|危険(?:は|で)ありません/,
];

/**
 * @param given the brief: what it says itself, such as "ports with high risk", may be said.
 * @returns what a sentence says of the severity that the finding does not.
 */
export function wrongSeverity(sentence: string, given: string, severity: Severity, language: Language): string | undefined {
  const spoken = language === 'en' ? WORDS.en : [...WORDS.en, ...WORDS[language]];
  const wrong = spoken.find(([label, words]) => label !== severity && words.test(sentence) && !words.test(given));
  if (wrong) return wrong[0];
  return DISMISSALS.some((words) => words.test(sentence)) ? 'no danger' : undefined;
}
