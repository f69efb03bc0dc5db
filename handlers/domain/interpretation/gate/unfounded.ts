/** What nobody told whoever writes, said as a fact: that something was done about it, that nothing came of it, what will be so once it is mended, and who did it. */
import { type Given, joinedUp, type Said } from './said';

/** Each by itself: as one they take twice as long to compile, which is most of what they take. */
const eachOf = (...patterns: string[]) => patterns.map((pattern) => new RegExp(pattern, 'gi'));

/** What people do about a finding. What an attacker does as well (disable, delete, stop) needs a word that says who, or "already". */
const MENDED =
  '(?:patched|mitigated|remediated|resolved|fixed|contained|isolated|quarantined|revoked|rotated|notified|informed|approved|locked down|secured|cleaned(?: up)?|rolled back|reverted|closed|made private|re-?enabled|repaired|corrected|restored)';
const ANY_DEED =
  '(?:blocked|disabled|removed|deleted|terminated|detached|deactivated|stopped|shut down|turned off|installed|applied|updated|restricted|enabled|taken care of|handled|reported|verified|confirmed|checked|reviewed|investigated|replaced|completed|done|encrypted|moved|restored)';
const US =
  '(?:(?:the |your |our |a )?(?:\\w+ )?(?:\\w+|on-call)[ -](?:teams?|staff|engineers?|administrators?|department|people)|(?:the |an? )?(?:administrators?|admins?|SOC|owners?|on-call engineer)|AWS Support)';
const NOTHING = '(?:data|objects?|files?|records?|credentials?|customers?|information|secrets?|keys?|buckets?|messages?|damage|harm)';

const UNFOUNDED = {
  en: eachOf(
    `\\b(?:has|have|had|was|were|is|are)(?: \\w+)? (?:already|since|now|meanwhile|in the meantime|automatically)(?: been)? (?:\\w+ly )?(?:${MENDED}|${ANY_DEED})\\b|\\b(?:has|have) since been\\b`,
    `\\b(?:was|were|has been|have been|is being|are being)(?: \\w+ly)? (?:${MENDED})\\b(?! (?:by|in) (?:the )?(?:attacker|intruder|version|release))`,
    `\\b(?:was|were|been|being)(?: \\w+ly)? (?:${MENDED}|${ANY_DEED}) by ${US}\\b|\\b${US} (?:has |have |is |are |had )?(?:already |since |now )?(?:${MENDED}|${ANY_DEED}|been (?:told|notified|informed)|investigating|working on|looking into|handling|aware)\\b`,
    `(?<!\\b(?:or|by|if|whether) )\\b(?:GuardDuty|AWS|Security Hub|Inspector|Macie|the system)\\b (?:has |have )?(?:already |automatically )?(?:${MENDED}|blocked|disabled|removed|deleted|terminated|stopped|restricted)\\b`,
    `\\b(?:no|none of the)(?: \\w+)? ${NOTHING} (?:has|have|had|was|were|is|are)(?: been)? (?:\\w+ly )?(?:leaked|stolen|lost|copied|exposed|accessed|read|deleted|affected|compromised|exfiltrated|changed|done|downloaded|at risk)\\b|\\b(?:was|were|has been|have been) (?:never|not) (?:actually )?(?:accessed|exploited|misused|abused|stolen|downloaded|compromised|leaked)\\b|\\bnever (?:been )?(?:used|accessed|exploited|misused|abused) by any(?:one|body)\\b`,
    `\\bguarantees? (?:that|full|complete)|\\b(?:can|will|could) no longer\\b[^.,;]{0,16}\\b(?:attack|exploit|access|abuse|enter|happen|reach|get)|\\bhas no (?:\\w+ )?(?:access|way|foothold)\\b[^.,;]{0,12}\\bleft\\b|\\b(?:once|after|then|when|with)\\b[^.]{0,80}\\b(?:is|are|will be) (?:then |now |again |completely |fully |perfectly )*(?:safe|secure|protected|out of danger|compliant|clean|solved|impossible)\\b|\\b(?:eliminates?|removes?) (?:the|all|any) (?:risk|threat|danger)s? (?:completely|entirely|for good)|\\bnever (?:again|happen)|\\b(?:completely|fully|entirely) (?:safe|secure|protected|resolved|compliant)\\b`,
    `^(?:an? |the |some |one of )(?:\\w+ ){0,2}(?:employees?|developers?|interns?|contractors?|insiders?|engineers?|colleagues?|hackers?|administrators?|vendors?|admins?|thie(?:f|ves)|criminals?)\\b(?: (?:from|of|in) (?:the )?\\w+)? (?:have |has |had )?(?!may|might|could|can|would|should|who|with|are|is\\b)(?:\\w+ed|made|used|set|put|left|took|control|stole|got|gave|ran|wrote|sold)\\b`,
    '\\b(?:was|were|has been|have been) (?:\\w+ ){0,3}(?:by mistake|accidentally|inadvertently|deliberately|on purpose|by accident)\\b',
    '\\b(?:host|instance|container|server|machine|account|function|cluster|system|key|attackers?|intruders?|malware)\\b(?: itself)? (?:was|were|has been|got|came|broke|entered) (?:infected|compromised|breached|hacked|in|stolen)\\b[^.]{0,8}\\b(?:through|via|by|with|from|after|because)\\b|\\blet (?:the )?(?:attackers?|intruders?|hackers?) in\\b',
  ),
  ja: eachOf(
    '(?:すでに|既に|その後|先ほど|自動的に|自動で)[^。]{0,24}(?:無効化|隔離|遮断|ブロック|失効|修正(?!版|プログラム|パッチ|済みの?(?:版|バージョン|パッケージ))|適用|解除|復旧|取り消|更新|ローテーション|削除|停止|対応|対処|報告|連絡|通知|承認|変更|是正|非公開|排除)[^。]{0,4}(?:し(?:ました|ています)|され(?:ました|ています|ており)|済み|になりました|完了)',
    '(?:対応|対処|報告|連絡|通知|修正|適用|隔離|遮断|無効化|更新|承認|確認|解決|是正|設定|調査|ローテーション)(?:は|が|も)?(?:すべて|既に|すでに)?(?:済み(?:です|で|の(?:ため|で)|であ)|完了し(?:ました|てい(?:ます|る))|終わ(?:りました|っています))',
    '(?:チーム|担当者|管理者|部門|所有者|運用部門|ベンダー|AWS|GuardDuty|Inspector|Macie|SOC)(?:が|は|により|によって|で)[^。]{0,24}(?:無効化|隔離|遮断|ブロック|失効|修正(?!版|プログラム|パッチ|済みの?(?:版|バージョン|パッケージ))|適用|解除|復旧|取り消|更新|ローテーション|削除|停止|終了|対応|対処|報告|承認|変更|調査|確認|把握|排除)(?:を)?(?:し|さ(?:せ|れ)|進め|行い|行って|開始し)(?:ました|ています|ており|た(?:ため|ので))',
    '(?<!(?:証跡|記録|ログ|保護|監視|検知|設定)[^。]{0,12})(?:隔離|失効|(?<!微)修正|復旧|是正|取り消|ローテーション|非公開化?|パッチが適用)(?:化)?(?:は|が)?(?:すべて)?(?:され(?:ました|ています)|になりました)',
    '(?:昨夜|昨日|本日|先ほど|今朝)[^。]{0,16}(?:されました|しました|しています)|(?:調査|対応)が進(?:んで|められて)',
    '(?:データ|情報|オブジェクト|ファイル|認証情報|キー|鍵|顧客|メッセージ|レコード|秘密)(?:は|が)[^。、]{0,8}(?:漏えい|漏洩|流出|削除|悪用|閲覧|取得|コピー|持ち出|盗|ダウンロード|改ざん|侵害)(?:は)?(?:され|し|まれ|われ)?て(?:い(?:ません|ない)|おらず)(?!か|場合|こと|と(?:は|も))|(?:形跡|痕跡)は(?:ありません|見つかっていません|ない)',
    '(?:誰も|二度と|今後は|もう|これ(?:で|により)|(?:すれば|更新後は|置き換えれば|変更すれば|適用すれば|したら))[^。]{0,30}(?:侵入でき(?:なく|ません)|攻撃され(?:なく|ません|る(?:心配|おそれ)(?:が|は)?(?:なく|あり))|安全です|安全にな|心配(?:が|は)?(?:なく|ありません)|起こ(?:りません|らなく)|できなくなります)|完全に(?:安全|防|解決|満た|準拠|排除)|保証(?:し|され)ます|(?:すれば|したら|後は)[^。]{0,16}安全です',
    '(?:社員|従業員|開発者|新人|担当者|委託先|元社員|退職者|内部関係者|内部犯|ハッカー|技術者|エンジニア|管理者|犯人|業者)(?:が|は)[^。]{0,30}(?:しました|したものです|しています|使いました|開きました|作りました|盗みました|操作してい(?:ます|る)|誤って)(?!か)|誤って[^。]{0,20}(?:しました|されました)|担当者が(?:設定|作成|変更|追加)したもの',
    '(?:メール|脆弱性|プラグイン|パスワード|漏えい|攻撃|フィッシング)[^。、]{0,8}(?:から|により|によって|経由で|を通じて)[^。、]{0,6}(?:侵入され|感染し|侵害され|乗っ取られ)(?:ました|ています|た)|(?:すでに|既に)[^。、]{0,8}(?:侵入|侵害|乗っ取)(?:され|られ)てい',
  ),
} as const;

