/** The JSON Schemas of the files, and the part of one that a path leads to. */
import * as z from 'zod';
import type { ConfigPath } from './path';
import { ownFileSchema } from './phrases/schema';
import { routesSchema, settingsSchema } from './schema';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

type Schemas = Record<'settings.schema.json' | 'environment.schema.json' | 'routes.schema.json' | 'phrasebook.schema.json', JsonSchema>;

let schemas: Schemas | undefined;

/** By the name of the file each is written to. Draft 7 is what the YAML language server knows best. */
export function jsonSchemas(): Schemas {
  schemas ??= {
    'settings.schema.json': z.toJSONSchema(settingsSchema, { target: 'draft-7', io: 'input' }),
    'environment.schema.json': z.toJSONSchema(settingsSchema, {
      target: 'draft-7',
      io: 'input',
      // What an environment leaves out, the settings have.
      override: ({ jsonSchema }) => void delete jsonSchema.required,
    }),
    'routes.schema.json': z.toJSONSchema(routesSchema, { target: 'draft-7', io: 'input' }),
    'phrasebook.schema.json': z.toJSONSchema(ownFileSchema, { target: 'draft-7', io: 'input' }),
  };
  return schemas;
}

/** Every schema that may describe the value at `path`; empty where the path leads nowhere. */
export function schemasAt(root: JsonSchema, path: ConfigPath): JsonSchema[] {
  let found = alternatives(root, root);
  for (const step of path) {
    found = found
      .flatMap((schema) => {
        if (typeof step === 'number') return [schema.items];
        return [schema.properties && Object.hasOwn(schema.properties, step) ? schema.properties[step] : schema.additionalProperties];
      })
      .flatMap((next) => (typeof next === 'object' && !Array.isArray(next) ? alternatives(root, next as JsonSchema) : []));
  }
  return found;
}

/** A schema and what stands in for it: its references and the branches of a union. */
function alternatives(root: JsonSchema, schema: JsonSchema): JsonSchema[] {
  const name = schema.$ref?.split('/').at(-1);
  const referred = name ? (root.definitions as Record<string, JsonSchema> | undefined)?.[name] : undefined;
  const others = [referred, ...(schema.allOf ?? []), ...(schema.anyOf ?? [])];
  return [schema, ...others.flatMap((other) => (typeof other === 'object' ? alternatives(root, other as JsonSchema) : []))];
}

/** The keys that a mapping at `path` may have. */
export function knownKeys(root: JsonSchema, path: ConfigPath): string[] {
  return [...new Set(schemasAt(root, path).flatMap((schema) => Object.keys(schema.properties ?? keyNames(schema))))];
}

function keyNames(schema: JsonSchema): Record<string, unknown> {
  const names = typeof schema.propertyNames === 'object' ? (schema.propertyNames.enum ?? []) : [];
  return Object.fromEntries(names.map((name) => [String(name), true]));
}
