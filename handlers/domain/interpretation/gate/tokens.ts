/** What has a shape of its own: identifiers, addresses, domains, links, mentions, and the ids of weaknesses, controls and actions. */
import { identifies } from '../identifying';
import { type Given, holds, type Said } from './said';

type Finds = (said: Said, given: Given) => string | undefined;

const first = (text: string, ...patterns: RegExp[]) => patterns.flatMap((pattern) => text.match(pattern)?.[0] ?? [])[0];

/** Beyond what may not reach the model either: short ids, hexadecimal numbers. */
export const identifier: Finds = ({ text, plain }) =>
  [text, plain].some(identifies)
    ? 'one'
    : first(plain, /\b0x[0-9a-f]{4,}/i, /\b[a-z]{1,6}-(?=[a-f]*\d)[0-9a-f]{7,}\b/i, /\bsha(?:1|256|512):/i);

export const address: Finds = ({ plain }) =>
  first(plain, /[^\s@]@[a-z0-9-]+\.[a-z]/i, /\b(?:\d{1,3}\.){3}\d{1,3}(?!\/0)\b(?<!\b0\.0\.0\.0)/);

const TOP =
  'com|net|org|info|biz|io|co|dev|app|cloud|online|site|xyz|top|shop|club|store|tech|live|pro|me|tv|cc|gov|edu|mil|int|jp|cn|ru|uk|de|fr|eu|us|ca|au|kr|in|br|nl|se|ch|it|es|pl|ai|sh|to|ly|gg|su|ir|kp|internal|local|localhost|lan|corp|home|onion|example|test|invalid';
export const domain: Finds = ({ plain }) =>
  first(
    plain,
    new RegExp(`(?<![\\w.@-])(?:[a-z0-9-]{1,63}\\.)+(?:${TOP})(?![\\w-])`, 'i'),
    /\bxn--\w+|(?<![\w.@/-])(?!e\.g|i\.e|node\.js|main\.)[a-z0-9-]{3,63}\.[a-z]{2}(?![\w-])/i,
    // With a top level that this list does not know: three labels of lower case.
    /(?<![\w.@/-])[a-z0-9-]{2,63}(?:\.[a-z0-9-]{2,63}){2,}(?![\w-])/,
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]\.[\p{sc=Han}\p{sc=Katakana}]{2,}/u,
  );

export const link: Finds = ({ plain }) =>
  first(
    plain,
    /\b[a-z][a-z0-9+.-]{0,20}:\/\//i,
    /\bwww\.|(?:^|\s)\/\/\w/i,
    /\[[^\]]*\]\([^)]*\)/,
    /\b(?:mailto|javascript|data|file|tel):(?=\S)/i,
    /<[^<>|]*\|[^<>]*>/,
    /^(?:please |then |now )?(?:click|follow|open|tap|visit)\b[^.]{0,16}\b(?:link|URL|attachment|QR code)\b|(?:リンク|URL|添付ファイル|QRコード)(?:を|に|から|先)[^。、]{0,8}(?:クリック|開い|押し|タップ|アクセス)[^。]{0,14}ください/i,
  );

/** Slack's control sequences, an at sign before a name, a channel, a slash command. */
export const mention: Finds = ({ text }) =>
  first(
    text,
    /<[@!#][^>]*>?/,
    /(?<![\w.])@\s?[\p{L}\d]/u,
    /(?<![\w&])#[\p{L}][\w-]*/u,
    /(?:^|\s)!(?:channel|here|everyone|subteam)/i,
    /^\s*\/[a-z]+\s/,
    /\bcc:?\s+@?[a-z]+-[a-z]+/i,
  );

/** Advisories of vendors beside the common list. */
const ADVISORY =
  /\bC[\s._-]?V[\s._-]?E[\s._:-]*\d{4}[\s._-]*\d+|\b(?:KB\d{6,8}|MS\d{2}-\d{3}|CWE-\d+|(?:GHSA|RHSA|RHBA|USN|DSA|DLA|ELSA|ALAS\w*|SUSE-SU|JVN\w*|ZDI|VU|EDB)[-:#][\w:.-]*\d[\w:.-]*)/gi;
/** What everybody calls a weakness. */
const NICKNAMES: Readonly<Record<string, string>> = {
  Log4Shell: 'CVE-2021-44228',
  Heartbleed: 'CVE-2014-0160',
  Shellshock: 'CVE-2014-6271',
  Spring4Shell: 'CVE-2022-22965',
  PwnKit: 'CVE-2021-4034',
  'Baron Samedit': 'CVE-2021-3156',
  regreSSHion: 'CVE-2024-6387',
  'Dirty Pipe': 'CVE-2022-0847',
  'Dirty COW': 'CVE-2016-5195',
  EternalBlue: 'CVE-2017-0144',
  BlueKeep: 'CVE-2019-0708',
  Zerologon: 'CVE-2020-1472',
  ProxyLogon: 'CVE-2021-26855',
  PrintNightmare: 'CVE-2021-34527',
  'Rapid Reset': 'CVE-2023-44487',
  Terrapin: 'CVE-2023-48795',
  Text4Shell: 'CVE-2022-42889',
  Ghostcat: 'CVE-2020-1938',
  CitrixBleed: 'CVE-2023-4966',
  React2Shell: 'CVE-2025-55182',
};
export const cve: Finds = ({ text, plain }, given) =>
  [...text.matchAll(ADVISORY), ...plain.matchAll(ADVISORY)].find(([id]) => !holds(given, id) && !holds(given, id.toUpperCase()))?.[0] ??
  Object.keys(NICKNAMES).find((name) => new RegExp(`\\b${name}\\b`, 'i').test(text) && !holds(given, NICKNAMES[name] as string)) ??
  first(plain, /シーブイイー/);

/** The nickname of a weakness that the brief holds, or a word of it, is as good as its id. */
export const nicknameOf = (word: string): string | undefined =>
  Object.entries(NICKNAMES).find(([name]) => name.toLowerCase().split(' ').includes(word.toLowerCase()))?.[1];

/** Versions and lengths that look like a control. */
const NO_CONTROL = /\b(?:OAuth|SAML|TLS|SSL|HTTP|CVSS|USB|Log4j)[ /]?v?\d+(?:\.\d+)*/gi;
const CONTROL = /(?<![A-Za-z0-9.])[A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)*(?:\.\d+)+(?![A-Za-z0-9])/g;
const STANDARD =
  /\b(?:CIS|PCI|NIST|ISO|SOC|GDPR|HIPAA|FedRAMP|MITRE)\b[^.。,、\d]{0,16}\d[\w.-]*|\b[A-Z]{2}-\d{1,2}\b(?!-)|\bA\.\d+(?:\.\d+)*/g;
export const control: Finds = ({ text }, given) => {
  const rest = text.replace(NO_CONTROL, ' ').replace(ADVISORY, ' ');
  const standard = rest.match(STANDARD)?.find((name) => !(name.match(/\d[\w.-]*\w|\d/g) ?? []).every((number) => holds(given, number)));
  return rest.match(CONTROL)?.find((id) => !holds(given, id)) ?? standard;
};

export const action: Finds = ({ text }, given) =>
  text.match(/\b(?!aws:)[a-z0-9-]{2,30}:[A-Z][A-Za-z*]{2,}/g)?.find((name) => !holds(given, name));

/** What has been judged here is no number, and no name. */
export const withoutTokens = (text: string): string => text.replace(ADVISORY, ' ').replace(CONTROL, (id) => (/\.\d+$/.test(id) ? ' ' : id));