/** A condition, a question, a possibility or advice is no fact. */
const OPEN = {
  en: /\b(?:if|whether|unless|until|once (?!the)|before|ensure|make sure|confirm|check|verify|see (?:if|that)|could|may|might|possibly|perhaps|should|must|when a|in case|assume|treat|would|look for|find out|not (?:known|say|tell|mean))\b/i,
  ja: /か(?:どうか)?(?:を|も|が)?(?:確認|判断|調|確かめ|尋|問い合わせ|不明|分か)|(?:こと|か|の)を(?:確認|確かめ)|場合|可能性|おそれ|恐れ|かもしれ|ないか|とみられ|と考え|までは|前提|想定|限りません|限らない/,
};
/** A promise is one also behind a condition. */
const PROMISED = { en: /\b(?:once|after|then|guarantees?|no longer|safe|secure)\b/i, ja: /安全|保証|心配|完全に|できなく/ };

/** Told to see for oneself, it is none. */
const ASKED = {
  en: /\b(?:confirm|check|verify|make sure|ensure|whether|see that|test that)\b/i,
  ja: /(?:確認|確かめ|検証|テスト)(?:し|て)/,
};

/** @returns the piece that nobody told. */
export function unfounded(whole: Said, { brief }: Given): string | undefined {
  const { language } = whole;
  const text = language === 'ja' ? joinedUp(whole.text) : whole.text;
  if (ASKED[language].test(text)) return undefined;
  const open = OPEN[language].test(text);
  const all = UNFOUNDED[language].flatMap((pattern) => text.match(pattern) ?? []);
  return all.find(
    (said) =>
      (!open || PROMISED[language].test(said)) &&
      // What the brief says of blocking and of a call that was refused, contradiction compares.
      !(brief.blocked !== undefined && /block|stopp|ブロック|遮断/i.test(said)),
  );
}
