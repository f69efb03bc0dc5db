/**
 * Which check of a product made a finding, told from that finding alone: the GeneratorId where it names a check
 * (`Trivy/CVE-2019-1549`, `prowler-rds_instance_minor_version_upgrade_enabled`), else the title without whom it is about, and
 * of what was done its tactic and technique.
 * Many tools have one GeneratorId for all that they find. Where the two err, problems are told apart rather than merged.
 */
import type { Finding } from '../finding/finding';

type Named = Pick<Finding, 'accountId' | 'accountName' | 'resources' | 'title' | 'generatorId' | 'types' | 'provenance' | 'product'>;

/** No title of ASFF has more than 256 characters. */
const READ = 512;

/** Folded text that is equal for one check and differs between two. */
export function checkOf(finding: Named): string {
  const named = checkIn(finding.generatorId);
  if (named) return `generator ${named}`;
  const title = withoutNames(finding.title, finding);
  if (title) return `title ${title}${behaviourIn(finding.types)}`;
  return `other ${withoutNames(finding.generatorId, finding)} ${finding.types[0] ?? ''}`;
}

/**
 * Of what was done, not of how something is set: tactic and technique, as a product may call all that it detects the same ("Falcon Alert").
 * V2 adds broad words to them, which have no such form.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-type-taxonomy.html
 */
function behaviourIn(types: readonly string[]): string {
  const said = types.flatMap((type) => BEHAVIOUR.exec(type.normalize('NFKC').trim().slice(0, READ))?.[1] ?? []);
  return [...new Set(said.map((each) => ` ${each.toLowerCase()}`))].sort().slice(0, 8).join('');
}

const BEHAVIOUR = /^(?:TTPs|Effects|Unusual Behaviors)\/(.+)$/is;

/**
 * A path to the id of something (`Trivy/CVE-2019-1549`, `acme/DS002`), or three words and more of a snake-case name. An ARN
 * names a thing, a phrase a policy of the customer's, and a version, a run or a tool whoever found it: none is a check.
 */
function checkIn(generatorId: string): string | undefined {
  const folded = generatorId.normalize('NFKC').trim().toLowerCase().slice(0, READ);
  if (folded.startsWith('arn:') || /\s/.test(folded)) return undefined;
  const last = folded.split('/').at(-1) ?? '';
  const path = folded.includes('/') && (ID.test(last) || DOTTED.test(last) || ADVISORY.test(last));
  if (!path && !NAME.test(folded)) return undefined;
  return FOUND_BY.test(last) || last.replace(IDENTIFIERS, '') !== last ? undefined : folded;
}

/** Letters, and a number of two digits at least: of one it may be a second tool or version. */
const ID = /^[a-z]+(?:[-_.][a-z]+)*[-_.]?\d{2,}(?:[-_.]\d+)*$/;
/** `s3.2`, `s3.public.read`; not the address of a tool. */
const DOTTED = /^(?!.*(?:^|\.)(?:com|org|net|io|dev|jp|cloud|local|internal)(?:\.|$))[a-z][a-z0-9]*(?:\.\d+|(?:[._][a-z0-9]+){2,})$/;
const ADVISORY = /^ghsa(?:-[0-9a-z]{4}){3}$/;
/** `iam_user_mfa_enabled`, behind the name of its tool or not. */
const NAME = /(?:^|[-/:.])[a-z][a-z0-9]*(?:_[a-z0-9]*[a-z][a-z0-9]*){2,}(?:_\d+)*$/;
/** A version, or what a tool or one of its runs is called. */
const FOUND_BY =
  /\d\.\d+\.\d|(?:^|[-_.])v\d|(?:^|[-_.])(?:run|scan|job|build|task|release|version)[-_.]?\d|(?:scanner|scan|agent|importer|exporter|lambda|function|pipeline|integration|service|tool|job)(?:[-_.]?\d+)*$/;

/** What a title says when names of resources, accounts and Regions, identifiers and amounts are left out. */
function withoutNames(text: string, finding: Named): string {
  // These hold names, which would be taken out of their middle.
  let rest = text.normalize('NFKC').slice(0, READ).toLowerCase().replace(ADDRESSES, ' ');
  for (const name of namesOf(finding)) rest = without(rest, name);
  return rest
    .replace(IDENTIFIERS, ' ')
    .replace(NUMBERS, (number, ports: string | undefined, at: number, whole: string) =>
      ports !== undefined || tells(number, whole.slice(Math.max(0, at - BEFORE), at), whole.slice(at + number.length)) ? number : ' ',
    )
    .replace(COUNTED, ' ')
    .replace(/[\s\p{P}\p{S}]+/gu, ' ')
    .trim();
}

