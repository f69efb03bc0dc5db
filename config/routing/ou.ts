/** OUs: by names from the top or by id, each with everything below it. */
import type { Fault } from '../mistake';
import { routesFault } from '../rules/fault';
import type { Entry, Facet, RoutingSubject } from './facet';
import { type OrganizationalUnit, ouPathName } from './owner';

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html */
const ID = 'ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}';
/** An OU id, or a path of names. What starts like an id must be one. */
const ID_OR_PATH = new RegExp(`^(${ID}|(?!ou-[a-z0-9]{4,32}-)[^\\s/]([^/]*[^\\s/])?(\\/[^\\s/]([^/]*[^\\s/])?)*)$`);
const WITHOUT = 'Remove it: without ou, the route takes every account.';

export const ou = {
  what: 'OU',
  schema: ({ oneOrMore, written }) =>
    oneOrMore(written(ID_OR_PATH, 'an OU is a path of names below the root, or the id of an OU', 'Workloads/Prod', 'ou-ab12-11111111'))
      .optional()
      .describe('The OU or one of the OUs that the account is in, at any depth: a path of names such as Workloads/Prod, or an id.'),
  has: (subject) => [pathOf(subject)],
  holds: (subject, wanted) => isInOu(subject.ouPath, wanted),
  covers,
  excludes: (a, b) => !isOuId(a) && !isOuId(b) && !covers(a, b) && !covers(b, a),
  nesting: { isUnclear: (a, b) => a !== b && (isOuId(a) || isOuId(b)), meant, beside: otherCase },
  label: (wanted) => wanted.join(', '),
  held: ({ ouPath }, wanted) => (ouPath.at(-1)?.id === wanted || ouNames(wanted).length === ouPath.length ? wanted : `below ${wanted}`),
  missed: ([path], wanted) => `OU ${path} is ${wanted.length === 1 ? 'not in' : 'in none of'} ${wanted.join(', ')}`,
  rules: [
    {
      rule: 'ou-root',
      level: 'warning',
      find: (entry) => (entry === 'Root' ? { message: 'OU "Root" is the whole organization', remedy: WITHOUT } : undefined),
    },
    {
      rule: 'ou-root-id',
      level: 'error',
      find: (entry) =>
        /^r-[0-9a-z]{4,32}$/.test(entry) ? { message: `"${entry}" is the id of the root, not of an OU`, remedy: WITHOUT } : undefined,
    },
    {
      rule: 'ou-wildcard',
      level: 'error',
      find: (entry) =>
        entry.includes('*') ? { message: `"${entry}": an OU takes no wildcards`, remedy: withoutWildcard(entry) } : undefined,
    },
  ],
} satisfies Facet;

export function isOuId(text: string): boolean {
  return new RegExp(`^${ID}$`).test(text);
}

/** Names from the top, without the root. */
export function ouNames(path: string): string[] {
  const names = path.split('/');
  return names[0] === 'Root' ? names.slice(1) : names;
}

/**
 * Whether an account's OU is the one named or lies below it.
 * @param wanted an OU id, or names from the top such as Workloads/Prod, with or without `Root/` in front; `Root` is everything.
 */
export function isInOu(ouPath: readonly OrganizationalUnit[], wanted: string): boolean {
  if (isOuId(wanted)) return ouPath.some((unit) => unit.id === wanted);
  return ouNames(wanted).every((name, depth) => ouPath[depth]?.name === name);
}

function pathOf({ ouPath }: RoutingSubject): string {
  return ouPathName({ ouPath, knowledge: 'fresh' });
}

/** By names only: where an id lies in the organization, the file does not say. */
function covers(wider: string, narrower: string): boolean {
  if (isOuId(wider) || isOuId(narrower)) return wider === narrower;
  const below = ouNames(narrower);
  return ouNames(wider).every((name, depth) => below[depth] === name);
}

function withoutWildcard(entry: string): string {
  const names = entry.replace(/\/?\*.*$/, '');
  return names === '' ? WITHOUT : `Write ${JSON.stringify(names)}: an OU covers everything below it.`;
}

/** The same OU in other letters, or an OU that is written from its parent on. */
function meant(entry: string, above: string): string | undefined {
  const spelt = `${above}${entry.slice(above.length)}`;
  if (entry !== spelt && entry.toLowerCase() === spelt.toLowerCase() && /^(\/|$)/.test(entry.slice(above.length)))
    return `Did you mean "${spelt}"? Case matters in the name of an OU.`;
  return entry.includes('/') ? undefined : `Did you mean "${above}/${entry}"? OUs are written from the top.`;
}

/** One OU in two spellings that differ by case: it has one of them, so the other never matches. */
function otherCase(entries: Entry[]): Fault[] {
  const known = new Map<string, { spelt: string; route: Entry['route'] }>();
  return entries.flatMap(({ entry, path, route }) => {
    const names = entry.split('/');
    const paths = names.map((_, depth) => names.slice(0, depth + 1).join('/'));
    for (const [depth, spelt] of paths.entries()) {
      const first = known.get(spelt.toLowerCase()) ?? { spelt, route };
      known.set(spelt.toLowerCase(), first);
      if (first.spelt === spelt) continue;
      const message = `{other} writes "${first.spelt}", and case matters in the name of an OU`;
      const remedy = `Did you mean "${[first.spelt, ...names.slice(depth + 1)].join('/')}"? Write both alike.`;
      return [{ ...routesFault('ou-case', path, message, remedy), other: first.route }];
    }
    return [];
  });
}
