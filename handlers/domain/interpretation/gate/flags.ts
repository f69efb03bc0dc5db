/**
 * What the brief says with yes or no, and a sentence says otherwise: that a fix or an exploit is there, that it is public, shared,
 * encrypted or blocked, and who attacks whom. Each phrase says one of both; a condition or a question says neither.
 */
import type { Brief } from '../brief';
import type { Given, Said } from './said';

interface Claim {
  of: string;
  /** What the sentence says of it. */
  is: boolean;
  en: RegExp;
  ja: RegExp;
}

const FIX_EN = '(?:fix(?:es)?|patch(?:es)?|(?:fixed|patched|corrected) versions?|updates? (?:for|that (?:fix|close|mend)s?))';
const FIX_JA = '(?:修正版|修正済み(?:の)?バージョン|修正プログラム|修正パッチ|パッチ|修正)';
const EXPLOIT_EN = '(?:exploits?(?: code)?|proofs? of concept|attack code)';
const EXPLOIT_JA = '(?:攻撃コード|攻撃プログラム|エクスプロイト(?:コード)?|実証コード|悪用コード|悪用方法)';
const THING_EN = '(?:instance|host|function|container|node|pod|cluster|server|resource|machine|workload|task|database|bucket)';
const THING_JA = '(?:インスタンス|ホスト|関数|コンテナ|ノード|ポッド|Pod|クラスター|サーバー|リソース|ワークロード|タスク|データベース)';
const ATTACK_EN = '(?:attack|prob|scann?|brute-?forc|flood|target|hitt?)';
const ATTACK_JA = '(?:攻撃|探索|スキャン|総当たり|ブルートフォース|プローブ|探査|不正アクセス)';

