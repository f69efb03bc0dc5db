/** Of what a field of the brief is made: of which values characters stand in it, and which only decide what it says. */
import type { Brief } from '../../handlers/domain/interpretation/brief';
import { altered, changedAt, leaves, nameOf, type Step, valueAt, without } from './leaves';

export interface Source {
  /** Of the brief. */
  field: string;
  /** Of the finding: `Resources[].Type`. */
  of: string;
  /** `told`: characters of it stand in the field. `decides`: the field is another without it, and none of its characters stand there. */
  how: 'told' | 'decides';
}

/** undefined for what is no finding any more. */
type Asking = (finding: unknown) => Brief | undefined;

/** Each value is changed, then left out: what then differs in the brief depends on it. */
export function sourcesOf(finding: unknown, briefs: Asking): Source[] {
  const brief = briefs(finding);
  if (!brief) return [];
  const paths = leaves(finding);
  const deciding = paths.flatMap((path) =>
    fieldsBy(path, finding, brief, briefs).map(
      (field): Source => ({ field, of: nameOf(path), how: tells(path, field, finding, brief, briefs) ? 'told' : 'decides' }),
    ),
  );
  return [...deciding, ...saidTwice(paths, finding, brief, briefs)];
}

export const at = (brief: Brief, field: string): unknown => (brief as unknown as Record<string, unknown>)[field];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function fieldsBy(path: Step[], finding: unknown, brief: Brief, briefs: Asking): string[] {
  const fields = [without(finding, path), altered(finding, path)].flatMap((changed) => {
    const other = briefs(changed);
    if (!other) return [];
    // Of another kind all is other: that says nothing of the fields.
    const all = brief.kind === other.kind ? Object.keys({ ...brief, ...other }) : ['kind'];
    return all.filter((field) => !same(at(brief, field), at(other, field)));
  });
  return [...new Set(fields)];
}

/** Whether a word that stands in both goes from the field when it goes from the value. */
function tells(path: Step[], field: string, finding: unknown, brief: Brief, briefs: Asking): boolean {
  const leaf = valueAt(finding, path);
  const said = wordsIn(at(brief, field));
  return wordsIn(leaf)
    .filter((word) => said.includes(word))
    .some((word) => {
      const other = briefs(changedAt(finding, path, (value) => replaced(value, word)));
      return other !== undefined && (field === 'kind' || other.kind === brief.kind) && !wordsIn(at(other, field)).includes(word);
    });
}

/** Shorter texts stand in a value by chance. */
const SHORTEST = 4;

/** What several values say, so that changing one changes nothing: each of them that says it alone, the others left out. */
function saidTwice(paths: Step[][], finding: unknown, brief: Brief, briefs: Asking): Source[] {
  return Object.entries(brief).flatMap(([field, value]) => {
    if (typeof value !== 'string' || value.length < SHORTEST) return [];
    const saying = paths.filter((path) => String(valueAt(finding, path)).includes(value));
    const all = (but: Step[][]) => saying.filter((path) => !but.includes(path)).reduce<unknown>(without, finding);
    const silent = briefs(all([]));
    if (!silent || silent.kind !== brief.kind || same(at(silent, field), value)) return [];
    return saying.flatMap((path): Source[] => {
      const alone = briefs(all([path]));
      return alone?.kind === brief.kind && same(at(alone, field), value) ? [{ field, of: nameOf(path), how: 'told' }] : [];
    });
  });
}

/** In lower case; of a number or a switch it itself; of a record its keys as well. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    const words = value.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    // AWS::Lambda::Function and AwsLambdaFunction are one word.
    return words.length > 1 ? [...words, words.join('')] : words;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [...(Array.isArray(value) ? [] : wordsIn(key)), ...wordsIn(each)]);
}

/** With another word of the same form. */
function replaced(value: unknown, word: string): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  const text = String(value);
  const other = (found: string) => found.slice(0, -1) + next(found.slice(-1));
  const changed = text.replace(new RegExp(`(?<![a-z0-9])${word}(?![a-z0-9])`, 'gi'), other);
  return changed === text ? text.replace(/[a-z0-9](?=[^a-z0-9]*$)/i, other) : changed;
}

function next(character: string): string {
  if (/\d/.test(character)) return String((Number(character) + 1) % 10);
  const other = character.toLowerCase() === 'q' ? 'k' : 'q';
  return character === character.toUpperCase() ? other.toUpperCase() : other;
}
