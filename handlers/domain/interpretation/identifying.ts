/** Finds what would tell the model whose finding it is. */
import type { Finding } from '../finding/finding';

/** The two "everyone" ranges identify nobody and say much; a type as CloudFormation spells it only looks like an address. */
const NOBODY = /(?<![\d.])0\.0\.0\.0\/0(?!\d)|(?<![\w:])::\/0(?!\d)|\bAWS::(?:\w{1,40}::)?\w{1,60}/g;

/** Repetitions are bounded, so that no text of any length makes them slow. */
const PATTERNS: readonly RegExp[] = [
  // ARNs and account ids, also as the console writes them; longer runs of digits are cards and telephones.
  /\barn:[a-z]/i,
  /\d{10,}|(?<!\d)\d{4}-\d{4}-\d{4}(?!\d)/,
  // Addresses: IPv4, also in a host's name, IPv6, MAC.
  /(?<!\d)(?<!\d\.)(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/,
  /\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b/i,
  /(?<!\w)(?:[0-9a-f]{1,4}:){1,7}(?::|(?:[0-9a-f]{1,4}:){2})/i,
  /(?<![\w:])::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4}(?!\w)/i,
  /[^\s@]{1,64}@[^\s@]{1,255}\.[a-z]{2,}/i,
  // Access keys and the unique ids of identities, and what has the shape of a secret key.
  /\b(?:AKIA|ASIA|AROA|AIDA|AGPA|AIPA|ANPA|ANVA|APKA|ABIA|ACCA|ASCA)[A-Z0-9]{12,}\b|\b[A-Z]{4}[A-Z0-9]{16}\b/,
  /(?<![A-Za-z0-9/+])(?=[a-z/+]*[A-Z0-9])(?=[A-Z/+]*[a-z0-9])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/,
  // Ids of resources: a short prefix, then hexadecimal or a mixture of letters and digits.
  /\b[a-z]{1,12}-(?:[0-9a-f]{8,17}|(?=[a-z]{0,40}\d)(?=\d{0,40}[a-z])[0-9a-z]{8,40})\b/i,
  /\b(?:ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-(?=[a-z]{0,32}\d)[0-9a-z]{4,32})\b/,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i,
  /\b(?=[a-f]{0,64}\d)(?=\d{0,64}[a-f])[0-9a-f]{12,}\b/i,
  // Hosts and addresses of the web.
  /\b[a-z0-9-]{1,63}\.(?:com|net|org|io|co|jp|dev|internal|local|info|biz|ru|cn|xyz|top|online|cloud|app|gov|edu|tv|cc|ai|sh|uk|de|fr|eu|kr|br)\b/i,
  /\b[a-z][a-z0-9+.-]{0,20}:\/\//i,
];

/** Whether a text holds an account, an address, a key or another identifier, of anyone. */
export function identifies(text: string): boolean {
  const rest = text.normalize('NFKC').replace(NOBODY, ' ');
  return PATTERNS.some((pattern) => pattern.test(rest));
}

/**
 * Whether a text names what this very finding is about: its resources, its account.
 * AWS's own texts are the same for everybody, so in them a plain word ("default", "public") is only a word; in
 * anybody else's it may be the name of a person or a bucket.
 */
export function namesItsOwner(text: string, finding: Pick<Finding, 'kind' | 'resources' | 'accountId' | 'accountName'>): boolean {
  const folded = text.normalize('NFKC').toLowerCase();
  const plainWordsCount = finding.kind === 'third-party';
  return namesOf(finding)
    .filter((name) => !GENERIC.has(name) && (plainWordsCount ? name.length >= 2 : name.length >= 4 && !/^[a-z]+$/.test(name)))
    .some((name) => holdsName(folded, name));
}

function namesOf({ resources, accountId, accountName }: Pick<Finding, 'resources' | 'accountId' | 'accountName'>): string[] {
  const names = [accountId, accountName, ...resources.flatMap(({ id, name }) => [id, name, ...partsOf(id)])];
  return [...new Set(names.flatMap((name) => name?.normalize('NFKC').trim().toLowerCase() ?? []))];
}

/** Of an ARN what the customer chose: behind partition, service and Region, and behind the type of the resource. */
function partsOf(id: string): string[] {
  const [, service, resource] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/s.exec(id) ?? [];
  const parts = (resource ?? id).split(/[/:]/).filter(Boolean);
  return resource && service !== 's3' && parts.length > 1 ? parts.slice(1) : parts;
}

/** As a name and not as part of a longer word: "admin" does not stand in "administrative". */
function holdsName(text: string, name: string): boolean {
  const inWord = (char: string | undefined) => char !== undefined && /[a-z0-9]/.test(char);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = inWord(name[0]) && inWord(text[at - 1]);
    const behind = inWord(name.at(-1)) && inWord(text[at + name.length]);
    if (!before && !behind) return true;
  }
  return false;
}

/** Words of AWS that stand where a name could. */
const GENERIC = new Set([
  ...['account', 'app', 'aws', 'aws-service-role', 'aws::::account', 'function', 'instance', 'lambda', 'log-stream', 'net', 'root'],
  ...['service-role', 'targetgroup', 'unknown'],
]);
