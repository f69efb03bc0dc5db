/**
 * Words of AWS's closed vocabularies in Japanese: AWS writes them in English whatever its reader speaks. What is not here is a name, and stays
 * as the finding has it.
 */
import type { Language } from '../../../config/schema';
import { entryOf } from '../text/reading';

/** https://attack.mitre.org/tactics/enterprise/ */
const TACTICS = {
  reconnaissance: '偵察',
  'resource development': '攻撃基盤の準備',
  'initial access': '初期アクセス',
  execution: '実行',
  persistence: '永続化',
  'privilege escalation': '権限昇格',
  'defense evasion': '防御回避',
  'credential access': '認証情報へのアクセス',
  discovery: '探索',
  'lateral movement': '横展開',
  collection: '収集',
  'command and control': '遠隔操作',
  exfiltration: '持ち出し',
  impact: '影響',
};

/** https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings-supported-traits.html, exposure-findings-sample.html */
const TRAITS = {
  assumability: '引き受け可能な権限',
  misconfiguration: '設定の不備',
  reachability: '到達可能性',
  'sensitive data': '機密データ',
  vulnerability: '脆弱性',
  'attack vector network': 'ネットワーク経由で攻撃可能',
  'deployed outside vpc': 'VPC 外で実行',
  'epss level >= high': 'EPSS 高以上',
  'epss level >= medium': 'EPSS 中以上',
  'exploit available': '悪用コードあり',
  'no privileges required': '権限不要',
  'no user interaction required': 'ユーザー操作不要',
  'publicly invocable': '誰でも呼び出し可能',
  vulnerable: '脆弱',
};

const RATINGS = { 'very low': '非常に低い', low: '低', medium: '中', high: '高', 'very high': '非常に高い', critical: '緊急' };

/** https://docs.aws.amazon.com/inspector/latest/user/findings-types.html; PeeredVpc is Inspector Classic's. */
const WAYS_IN = {
  internet: 'インターネット',
  'internet gateway': 'インターネットゲートウェイ',
  'vpc peering': 'VPC ピアリング',
  'vpc peering connection': 'VPC ピアリング接続',
  peeredvpc: 'ピアリング接続先の VPC',
  'virtual gateway': '仮想ゲートウェイ',
  'virtual private gateway': '仮想プライベートゲートウェイ',
};

/**
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-securityhub-integration.html
 */
const PRINCIPALS = {
  canonicaluser: '正規ユーザー',
  directory: 'ディレクトリのユーザー',
  federated: 'フェデレーション',
  identitycenteruser: 'IAM Identity Center ユーザー',
  samluser: 'SAML ユーザー',
  service: 'AWS サービス',
  unknown: '不明',
  webidentityuser: 'ウェブ ID ユーザー',
};

/** The most frequent. https://docs.aws.amazon.com/macie/latest/user/mdis-reference-quick.html */
const DATA = {
  address: '住所',
  aws_credentials: 'AWS 認証情報',
  bank_account_number: '銀行口座番号',
  credit_card_expiration: 'クレジットカードの有効期限',
  credit_card_number: 'クレジットカード番号',
  credit_card_security_code: 'クレジットカードのセキュリティコード',
  date_of_birth: '生年月日',
  name: '氏名',
  openssh_private_key: 'OpenSSH 秘密鍵',
  pgp_private_key: 'PGP 秘密鍵',
  phone_number: '電話番号',
  usa_social_security_number: '米国の社会保障番号',
  putty_private_key: 'PuTTY 秘密鍵',
  pkcs: 'PKCS 秘密鍵',
};

const JAPANESE: Readonly<Record<string, string>> = { ...TRAITS, ...TACTICS, ...RATINGS, ...WAYS_IN, ...PRINCIPALS, ...DATA };

/** In the reader's language, where it is of such a vocabulary; a country by its name. */
export function termIn(language: Language, said: string): string {
  if (language === 'en') return said;
  const category = said.endsWith(':') ? said.slice(0, -1) : said;
  const known = entryOf(JAPANESE, category.toLowerCase()) ?? countries().get(category.toLowerCase());
  return known === undefined ? said : `${known}${said.slice(category.length)}`;
}

let byName: ReadonlyMap<string, string> | undefined;

/** GuardDuty names countries as CLDR does, for the most part. Of two letters each that is a country. */
function countries(): ReadonlyMap<string, string> {
  if (byName) return byName;
  const [english, japanese] = ['en', 'ja'].map((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }));
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  byName = new Map(
    letters.flatMap((first) =>
      letters.flatMap((second): [string, string][] => {
        const [name, its] = [english?.of(first + second), japanese?.of(first + second)];
        return name && its ? [[name.toLowerCase(), its]] : [];
      }),
    ),
  );
  return byName;
}
