/** How prose says yes or no to what a brief may hold. In the order in which flags.ts looks for them. */
import { oneOf } from './one-of';

export interface Claim {
  of: 'fix' | 'exploit' | 'public' | 'shared' | 'encrypted' | 'blocked' | 'attacker' | Circumstance;
  /** What the sentence says of it. */
  is: boolean;
  en: RegExp;
  ja: RegExp;
  /** Of what was found alone: what can come of it may go another way. */
  summary?: true;
  /** Also where it says that something can be so, or may: what an exploit needs is always said so. */
  firm?: 'can' | 'may';
}

type Circumstance = 'mfa' | 'listener' | 'condition' | 'inbound' | 'remote' | 'rights' | 'interaction';

/** In one clause: nothing but words between. */
const NEAR = '[^.,;:]{0,32}';

const NOT = "(?:not|n['’]t|never|no|none|without|nobody|lacks?|cannot|neither|yet to)";
const FIX =
  '(?:fix(?:es)?|patch(?:es)?|remed(?:y|ies)|(?:fixed|patched|corrected|repaired) (?:versions?|releases?|packages?)|updates? (?:for|to|that|which) \\w+|(?:versions?|releases?) (?:that|which|with|containing|including) \\w+)';
const FIX_JA =
  '(?:修正(?:版|済み(?:の)?(?:バージョン|版|パッケージ)|プログラム|パッチ|を含む(?:バージョン|版)|された(?:バージョン|版))?|パッチ|対策(?:版)?|アップデート版|修正済みの?リリース)';
const THERE = '(?:available|released|published|out\\b|exists?|provided|offered|ready|issued)';
const EXPLOIT = '(?:exploits?(?: code)?|exploitation|exploiting|exploited|proofs? of concept|PoC|attack code)';
const EXPLOIT_JA = '(?:攻撃コード|攻撃プログラム|エクスプロイト(?:コード)?|実証コード|悪用コード|悪用方法|PoC)';
const THING =
  '(?:instance|host|function|container|node|pod|cluster|server|resource|machine|workload|task|database|bucket|queue|key|object|it|system)';
const THING_JA =
  '(?:インスタンス|ホスト|関数|コンテナ|ノード|ポッド|Pod|クラスター|サーバー|リソース|ワークロード|タスク|データベース|マシン)';
const ATTACK = '(?:attack|prob(?:e|ing)|scan|brute[- ]forc|flood|target|hit\\b|sweep|knock)';
const ATTACK_JA = '(?:攻撃|探索|スキャン|ポートスキャン|総当たり|ブルートフォース|プローブ|探査|不正アクセス|走査)';
const STOP = '(?:block|stopp|prevent|den(?:y|i)|reject|dropp|thwart|foil|intercept|filter)';
const STOP_JA = '(?:遮断|ブロック|拒否|阻止|防(?:止|御)|破棄|停止)';
const CONFINED = '(?:restricted|limited|confined|closed|blocked|locked down|private|internal)';