const CLAIMS: readonly Claim[] = [
  {
    of: 'fix',
    is: false,
    en: new RegExp(
      `\\b(?:no|without a|lacks? a|awaiting a|wait(?:ing)? for (?:a|the))\\b[^.,;]{0,25}\\b${FIX_EN}\\b(?! (?:is|are) (?:needed|required|necessary))|\\b${FIX_EN}\\b[^.,;]{0,25}\\b(?:not|n['’]t|never)\\b[^.,;]{0,25}\\b(?:available|released|published|out|exist|provided)|\\bnot (?:yet )?(?:been )?(?:fixed|patched) by\\b|\\bunpatched by\\b|\\bwait for (?:the|a) (?:vendor|maintainer|fix|patch)|\\buntil (?:a|the) ${FIX_EN} (?:is|becomes) (?:available|released|published)|\\bcannot (?:yet )?be (?:fixed|patched)\\b`,
      'i',
    ),
    ja: new RegExp(
      `${FIX_JA}[^。、]{0,14}(?:ありません|(?:存在|提供|公開|リリース)(?:されて|して)?(?:い(?:ない|ません)|しません|されません)|ない(?:ため|状態|。|$)|未(?:提供|公開|リリース))|${FIX_JA}[^。、]{0,8}(?:を)?(?:まだ)?公開していません|${FIX_JA}[^。、]{0,10}(?:提供|公開|リリース)されるまで|修正(?:でき|されてい)ません`,
    ),
  },
  {
    of: 'fix',
    is: true,
    en: new RegExp(
      `\\b(?:a|the|an official|vendor)\\b[^.,;]{0,20}\\b${FIX_EN}\\b[^.,;]{0,12}\\b(?:is|are|exists?|has been|was)\\b(?!(?: still| yet)? (?:not|no|n't))(?:[^.,;]{0,12}(?:available|released|out|published|provided|offered))?(?! (?:needed|required))|\\b(?:update|upgrade|move|switch) to (?:a|the) (?:fixed|patched|corrected)\\b|\\b(?:install|apply) (?:a|the)(?: \\w+)? ?(?:patch|fix)\\b|\\b${FIX_EN}\\b (?:that )?(?:the )?\\w+ (?:has|have) (?:released|published)|\\bhas (?:been )?(?:fixed|released a (?:fix|patch))\\b`,
      'i',
    ),
    ja: new RegExp(
      `${FIX_JA}(?:が|は|も)[^。、]{0,10}(?:(?:提供|公開|リリース)されてい(?:ます|る)|(?:提供|公開|リリース)(?:済み|されました)|あります|存在します|出てい(?:ます|る)|入手(?:でき|可能))|修正(?:版|済み(?:の)?バージョン)(?:に|へ)[^。、]{0,6}(?:更新|アップグレード|アップデート|移行|切り替え)|(?:パッチ|修正プログラム)を[^。、]{0,6}(?:適用|インストール|当て)`,
    ),
  },
  {
    of: 'exploit',
    is: false,
    en: new RegExp(
      `\\b(?:no|without)\\b[^.,;]{0,25}\\b(?:${EXPLOIT_EN}|exploitation)\\b|\\b${EXPLOIT_EN}\\b[^.,;]{0,20}\\b(?:not|never|n['’]t)\\b|\\b(?:not|never)(?: yet)? (?:been )?(?:known to be )?exploited\\b`,
      'i',
    ),
    ja: new RegExp(
      `(?:${EXPLOIT_JA}|悪用(?:事例|例|手段)?)[^。]{0,10}(?:ありません|(?:知られ|確認され|公開され|存在し|出回っ|報告され)て(?:い(?:ない|ません)|おらず)|存在しません|見つかって(?:いない|いません))`,
    ),
  },
  {
    of: 'exploit',
    is: true,
    en: new RegExp(
      `\\b(?:an?|the|public|working|known)\\b[^.,;]{0,12}\\b${EXPLOIT_EN}\\b[^.,;]{0,25}\\b(?:is|are|exists?|has been|available|public|circulat)(?!\\w* (?:not|no))|\\b(?:actively|widely|already|being) exploited\\b`,
      'i',
    ),
    ja: new RegExp(
      `${EXPLOIT_JA}(?:が|は|も)[^。、]{0,8}(?:(?:公開|確認)されてい(?:ます|る)|存在します|出回っ|あります|流通)|(?:すでに|実際に|広く|活発に)悪用され`,
    ),
  },
  {
    of: 'public',
    is: false,
    en: /\b(?:is|are|was|were|has|have)(?: \w+)?(?: not|n['’]t) (?:publicly|public\b|open to (?:the (?:public|internet|world)|everyone|anyone)|exposed|accessible (?:from|on|over) the internet|been (?:made )?public)|\bis (?:fully |strictly )?private\b|\b(?:only|just) (?:a|an|one|the|its|some|certain|known|specific|trusted|authorized|internal|other)\b[^.]{0,40}\b(?:can|may|is able to|has access)\b|\b(?:nobody|no one|none) (?:outside|else|on the internet)\b/i,
    ja: /公開(?:は)?(?:されて(?:い(?:ない|ません)|おらず)|されません)|非公開(?:です|と|に(?:なって|設定され)|の(?:状態|設定))|(?:特定|一部|限られた|一つ|1つ|1 ?つ|1つ|別)の(?:外部の?)?(?:AWS ?)?(?:アカウント|ユーザー|プリンシパル|ロール)(?:だけ|のみ|しか)|(?:外部|インターネット)から(?:は)?[^。、]{0,10}(?:できません|できない|れません)|アクセスできるのは[^。]{0,20}(?:だけ|のみ)/,
  },
  {
    of: 'public',
    is: true,
    en: /\b(?:is|are|was|were|been)(?: \w+ly)? (?:publicly|public\b|open to (?:the (?:public|internet|world)|everyone|anyone)|exposed to the (?:internet|public))|\b(?:any(?:one|body)|every(?:one|body)|the (?:whole )?(?:internet|public))(?: on the internet| in the world| outside| at all)? (?:can|may|could|is able|has|have)\b|\b(?:grants?|allows?|gives?|permits?) (?:\w+ )?public\b|\bpublic (?:read|write|access) is\b/i,
    ja: /誰(?:でも|もが)(?!.*(?:わけではな|ません))|一般に公開|公開(?:されてい(?:ます|る)|されました|されており|状態)|パブリックアクセスを許可し|パブリックアクセスが(?:有効|許可)|全世界|不特定多数/,
  },
  {
    of: 'shared',
    is: false,
    en: /\b(?:is|are|was|were)(?: not|n['’]t) shared\b|\bnot shared with\b/i,
    ja: /共有(?:は)?されて(?:い(?:ない|ません)|おらず)/,
  },
  { of: 'shared', is: true, en: /\b(?:is|are|was|were|been) shared (?:with|across|outside)\b/i, ja: /共有されて(?:います|いる|おり)/ },
  {
    of: 'encrypted',
    is: false,
    en: /\b(?:not|n['’]t|never|no longer) encrypted\b|\bunencrypted\b|\b(?:no|without|lacks?)(?: \w+)? encryption\b|\bin (?:clear|plain) ?text\b/i,
    ja: /暗号化(?:は|が)?(?:されて(?:い(?:ない|ません)|おらず)|されていない)|未暗号化|暗号化(?:は|が)(?:無効|ありません|オフ)|平文で/,
  },
  {
    of: 'encrypted',
    is: true,
    en: /\b(?:is|are|was|were|been)(?: (?:already|fully|properly|also))? encrypted\b|\b(?:its|the) encryption is (?:on|enabled|active)\b/i,
    ja: /暗号化(?:は|が)?(?:されて(?:います|いる|おり)|されました|済み(?:です|の)|(?:が|は)有効(?:です|に))/,
  },
  {
    of: 'blocked',
    is: false,
    en: /\b(?:not|n['’]t|never) (?:been )?(?:blocked|stopped|denied|rejected)\b|\b(?:got|went|came|passed) through\b|\b(?:quer(?:y|ies)|request|connection|traffic|attempt|call|probe|communication)s? (?:was|were|has been|have been)? ?(?:succe\w+|allowed)\b|\bunblocked\b/i,
    ja: /(?:遮断|ブロック|拒否)(?:は)?されて?(?:い(?:ない|ません)|おらず|ません|なかった)|(?:通信|問い合わせ|クエリ|接続|リクエスト|要求)(?:は|が)(?:すべて)?(?:成功し|許可され|通過し|外部に到達)/,
  },
  {
    of: 'blocked',
    is: true,
    en: /\b(?:was|were|is|are|been|being)(?: (?:already|successfully|automatically))? (?:blocked|stopped by|denied|rejected)\b/i,
    ja: /(?:遮断|ブロック|拒否)(?:され(?:ました|ています|た(?:ため|ので)|ている|ており)|済み)/,
  },
  {
    of: 'attacker',
    is: false,
    en: new RegExp(
      `\\b${THING_EN}\\b[^.,;]{0,12}\\b(?:is|was|has been|became) (?:being |also )?(?:the |a )?(?:target|victim|${ATTACK_EN}\\w*ed|under (?:a |an )?(?:[\\w-]+ ){0,2}attack)|\\b(?:attack|scan|probe|flood)s? (?:against|on|of) (?:the|this|your) ${THING_EN}`,
      'i',
    ),
    ja: new RegExp(
      `${THING_JA}(?:は|が)[^。]{0,16}(?:標的|ターゲット|被害|${ATTACK_JA}(?:を)?(?:受け|され))|外部から[^。]{0,20}${ATTACK_JA}(?:を受け|され|が(?:行わ|あり|検出))|(?:この)?${THING_JA}(?:に対する|に対して|への)[^。]{0,12}${ATTACK_JA}`,
    ),
  },
  {
    of: 'attacker',
    is: true,
    en: new RegExp(
      `\\b${THING_EN}(?: itself)? (?:is|was|has been|keeps|started|began|may be|appears to be)? ?(?:${ATTACK_EN}ing|sending attacks|launching|performing|carrying out)\\b|\\b${THING_EN}(?: itself)? (?:attacks|probes|scans|attacked|probed|scanned|floods)\\b(?! by)|\\b(?:attacks|scans|probes) (?:from|by) (?:the|this|your) ${THING_EN}`,
      'i',
    ),
    ja: new RegExp(
      `${THING_JA}(?:が|は|から)[^。]{0,4}(?:ほか|他|外部|別|第三者)の?[^。]{0,14}(?:を|へ|に対して|への)[^。]{0,10}${ATTACK_JA}|${THING_JA}(?:自身|自体)?(?:が|から)[^。]{0,10}${ATTACK_JA}(?:を(?:行|し|実行|仕掛け)|し(?:てい|まし)|の(?:発信|送信)元)|${THING_JA}(?:が|は)攻撃元`,
    ),
  },
];

/** Whether it is so is asked, wished or a condition; said of the future, or of what would be. */
const OPEN = {
  en: /\b(?:if|whether|unless|until|once|when|in case|make sure|ensure|verify|check|confirm|see that|so that|should|must|would|could be|as soon as|before|after|does not become|do not|never)\b/i,
  ja: /(?:か(?:どうか)?(?:を)?(?:確認|調|判断|確かめ)|(?:こと|か|の)を(?:確認|確かめ)|ない(?:か|よう)|よう(?:に)?して|場合|なら|れば|たら|次第|かどうか|おそれ|恐れ|可能性|まで|前に|とき)/,
};
/** Not having it would be told of: where there is none yet, "until there is one" says so. */
const SAYS_NONE = { en: /\bwait\b|\buntil\b/i, ja: /まで/ };

/** What the brief holds of each. */
function factsOf(brief: Brief): Record<string, boolean | undefined> {
  const more: Brief & { blocked?: unknown; resourceRole?: unknown } = brief;
  const yes = (value: unknown) =>
    /^(?:yes|true|partial)$/i.test(String(value)) ? true : /^(?:no|false)$/i.test(String(value)) ? false : undefined;
  const role = more.resourceRole ?? { INBOUND: 'TARGET', OUTBOUND: 'ACTOR' }[String(brief.direction)];
  return {
    fix: yes(brief.fixAvailable),
    exploit: yes(brief.exploitAvailable),
    public: brief.public ?? (brief.principalKind === 'Everyone' ? true : undefined),
    shared: brief.shared,
    encrypted: brief.encrypted,
    blocked: yes(more.blocked),
    attacker: role === 'ACTOR' ? true : role === 'TARGET' ? false : undefined,
  };
}

export function contradiction({ text, language }: Said, { brief }: Given): string | undefined {
  const facts = factsOf(brief);
  const wrong = CLAIMS.find((claim) => {
    if (facts[claim.of] === undefined || facts[claim.of] === claim.is) return false;
    const said = text.match(claim[language])?.[0];
    if (!said) return false;
    const counter = CLAIMS.find(({ of, is }) => of === claim.of && is !== claim.is);
    // "It is not public" is also "public".
    if (claim.is && counter?.[language].test(text)) return false;
    return !OPEN[language].test(text) || (!claim.is && claim.of === 'fix' && SAYS_NONE[language].test(said));
  });
  return wrong && `${wrong.of}: ${wrong.is ? 'yes' : 'no'}`;
}
