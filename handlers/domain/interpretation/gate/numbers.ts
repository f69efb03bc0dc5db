/** Numbers that the brief does not hold, in figures, in words and in Chinese figures: how many, how much, how long, when. */
import { type Given, holds, type Said } from './said';
import { withoutTokens } from './tokens';

/** Digits that count nothing: they belong to a name. Whether a name may be said is for another kind. */
const IN_NAMES =
  /(?<![A-Za-z0-9])(?:Route ?53|OAuth ?2(?:\.[01])?|SAML ?2(?:\.0)?|X\.509|2FA|24\/7|UTF-8|SHA-?(?:1|2|3|256|384|512)|AES-?(?:128|256)|RSA-?(?:2048|3072|4096)|Ed25519|(?:TLS|SSL) ?v?[123]\.[0-3](?:\/1\.[0-3])?|AL20?23|P-(?:256|384|521)|24x7|Amazon Linux 20?23|HTTP\/[23]|IPv[46]|Layer[ -]?[2347]|Tier ?[0-3]|(?:128|192|256|384|512|1,?024|2,?048|3,?072|4,?096)[ -]?bits?)(?![A-Za-z0-9])|(?:128|192|256|384|512|1,?024|2,?048|3,?072|4,?096)\s?ビット|0\.0\.0\.0\/0|::\/0|(?<=[A-Za-z])\d{1,2}(?!\d|\.\d)/gi;

/** One is no count, nor is what is two by its nature. */
const NO_COUNT =
  /(?<![\d.,])1\s?(?:つ|度|部|台|人|件|個|本|名|社)|\b(?:two|three|multi)-(?:factor|step|person|way|tier|phase|part)\b|\bzero[- ](?:day|trust)s?\b|\bone or two\b|\bout of 10\b|10\s?(?:点満点|段階)|(?:二|2)(?:要素|段階|重|次)|第[一二三]者?|万一|十分(?!間|以|後|前)|[一二三123]番目|(?:第|一|1)(?:部|歩|般|度|時|定|覧|連|致|方|緒|旦|環|元|括|斉|意|律|層|切|人|つ|回|日|瞬|貫|見)/gi;

const WORD = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety';
const FIGURE = '(?:\\d+(?:\\.\\d+)?|[一二三四五六七八九十]{1,6})';
const ANY = `(?:\\d+|${WORD}|a few|several)`;
/** Of advice: how soon, how long, how often; and how many at least. Not how long ago. */
const ADVISED: readonly RegExp[] = [
  /\b(?:of|to) 1\b(?!\.?\d)/g,
  /(?:年|月|週|日)(?:間)?に\s*(?:\d|[一二三四])\s*[回度]/g,
  /(?<![\d.,])0(?!\d|[.,]\d)/g,
  new RegExp(
    `\\b${ANY}(?:\\s*(?:-|–|to|or)\\s*${ANY})?[\\s-]+(?:business |working )?(?:second|minute|hour|day|week|month|year)s?\\b(?! ago| old)`,
    'gi',
  ),
  new RegExp(
    `(?<![月年]\\s*)${FIGURE}(?:\\s*[〜~～–-]\\s*${FIGURE})?\\s*(?:秒|分|時間|日|営業日|週間|週|(?:か|ヶ|カ|ヵ|箇)月|(?<!\\d{4}\\s*)年)(?:間|以内|以上|ごと|毎|程度|分|後)?(?!前|\\s*\\d|月)`,
    'g',
  ),
  new RegExp(
    `\\b(?:at least|a minimum of|no more than|up to|every) (?:\\d+|${WORD})\\b(?!\\.\\d)|\\b(?:\\d+|${WORD}) or (?:more|fewer|later|longer)\\b`,
    'gi',
  ),
  new RegExp(
    `(?:少なくとも|最低(?:でも)?)${FIGURE}\\s*(?:つ|個|人|名|台|回|文字|世代)?|${FIGURE}\\s*(?:つ|個|人|名|台|回|文字|世代)以上`,
    'g',
  ),
];

/** Which port is whose, IANA's list says: it tells nothing of this finding, where the service is named or advice is given. */
const PORTS: readonly [service: RegExp, ...ports: string[]][] = [
  [/SSH|SFTP|administration|リモート管理|管理用/i, '22'],
  [/RDP|remote desktop|リモートデスクトップ|administration|リモート管理|管理用/i, '3389'],
  [/MySQL|Maria|Aurora|database|データベース/i, '3306'],
  [/Postgre|Redshift|database|データベース/i, '5432', '5439'],
  [/SQL Server|MSSQL|database|データベース/i, '1433', '1434'],
  [/Oracle|database|データベース/i, '1521'],
  [/Mongo|DocumentDB|database|データベース/i, '27017'],
  [/Redis|Valkey|database|データベース/i, '6379'],
  [/Telnet/i, '23'],
  [/FTP/i, '20', '21'],
  [/SMTP|mail|メール/i, '25', '465', '587'],
  [/DNS/i, '53'],
  [/HTTP|web|ウェブ/i, '80', '443', '8080', '8443'],
  [/SMB|CIFS/i, '445', '139'],
  [/LDAP|Log4j/i, '389', '636', '1389'],
  [/WinRM/i, '5985', '5986'],
  [/Elasticsearch|OpenSearch/i, '9200', '9300'],
  [/NFS|EFS/i, '2049'],
  [/Kubernetes|kubelet|API server/i, '6443', '10250'],
];
const KNOWN_PORTS = new Set(PORTS.flatMap(([, ...ports]) => ports));
const ABOUT_PORTS = /\bports?\b|ポート/i;

