/** Whether a route's match takes a finding, and why, in words for `npm run routes`. */
import type { Match, Severity } from '../schema';
import { globMatches } from './glob';
import type { OrganizationalUnit } from './owner';

/** What routing looks at: facts of the finding and of its account's owner, nothing else. */
export interface RoutingSubject {
  accountId: string;
  ouPath: OrganizationalUnit[];
  /** false: Organizations has not answered, and no older answer is known. */
  ouKnown: boolean;
  /** Tags of the account. */
  tags: Record<string, string>;
  severity: Severity;
  /** company/product in lower case, such as aws/guardduty. */
  product: string;
  controlId?: string;
  types: string[];
  resourceTypes: string[];
  region: string;
}

export interface Verdict {
  matched: boolean;
  /** Where it matched, what held of each key; where it did not, the first key that does not hold. */
  why: string;
}

type Keys = Omit<Match, 'tag'>;

interface Facet {
  what: string;
  /** What the subject has of it, for the explanation. */
  has: (subject: RoutingSubject) => string[];
  holds: (subject: RoutingSubject, wanted: string) => boolean;
}

const FACETS: Record<keyof Keys, Facet> = {
  ou: {
    what: 'OU',
    has: (subject) => [['Root', ...subject.ouPath.map((unit) => unit.name)].join('/')],
    holds: (subject, wanted) => isInOu(subject.ouPath, wanted),
  },
  account: { what: 'account', has: (subject) => [subject.accountId], holds: (subject, wanted) => subject.accountId === wanted },
  severity: { what: 'severity', has: (subject) => [subject.severity], holds: (subject, wanted) => subject.severity === wanted },
  product: { what: 'product', has: (subject) => [subject.product], holds: (subject, wanted) => productMatches(subject.product, wanted) },
  control: {
    what: 'control',
    has: (subject) => [subject.controlId ?? ''],
    holds: (subject, wanted) => subject.controlId !== undefined && globMatches(wanted, subject.controlId),
  },
  type: {
    what: 'type',
    has: (subject) => subject.types,
    holds: (subject, wanted) => subject.types.some((type) => typeMatches(type, wanted)),
  },
  resourceType: {
    what: 'resource type',
    has: (subject) => subject.resourceTypes,
    holds: (subject, wanted) => subject.resourceTypes.some((type) => globMatches(wanted, type)),
  },
  region: { what: 'Region', has: (subject) => [subject.region], holds: (subject, wanted) => subject.region === wanted },
};
const KEYS = Object.keys(FACETS) as (keyof Keys)[];

/** All keys must hold; a list holds where one of its entries does. Without a match, everything is taken. */
export function matches(match: Match | undefined, subject: RoutingSubject): Verdict {
  const held: string[] = [];
  for (const key of KEYS) {
    const wanted = match?.[key];
    if (wanted === undefined) continue;
    const verdict = matchKey(key, [wanted].flat(), subject);
    if (!verdict.matched) return verdict;
    held.push(verdict.why);
  }
  for (const [name, value] of Object.entries(match?.tag ?? {})) {
    const given = Object.hasOwn(subject.tags, name) ? subject.tags[name] : undefined;
    if (given === undefined) return { matched: false, why: `the account has no tag ${name}` };
    if (given !== value) return { matched: false, why: `tag ${name} is ${plain(given)}, not ${value}` };
    held.push(`tag ${name} is ${value}`);
  }
  return { matched: true, why: held.join('; ') || 'it takes everything' };
}

function matchKey(key: keyof Keys, wanted: string[], subject: RoutingSubject): Verdict {
  const { what, has, holds } = FACETS[key];
  const given = has(subject).filter((value) => value !== '');
  const hit = wanted.find((entry) => holds(subject, entry));
  const fact = `${what} ${given.slice(0, 3).map(plain).join(', ')}`;
  if (hit !== undefined) return { matched: true, why: key === 'ou' ? ouReason(subject, hit) : `${fact} is ${hit}` };
  const [is, isNone] = key === 'ou' ? ['is not in', 'is in none of'] : ['is not', 'is none of'];
  const why = given.length === 0 ? `it has no ${what}` : `${fact} ${wanted.length === 1 ? is : isNone} ${wanted.join(', ')}`;
  return { matched: false, why };
}

function ouReason(subject: RoutingSubject, wanted: string): string {
  const path = FACETS.ou.has(subject).map(plain).join('');
  const exactly = subject.ouPath.at(-1)?.id === wanted || ouNames(wanted).length === subject.ouPath.length;
  return `OU ${path} is ${exactly ? '' : 'below '}${wanted}`;
}

/**
 * Whether an account's OU is the one named or lies below it.
 * @param wanted an OU id, or names from the top such as Workloads/Prod, with or without `Root/` in front; `Root` is everything.
 */
export function isInOu(ouPath: readonly OrganizationalUnit[], wanted: string): boolean {
  if (/^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/.test(wanted)) return ouPath.some((unit) => unit.id === wanted);
  return ouNames(wanted).every((name, depth) => ouPath[depth]?.name === name);
}

/** Names from the top, without the root. */
export function ouNames(path: string): string[] {
  const names = path.split('/');
  return names[0] === 'Root' ? names.slice(1) : names;
}

/** `guardduty` means that product of any company. */
export function productMatches(product: string, pattern: string): boolean {
  return globMatches(pattern, pattern.includes('/') ? product : product.slice(product.lastIndexOf('/') + 1));
}

/**
 * A type such as `TTPs/Initial Access/UnauthorizedAccess:EC2-SSHBruteForce` is matched whole, behind its last
 * slash, and as GuardDuty's own documentation writes it (`UnauthorizedAccess:EC2/SSHBruteForce`): Security Hub
 * has put a hyphen for that slash. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
 */
export function typeMatches(type: string, pattern: string): boolean {
  const colon = type.indexOf(':');
  const own = type.slice(type.lastIndexOf('/', colon < 0 ? type.length : colon) + 1);
  const [family = '', rest] = own.split(/:(.*)/s);
  const spellings = rest === undefined ? [] : [`${family}:${rest.replace('-', '/')}`, `${family}:${rest.replace('/', '-')}`];
  const names = [type, type.slice(type.lastIndexOf('/') + 1), own, ...spellings];
  return names.some((name) => globMatches(pattern, name));
}

/** Foreign text goes to a terminal and to logs: no control characters, no length. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200);
}
