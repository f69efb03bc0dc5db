/** How prose speaks of a severity, also by waving it away: how bad a finding is, is the finding's to say. */
import type { Language, Severity } from '../../../../config/schema';
import type { Given, Said } from './said';

const GRADES_EN: readonly [Severity, string][] = [
  ['CRITICAL', 'critical|severe|catastrophic|grave|extreme|disastrous|devastating'],
  ['HIGH', 'high|serious|major|significant'],
  ['MEDIUM', 'medium|moderate'],
  ['LOW', 'low|minor|trivial|negligible|slight|small|minimal|mild|tiny'],
  ['INFORMATIONAL', 'informational'],
];
const GRADES_JA: readonly [Severity, string][] = [
  ['CRITICAL', '緊急|重大|致命的|壊滅的|極めて高|最高|最も高|クリティカル|深刻|甚大'],
  ['HIGH', '高'],
  ['MEDIUM', '中(?:程度|くらい|$|」|で|の|。)|中リスク'],
  ['LOW', '低|軽微|軽度|些細|小さ|わずか'],
  ['INFORMATIONAL', '参考|情報提供'],
];
const THING_EN =
  '(?:severity|risks?|priority|findings?|issues?|problems?|incidents?|emergenc(?:y|ies)|alerts?|threats?|concerns?|flaws?|rating|urgency|danger)';
const MEASURE_JA = '(?:重大度|深刻度|重要度|危険度|緊急度|優先度|優先順位|リスク|影響度?|危険性)';
const THING_JA = '(?:問題|検出(?:結果)?|リスク|脆弱性|インシデント|事案|危険|脅威|事象|設定ミス)';

const WORDS: Record<Language, readonly [Severity, RegExp][]> = {
  en: [
    ...GRADES_EN.map(([label, grade]): [Severity, RegExp] => [
      label,
      new RegExp(
        `\\b(?:${grade})(?:[ -](?:security|level))?[ -]${THING_EN}\\b|\\b(?:severity|risks?|impact|danger|priority|urgency|threat|finding|issue)(?: \\w+)?\\W+(?:(?:is|of|as|are|level)\\W+)*(?:(?:very|extremely|rather|quite|only|merely) )*(?:${grade})\\b(?! for)|\\brated (?:as )?(?:${grade})\\b`,
        'i',
      ),
    ]),
    ['INFORMATIONAL', /\binformational\b/i],
    ['CRITICAL', /\bCRITICAL\b|\bseverity (?:one|two|three|1|2|3)\b|\b(?:P|SEV)-?[0-4]\b/],
    ['HIGH', /\bHIGH\b/],
    ['LOW', /\bLOW\b/],
  ],
  ja: [
    ...GRADES_JA.map(([label, grade]): [Severity, RegExp] => [
      label,
      new RegExp(
        `${MEASURE_JA}\\s?(?:は|が|:|の|としては)?\\s?「?(?:比較的|かなり|とても|非常に|極めて)?(?:${grade})(?!ま[りるっ]|め|速|可用|減|下|く)|(?:${grade})(?:い|な|の|度の?)?(?:セキュリティ(?:上の)?)?${THING_JA}|(?:${grade})(?:い|な|の)?${MEASURE_JA}`,
      ),
    ]),
    ['INFORMATIONAL', /(?:単なる|あくまで)(?:参考|情報)|参考情報(?:です|に)/],
  ],
};