export const CLAIMS: readonly Claim[] = [
  {
    of: 'fix',
    is: false,
    en: oneOf(
      `\\b${NOT}\\b${NEAR}\\b${FIX}(?! (?:is|are) (?:needed|required|necessary))`,
      `\\b${FIX}${NEAR}(?:\\b|(?=n['’]t))${NOT}\\b${NEAR}\\b${THERE}`,
      `\\b(?:await\\w*|wait\\w*|hold on)\\b${NEAR}\\b(?:${FIX}|vendor|maintainers?|update)`,
      `\\buntil (?:a|the|an) (?:${FIX}|update)${NEAR}\\b${THERE}`,
      `\\b${NOT} (?:yet )?(?:been )?(?:fixed|patched|corrected) by|\\bunpatched (?:by|upstream)|\\bremains? (?:unpatched|unfixed)|\\bcannot (?:yet )?be (?:fixed|patched)`,
      `\\b${NOT}\\b${NEAR}\\b(?:published|released|issued|provided)\\b${NEAR}\\b(?:update|fix|patch|version)`,
    ),
    ja: oneOf(
      `${FIX_JA}(?:は|が|も|を)[^。、]{0,14}(?:ありません|(?:存在|提供|公開|リリース|用意)(?:されて|して)?(?:い(?:ない|ません)|しません|されません|されていません|できません)|ない(?:ため|状態|。|$)|ありません|未(?:提供|公開|リリース))`,
      `${FIX_JA}[^。、]{0,10}(?:提供|公開|リリース)されるまで|${FIX_JA}[^。、]{0,6}(?:を)?(?:お)?待(?:つ|ち|って)`,
      '修正(?:でき|されてい)ません|未修正(?:です|の)',
    ),
  },
  {
    of: 'fix',
    is: true,
    en: oneOf(
      `\\b(?:a|the|an official|vendor['’]?s?)\\b[^.,;]{0,20}\\b${FIX}\\b[^.,;]{0,12}\\b(?:is|are|has been|was|exists?)\\b[^.,;]{0,16}\\b${THERE}|\\b${FIX} (?:exists?|came out|has come out)\\b`,
      `\\b(?:update|upgrade|move|switch)\\b[^.,;]{0,16} to (?:a|the|an)(?: \\w+)? (?:fixed|patched|corrected|repaired)|\\b(?:update|upgrade|move|switch) to (?:a|the) (?:\\w+ )?(?:version|release) (?:that|which|with)\\b`,
      "\\b(?:install|apply|deploy) (?:a|the)(?: [\\w’']+)? ?(?:patch|fix|hotfix)\\b|\\b(?:install|apply|deploy) (?:a|the) (?:vendor|maintainer|project|upstream)[’']?s? (?:update|release)\\b",
      '\\b(?:fix|patch)\\b (?:that )?(?:the )?\\w+ (?:has|have) (?:released|published|issued)',
      '\\b(?:has|have)(?: already)? (?:been )?(?:fixed|patched|corrected|released a (?:fix|patch))\\b|\\b(?:is|was|are|were) (?:already )?(?:fixed|patched|corrected|resolved|repaired) (?:in|by|with)\\b',
    ),
    ja: oneOf(
      `${FIX_JA}(?:が|は|も)[^。、]{0,10}(?:(?:提供|公開|リリース|用意)されてい(?:ます|る)|(?:提供|公開|リリース)(?:済み|されました)|あります|存在します|出てい(?:ます|る)|入手(?:でき|可能))`,
      `${FIX_JA}(?:に|へ)[^。、]{0,6}(?:更新|アップグレード|アップデート|移行|切り替え)`,
      '(?:パッチ|修正プログラム|修正|(?:提供|開発)元の(?:アップデート|更新))を[^。、]{0,6}(?:適用|インストール|当て)|(?:最新|新しい)(?:版|バージョン|リリース)(?:で|では|に)[^。、]{0,8}修正(?:され|済み)|修正済みです|(?:最新|新しい)(?:版|バージョン|リリース)[^。、]{0,6}(?:解決|解消|対応)(?:済み|され)',
    ),
  },
  {
    of: 'exploit',
    is: false,
    en: oneOf(`\\b${NOT}\\b${NEAR}\\b${EXPLOIT}`, `\\b${EXPLOIT}${NEAR}(?:\\b|(?=n['’]t))${NOT}\\b`),
    ja: oneOf(
      `(?:${EXPLOIT_JA}|悪用(?:(?:された)?(?:事例|例|報告)|手段)?)(?:は|が|も|に)?[^。]{0,12}(?:ありません|なく|(?:知られ|確認され|公開され|存在し|出回っ|報告され|され)て(?:い(?:ない|ません)|おらず)|存在しません|見つかって(?:いない|いません)|作られてい(?:ない|ません))`,
    ),
  },
  {
    of: 'exploit',
    is: true,
    en: oneOf(
      `\\b(?:an?|the|public|working|known)\\b[^.,;]{0,12}\\b(?:exploits?(?: code)?|proofs? of concept|attack code)\\b[^.,;]{0,25}\\b(?:is|are|exists?|has been|available|public|circulat)`,
      '\\b(?:(?:actively|widely|already|being|currently) exploit(?:ed|ing)|exploit(?:ed|ing)\\b[^.,;]{0,16}\\bin the wild|(?:is|are|was|has been|have been) (?:being |already )?exploit(?:ed|ing))\\b',
    ),
    ja: oneOf(
      `${EXPLOIT_JA}(?:が|は|も)[^。、]{0,8}(?:(?:公開|確認)されてい(?:ます|る)|存在します|出回っ|あります|流通)`,
      '(?:すでに|既に|実際に|広く|活発に|現在)[^。、]{0,8}悪用され',
      '悪用されています|悪用が(?:確認|報告)されて',
    ),
  },
  {
    of: 'public',
    is: false,
    firm: 'can',
    en: oneOf(
      `\\b(?:is|are|was|were|has|have)(?: \\w+)?(?: not|n['’]t) (?:publicly|public\\b|open to (?:the (?:public|internet|world)|everyone|anyone)|exposed|(?:accessible|reachable) (?:from|on|over) the internet|been (?:made )?public)`,
      `\\b(?:access|${THING})\\b[^.,;]{0,32}\\b(?:is|are|was|were|remains?|stays?)\\b(?: \\w+ly)? ${CONFINED}\\b`,
      '\\b(?:only|just|solely|exclusively)\\b(?: be)? (?:(?:accessible|reachable|reached|accessed|readable|read|used|available|open) )?(?:from|by|for|to|a|an|one|the|its|some|certain|known|specific|trusted|authori[sz]ed|internal|other|inside|within)\\b[^.]{0,40}(?:\\b(?:can|may|is able to|has access|inside|within|account|owner|VPC|organization|network)\\b)',
      '\\bonly (?:\\w+ ){0,2}(?:users?|accounts?|principals?|members|roles|callers)\\b|\\b(?:outside|external|anonymous|unauthenticated)\\b[^.,;]{0,24}\\b(?:refused|denied|rejected|blocked|cannot)\\b',
      '(?<!\\b(?:that|which) )\\b(?:denies|refuses|rejects|blocks|forbids|prevents)\\b[^.,;]{0,12}\\b(?:public|anonymous|unauthenticated|external|outside)\\b|\\bfrom (?:trusted|known|internal|own)\\b[^.,;]{0,24}\\bonly\\b',
      '\\b(?:nobody|no one|none) (?:outside|else|on the internet)\\b|\\bcannot be (?:read|reached|accessed|used) (?:from|by) (?:outside|strangers|the internet|anyone)',
    ),
    ja: oneOf(
      '公開(?:は)?(?:されて(?:い(?:ない|ません)|おらず)|されません)|非公開(?:です|と|に(?:なって|設定され)|の(?:状態|設定))',
      '(?:特定|一部|限られた|一つ|1 ?つ|別|所有者|自社|社内)の?(?:外部の?)?(?:AWS ?)?(?:アカウント|ユーザー|プリンシパル|ロール|組織|ネットワーク)?(?:だけ|のみ)(?:が|に|から)',
      '(?:匿名|外部|不特定|未認証)[^。、]{0,10}を[^。、]{0,4}(?:拒否|遮断|ブロック|禁止)し|信頼された[^。]{0,14}(?:だけ|のみ)',
      '(?:認証済み|許可された|登録済み)[^。、]{0,10}(?:だけ|のみ)|(?:アカウント外|組織外|社外|外部)(?:から)?の?[^。、]{0,12}(?:拒否|遮断|ブロック)され',
      '(?:アカウント|組織|VPC|社内|内部|自社)[^。、]{0,6}(?:から)?しか[^。、]{0,12}(?:ません|ない)',
      '(?:外部|インターネット|第三者)から(?:は|の(?:アクセス|接続|通信)は)?[^。、]{0,10}(?:できません|できない|れません|(?:遮断|ブロック|拒否|制限)されて)',
      '(?:アクセス|利用|送信|読み取り)[^。、]{0,8}(?:は|が)[^。、]{0,24}(?:に)?(?:限定|制限|限ら)(?:され|れ)て(?:い(?:ます|る)|おり)|アクセスできるのは[^。]{0,20}(?:だけ|のみ)',
    ),
  },
  {
    of: 'public',
    is: true,
    en: oneOf(
      '\\b(?:is|are|was|were|been)(?: \\w+ly)? (?:publicly|public\\b|open to (?:the (?:public|internet|world)|everyone|anyone|all)|exposed to the (?:internet|public|world))',
      '\\b(?:any(?:one|body)|every(?:one|body)|strangers?|the (?:whole )?(?:internet|public|world))(?: on the internet| in the world| outside| at all)? (?:can|could|is able|has|have)\\b',
      '\\bworld[- ](?:readable|writable|open)\\b|\\b(?:whole |entire )?world (?:can|may)\\b|\\b(?:unauthenticated|anonymous) (?:users?|access|callers?|requests?|visitors?)[^.,;]{0,12}\\b(?:can|is|are|works)\\b|\\bcan\\b[^.,;]{0,20}\\bwithout (?:signing in|authentication|credentials|logging in)\\b',
      '\\b(?:grants?|allows?|gives?|permits?) (?:\\w+ )?public\\b|\\bpublic (?:read|write|access) is\\b|\\b(?:grants?|allows?|lets?|exposes?|opens?)\\b[^.,;]{0,24}\\b(?:any(?:one|body)|every(?:one|body)|the (?:public|world|internet))\\b|\\banonymous (?:\\w+ )?(?:can|may|reads?|access) (?:can|decrypt|is)',
    ),
    ja: oneOf(
      '誰(?:でも|もが)(?!.*(?:わけではな|ません))|一般に公開|公開(?:されてい(?:ます|る)|されました|されており|状態)|パブリックアクセスを許可し|パブリックアクセスが(?:有効|許可)|全世界|世界中の|不特定多数|(?:認証|サインイン|ログイン)(?:なし|せず)[^。、]{0,4}(?:で|に)[^。]{0,14}(?:でき|取得|読|可能|れ(?:ます|る))|匿名(?:の|で)[^。]{0,14}(?:でき|取得|読|可能|れ(?:ます|る))',
    ),
  },
  {
    of: 'shared',
    is: false,
    en: oneOf(`\\b(?:is|are|was|were)(?: not|n['’]t) shared\\b|\\bnot shared with\\b`),
    ja: /共有(?:は)?されて(?:い(?:ない|ません)|おらず)/,
  },
  {
    of: 'shared',
    is: true,
    en: oneOf('\\b(?:is|are|was|were|been)(?: \\w+ly)? shared (?:with|across|outside)\\b'),
    ja: /共有されて(?:います|いる|おり)/,
  },
  {
    of: 'encrypted',
    is: false,
    en: oneOf(
      `\\b(?:not|n['’]t|never|no longer)(?: \\w+ly)? encrypted\\b|\\bunencrypted\\b|\\b(?:no|without|lacks?)(?: \\w+)? encryption\\b|\\bin (?:the )?(?:clear|plain)[ -]?(?:text)?\\b|\\bencryption is (?:off|disabled|missing|not)\\b`,
    ),
    ja: /暗号化(?:は|が)?(?:されて(?:い(?:ない|ません)|おらず)|されていない)|未暗号化|暗号化(?:は|が)(?:無効|ありません|オフ|設定されていません)|暗号化(?:なし|せず|しない|されない)|平文/,
  },
  {
    of: 'encrypted',
    is: true,
    en: oneOf(
      '\\b(?:is|are|was|were|been)(?: (?:already|fully|properly|also|always))? encrypted\\b|\\bencryption(?: at rest)? (?:is (?:on|enabled|active|in place)|protects|secures|covers)\\b|\\bprotected (?:by|with)(?: \\S+)? encryption\\b',
    ),
    ja: /暗号化(?:は|が)?(?:されて(?:います|いる|おり)|されました|済み(?:です|の)|(?:が|は)有効(?:です|になって(?:います|いる|おり)))|暗号化(?:で|により|によって)[^。、]{0,14}保護され/,
  },
  {
    of: 'blocked',
    is: false,
    en: oneOf(
      `\\b${NOT}(?: \\w+)? (?:been )?(?:block|stop|prevent|den(?:y|ied)|reject|intercept)\\w*`,
      `\\b(?:got|went|came|passed|slipped) through\\b|\\bunblocked\\b|\\b(?:reached|left) (?:its|their|the) (?:target|destination|network)\\b`,
      '\\b(?:quer(?:y|ies)|requests?|connections?|traffic|attempts?|calls?|probes?|communications?)(?: was| were| has been| have been)? (?:succe\\w+|allowed|answered)\\b',
    ),
    ja: oneOf(
      `${STOP_JA}(?:は)?(?:され|でき)(?:て(?:い(?:ない|ません)|おらず)|ません|なかった|ず)`,
      '(?:通信|問い合わせ|クエリ|接続|リクエスト|要求)(?:は|が)(?:すべて)?(?:成功し|許可され|通過し|外部に到達|届)|(?:外部?|ネットワークの外)(?:へ|に)(?:出(?:ました|て)|送信されました|流出しました)|応答があり',
    ),
  },
  {
    of: 'blocked',
    is: true,
    en: oneOf(
      `\\b(?:was|were|is|are|been|being)(?: (?:already|successfully|automatically))? ${STOP}\\w*(?! by default)`,
      `\\b(?:firewall|guardduty|aws|rule|group|ACL|WAF|it|network|system|policy|defen[cs]es?)s?\\b(?: \\w+ly)? ${STOP}(?:ed|s|d|ied)\\b`,
    ),
    ja: oneOf(
      `${STOP_JA}(?:され(?:ました|ています|た(?:ため|ので|。)|ている|ており)|済み|しました)|(?:ファイアウォール|GuardDuty|AWS|ルール|WAF|ACL)(?:が|は)[^。、]{0,12}(?:防ぎ|止め|遮断し|阻止し|ブロックし)`,
    ),
  },
  {
    of: 'attacker',
    is: false,
    en: oneOf(
      `\\b${THING}\\b[^.,;]{0,12}\\b(?:is|was|has been|became)(?: being| also)? (?:(?:the |a )?(?:target|victim)\\b|${ATTACK}\\w*ed\\b|(?:attacked|scanned|probed|hit)\\b|under (?:a |an )?(?:[\\w-]+ ){0,2}attack)`,
      `\\b(?:attack|scan|probe|flood)s?\\b (?:against|on|of|at) (?:the|this|your) ${THING}`,
      `\\b(?:someone|somebody|attackers?|strangers?|outsiders?|outside hosts?|(?:an|another|external|remote) (?:address|host|party|machine|server|system|IP))\\b[^.,;]{0,24}\\b${ATTACK}\\w*\\b(?: \\w+)?(?: (?:the )?(?:ports?|services?|logins?|interfaces?|open ports?) (?:of|on))? (?:the|this|your) ${THING}`,
    ),
    ja: oneOf(
      `${THING_JA}(?:は|が)[^。]{0,16}(?:標的|ターゲット|被害|${ATTACK_JA}(?:を)?(?:受け|され))`,
      `(?:外部|第三者|攻撃者|インターネット)(?:の(?:ホスト|サーバー|IP ?アドレス|端末|マシン|人物|何者か))?(?:から|が)[^。]{0,24}${ATTACK_JA}(?:を受け|され|が(?:行わ|あり|検出)|し(?:てい|まし))`,
      `(?<!(?:外部|ほか|他|別|第三者|相手|リモート|接続先|宛先|遠隔)の?)${THING_JA}(?:に対する|に対して|への)[^。]{0,12}${ATTACK_JA}(?!元)`,
    ),
  },
  {
    of: 'attacker',
    is: true,
    en: oneOf(
      `\\b${THING}(?: itself)? (?:is|was|has been|keeps|started|began|may be|appears to be)? ?(?:attacking|probing|scanning|flooding|brute[- ]forcing|sweeping|sending attacks|launching|performing|carrying out|conducting)\\b`,
      `\\b${THING}(?: itself)? (?:attacks|probes|scans|attacked|probed|scanned|floods)\\b(?! by)|\\b(?:attacks|scans|probes)\\b (?:from|by) (?:the|this|your) ${THING}`,
      `\\b${THING}(?: itself)? (?:tried|attempted|attempts|tries) to (?:reach|connect|scan|probe|attack|log)[^.,;]{0,32}\\b(?:other|others|outside|external|remote)\\b`,
      `\\b${THING}(?: itself)? (?:carr(?:y|ies|ied) out|performs?|performed|launch(?:es|ed)?|conducts?|conducted|runs?|ran|sends?|sent|starts?|started)\\b[^.,;]{0,16}\\b${ATTACK}`,
    ),
    ja: oneOf(
      `${THING_JA}(?:が|は|から)[^。]{0,4}(?:ほか|他|外部|別|第三者|インターネット上)の?[^。]{0,14}(?:を|へ|に|に対して|への)[^。]{0,10}${ATTACK_JA}`,
      `${THING_JA}(?:自身|自体)?(?:が|から)[^。]{0,10}${ATTACK_JA}(?:を(?:行|し|実行|仕掛け)|し(?:てい|まし)|の(?:発信|送信)元)|${THING_JA}(?:が|は)攻撃元`,
      `${THING_JA}(?:が|は|から)[^。]{0,4}(?:ほか|他|外部|別)の?[^。]{0,14}(?:接続|アクセス|ログイン)(?:を試み|しようと)`,
    ),
  },
];
