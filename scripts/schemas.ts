/** `npm run schemas`: writes the JSON Schemas that editors complete config/*.yaml from, and that of out/audit.json. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditJsonSchema } from '../cli/audit/schema';
import { jsonSchemas } from '../config/json-schema';

const schemas = [
  ...Object.entries(jsonSchemas()).map(([file, schema]) => [`config/${file}`, schema]),
  ['docs/audit.schema.json', auditJsonSchema()],
] as const;

for (const [file, schema] of schemas) {
  const path = join(__dirname, '..', String(file));
  writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
  console.log(`wrote ${path}`);
}
