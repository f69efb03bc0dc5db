/** How prose waves a finding away. */
import type { Language } from '../../../../config/schema';
import { oneOf } from './one-of';

/** Leave to leave it be is none of the model's to give, under no condition. */
export const LEAVE: Record<Language, RegExp> = {
  en: oneOf(
    '\\bleave (?:it|this|everything|things|the \\w+) (?:as (?:it is|is|they are)|alone|be\\b|unchanged|for now)',
    '\\b(?:this|it|finding|alert|update|fix|repair|patch|change)\\b (?:can|could|may) (?:safely )?be (?:postponed|deferred|delayed|closed|archived|left|accepted|skipped)',
    "(?<!\\b(?:not|never|n['’]t|cannot) (?:simply |just |safely )?(?:be )?)\\b(?:ignored?|suppress(?:ed)?|dismiss(?:ed)?|disregard(?:ed)?|overlook(?:ed)?)\\b(?= (?:it|this|the (?:finding|alert)|safely|here)\\b|\\W*$)",
  ),
  ja: oneOf(
    '(?:無視|放置|後回しに|先送り(?:に)?|そのままに|見送っ|見過ごし)し?て?(?:も|おいて(?:も)?|おけば)?(?:よ|良|い(?:い|です)|構|かま|問題(?:は)?(?:ない|あり)|大丈夫|差し支え|支障|十分|ください)',
    'そのまま(?:で|に)(?:も)?[^。]{0,8}(?:構|かま|よい|良い|いい|大丈夫|問題(?:は)?(?:ない|あり))|(?:後日|後|来週|来月|余裕のあるとき)で(?:も)?(?:構|かま|よい|良い|十分)',
  ),
};

