/**
 * Bald advice to leave something less protected: a guard switched off or passed over, access opened to all, evidence or a finding put
 * away. A verb, and what it is done to, in one clause; said otherwise it takes somebody who reads for meaning.
 */
import { joinedUp, type Said } from './said';
import { oneOf } from './one-of';

/** What watches, proves, restores or locks. A trail of an attacker's, or a key, is none. */
const GUARD =
  '(?:CloudTrail|GuardDuty|Macie|Security Hub|AWS Config|Inspector|Config recorders?|configuration recorders?|recorders?|detectors?|trails?|(?:\\w+ )?(?:logging|monitoring|alerting|auditing|scanning|encryption|rotation|versioning|validation)|(?:flow|access|audit|query) logs?|alarms?|alerts?|firewalls?|WAF|virus scanners?|(?:image|malware|security|vulnerability) scan(?:s|ner|ning)?|(?:deletion|termination|malware|runtime|S3|EKS|RDS) protection|(?:the )?block(?:ing)? (?:of )?public access|public access block(?:s|ing)?|multi-factor authentication|two-factor authentication|MFA|(?:a |the )?second factor|IMDSv2|(?:account )?lockout(?: policy)?|backups?|point-in-time recovery|guards?|safeguards?|security (?:checks?|controls?|tools?|agents?))';
const OFF =
  '(?:disabl(?:e|ing)|turn(?:ing)? off|switch(?:ing)? off|stop(?:ping)?|paus(?:e|ing)|suspend(?:ing)?|deactivat(?:e|ing)|remov(?:e|ing)|delet(?:e|ing)|uninstall(?:ing)?|skip(?:ping)?|bypass(?:ing)?|drop(?:ping)?|relax(?:ing)?|loosen(?:ing)?|shut(?:ting)? down|omit(?:ting)?|exempt(?:ing)? \\w+ from|exclud(?:e|ing) [^.,;]{1,24} from)';
const ALL_EN =
  '(?:everyone|everybody|anyone|anybody|all (?:users?|accounts?|principals?|addresses|sources|traffic|ports|members|employees|teams|developers)|every (?:user|account|address|principal|port)|the (?:whole |entire |public )?(?:internet|world)|the public(?! \\w)|0\\.0\\.0\\.0\\/0|::\\/0|any (?:source|address|account|principal))';
const EVIDENCE = '(?:logs?|log files?|audit logs?|log data|evidence|traces|history|snapshots?|trails?(?: and)?|records)';
/** Where advice begins, or goes on after a condition. */
const BEGIN =
  '(?:^|[.;:,] (?:then |please |simply |just |and |or )?|^(?:please|simply|just|then|temporarily|for now,?) |\\b(?:and|or|then) |\\b(?:you (?:can|could|may|might|should)|consider|recommend(?:ed)?(?: to)?|suggest|better|easiest|simplest|it (?:is|may be|might be) (?:\\w+ )?(?:to|easier to|simplest to|enough to))(?: (?:also|simply|just|temporarily))? )';

const GUARD_JA =
  '(?:CloudTrail|GuardDuty|Macie|Security Hub|AWS ?Config|Inspector|(?:設定)?レコーダー|(?:検知|検出)(?:機能|器|のしくみ|の仕組み)?|ディテクター|証跡|(?:[ァ-ヺー]{2,12})?(?:ログ(?:記録|取得|出力)?|ログ|スキャン|ロギング)|監視|監査(?:ログ)?|アラーム|アラート|暗号化|ローテーション|バージョニング|ログファイルの検証|ファイアウォール|WAF|(?:削除|終了)保護|ブロックパブリックアクセス|パブリックアクセス(?:の)?ブロック|多要素認証|二要素認証|MFA|エムエフエー|(?:アカウント)?ロックアウト|バックアップ|保護(?:機能)?|セキュリティ(?:対策|機能|エージェント))';
const PLEASE_JA = '(?:して|て|で)?(?:も)?(?:ください|下さい|おくと|おけば|みて|よい|良い|いい|かま|構|どう|お(?:勧|すす)め|検討)';
const ALL_JA =
  '(?:全員|誰(?:でも|にでも)|すべての(?:ユーザー|アカウント|送信元|アドレス|プリンシパル|ポート|通信|アクション|操作|社員|メンバー)|全(?:ユーザー|アカウント|ポート|社員|世界)|インターネット(?:全体|に|へ|上)|不特定多数|外部(?:全体)|「?\\*」?|0\\.0\\.0\\.0/0)';

