/** Whether a file has the shape the schema asks for: every deviation, in words a person can act on. */
import type * as z from 'zod';
import { type JsonSchema, knownKeys, schemasAt } from './json-schema';
import { nearest } from './nearest';
import type { ConfigFile, Fault } from './mistake';
import { type ConfigPath, valueAt } from './path';

export interface Shaped<T> {
  /** Present where the shape is right. */
  value?: T;
  /** The values as written, with what only lacked its quotes put right: what the other rules go on with. */
  raw: unknown;
  faults: Fault[];
  /** Where `raw` still is not as it should be. */
  broken: ConfigPath[];
}

export interface ShapeInput<T> {
  file: ConfigFile;
  schema: z.ZodType<T>;
  jsonSchema: JsonSchema;
  raw: unknown;
  /** How a scalar stands in the file: a number does not keep its leading zeros. */
  written(path: ConfigPath): string | undefined;
}

/** Checks the shape twice: once for missing quotes, then, with those put right, for all the rest. */
export function checkShape<T>(input: ShapeInput<T>): Shaped<T> {
  if (input.raw === null || typeof input.raw !== 'object' || Array.isArray(input.raw)) {
    const keys = knownKeys(input.jsonSchema, []).join(', ');
    const message = input.raw === null ? 'the file is empty' : 'the file is not a mapping of keys';
    return {
      raw: undefined,
      broken: [[]],
      faults: [fault(input.file, [], message, `It has the keys ${keys}: start from an example in config/examples/.`)],
    };
  }
  const raw: unknown = structuredClone(input.raw);
  const unquoted = flatten(input.schema.safeParse(raw), raw).flatMap((issue) => quote(issue, raw, input));
  const result = input.schema.safeParse(raw);
  const others = flatten(result, raw).flatMap((issue) => explain(issue, raw, input));
  return {
    value: result.success && unquoted.length === 0 ? result.data : undefined,
    raw,
    faults: [...unquoted, ...others],
    broken: others.map(({ path }) => path),
  };
}

type Issue = z.core.$ZodIssue;

/** Of one or more (routing/vocabulary) only what was meant: of a list what is said of lists, of the rest what is said of one. */
function flatten(result: { error?: z.ZodError }, raw: unknown): Issue[] {
  const open = (issue: Issue, above: PropertyKey[]): Issue[] => {
    const path = [...above, ...issue.path];
    if (issue.code !== 'invalid_union') return [{ ...issue, path } as Issue];
    const [one = [], list = []] = issue.errors as Issue[][];
    return (Array.isArray(valueAt(raw, path)) ? list : one).flatMap((inner) => open(inner, path));
  };
  const issues = (result.error?.issues ?? []).flatMap((issue) => open(issue, []));
  // Text that should be a list is counted in letters beside it.
  const ofKind = issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => path.join('.'));
  return issues.filter(({ code, path }) => !(/^too_/.test(code) && ofKind.includes(path.join('.'))));
}

/** A number or boolean where text is wanted lacks its quotes. Puts the text into `raw` and says so. */
function quote(issue: Issue, raw: unknown, input: Pick<ShapeInput<unknown>, 'file' | 'written'>): Fault[] {
  if (issue.code !== 'invalid_type' || issue.expected !== 'string') return [];
  const path = issue.path as ConfigPath;
  const value = valueAt(raw, path);
  if (typeof value !== 'number' && typeof value !== 'boolean') return [];
  const text = input.written(path) ?? String(value);
  const holder = valueAt(raw, path.slice(0, -1)) as Record<string | number, unknown>;
  holder[path.at(-1) ?? ''] = text;
  const why = typeof value === 'number' ? 'a number, which loses leading zeros' : 'a boolean';
  return [fault(input.file, path, `${text} without quotes is ${why}; text is wanted`, `Write "${text}".`)];
}

