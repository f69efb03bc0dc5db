/** The example that ships, with the organization's real ids in place of the example's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readExample } from '../config/example';
import { withIds } from './organization';

/** Writes it to `folder`. */
export function writeConfiguration(folder: string, ids: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const file of ['settings.yaml', 'routes.yaml'] as const) writeFileSync(join(folder, file), withIds(readExample(file), ids));
}