const FIGURES = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const CHINESE = [...'二三四五六七八九十'];
/** How many a brief lists, or names in its description: "all four settings" is counted, not invented. */
function isCounted(said: string, { brief }: Given): boolean {
  const index = Math.max(FIGURES.indexOf(said.toLowerCase()), CHINESE.indexOf(said));
  const value = index < 0 ? Number(said) : index + 2;
  if (!Number.isInteger(value) || value < 2 || value > 12) return false;
  const lists = Object.entries(brief).flatMap(([field, each]) => (Array.isArray(each) && LISTS.has(field) ? [each.length] : []));
  const named = new Set(
    brief.description?.match(/\b(?:[a-z]+(?:[A-Z][a-z]+){1,6}|[A-Z]{2,}(?:_[A-Z]+)+|[A-Z][a-z]+(?:[A-Z][a-z]+){1,6})\b/g) ?? [],
  );
  return [...lists, named.size].includes(value);
}
/** Of what a finding is made; what it is about is one thing, of however many types. */
const LISTS: ReadonlySet<string> = new Set([
  'off',
  'actions',
  'ports',
  'openPorts',
  'calls',
  'tactics',
  'techniques',
  'dataKinds',
  'dataCategories',
]);

/** Where the brief names a port, another is a claim about this finding, unless it is advice. */
function mayBePort(number: string, { text, field }: Said, { brief }: Given): boolean {
  if (!KNOWN_PORTS.has(number) || !(ABOUT_PORTS.test(text) || /番/.test(text))) return false;
  if (field === 'actions') return true;
  // Of what a scanner reached, the brief lists all.
  const listed = brief.port ?? brief.ports ?? brief.openPorts?.every((port) => /^\d+$/.test(port));
  return !listed && PORTS.some(([service, ...ports]) => ports.includes(number) && service.test(text));
}

const COUNTER =
  '(?:台|件|人|名|回|個|つ|本|社|枚|通|種類|年|月|日|週|時|分(?!の)|秒|番|割|パーセント|文字|行|倍|箇所|か所|カ所|アカウント|テラ|ギガ|メガ|円|ドル|ポート)';
const IN_WORDS: readonly RegExp[] = [
  new RegExp(`\\b(?:${WORD.replace('one|', '')}|thirteen|fourteen|sixteen|seventeen|eighteen|nineteen|seventy|eighty)\\b`, 'gi'),
  /\b(?:hundred|thousand|million|billion|trillion|dozen)s?\b|\bhalf (?:of|the|a)\b|\b(?:a|one) (?:third|quarter|fifth|tenth) of\b|\ba couple of\b|\bper ?cent\b/gi,
  new RegExp(
    `[〇一二三四五六七八九十百千万億兆]{1,12}\\s*${COUNTER}|[〇一二三四五六七八九]{3,}|[一二三四五六七八九]?[十百千][一二三四五六七八九十百千]{0,8}の|[数何][十百千万億]|(?<!複)数(?:台|件|人|個|社|名)|半数|過半`,
    'g',
  ),
];
const DATES =
  /\b(?:January|February|March|April|June|July|August|September|October|November|December)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\byesterday\b|\blast (?:night|week|month|year)\b|[月火水木金土日]曜|昨[夜日晩年]|先[週月]|一昨/;

export function number(said: Said, given: Given): string | undefined {
  let rest = withoutTokens(said.text).replace(IN_NAMES, ' ').replace(NO_COUNT, ' ');
  if (said.field === 'actions') for (const advised of ADVISED) rest = rest.replace(advised, ' ');
  const figures = rest.replace(/(?<=\d),(?=\d{3})/g, '').match(/\p{Nd}+(?:\.\p{Nd}+)*/gu) ?? [];
  const unknown = figures.find(
    (each) => !isCounted(each, given) && !holds(given, each) && !holds(given, String(Number(each))) && !mayBePort(each, said, given),
  );
  const words = IN_WORDS.flatMap((pattern) => rest.match(pattern) ?? []).find(
    (each) => !isCounted(each.replace(/(?:つ|個|件)$/, ''), given),
  );
  return unknown ?? words ?? rest.match(DATES)?.[0];
}
