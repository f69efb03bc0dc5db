/** The example configuration with the organization's real ids in place of the example's. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withIds } from './organization';

/** Copies config/ to `folder`; only the two YAML files hold ids. */
export function writeConfiguration(folder: string, ids: ReadonlyMap<string, string>): void {
  cpSync('config', folder, { recursive: true });
  for (const file of ['settings.yaml', 'routes.yaml']) {
    const path = join(folder, file);
    writeFileSync(path, withIds(readFileSync(path, 'utf8'), ids));
  }
}
