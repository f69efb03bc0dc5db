/** Writes the assembly that a deployment would upload, in a process of its own: nothing imports stacks. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Terminal } from '../frame/terminal';

export interface Assembly {
  folder: string;
  remove(): void;
}

/**
 * @param configDir folder with settings.yaml and routes.yaml.
 * @throws Error with what the synth printed: every problem of the configuration with its place.
 */
export async function synthesize(configDir: string): Promise<Assembly> {
  const folder = mkdtempSync(join(tmpdir(), 'security-hub-interpreter-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const project = resolve(__dirname, '../..');
  const child = spawn(process.execPath, ['--import', 'tsx', 'stacks/app.ts'], {
    cwd: project,
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      // The checks of the template are a matter of `npm run check`; here only its code is run.
      CDK_VALIDATION: 'false',
      // Nobody deploys this assembly, so it leaves no record beside the settings.
      CDK_CONTEXT_JSON: JSON.stringify({ config: resolve(configDir), record: 'false' }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed += chunk;
  });
  const status = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  if (status === 0) return { folder, remove };
  remove();
  throw new Error(`The synth of ${configDir} failed:\n${printed.trim()}`);
}

/** A synth takes some seconds, so it is said; a folder that is there already is left as it is. */
export async function assemblyOf(flags: { config: string; assembly?: string }, terminal: Pick<Terminal, 'printError'>): Promise<Assembly> {
  if (flags.assembly !== undefined) return { folder: flags.assembly, remove: () => undefined };
  terminal.printError('Synthesizing the stack, as a deployment would …');
  return synthesize(flags.config);
}