/** Saying that it is nothing, or that nothing is to be done. */
export const DISMISSALS: Record<Language, readonly RegExp[]> = {
  en: [
    /(?<!\b(?:can|may|could|might) be (?:a )?|\bcauses? |\b(?:as|reduces?|reducing|avoids?|fewer|limits?|minimi[sz]es?|rule out) )\bfalse (?:positive|alarm)s?\b|\b(?:harmless|benign|innocuous|insignificant|irrelevant|unimportant|non-issue|acceptable|tolerable)\b/i,
    /\b(?:no|without)(?: \w+)? (?:risk|threat|concern|danger|urgency|rush|hurry|security problem|follow-?up|cause for|big deal|harm)s?\b(?=[^.]*(?:$|[.,;]| (?:is|are|here|to|for|needed|required|from)))|\bnot (?:a |an |that |really |particularly )?(?:\w+ )?(?:urgent|relevant|dangerous|serious|worrying|risk|threat|problem|(?:security )?(?:issue|concern|problem)|important|deal|bad)\b/i,
    oneOf(
      '\\b(?:no|nothing|any)(?: need| reason)? ?to (?:worry|do|act|fear|fix|react|hurry|respond|see|panic|be done)\\b|\\bno(?! longer)(?: \\w+)? (?:is )?(?:needed|required|necessary)\\b|\\bno action (?:is|needed|required|necessary|needs)',
      "\\b(?:do(?:es)? not|do(?:es)?n['’]t|need not|needn['’]t|never)(?: (?:have|need))?(?: to)? (?:act|do anything|worry|panic|respond|react|hurry|be concerned|matter|bother|(?:require|need) (?:any|further|immediate|urgent|attention|action|follow))\\b",
      '\\b(?:needs?|requires?|deserves?|merits?|warrants?) (?:no|little) (?:\\w+ )?(?:attention|action|response|follow-?up|fix)\\b|\\b(?:probably|likely|surely|just|only) nothing\\b',
    ),
    oneOf(
      '\\b(?:cause|reason) for (?:alarm|concern|worry|panic)\\b|\\b(?:hardly|barely|scarcely) (?:matters?|relevant|important|any|a (?:risk|problem|danger))\\b|\\bmatters? (?:little|not)\\b|\\bno (?:reason|need|cause) (?:to|for) (?:be )?\\w*(?:alarm|worr|concern|panic)\\w*|\\b(?:disaster(?![- ]recovery)|catastrophe|nightmare|(?:an|no|any) emergency(?! \\w))\\b|(?:^|\\b(?:can|may|just|and) )relax(?= (?:about|for|now)\\b|[,.;!]|$)|\\blose (?:any )?sleep\\b|\\brest assured\\b|\\bnothing (?:needs|has|is) to be done\\b|\\broutine (?:event|matter|activity)\\b',
      "\\b(?:is|are|was|were)n['’]t (?:\\w+ )?(?:important|urgent|relevant|serious|critical|a (?:risk|problem|threat|concern))\\b",
      '\\b(?:activity|finding|it|this|access|behaviou?r|event|call|traffic|login|setting|alert|change|connection)s? (?:is|are|was|were)(?: \\w+ly)? (?:legitimate|safe|expected|normal|authori[sz]ed|fine|okay|ok|intended)\\b(?! (?:to|in|by|for|from|use|users?|access))',
    ),
    /\b(?:is|are|it['’]s|looks?|seems?|appears?)(?: \w+ly)?(?: just| only| merely| simply| probably| usually| mostly)+(?: \w+)? (?:noise|routine|normal|expected|fine|okay|ok|nothing|common|usual|formality)\b|\b(?:background|routine) noise\b|\bbusiness as usual\b/i,
    /\b(?:can|may|could) (?:safely )?wait\b(?! out\b)|\b(?:merely|just|only) (?:a |an )?(?:minor|small|informational|cosmetic|formality|slight)\b|\bnot worth\b|\bfeel free to (?:skip|ignore|leave)\b|\bskip (?:this|the finding)\b/i,
    /\b(?:close|mark|resolve)\b[^.]{0,20}\b(?:finding|alert|it)\b[^.]{0,20}\b(?:as (?:not|resolved|benign|false|irrelevant|accepted)|without)|\bmark (?:this|the) finding\b|\bclose (?:the|this) (?:ticket|finding|alert|case|incident)\b/i,
  ],
  ja: [
    /誤検[知出](?!(?:が|も)(?:あり|起|含|混))|無害|実害(?:は)?(?:ない|ありません)|何でもありません|許容(?:でき|範囲|し(?:て|ても))/,
    /安心(?:して|でき)|(?<!(?:公開|再起動|停止|作り直|削除|変更|付与|共有|保存)(?:する|す)?)必要(?:は|が)?(?:まったく|特に)?(?:ありません|ございません|ない(?:です|と|。))|(?:で|て)も?(?:構|かま)いません|(?:ほとんど|ほぼ|まったく|特に|実質)[^。]{0,6}(?:影響|被害|リスク)(?:は|が)?(?:ありません|ない)|(?:影響|被害|リスク)(?:は|が)(?:ほとんど|ほぼ|まず|特に|まったく)(?:ありません|ない)/,
    /(?:正当|正規|正常|安全|通常|想定内|想定どおり)(?:な|の)?(?:操作|動作|通信|イベント|状態|アクセス|挙動|設定)?(?:です|とみな|と考え|と見な|とい)|クローズ(?:でき|して(?:も)?(?:構|かま|よ|良|い|ください))/,
    /様子(?:見|を見(?:て|れば|る))|(?:日常的|いつも|通常|一般的)[^。]{0,8}(?:ノイズ|もの(?:で|です)|挙動(?:で|です)|動作(?:で|です))|(?:ただの|単なる)(?:ノイズ|警告)/,
    /(?:問題|心配|危険性?|リスク|脅威|懸念|緊急性|支障|差し支え|実質的な(?:危険|リスク)|(?:大|たい)した(?:問題|影響|こと))(?:は|では|も|が)?(?:特に|まったく|ほとんど|一切|あまり)?(?:ありません|ございません|ない(?:です|と(?:考え|思|いえ|言え)|でしょう|。|$))|(?:問題|危険|脅威)(?:だ)?とは(?:いえ|言え|考えられ)|心配(?:は|に(?:は)?)?(?:いりません|及びません|およびません|無用|不要)|無視できる(?:程度|ほど|レベル|範囲)/,
    /(?:緊急|深刻|重大|危険|重要|問題|急ぎ)(?:な(?:もの|問題|事象|事態))?では(?:ありません|ない|なく)|急(?:ぐ必要|いで[^。]{0,10}(?:なくて|必要))|(?:大|たい)した[^。]{0,6}(?:では)?(?:ありません|ない)/,
    /(?:対応|対処|対策|処置|修正|更新|調査|行動|措置|気に|心配|作業)(?:を)?(?:する|の)?(?:必要)?(?:は|も|の必要は)?(?:特に)?(?:要りません|いりません|不要(?:です|と|。)|必要(?:は)?(?:ありません|ない|なし)|しなくて|せずとも)|何も(?:し|す)[^。]{0,8}(?:必要(?:は)?(?:ありません|ない)|なくて)|(?:なくて|なくとも)(?:も)?(?:よ|良|い|構|かま|大丈夫|問題|支障)|なくても/,
    /(?:軽[微度]|些細|ささい|取るに足ら)|(?:に)?(?:すぎません|過ぎません)|(?:対象外|解決済み|誤り|対応済み|問題なし)(?:として|と)[^。]{0,8}(?:クローズ|閉じ|処理|扱|マーク|更新)|(?:検出結果|アラート|通知)を(?:抑制|クローズ|非表示|閉じ)/,
  ],
};

/** Asking whether it is nothing is good advice; so is what to do where it is. */
export const EXCUSED: Record<Language, RegExp> = {
  en: /\b(?:if|whether|unless|until|before|do not (?:ignore|dismiss|suppress|assume|treat)|may be|might be|could be|confirm|check|verify|make sure|not mean|cannot be|should not|must not)\b/i,
  ja: /かどうか|か否か|か(?:を)?(?:確認|判断|調べ|確かめ)|でない(?:か|こと)|で(?:は)?ない(?:か|こと)|こと(?:を|が)|ないか|場合|なら|れば|であ(?:れば|る)|前に|とき(?:は|に)|(?:放置|無視|抑制)(?:し|せ)(?:ない|ず)|ないで|と判断|と決め/,
};