function explain(issue: Issue, raw: unknown, { file, jsonSchema, written }: ShapeInput<unknown>): Fault[] {
  const path = issue.path as ConfigPath;
  const value = valueAt(raw, path);
  const asWritten = written(path)?.replace(/^["']|["']$/g, '') ?? (typeof value === 'string' ? value : undefined);
  const quoted = asWritten === undefined ? '' : `${typeof value === 'string' ? JSON.stringify(asWritten) : asWritten}: `;
  const of = (message: string, remedy: string) => [fault(file, path, message, remedy)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(file, [...path, key], knownKeys(jsonSchema, path)));
    case 'invalid_key': {
      const name = String(path.at(-1));
      const message = `${JSON.stringify(name)}: ${issue.issues[0]?.message ?? 'not a valid name'}`;
      return [{ ...fault(file, path, message, `Write ${spelt(name)} here, and wherever it is named.`), atKey: true }];
    }
    case 'invalid_type':
      if (value === undefined) return of('this key is missing', addition(jsonSchema, path));
      if (value === null) return of('this key has no value', `${advice(jsonSchema, path)} Or remove the line, where it may be left out.`);
      return of(
        `${quoted}${wanted(issue.expected)} is wanted here${aside(issue.expected, value)}`,
        conversion(jsonSchema, path, issue.expected, value),
      );
    case 'invalid_value': {
      const known = issue.values.map(String);
      if (issue.values.some((each) => typeof each === 'number' && String(each) === value))
        return of(`${quoted}a number is wanted here`, `Write ${value}.`);
      const meant = typeof value === 'string' ? nearest(value, known) : undefined;
      const remedy = meant === undefined ? `It is one of: ${known.join(', ')}.` : `Did you mean ${JSON.stringify(meant)}?`;
      return of(value === undefined ? 'this key is missing' : `${quoted}this value is not known`, remedy);
    }
    case 'too_small':
    case 'too_big': {
      const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
      const message = /^(Too|Invalid)/.test(issue.message)
        ? `${bound}${issue.origin === 'string' ? ' characters' : ''} is wanted here`
        : issue.message;
      const limit = issue.code === 'too_small' ? `Write ${issue.minimum} or more.` : `Write ${issue.maximum} or less.`;
      return of(`${quoted}${message}`, typeof value === 'number' ? limit : advice(jsonSchema, path));
    }
    default:
      return of(`${quoted}${issue.message}`, advice(jsonSchema, path));
  }
}

function unknownKey(file: ConfigFile, path: ConfigPath, known: string[]): Fault {
  const key = String(path.at(-1));
  const meant = nearest(key, known);
  const message = `the key ${JSON.stringify(key)} is not known here`;
  const at = (text: string, remedy: string): Fault => ({ ...fault(file, path, text, remedy), atKey: true });
  if (key === '<<') return at(`${message}, and YAML 1.2 merges nothing by it`, 'Remove it, and write the keys themselves.');
  if (/^[\w-]+:\S/.test(key)) return at(`${message}: a blank is missing after its colon`, `Write ${key.replace(':', ': ')}.`);
  return at(message, meant === undefined ? `Remove it; known are: ${known.join(', ')}.` : `Did you mean ${JSON.stringify(meant)}?`);
}

/** A name as it may be written: lower-case letters, digits and hyphens. */
function spelt(name: string): string {
  const letters = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return letters.slice(0, 50) || 'another name';
}

/** Why a word that other programs take for true or false is none here. */
function aside(expected: string, value: unknown): string {
  return expected === 'boolean' && typeof value === 'string' && WORDS.has(value.toLowerCase())
    ? ', and YAML 1.2 knows no other words for them'
    : '';
}

const WORDS = new Map([
  ...['yes', 'on', 'y', 'true'].map((word): [string, boolean] => [word, true]),
  ...['no', 'off', 'n', 'false'].map((word): [string, boolean] => [word, false]),
]);

/** The same value in the kind that is wanted, where it can be told. */
function conversion(root: JsonSchema, path: ConfigPath, expected: string, value: unknown): string {
  const word = typeof value === 'string' ? WORDS.get(value.toLowerCase()) : undefined;
  if (expected === 'boolean' && word !== undefined) return `Write ${word}.`;
  if ((expected === 'int' || expected === 'number') && Number.isFinite(Number(value)) && typeof value !== 'boolean')
    return `Write ${expected === 'int' ? Math.round(Number(value)) : Number(value)}.`;
  const items = schemasAt(root, [...path, 0]);
  if (expected === 'array' && typeof value === 'string' && items.some(({ type }) => type === 'string')) {
    const known = items.flatMap((schema) => schema.enum ?? []).map(String);
    const entries = value.split(/[\s,]+/).filter((entry) => entry !== '');
    const meant = entries.map((entry) => (known.length === 0 ? JSON.stringify(entry) : nearest(entry, known)));
    if (!meant.includes(undefined)) return `Write [${meant.join(', ')}].`;
  }
  const only = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
  if (expected === 'string' && typeof only === 'string') return `Write ${JSON.stringify(only)}.`;
  return advice(root, path);
}

/** What to write in place of a value: an example, else what the schema knows. */
function advice(root: JsonSchema, path: ConfigPath): string {
  const example = exampleAt(root, path);
  if (example !== undefined) return `Write for example ${example}.`;
  const keys = knownKeys(root, path);
  if (keys.length > 0) return `Give it the keys ${keys.join(', ')}, one a line.`;
  return schemasAt(root, path).find((schema) => schema.description)?.description ?? 'Correct it.';
}

function addition(root: JsonSchema, path: ConfigPath): string {
  const key = String(path.at(-1));
  const example = exampleAt(root, path);
  if (example !== undefined) return `Add ${key}, for example ${key}: ${example}.`;
  const keys = knownKeys(root, path);
  return keys.length > 0 ? `Add ${key}, with the keys ${keys.join(', ')}.` : `Add ${key}.`;
}

/** As it can be written: of a list, a list of one. */
function exampleAt(root: JsonSchema, path: ConfigPath): string | undefined {
  const schemas = schemasAt(root, path);
  const given = schemas.find((schema) => schema.examples?.length)?.examples;
  if (given) return given.map((example) => JSON.stringify(example)).join(' or ');
  const fallback = schemas.find((schema) => typeof schema.default !== 'object' && schema.default !== undefined)?.default;
  if (fallback !== undefined) return JSON.stringify(fallback);
  const values = schemas.find((schema) => schema.enum?.length)?.enum;
  if (values) return values.map((value) => JSON.stringify(value)).join(' or ');
  if (schemas.some((schema) => schema.type === 'boolean')) return 'true or false';
  const item = schemas.some((schema) => schema.type === 'array') ? exampleAt(root, [...path, 0]) : undefined;
  return item === undefined ? undefined : `[${item.split(' or ')[0]}]`;
}

function wanted(expected: string): string {
  const words: Record<string, string> = {
    string: 'text',
    int: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping of keys',
    record: 'a mapping of keys',
  };
  return words[expected] ?? expected;
}

function fault(file: ConfigFile, path: ConfigPath, message: string, remedy: string): Fault {
  return { rule: 'shape', level: 'error', file, path, message, remedy };
}