/** Asking whether it is one is good advice; saying that it is one is not for the model. */
const DISMISSALS: Record<Language, readonly RegExp[]> = {
  en: [
    /(?<!\b(?:can|may|could|might) be (?:a )?|\bcauses? |\bas )\bfalse (?:positive|alarm)s?\b|\b(?:harmless|benign|innocuous|insignificant|irrelevant|unimportant)\b/i,
    /\b(?:no|any|without)(?: \w+)? (?:risk|threat|concern|danger|urgency|rush|hurry|security problem|follow-?up|cause for)s?\b(?=[^.]*(?:$|[.,;]| (?:is|are|here|to|for|needed|required|from)))(?<!\bany\b.*)|\bnot (?:a |an )?(?:\w+ )?(?:urgent|relevant|dangerous|serious|worrying|risk|threat|problem|(?:security )?(?:issue|concern|problem)|important)\b/i,
    /\b(?:no|nothing|any) (?:need|reason)? ?to (?:worry|do|act|fear|fix|react|hurry|respond)\b|\bno(?: \w+)? (?:is )?(?:needed|required|necessary)\b|\bno action (?:is|needed|required|necessary|needs)/i,
    /\b(?:be|safely|can|may|simply|just) ?(?:be )?ignored?\b|\bignore (?:it|this|the finding)\b|\bcan (?:safely )?wait\b|\b(?:merely|just|only) (?:a |an )?(?:minor|small|informational|cosmetic|formality)\b|\bnot worth\b/i,
    /\b(?:close|mark|archive|suppress|resolve|dismiss)\b[^.]{0,20}\b(?:finding|alert|it)\b[^.]{0,20}\b(?:as (?:not|resolved|benign|false|irrelevant)|so that|without)|\bmark (?:this|the) finding\b|\b(?:suppress|dismiss) (?:the|this) (?:finding|alert)\b/i,
    /\bdo(?:es)? not (?:matter|require (?:any )?(?:action|attention))\b|\bnothing (?:bad|serious) \b/i,
  ],
  ja: [
    /誤検[知出](?!(?:が|も)(?:あり|起|含|混))|無害|実害(?:は)?(?:ない|ありません)/,
    /様子(?:見|を見(?:て|れば|る))|気にし(?:なくて|ない|ないで)/,
    /(?:問題|心配|危険性?|リスク|脅威|懸念|緊急性|影響|実質的な(?:危険|リスク))(?:は|では|も|が)?(?:特に|まったく|ほとんど|一切)?(?:ありません|ございません|ない(?:です|と(?:考え|思|いえ)|でしょう|。|$))|心配(?:は)?(?:いりません|無用|不要)/,
    /(?:緊急|深刻|重大|危険|重要|問題)(?:な(?:もの|問題|事象|事態))?では(?:ありません|ない|なく)|急(?:ぐ必要|いで[^。]{0,10}(?:なくて|必要))/,
    /(?:対応|対処|対策|処置|修正|確認|何も?す|調査|行動)(?:る)?(?:の|する)?(?:必要)?(?:は|も|の必要は)?(?:特に)?(?:不要(?:です|と|。)|必要(?:は)?(?:ありません|ない|なし)|しなくて)|何も(?:し|す)[^。]{0,8}(?:必要(?:は)?(?:ありません|ない)|なくて)/,
    /(?:軽[微度]|些細|ささい|取るに足ら|大したこと|たいしたこと)|(?:に)?(?:すぎません|過ぎません)|(?:対象外|解決済み|誤り|対応済み|問題なし)(?:として|と)[^。]{0,8}(?:クローズ|閉じ|処理|扱|マーク|更新)|検出結果を(?:抑制|クローズ|非表示)/,
  ],
};
/** Leave to leave it be is none of the model's to give, under no condition. */
const LEAVE: Record<Language, RegExp> = {
  en: /(?<!\b(?:not|never|n['’]t|cannot) (?:simply |just |safely )?(?:be )?)\b(?:ignored?|suppress(?:ed)?|dismiss(?:ed)?)\b(?= (?:it|this|the (?:finding|alert)|safely|here)\b|\W*$)/i,
  ja: /(?:無視|放置|後回しに|先送り(?:に)?|そのままに|見送っ)し?て?(?:も|おいて(?:も)?|おけば)?(?:よ|良|構|かま|問題(?:ない|あり)|大丈夫|差し支え|十分|ください)/,
};
const ASKED: Record<Language, RegExp> = {
  en: /\b(?:if|whether|unless|until|before|do not|don['’]t|never|not mean|cannot be|should not|must not)\b/i,
  ja: /かどうか|か否か|か(?:を)?(?:確認|判断|調べ|確かめ)|でない(?:か|こと)|で(?:は)?ない(?:か|こと)|こと(?:を|が)|ないか|場合|なら|れば|であ(?:れば|る)|前に|とき(?:は|に)|(?:放置|無視|抑制)(?:し|せ)(?:ない|ず)|ないで|と判断|と決め/,
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
  return !ASKED[language].test(text) && DISMISSALS[language].some((words) => words.test(text)) ? 'no danger' : undefined;
}
