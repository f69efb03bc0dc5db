/** Reads the phrasebook, and what whoever deploys adds to it or says otherwise, and says everything that is wrong with either. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Loaded, placed, read, sorted } from '../file';
import type { JsonSchema } from '../json-schema';
import type { Fault, Mistake } from '../mistake';
import { type ConfigPath, section } from '../path';
import { checkShape } from '../shape';
import { idFault, idOf, keyFault } from './ids';
import { lintEntry } from './lint/lint';
import { type Entry, entrySchema, fileSchema, type OwnEntry, ownFileSchema } from './schema';

/** The words that come with this project. */
export const PHRASEBOOK = resolve(__dirname, '../../phrasebook');
/** Below the folder of a configuration: the words of whoever deploys. */
export const OWN = 'phrasebook';

export type Entries = Record<string, Entry>;
export type OwnEntries = Record<string, OwnEntry>;

let shipped: Entries | undefined;

/**
 * Those that come with this project, as they are built in: their shape is checked, but not their words, which the tests do and
 * readPhrasebook. Read once a process.
 * @throws Error where a file is not of the shape asked for.
 */
export function loadPhrasebook(): Entries {
  shipped ??= Object.assign(
    {},
    ...filesIn(PHRASEBOOK).map((name) => {
      const file = fileSchema.safeParse(parse(readFileSync(join(PHRASEBOOK, name), 'utf8')));
      if (!file.success) throw new Error(`phrasebook/${name} is broken: npm run hub -- phrasebook says where.`);
      return Object.fromEntries(Object.entries(file.data).map(([key, entry]) => [idOf(name, key), entry]));
    }),
  ) as Entries;
  return shipped;
}

/** @param dir in which each file holds the entries of one family. @returns all by their ids, and every mistake by file and line. */
export function readPhrasebook(dir = PHRASEBOOK): { entries: Entries; mistakes: Mistake[] } {
  const entries: Entries = {};
  const mistakes: Mistake[] = [];
  for (const name of filesIn(dir)) {
    const loaded = read(dir, name);
    const { whole, faults } = checked(loaded, name, fileSchema, (key) => keyFault(name, key));
    for (const [key, entry] of Object.entries(whole as Entries)) {
      const id = idOf(name, key);
      if (id in entries) faults.push(fault('phrase-twice', [key], `${id} stands in two files`, 'Keep one of them.', true));
      entries[id] = entry;
      faults.push(...lintEntry(id, entry).map(({ path, ...its }) => ({ ...its, path: [key, ...path] })));
    }
    mistakes.push(...ofFile(loaded), ...faults.map((each) => placed(each, loaded)));
  }
  return { entries, mistakes: sorted(mistakes) };
}

/**
 * @param dir the folder of a configuration; without a folder of entries in it nothing is read.
 * @returns the entries that are whole together with what the phrasebook says already, and every mistake.
 */
export function readOwnPhrases(dir: string): { entries?: OwnEntries; mistakes: Mistake[] } {
  const folder = join(dir, OWN);
  const files = yamlBelow(folder);
  if (files.length === 0) return { mistakes: [] };
  const known = loadPhrasebook();
  const entries: OwnEntries = {};
  const mistakes: Mistake[] = [];
  for (const name of files) {
    const loaded = read(folder, name);
    const { whole, faults } = checked(loaded, name, ownFileSchema, (key) => idFault(key, Object.keys(known)));
    for (const [id, entry] of Object.entries(whole as OwnEntries)) {
      if (id in entries) faults.push(fault('phrase-twice', [id], `${id} stands in two files`, 'Keep one of them.', true));
      entries[id] = entry;
      const merged = entrySchema.safeParse(mergedEntry(known[id], entry));
      if (merged.success) faults.push(...lintEntry(id, entry).map(({ path, ...its }) => ({ ...its, path: [id, ...path] })));
      else
        faults.push(
          fault('phrase-part', [id], `${id} is not in the phrasebook, so all of it is wanted here`, `Add ${missingIn(entry)}.`, true),
        );
    }
    mistakes.push(...ofFile(loaded), ...faults.map((each) => placed(each, loaded)));
  }
  return { entries, mistakes: sorted(mistakes) };
}

/** What is said otherwise over what is said: by field, of a resource's type too. */
export function mergedEntry(entry: Entry | undefined, own: OwnEntry): OwnEntry {
  const types = new Set([...Object.keys(entry?.resources ?? {}), ...Object.keys(own.resources ?? {})]);
  const resources = Object.fromEntries([...types].map((type) => [type, { ...entry?.resources?.[type], ...own.resources?.[type] }]));
  return { ...entry, ...own, ...(types.size > 0 ? { resources } : {}) };
}

function missingIn(entry: OwnEntry): string {
  return (['headline', 'meaning', 'impact', 'steps'] as const).filter((field) => entry[field] === undefined).join(', ');
}

type Check = (key: string) => { message: string; remedy: string } | undefined;

/** @returns the entries of one file that have the shape asked for, and what is wrong with the others. */
function checked(loaded: Loaded, name: string, schema: z.ZodRecord, check: Check) {
  const raw = loaded.source.value;
  // An empty file says nothing.
  if (raw === undefined || raw === null) return { whole: {}, faults: [] };
  const jsonSchema = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as JsonSchema;
  const shape = checkShape({ file: `phrasebook/${name}`, schema, jsonSchema, raw, written: (path) => loaded.source.written(path) });
  const broken = new Set(shape.faults.filter(({ level }) => level === 'error').map(({ path }) => String(path[0])));
  const keys = Object.keys(section(raw) ?? {});
  const misnamed = keys.flatMap((key) => {
    const wrong = check(key);
    return wrong ? [fault('phrase-key', [key], wrong.message, wrong.remedy, true)] : [];
  });
  const whole = Object.fromEntries(Object.entries(section(shape.raw) ?? {}).filter(([key]) => !broken.has(key) && !check(key)));
  return { whole, faults: [...shape.faults, ...misnamed] as Omit<Fault, 'file'>[] };
}

function fault(rule: string, path: ConfigPath, message: string, remedy: string, atKey = false): Omit<Fault, 'file'> {
  return { rule, level: 'error', path, message, remedy, atKey };
}

/** Prose is folded over lines; what such a value would hide in settings, a length says here. */
function ofFile({ mistakes }: Loaded): Mistake[] {
  return mistakes.filter(({ rule }) => rule !== 'yaml-lines');
}

function filesIn(dir: string): string[] {
  return yamlBelow(dir).filter((file) => file !== 'terms.yaml');
}

/** Paths below a folder, sorted; none where there is no folder. */
function yamlBelow(dir: string): string[] {
  try {
    return readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.replaceAll('\\', '/'))
      .sort();
  } catch {
    return [];
  }
}
