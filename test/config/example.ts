/** The example that ships. `config/` begins as a copy of it, but is its operator's to edit: no test reads that. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const EXAMPLE = resolve(__dirname, '../../config/examples/tokyo-stack-sets');

/** Under central configuration, in another partition. */
export const GOVCLOUD = resolve(__dirname, '../../config/examples/govcloud-central-configuration');

export function readExample(file: 'settings.yaml' | 'routes.yaml', folder = EXAMPLE): string {
  return readFileSync(join(folder, file), 'utf8');
}
