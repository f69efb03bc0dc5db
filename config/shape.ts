/** Whether a file has the shape the schema asks for: every deviation, in words a person can act on. */
import type * as z from 'zod';
import { type JsonSchema, knownKeys, schemasAt } from './json-schema';
import { nearest, suggestion } from './nearest';
import { type ConfigFile, type ConfigPath, type Fault, pathText } from './problem';

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

/** Of a union only the branch that was meant: the list for a list, the single value for the rest. */
function flatten(result: { error?: z.ZodError }, raw: unknown): Issue[] {
  const open = (issue: Issue, above: PropertyKey[]): Issue[] => {
    const path = [...above, ...issue.path];
    if (issue.code !== 'invalid_union') return [{ ...issue, path } as Issue];
    const isList = Array.isArray(valueAt(raw, path));
    const meant =
      issue.errors.find((branch) => branch.every((entry) => isList !== (entry.path.length === 0 && entry.code === 'invalid_type'))) ??
      issue.errors[0];
    return (meant ?? []).flatMap((inner) => open(inner as Issue, path));
  };
  return (result.error?.issues ?? []).flatMap((issue) => open(issue, []));
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
  const shown = written(path)?.replace(/^["']|["']$/g, '') ?? (typeof value === 'string' ? value : undefined);
  const quoted = shown === undefined ? '' : `${typeof value === 'string' ? JSON.stringify(shown) : shown}: `;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        ...fault(
          file,
          [...path, key],
          `the key ${JSON.stringify(key)} is not known here`,
          suggestion(key, knownKeys(jsonSchema, path), 'Remove it.'),
        ),
        atKey: true,
      }));
    case 'invalid_key': {
      const name = String(path.at(-1));
      return [
        { ...fault(file, path, `${JSON.stringify(name)}: ${issue.issues[0]?.message ?? 'not a valid name'}`, 'Rename it.'), atKey: true },
      ];
    }
    case 'invalid_type':
      if (value === undefined) return [fault(file, path, 'this key is missing', advice(jsonSchema, path, `Add ${String(path.at(-1))}.`))];
      if (value === null)
        return [fault(file, path, 'this key has no value', advice(jsonSchema, path, 'Give it a value or remove the line.'))];
      return [fault(file, path, `${quoted}${wanted(issue.expected)} is wanted here`, advice(jsonSchema, path, 'Correct it.'))];
    case 'invalid_value': {
      const known = issue.values.map(String);
      const meant = typeof value === 'string' ? nearest(value, known) : undefined;
      const remedy = meant === undefined ? `It is one of: ${known.join(', ')}.` : `Did you mean ${JSON.stringify(meant)}?`;
      return [fault(file, path, value === undefined ? 'this key is missing' : `${quoted}this value is not known`, remedy)];
    }
    case 'too_small':
    case 'too_big': {
      const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
      const message = /^(Too|Invalid)/.test(issue.message)
        ? `${bound}${issue.origin === 'string' ? ' characters' : ''} is wanted here`
        : issue.message;
      return [fault(file, path, `${quoted}${message}`, advice(jsonSchema, path, `Choose a value of ${bound}.`))];
    }
    default:
      return [fault(file, path, `${quoted}${issue.message}`, advice(jsonSchema, path, 'Correct it.'))];
  }
}

/** An example where the schema has one, else what the key means. */
function advice(root: JsonSchema, path: ConfigPath, otherwise: string): string {
  const schemas = schemasAt(root, path);
  const examples = schemas.find((schema) => schema.examples?.length)?.examples;
  if (examples) return `Write for example ${examples.map((example) => JSON.stringify(example)).join(' or ')}.`;
  const description = schemas.find((schema) => schema.description)?.description;
  return description ? `${pathText(path)}: ${description}` : otherwise;
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
  return { level: 'error', file, path, message, remedy };
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
    return (value as Record<PropertyKey, unknown>)[step];
  }, raw);
}
