/**
 * How prose says of a threat, a port, a grant and a weakness what a brief may hold: with which factor, by whom listened to, under which
 * condition, from where, and what an exploit needs. As in claims.ts, in the order in which flags.ts looks for them.
 */
import type { Claim } from './claims';
import { oneOf } from './one-of';

const FACTOR = '(?:MFA|multi-?factor(?: authentication)?|two-?factor(?: authentication)?|2FA|(?:a|the) second factor)';
const FACTOR_JA = '(?:MFA|多要素(?:認証)?|[二2]要素(?:認証)?|[二2]段階認証|第[二2]要素|[二2]つ目の要素)';
const SIGNED = '(?:sign(?:ed|s)?[- ]?(?:in|on)|logg?(?:ed|s)?[- ]?(?:in|on)|authenticat\\w+|sessions?|calls?|called|opened|made|came|used)';
const LISTENS = '(?:listen(?:s|ing|er)?)';
const PROGRAM = '(?:process(?:es)?|services?|daemons?|programs?|applications?|servers?|sshd|software)';
const EXPLOITED = '(?:exploit\\w*|attack\\w*|abus\\w*|trigger\\w*|misus\\w*)';
const EXPLOITED_JA = '(?:悪用|攻撃|侵害|実行)';
const LOCAL =
  '(?:locally|on the (?:machine|host|instance|system) itself|(?:a |an |by )?local (?:access|users?|accounts?|attackers?|login|shell))';
const REMOTE =
  '(?:remotely|over (?:the |a )?(?:network|internet)|from (?:the (?:internet|network|outside)|anywhere|afar|outside)|by (?:a |any )?remote (?:attackers?|users?))';
const RIGHTS = '(?:privileges|authentication|credentials|login|an account|logging in|signing in)';
const VISIT =
  '(?:user interaction|a user (?:to|must|has to)|victims? (?:to|must|has to)|somebody (?:to|must|has to)|(?:opens?|clicks?|visits?) (?:a|an|the) (?:file|link|page|document))';