const WEAKENING = {
  en: [
    oneOf(
      `${BEGIN}(?:turn|switch|leave|keep|shut) (?:the |all |any |this |its )?${GUARD} (?:off|disabled|down)\\b|${BEGIN}(?:mute|silence|snooze|hide)\\b[^.,;]{0,32}\\b(?:findings?|alerts?|alarms?|notifications?|detections?)\\b|${BEGIN}(?:go|switch|roll|fall|move) back to (?:IMDSv1|HTTP|TLS 1\\.[01]|SSL|plain\\w*|passwords?|the old (?:policy|key))`,
    ),
    oneOf(
      `${BEGIN}(?:temporarily )?${OFF} (?:the |all |any |this |its |their |your )?(?:\\w+['’]s )?${GUARD}(?=[\\s,.;:]*(?:$|[,.;:]| (?:for|in|on|to|of|until|while|so|as|and|or|temporarily|again|completely|during|if|when|at)\\b))`,
    ),
    oneOf(
      `${BEGIN}(?:open(?! to\\b)|expose|share|publish|grant|give|allow|make|permit)\\b[^.;]{0,48}\\b(?:to|with|for|from|on)?\\s?${ALL_EN}(?![^.;]{0,24}\\b(?:except|who need|that need)\\b)|${BEGIN}(?:make|set|leave|keep|mark) (?:(?!private|remov|by\\b|no\\b|not\\b)\\w+ ){0,4}(?:public|world[- ]readable|unencrypted|open|unauthenticated|unpatched)(?=[\\s,.;]*(?:$|[,.;]| (?:for|so|to|until|while|again|temporarily|and|as|during)\\b))`,
    ),
    oneOf(
      `${BEGIN}(?:delete|erase|wipe|purge|clear|destroy|remove|overwrite)\\b[^.,;]{0,24}\\b${EVIDENCE}(?=[\\s.,;]*(?:$|[,.;]| (?:to|so|afterwards|of the (?:instance|attack)|from|and)\\b))`,
    ),
    oneOf(
      `${BEGIN}(?:create|add|set up|define|write)\\b[^.;]{0,24}\\b(?:suppression (?:rule|filter)s?|trusted (?:ip )?lists?|allow ?lists?|exceptions?|exemptions?)\\b[^.;]{0,60}\\b(?:finding|alert|alarm|notification|noise|detection)|\\bsuppression rule for (?:this|these|the) (?:finding|type|alert)|\\b(?:on|to) (?:the|a) trusted (?:ip )?list\\b|\\b(?:so that|until) (?:no further|no more|the) (?:findings?|alerts?|alarms?|notifications?) (?:appears?|comes?|stops?|goes? away|disappears?)`,
    ),
    oneOf(
      `${BEGIN}(?:attach|grant|give|assign)\\b[^.;]{0,24}\\b(?:AdministratorAccess|administrator (?:access|rights)|admin (?:rights|access)|full access|root access|passwordless|wildcard|cluster-admin|owner rights)|\\b(?:without|instead of) (?:a |the )?(?:second factor|MFA|multi-factor authentication|encryption|password)\\b[^.]{0,120}\\b(?:convenient|easier|faster|simpler|quicker)|\\b(?:convenient|easier|faster|simpler|quicker)\\b[^.]{0,120}\\b(?:without|instead of) (?:a |the )?(?:second factor|MFA|multi-factor authentication|encryption|password)\\b`,
    ),
    oneOf(
      `\\b(?:${GUARD}|finding|alert|update|patch|rotation)\\b[^.,;]{0,12}\\b(?:could|can|may|might|should) (?:simply |safely |also |temporarily )?be (?:paused|switched off|turned off|disabled|suspended|skipped|made optional|left off|relaxed|muted|lowered)\\b|\\b(?:prefer|choose|want|consider|leave|leaving|keep|keeping)\\b[^.,;]{0,16}\\b${GUARD}\\b (?:off|disabled|optional)\\b|\\b(?:making|make) (?:it|${GUARD}) optional\\b`,
    ),
    oneOf(
      `\\b(?:(?:lower|reduce|shorten|weaken|loosen)\\b (?:the )?(?:minimum (?:password )?length|password (?:length|policy|requirements)|retention period)|(?:broaden|widen|extend|loosen) (?:the )?(?:role|policy|access|permission|right)['’]?s? ?(?:permissions?|rights?|scope)?)(?=[\\s,.;]*(?:$|[,.;]| (?:so|to|until)\\b))`,
    ),
  ],
  ja: [
    oneOf(
      `${GUARD_JA}(?:自体)?(?:を|は)(?:[^。、]{0,12}、)?(?:一時的に|当面|いったん|しばらく|すべて)?(?:無効(?:化|に|のまま)|停止|オフ|止め|外し|削除|解除|省略|スキップ|任意|切っ|中断|中止|見直して外し|除外|回避|緩め|緩和|アンインストール)(?:に)?(?:し)?[^。、]{0,8}${PLEASE_JA}`,
      `${GUARD_JA}[^。、]{0,4}(?:無効|オフ|任意)(?:のまま|に)[^。、]{0,8}(?:して(?:ください|おく|も)|でも(?:よい|良い|かま|構))`,
      `${GUARD_JA}を(?:省略|スキップ|無効化|停止|オフに)(?:すると|すれば|したほうが|した方が)`,
    ),
    oneOf(
      `${ALL_JA}(?:に|へ|から|で)?(?:の)?[^。、]{0,14}(?:(?:開放|公開|共有|許可|付与|解放)(?:し|を与え|を付け|のままに)|開け|広げ)[^。、]{0,6}${PLEASE_JA}|${ALL_JA}[^。、]{0,16}(?:開放|公開|共有|許可|付与|解放)する(?:と(?:よい|良い|いい)|ことを(?:お(?:勧|すす)め|検討)|のが)`,
      `Principal[^。、]{0,6}\\*[^。、]{0,6}指定して(?:ください|も|おく)`,
      '(?:公開|平文|暗号化しない|開いた|無効|そのまま|未修正)(?:の)?まま(?:に)?(?:し|で|使|運用|利用|、)[^。]{0,14}(?:ください|お(?:勧|すす)め|よい|良い|いい)',
      '(?:AdministratorAccess|cluster-admin|管理者権限|フルアクセス|すべての権限|パスワードなし)[^。、]{0,10}(?:を|の)[^。、]{0,8}(?:付与|与え|許可|アタッチ)(?:して)?(?:ください|お(?:勧|すす)め)',
      '(?:権限|アクセス|許可|ルール)を[^。、]{0,14}(?:広げ|拡大|緩め|緩和)[^。、]{0,4}(?:て)?(?:ください|よい|良い|お(?:勧|すす)め)|(?:最小文字数|文字数|保持期間|保存期間)を[^。、]{0,8}(?:短く|減ら|下げ|小さく)',
      '(?:バケット|スナップショット|イメージ|クラスター|データベース|インスタンス|キュー|関数|ポート)を[^。、]{0,8}(?:公開し(?:て(?:ください|おく|も))|開放し)',
    ),
    oneOf(
      '(?:ログ(?:ファイル)?|証跡|証拠|履歴|記録|監査ログ)(?:と[^。、]{1,10})?を[^。、]{0,8}(?:削除|消去|破棄|クリア|消し|上書き)[^。、]{0,4}(?:て)?(?:ください|よい|良い|お(?:勧|すす)め|おく)',
      '抑制ルール[^。]{0,12}(?:作成|追加|設定)|(?:検出結果|検知|アラート|通知|アラーム)を[^。、]{0,8}(?:ミュート|非表示|止め|オフ)|(?:IMDSv1|HTTP|平文|古い(?:ポリシー|キー))に(?:戻し|切り戻)|(?:信頼(?:済み|できる)?(?:IP)?|許可)リストに(?:追加|登録)|(?:検出|通知|アラート)(?:され|が(?:出|届|来))ない(?:よう|ため)に|監視(?:の)?対象から(?:外|除)|今後(?:は)?[^。、]{0,6}検出されない',
      '(?:なし|なく|使わず|せず)(?:に|で|のほうが|の方が)[^。]{0,14}(?:便利|簡単|楽|早い|速い)',
    ),
  ],
} as const satisfies Record<Said['language'], readonly RegExp[]>;

/** Not to do it, or to see whether somebody did. */
const EXCUSED = {
  en: /\b(?:do not|don['’]t|never|not|avoid|instead of (?:disabling|turning|removing)|rather than|without|whether|who|prevent|deny|denies|forbid|forbids|stop(?:s|ping)? (?:anyone|anybody|users|attackers|others)|nobody|no one|re-?enable|detect|alarm when|alert (?:on|when))\b/i,
  ja: /ない(?:で|よう|こと|か|場合)|せず|かどうか|禁止|防(?:ぐ|止)|避け|検知し|拒否|確認し|調べ|ませんか/,
};

/** @returns the piece that weakens. */
export function weakening({ text: written, language, field }: Said): string | undefined {
  const text = language === 'ja' ? joinedUp(written) : written;
  if (field !== 'actions' && !/\b(?:you (?:can|could|may|might|should)|consider)\b|ください|(?:よい|良い|いい)でしょう/i.test(text))
    return undefined;
  const found = WEAKENING[language].flatMap((pattern) => text.match(pattern)?.[0] ?? [])[0];
  return found && !EXCUSED[language].test(text) ? found.trim() : undefined;
}
