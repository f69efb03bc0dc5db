/** The configuration in which every key is written is right; what breaks each of its constraints: every-constraint.slow.test.ts. */
import { stringify } from 'yaml';
import { type JsonSchema, jsonSchemas } from '../../config/json-schema';
import { mistakesOf, removeFolders } from './folder';
import { ELSE, FULL, paths } from './full';

afterAll(removeFolders);

test.each([{}, ...ELSE])('the whole configuration that they start from has no mistake, with %j in it', (instead) => {
  expect(mistakesOf({ settings: stringify({ ...FULL.settings, ...instead }), routes: stringify(FULL.routes) })).toEqual([]);
});

test('every key that the schemas know is written in it', () => {
  const written = new Set([FULL.settings, FULL.routes, ...ELSE].flatMap((whole) => paths(whole).map((path) => String(path.at(-1)))));
  const known = new Set<string>();
  const walk = (schema: JsonSchema) => {
    for (const [key, inner] of Object.entries(schema.properties ?? {})) {
      known.add(key);
      walk(inner as JsonSchema);
    }
    for (const inner of [...Object.values(schema.definitions ?? {}), ...(schema.anyOf ?? []), schema.items, schema.additionalProperties])
      if (inner && typeof inner === 'object') walk(inner as JsonSchema);
  };
  // Entries of the phrasebook are not part of it: test/phrases.
  for (const [file, schema] of Object.entries(jsonSchemas())) if (file !== 'phrasebook.schema.json') walk(schema);
  expect(known.size).toBeGreaterThan(40);
  expect([...known].filter((key) => !written.has(key))).toEqual([]);
});
