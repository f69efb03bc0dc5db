import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { jsonSchemas } from '../../config/json-schema';
import { loadConfig } from '../../config/load';
import { parseSource } from '../../config/source';
import { EXAMPLE, readExample } from './example';
import { NOW } from './folder';

const CONFIG = join(__dirname, '../../config');
const schemaText = (file: string) => readFileSync(join(CONFIG, file), 'utf8');

test('the example that ships has no mistake', () => {
  expect(loadConfig(EXAMPLE, NOW).mistakes).toEqual([]);
});

test.each(Object.entries(jsonSchemas()))('%s is in step with the zod schema (npm run schemas)', (file, schema) => {
  expect(JSON.parse(schemaText(file))).toEqual(JSON.parse(JSON.stringify(schema)));
});

test.each(['settings', 'routes'] as const)('%s.yaml of the example names its schema to the editor, and the schema accepts it', (name) => {
  const text = readExample(`${name}.yaml`);
  expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=../../${name}.schema.json`);
  const schema = z.fromJSONSchema(JSON.parse(schemaText(`${name}.schema.json`)));
  expect(schema.safeParse(parseSource(text).value).error?.issues).toBeUndefined();
  expect(schema.safeParse({ ...(parseSource(text).value as object), colour: 'red' }).success).toBe(false);
});

test('every key that the schemas know has a description', () => {
  const undescribed: string[] = [];
  const walk = (schema: z.core.JSONSchema.BaseSchema, path: string) => {
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      if (typeof property !== 'object' || Array.isArray(property)) continue;
      const inner = property as z.core.JSONSchema.BaseSchema;
      if (!inner.description && !inner.$ref && !inner.allOf) undescribed.push(`${path}.${key}`);
      walk(inner, `${path}.${key}`);
    }
    for (const [name, definition] of Object.entries(schema.definitions ?? {})) walk(definition as z.core.JSONSchema.BaseSchema, name);
  };
  for (const [file, schema] of Object.entries(jsonSchemas())) walk(schema, file);
  expect(undescribed).toEqual([]);
});

test('settings.yaml of the example shows every key there is, if only in a comment', () => {
  const known = Object.keys(jsonSchemas()['settings.schema.json'].properties ?? {});
  const text = readExample('settings.yaml');
  expect(known.length).toBeGreaterThan(10);
  expect(known.filter((key) => !new RegExp(`^(# )?${key}:`, 'm').test(text))).toEqual([]);
});
