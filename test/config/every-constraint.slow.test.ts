/** Every constraint of both schemas, broken once: told at its line, with a remedy that works when it is followed. */
import { basename } from 'node:path';
import { isNode, LineCounter, parseDocument, stringify } from 'yaml';
import { jsonSchemas, type JsonSchema, schemasAt } from '../../config/json-schema';
import { mistakesOf, removeFolders } from './folder';
import { type Files, followed, stepsOf } from './follow';
import { ELSE, FULL, type Name, type Path, paths } from './full';

afterAll(removeFolders);

/** Sections that no example can stand for: their remedy names what belongs there, and a person writes it. */
const SECTIONS = [
  /^receivers(\..*)?$/,
  /^route$/,
  /^route\.routes(\[\d\])?$/,
  /^regions\.linked$/,
  /^route\.routes\[\d\]\.(match(\.tag)?|mute)$/,
];

interface Break {
  what: string;
  name: Name;
  /** What is written in place of a section of FULL. */
  instead?: Record<string, unknown>;
  path: Path;
  value: unknown;
}

const GONE = Symbol('gone');

const textOf = (path: Path) =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);

function rootOf(name: Name): JsonSchema {
  return jsonSchemas()[`${name}.schema.json`];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);
}

/** The ways in which a value can be wrong, as its schema has them. */
function wrongValues(schemas: JsonSchema[], value: unknown): [what: string, value: unknown][] {
  const wrong: [string, unknown][] = [['nothing in its place', null]];
  const kind = Array.isArray(value) ? 'array' : typeof value;
  if (kind === 'object') return [...wrong, ['text in its place', 'text']];
  if (kind === 'array') wrong.push(['one value in place of a list', (value as unknown[])[0]]);
  else wrong.push(['a mapping in its place', { a: 1 }], ['a list in its place', [[1]]]);
  if (kind === 'boolean') wrong.push(['no in place of false', 'no'], ['a number in place of true or false', 5]);
  if (kind === 'number') wrong.push(['a number in quotes', '"12"'], ['text in place of a number', 'many']);
  if (kind === 'string') wrong.push(['a number without quotes', 12345]);
  for (const schema of schemas) {
    if (schema.minimum !== undefined) wrong.push(['a number below the least', schema.minimum - 1]);
    if (schema.maximum !== undefined) wrong.push(['a number above the greatest', schema.maximum + 1]);
    if (schema.type === 'integer') wrong.push(['half a number', (value as number) + 0.5]);
    if (schema.enum) wrong.push(['a value that is not known', typeof value === 'number' ? 17 : 'xyzzy']);
    if (schema.enum && typeof value === 'string' && value !== value.toLowerCase())
      wrong.push(['a value in other letters', value.toLowerCase()]);
    if ((schema.pattern || schema.format) && kind === 'string') wrong.push(['text of another form', '/not right/']);
    if (schema.minLength) wrong.push(['too little text', '']);
    if (schema.maxLength) wrong.push(['too much text', 'x'.repeat(schema.maxLength + 1)]);
    if (schema.minItems) wrong.push(['an empty list', []]);
  }
  return wrong.filter(([what, wrongValue]) => !(what.startsWith('one value') && accepts(schemas, wrongValue)));
}

function accepts(schemas: JsonSchema[], value: unknown): boolean {
  return schemas.some(({ type }) => type === typeof value);
}

function breaksOf(name: Name, instead?: Record<string, unknown>): Break[] {
  const root = rootOf(name);
  const whole = instead ?? FULL[name];
  const breaks = paths(whole).flatMap((path): Break[] => {
    const schemas = schemasAt(root, path);
    const key = String(path.at(-1));
    const holder = path.slice(0, -1);
    const required = schemasAt(root, holder).some((schema) => schema.required?.includes(key));
    const isSection = typeof at(whole, path) === 'object' && !Array.isArray(at(whole, path));
    const closed = isSection && schemas.some((schema) => schema.additionalProperties === false);
    return [
      ...wrongValues(schemas, at(whole, path)).map(([what, value]) => ({ what, name, instead, path, value })),
      ...(required ? [{ what: 'a key that is missing', name, instead, path, value: GONE }] : []),
      ...(closed ? [{ what: 'a key that is not known', name, instead, path: [...path, 'colour'], value: 'red' }] : []),
    ];
  });
  return instead ? breaks : [...breaks, { what: 'a key that is not known', name, path: ['colour'], value: 'red' }];
}

function broken({ name, instead, path, value }: Break): Files {
  const files = structuredClone(FULL);
  Object.assign(files[name], structuredClone(instead));
  const holder = at(files[name], path.slice(0, -1)) as Record<string | number, unknown>;
  const key = path.at(-1) ?? '';
  if (value === GONE) delete holder[key];
  else holder[key] = value;
  // A number in quotes is text to YAML, and is written with its quotes.
  return { settings: stringify(files.settings).replaceAll(`'"12"'`, '"12"'), routes: stringify(files.routes).replaceAll(`'"12"'`, '"12"') };
}

/** Where the value of a path stands; of what is missing, where its section does. */
function lineOf(text: string, path: Path): number {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const pathToNode = [...path];
  for (;;) {
    const parent = document.getIn(pathToNode.slice(0, -1), true);
    const key = pathToNode.at(-1);
    if (pathToNode.length === 0) return 1;
    if (parent && typeof parent === 'object' && 'items' in parent) {
      const item = (parent.items as unknown[])[Number(key)];
      const pair = (parent.items as { key?: { value?: unknown; range?: number[] } }[]).find((entry) => entry.key?.value === key);
      const start = pair?.key?.range?.[0] ?? (isNode(item) ? item.range?.[0] : undefined);
      if (start !== undefined) return counter.linePos(start).line;
    }
    pathToNode.pop();
  }
}

const ALL = [...breaksOf('settings'), ...ELSE.flatMap((instead) => breaksOf('settings', instead)), ...breaksOf('routes')];

describe.each(['settings', 'routes'] as const)('%s.yaml', (name) => {
  const cases = ALL.filter((each) => each.name === name).map((each) => [`${textOf(each.path)}: ${each.what}`, each] as const);

  test.each(cases)('%s', (_title, breakage) => {
    const files = broken(breakage);
    const mistakes = mistakesOf(files);
    const told = mistakes.filter(({ path }) => {
      const steps = stepsOf(path);
      return textOf(steps.slice(0, breakage.path.length)) === textOf(breakage.path);
    });
    expect(told.map(({ level }) => level)).toContain('error');
    // What is written over several lines is told at its first.
    const from = lineOf(files[name], breakage.path);
    for (const { line, file, remedy } of told) {
      expect(basename(file)).toBe(`${name}.yaml`);
      expect(line).toBeGreaterThanOrEqual(from);
      expect(line).toBeLessThanOrEqual(from + stringify(breakage.value === GONE ? '' : breakage.value).split('\n').length);
      expect(remedy).toMatch(/^[A-Z].*\.$|\?$/s);
    }
    if (SECTIONS.some((section) => section.test(textOf(breakage.path)))) return;
    expect(() => followed(files)).not.toThrow();
  });
});
