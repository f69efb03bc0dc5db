/** `npm run schemas`: writes the JSON Schemas that editors complete config/*.yaml from. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../config/json-schema';

for (const [file, schema] of Object.entries(jsonSchemas())) {
  const path = join(__dirname, '..', 'config', file);
  writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
  console.log(`wrote ${path}`);
}
