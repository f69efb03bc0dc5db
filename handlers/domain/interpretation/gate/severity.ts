/** How prose speaks of a severity, also by waving it away: how bad a finding is, is the finding's to say. */
import type { Language, Severity } from '../../../../config/schema';
import { DISMISSALS, EXCUSED, LEAVE } from './dismissals';
import type { Given, Said } from './said';

const GRADES_EN: readonly [Severity, string][] = [
  ['CRITICAL', 'critical|severe|catastrophic|grave|extreme|disastrous|devastating|worst|top'],
  ['HIGH', 'high|serious|major|significant|considerable|elevated|dramatic|huge|enormous'],
  ['MEDIUM', 'medium|moderate|average'],
  ['LOW', 'low|minor|trivial|negligible|slight|small|minimal|mild|tiny|little|limited|marginal|manageable|insignificant|unimportant'],
  ['INFORMATIONAL', 'informational'],
];
const GRADES_JA: readonly [Severity, string][] = [
  ['CRITICAL', '緊急|重大|致命的|壊滅的|極めて高|最高|最も(?:高|危険|深刻|重大)|最優先|クリティカル|深刻|甚大|最悪'],
  ['HIGH', '高'],
  ['MEDIUM', '中(?:程度|くらい|$|」|で|の|。)|中リスク'],
  ['LOW', '低|軽微|軽度|些細|小さ|わずか|限定的|少な|軽'],
  ['INFORMATIONAL', '参考|情報提供'],
];
const THING_EN =
  '(?:severity|risks?|priority|findings?|issues?|problems?|incidents?|emergenc(?:y|ies)|alerts?|threats?|concerns?|flaws?|vulnerabilit(?:y|ies)|weakness(?:es)?|misconfigurations?|bugs?|defects?|rating|urgency|danger|situations?|circumstances?)';
const MEASURE_EN = '(?:severity|risks?(?: level)?|impact|danger|priority|urgency|threat|finding|issue|exposure|harm|consequences?)';
const MEASURE_JA = '(?:重大度|深刻度|重要度|危険度|緊急度|優先度|優先順位|リスク(?:レベル)?|影響度?|危険性|被害)';
const THING_JA = '(?:問題|検出(?:結果)?|リスク|脆弱性|インシデント|事案|危険|脅威|事象|事態|状況|状態|設定ミス)';
const VERY = '(?:(?:very|extremely|rather|quite|only|merely|relatively|fairly|likely|probably|really) )*';

const WORDS: Record<Language, readonly [Severity, RegExp][]> = {
  en: [
    ...GRADES_EN.map(([label, grade]): [Severity, RegExp] => [
      label,
      new RegExp(
        `\\b(?:${grade})(?:[ -](?:security|level|possible))?[ -]${THING_EN}\\b|\\b${MEASURE_EN}(?: (?:here|itself|level))?\\W+(?:(?:is|of|as|are|be|would|should|treated|considered|rated|level|remains?|seems?)\\W+)+${VERY}(?:${grade})\\b(?! (?:for|to|by))|\\b(?:severity|risk level|priority|risk):\\W*(?:${grade})\\b|\\brated (?:as )?(?:${grade})\\b`,
        'i',
      ),
    ]),
    ['INFORMATIONAL', /\binformational\b/i],
    [
      'CRITICAL',
      /\bCRITICAL\b|\bseverity (?:one|two|three|1|2|3)\b|\b(?:P|SEV)-?[0-4]\b|\b(?:extremely|most|very|highly) (?:dangerous|serious|severe|critical|urgent)\b/,
    ],
    ['HIGH', /\bHIGH\b/],
    ['LOW', /\bLOW\b|\b(?:low|small|minor|negligible|limited|minimal|little)[- ](?:impact|consequences?|harm|relevance|importance)\b/],
  ],
  ja: [
    ...GRADES_JA.map(([label, grade]): [Severity, RegExp] => [
      label,
      new RegExp(
        `${MEASURE_JA}\\s?(?:は|が|:|の|としては|も)?\\s?「?(?:比較的|かなり|とても|非常に|極めて|それほど)?(?:${grade})(?!ま[りるっ]|め|速|可用|減|下|く)|(?:${grade})(?:い|な|の|度の?)?(?:セキュリティ(?:上の)?)?${THING_JA}|(?:${grade})(?:い|な|の)?${MEASURE_JA}`,
      ),
    ]),
    ['INFORMATIONAL', /(?:単なる|あくまで)(?:参考|情報)|参考情報(?:です|に)/],
    ['CRITICAL', /(?<![A-Za-z])P[0-4](?![0-9A-Za-z])/],
  ],
};

/**
 * @returns what a sentence says of the severity that the finding does not. What the brief says itself, such as "ports with high
 * risk", may be said.
 */
export function severity({ text, language }: Said, { json, severity }: Given): string | undefined {
  const spoken = language === 'en' ? WORDS.en : [...WORDS.en, ...WORDS[language]];
  const wrong = spoken.find(([label, words]) => label !== severity && words.test(text) && !words.test(json));
  if (wrong) return wrong[0];
  if (LEAVE[language].test(text)) return 'no danger';
  return !EXCUSED[language].test(text) && DISMISSALS[language].some((words) => words.test(text)) ? 'no danger' : undefined;
}