export const CIRCUMSTANCES: readonly Claim[] = [
  {
    of: 'mfa',
    is: false,
    en: oneOf(
      `\\b(?:without|no|lack(?:s|ed|ing)?|not|n['’]t)\\b[^.,;]{0,24}\\b${FACTOR}`,
      `\\b${FACTOR}\\b[^.,;]{0,16}\\b(?:not|missing|absent|off|disabled|n['’]t)\\b`,
    ),
    ja: oneOf(`${FACTOR_JA}(?:を|は|が|の)?[^。、]{0,8}(?:なし|ない|なく|ませ|せず|ずに|未)`),
  },
  {
    of: 'mfa',
    is: true,
    en: oneOf(
      `\\b${SIGNED}\\b[^.,;]{0,24}\\b(?:with|through|using|by|after)\\b[^.,;]{0,8}\\b${FACTOR}`,
      `\\b${FACTOR}\\b(?: \\w+)? (?:was|were|is|had been|has been) (?:used|present(?:ed)?|in place|provided|passed|completed|on\\b|active|enabled)`,
    ),
    ja: oneOf(
      `${FACTOR_JA}(?:を(?:使|用い|利用|経|通)|で|により|済み|が(?:使わ|行わ|有効|完了))[^。]{0,20}(?:(?:サインイン|ログイン|認証|呼び出|操作|アクセス)(?:し|さ|を)|セッション|い(?:ます|まし)|です)`,
    ),
  },
  {
    of: 'listener',
    is: false,
    en: oneOf(
      `\\b(?:nothing|nobody|no(?: \\w+)? ${PROGRAM}|no one|not|n['’]t|without)\\b[^.,;]{0,20}\\b${LISTENS}\\b`,
      `\\bno(?: \\w+)? ${LISTENS}\\b`,
    ),
    ja: /(?:待ち受け|リッスン|待受)(?:し)?(?:て(?:いる|いた|い)?)?[^。]{0,14}(?:ありません|いません|おりません|ない|なく|存在しません)/,
  },
  {
    of: 'listener',
    is: true,
    en: oneOf(
      `\\b(?:${PROGRAM}|something|it|instance|host)\\b[^.,;]{0,16}\\b(?:is|are|was|were) listening\\b|\\b(?:${PROGRAM}|something) listens\\b|\\bthere is (?:a |an )?listener\\b`,
    ),
    ja: /(?:待ち受け|リッスン)(?:し)?て(?:います|いる(?:プロセス|サービス|プログラム)[^。]{0,6}(?:あり|存在))/,
  },
  {
    of: 'condition',
    is: false,
    en: oneOf('\\b(?:no|without(?: any| a)?|lacks?(?: any| a)?)(?: \\w+)? conditions?\\b|\\bunconditional(?:ly)?\\b'),
    ja: /条件(?:なし|(?:は|が|も|による[^。、]{0,10}(?:は|が))?(?:ありません|ない|なく|付いてい(?:ない|ません)|設定されてい(?:ない|ません)))|無条件/,
  },
  {
    of: 'condition',
    is: true,
    en: oneOf(
      '\\b(?:is|are|was|were|been)\\b(?: \\w+)? (?:limited|restricted|narrowed|guarded|constrained|confined|subject|bound|tied)\\b[^.;]{0,32}\\bconditions?\\b',
      '\\bconditions? (?:\\w+ )?(?:limits?|restricts?|narrows?|guards?|requires?|confines?|applies|apply|is set|is in place)\\b|\\b(?:under|with|on) (?:a|the|one|certain|some|several) (?:\\w+ )?conditions?\\b',
    ),
    ja: /条件(?:で|により|によって|によ(?:り|る)|付き|が|を)[^。]{0,14}(?:制限|限定|絞(?:ら|り)|付(?:い|け|き)|設定され|限ら)(?!.*(?:ません|ない|なく))/,
  },
  {
    of: 'inbound',
    is: true,
    en: oneOf(
      '\\b(?:inbound|incoming|ingress) (?:\\w+ )?(?:connections?|traffic|requests?|packets?|communications?)\\b|\\b(?:connection|traffic|request|communication)s? (?:is|was|are|were) (?:inbound|incoming)\\b',
    ),
    ja: /(?:受信|着信|インバウンド|外部からの|内向き)の?(?:接続|通信|トラフィック|パケット)(?!を(?:許可|確認|遮断|制限|拒否))/,
    summary: true,
  },
  {
    of: 'inbound',
    is: false,
    en: oneOf(
      '\\b(?:outbound|outgoing|egress) (?:\\w+ )?(?:connections?|traffic|requests?|packets?|communications?)\\b|\\b(?:connection|traffic|request|communication)s? (?:is|was|are|were) (?:outbound|outgoing)\\b',
    ),
    ja: /(?:送信|発信|アウトバウンド|外部への|外向き)の?(?:接続|通信|トラフィック|パケット)(?!を(?:許可|確認|遮断|制限|拒否))/,
    summary: true,
  },
  {
    of: 'remote',
    is: false,
    en: oneOf(
      `\\b(?:not|n['’]t|cannot|never|nobody|neither)\\b[^.,;]{0,32}\\b${REMOTE}`,
      `\\b(?:only|just|solely)\\b[^.,;]{0,32}\\b${LOCAL}|\\b(?:requires?|needs?|presupposes?)\\b[^.,;]{0,16}\\b(?:local|physical)\\b(?: \\w+)?|\\b${EXPLOITED}\\b(?: only)? locally\\b`,
    ),
    ja: oneOf(
      `(?:ネットワーク|リモート|遠隔|インターネット|外部)(?:から|経由|越し)?(?:で)?(?:は|に)?[^。、]{0,10}${EXPLOITED_JA}[^。、]{0,4}(?:でき(?:ません|ない)|されません|不可能)`,
      '(?:ローカル|端末上|ホスト上)[^。、]{0,16}(?:のみ|だけ|に限|しか|が必要)|(?:物理|ローカル)(?:的な)?アクセスが(?:必要|前提)',
    ),
    firm: 'may',
  },
  {
    of: 'remote',
    is: true,
    en: oneOf(
      `\\b${EXPLOITED}\\b[^.,;]{0,20}\\b${REMOTE}|\\b${REMOTE} (?:exploitable|exploited)|\\bremote (?:attackers?|code execution|exploitation)\\b`,
    ),
    ja: oneOf(
      `(?:ネットワーク|リモート|遠隔|インターネット)(?:から|経由|越し)(?:で)?(?:も)?[^。、]{0,8}${EXPLOITED_JA}|リモートコード実行|遠隔(?:から)?[^。、]{0,6}コード`,
    ),
    firm: 'may',
  },
  {
    of: 'rights',
    is: false,
    en: oneOf(
      `\\b(?:without|no)(?: (?:any|prior|special|valid|further))? ${RIGHTS}\\b|\\b(?:unauthenticated|anonymous) (?:\\w+ )?(?:attackers?|users?|requests?|callers?)\\b`,
    ),
    ja: /(?:認証|権限|ログイン|資格情報|認証情報|アカウント)(?:を)?(?:が|は|も)?(?:なく(?:て|とも)|なし|不要|せず|持たない|必要(?:と(?:し|せ)|は?(?:ない|なく|ありません)))|未認証/,
    firm: 'may',
  },
  {
    of: 'rights',
    is: true,
    en: oneOf(
      `\\b(?:requires?|needs?|only (?:with|after|by)|must (?:first )?have)\\b[^.,;]{0,16}\\b(?:${RIGHTS}|authenticated)\\b|\\bonly (?:an? )?authenticated\\b|\\bafter (?:logging|signing) in\\b`,
    ),
    ja: /(?:悪用|攻撃)[^。]{0,8}(?:認証|権限|ログイン|認証情報|アカウント)が(?:必要|前提|要)|(?:認証|ログイン)(?:済み|した)の?(?:ユーザー|攻撃者)(?:だけ|のみ|に限)/,
    firm: 'may',
  },
  {
    of: 'interaction',
    is: false,
    en: oneOf(
      '\\b(?:without|no|needs? no|requires? no) (?:any )?(?:user|victim) (?:interaction|action|involvement)\\b|\\bnobody has to (?:click|open|do)\\b',
    ),
    ja: /(?:利用者|ユーザー|被害者)の?(?:操作|関与|介在)(?:が|は|も)?(?:なく(?:て|とも)|なし|不要|必要(?:ありません|ない|なく|とせ|とし(?:ない|ません)))/,
    firm: 'may',
  },
  {
    of: 'interaction',
    is: true,
    en: oneOf(`\\b(?:requires?|needs?|only (?:if|when|after)|depends on)\\b[^.,;]{0,12}\\b${VISIT}`),
    ja: /(?:利用者|ユーザー|被害者)(?:の)?(?:が[^。、]{0,12}(?:開|クリック|操作)[^。、]{0,6}(?:必要|なければ|場合(?:に|のみ))|操作が(?:必要|前提))/,
    firm: 'may',
  },
];
