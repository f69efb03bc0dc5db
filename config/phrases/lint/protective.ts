/** What protects, and is never to be turned off, removed or relaxed by advice: each as English and as Japanese texts call it. */

interface Protective {
  en: string;
  ja: string;
}

export const PROTECTIVE: readonly Protective[] = [
  {
    en: 'logging|(?:access |audit |flow |query )?logs?(?: files?| groups?| delivery| levels?)?|log file validation',
    ja: 'ログ(?!イン|オン|アウト|オフ)',
  },
  {
    en: 'cloudtrail|trails?|event data stores?|(?:event|command) history',
    ja: 'CloudTrail|証跡|イベントデータストア|イベント履歴|操作履歴',
  },
  {
    en: 'guardduty|detectors?|protection plans?|malware (?:protection|scans?|scanning)|scans?|scanning|scanners?',
    ja: 'GuardDuty|ディテクター|マルウェア(?:対策|保護|スキャン)|スキャン(?!ナー)|検査',
  },
  {
    en: 'security hub|standards?|security controls?|security checks?',
    ja: 'Security ?Hub|セキュリティ(?:標準|基準|チェック|コントロール)',
  },
  { en: 'aws config|config rules?|(?:configuration )?recorders?|recording', ja: 'AWS Config|Config ルール|レコーダー|記録' },
  { en: 'inspector|macie|detective|(?:iam )?access analyzer|security lake', ja: 'Inspector|Macie|Detective|Access Analyzer|Security Lake' },
  { en: 'agents?|sensors?|endpoint protection|antivirus', ja: 'エージェント|センサー|ウイルス対策' },
  {
    en: 'monitoring|alarms?|alerts?|metric filters?|notifications?|tracing|audit(?:ing)?',
    ja: '監視|モニタリング|アラーム|アラート|メトリクスフィルター|通知|監査',
  },
  { en: 'encryption|tls|https|ssl|sse|kms keys?|customer managed keys?', ja: '暗号化|TLS|HTTPS|SSL|KMS キー|カスタマーマネージドキー' },
  {
    en: 'certificate (?:validation|verification|checks?)|signature (?:validation|verification|checks?)|(?:integrity|health|compliance) (?:checks?|monitoring)',
    ja: '(?:証明書|署名)の?検証|検証|(?:整合性|コンプライアンス|健全性)の?チェック',
  },
  {
    en: 'mfa(?: devices?)?|multi-factor authentication|authentication|authorization|authorizers?',
    ja: 'MFA|多要素認証|認証(?!情報)|認可|オーソライザー',
  },
  { en: 'block(?:ing)? public access|public access blocks?', ja: 'ブロック ?パブリック ?アクセス|パブリック ?アクセス(?:の)?ブロック' },
  {
    en: 'backups?|backup (?:plans?|vaults?|vault lock)|recovery points?|snapshots?|point-in-time recovery',
    ja: 'バックアップ|復旧ポイント|復元ポイント|スナップショット|ポイントインタイムリカバリ',
  },
  {
    en: 'versioning|object lock|legal holds?|retention(?: periods?)?',
    ja: 'バージョニング|オブジェクトロック|リーガルホールド|保持期間|保存期間',
  },
  { en: '(?:deletion|termination) protection', ja: '(?:削除|終了)保護' },
  { en: 'password (?:polic(?:y|ies)|requirements?)|rotation|key rotation', ja: 'パスワード ?ポリシー|パスワードの要件|ローテーション' },
  {
    en: 'firewalls?|network firewall|waf|web acls?|shield|rate limits?|network acls?',
    ja: 'ファイアウォール|WAF|(?:ウェブ|Web) ?ACL|Shield|レート制限',
  },
  {
    en: 'service control polic(?:y|ies)|resource control polic(?:y|ies)|scps?|permissions? boundar(?:y|ies)|guardrails?',
    ja: 'サービスコントロールポリシー|リソースコントロールポリシー|SCP|アクセス許可の境界|ガードレール',
  },
  { en: 'imdsv2|session tokens?', ja: 'IMDSv2' },
  { en: 'evidence|isolation|quarantine', ja: '証拠|隔離' },
  { en: 'updates?|patching|patch(?:es)?', ja: 'パッチ(?:適用)?|自動更新' },
];

/** What looks like one of these and is good to remove: what stands behind it in a name. */
export const RELIEF = {
  en: /\b(?:exclusions?|exceptions?|exemptions?|suppression rules?|(?<!block )public access|sharing|shares?|deletion of|permissions?|statements?|grants?|modes?)\b/i,
  ja: /除外(?:設定|ルール)?$|例外$|抑制ルール$|(?<!ブロック ?)パブリック ?アクセス(?!の?ブロック)$|共有(?:設定)?$|許可$|権限$|モード$|ステートメント$|(?:付与|割り当て|復元)$|公開(?:設定)?$|削除の?(?:スケジュール|予約)$/,
};