/**
 * A number that tells two checks apart: a port, a rule's, a version. An amount, a score and an age change from day to day.
 * @param before what stands in front of it, and @param after behind it.
 */
function tells(number: string, before: string, after: string): boolean {
  if (NUMBERED.test(before) || /^\/(?:tcp|udp)\b/.test(after)) return true;
  return /^\d+(?:\.\d+)+$/.test(number) && !SCORE.test(before) && !UNIT.test(after);
}

const BEFORE = 24;
const NUMBERS =
  /(\bports?(?: range)?:? \d{1,5}(?:(?:, | ?- ?| and )\d{1,5}){0,20})|(?<![\p{L}\p{N}_.-])\d(?:[\d.,:]{0,29}\d)?(?![\p{L}\p{N}_])/gu;
const NUMBERED = /\b(?:tcp|udp|rule|qid|sid|plugin|check|control|signature|server|version|tls|ssl)[:#]? ?#?$/;
const SCORE = /\b(?:score|cvss|epss|risk|rating)(?: is| of)?[:=]? ?$/;
const UNIT = /^ ?(?:%|(?:percent|seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|points?|[kmgt]i?b)\b)/;
/** Of Japanese, which parts no words: a number with the word that counts. */
const COUNTED = /\d[\d.,]{0,30}(?=件|個|台|回|人|名|日|時間|分|か月|ヶ月|年|%|％)/gu;

/** Each with bounded repetitions, so that no text makes them slow. */
const ADDRESSES = /\b[a-z][a-z0-9+.-]{0,20}:\/\/\S{1,512}|\barn:[a-z-]{1,12}:\S{1,512}/gu;
const IDENTIFIERS = new RegExp(
  [
    String.raw`\bsha256:[0-9a-f]{6,64}`,
    String.raw`[^\s@]{1,64}@[^\s@]{1,128}\.[a-z]{2,}`,
    // 0.0.0.0 is nobody's address: it says that something is open to all.
    String.raw`(?<![\d.])(?!0\.0\.0\.0(?![\d.]))(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?`,
    String.raw`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`,
    String.raw`\b[a-z]{1,12}-(?=[a-f]{0,17}\d)[0-9a-f]{8,17}\b`,
    String.raw`\b(?:akia|asia|aroa|aida)[a-z0-9]{12,20}\b`,
    String.raw`\b(?=[a-f]{0,64}\d)(?=\d{0,64}[a-f])[0-9a-f]{10,128}\b`,
    String.raw`\b\d{4}-\d{2}-\d{2}(?:t[\d:.]{4,20}z?)?`,
    String.raw`\b[a-z]{2,4}(?:-[a-z]{2,12}){1,2}-\d\b`,
  ].join('|'),
  'gu',
);

/** Longest first, so that a name is not left as half of a longer one; of equals always the same first. */
function namesOf({ accountId, accountName, resources }: Named): string[] {
  const names = [accountId, accountName ?? '', ...resources.slice(0, 32).flatMap(({ id, name }) => [id, name, ...partsOf(id)])];
  return [...new Set(names.map((name) => name.normalize('NFKC').trim().toLowerCase()))]
    .filter((name) => name.length >= 3 && name.length <= READ && !PLAIN.has(name))
    .sort()
    .sort((a, b) => b.length - a.length)
    .slice(0, 200);
}

/** Of an ARN what stands behind the type of the resource; of a path the whole and its parts. */
function partsOf(id: string): string[] {
  const [, service, resource] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/s.exec(id) ?? [];
  const parts = (resource ?? id).split(/[/: ]/).filter(Boolean);
  return resource && service !== 's3' && parts.length > 1 ? parts.slice(1) : parts;
}

/** Words that stand where a name could and say nothing of whom. */
const PLAIN = new Set(['account', 'aws', 'container', 'default', 'instance', 'other', 'role', 'root', 'unknown', 'user']);

/** As a whole word: "admin" does not stand in "administrative". */
function without(text: string, name: string): string {
  const inWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
  let rest = '';
  let from = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, Math.max(at + 1, from))) {
    if ((inWord(name[0]) && inWord(text[at - 1])) || (inWord(name.at(-1)) && inWord(text[at + name.length]))) continue;
    rest += `${text.slice(from, at)} `;
    from = at + name.length;
  }
  return rest + text.slice(from);
}
