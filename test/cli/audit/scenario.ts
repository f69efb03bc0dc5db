/** The example, synthesized once a run, with the questions asked of it as an operator types them. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../../cli/audit/answers/answer';
import { loadConfigOrThrow } from '../../../config/load';
import type { Config } from '../../../config/schema';
import { synthesizeForAudit } from '../../../stacks/audit';
import type { JsonObject } from '../../../local/protocol/wire';
import { EXAMPLE } from '../../config/example';
import { NOW } from '../../config/folder';
import { once } from '../../once';
import { temporaryFolder } from '../../stacks/temporary-folder';
import { typed } from '../terminal';

export { rows } from './rows';

// CDK's own template checks take 5 s a process; `npm run synth` makes them.
process.env.CDK_VALIDATION = 'false';

/** Its routes have OUs, a mute and what goes on. */
export const config = loadConfigOrThrow(EXAMPLE, NOW);

/** The folder of a synth, with cdk-nag's verdicts, for reading only. */
export function synthesized(settings: Partial<Config['settings']> = {}): string {
  const changed = { ...config, settings: { ...config.settings, ...settings } };
  return once('audit', changed, (folder) => synthesizeForAudit(folder, { config: changed }));
}

export const HUB = 'SecurityHubInterpreter.template.json';

export interface Template extends JsonObject {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown>; [key: string]: unknown }>;
}

/** A copy of the folder, with another template of the hub. */
export function changed(folder: string, change: (template: Template) => void): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  const template = JSON.parse(readFileSync(join(folder, HUB), 'utf8')) as Template;
  change(template);
  writeFileSync(join(copy, HUB), JSON.stringify(template));
  return copy;
}

/** A copy with another configuration, where the templates do not depend on it. */
export function reconfigured(folder: string, change: (config: Config) => void): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  const file = readdirSync(copy).find((name) => name.startsWith('config-')) ?? '';
  const other = structuredClone(config) as Config;
  change(other);
  writeFileSync(join(copy, file), JSON.stringify(other));
  return copy;
}

/** The answer to a question, in English and in JSON; without evidence, unless it is given. */
export async function asked(folder: string, question: string, ...argv: string[]): Promise<Answer & { code: number }> {
  const flags = [
    ...(argv.includes('--config') ? [] : ['--config', EXAMPLE]),
    ...(argv.includes('--evidence') ? [] : ['--evidence', temporaryFolder()]),
  ];
  const { code, out, err } = await typed(['audit', question, '--assembly', folder, '--language', 'en', '--json', ...flags, ...argv], {
    now: () => NOW,
  });
  if (out === '') throw new Error(err);
  return { ...(JSON.parse(out) as Answer), code };
}
