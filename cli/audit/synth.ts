/** The assemblies that an audit reads: of this checkout, and of another commit. In processes of their own: nothing imports stacks. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { WrongUse } from '../frame/command';
import type { Assembly } from '../run/synthesize';

const PROJECT = resolve(__dirname, '../..');

/**
 * With cdk-nag's verdicts.
 * @throws Error with what the synth printed.
 */
export async function synthesizeHere(place: string): Promise<Assembly> {
  const { folder, remove } = temporary();
  const { status, printed } = await run('stacks/audit.ts', PROJECT, resolve(place), folder);
  if (status === 0) return { folder, remove };
  remove();
  throw new Error(`The synth of ${place} failed:\n${printed}`);
}

/**
 * Of the code and the configuration as they stood at a commit, in a folder of its own that is removed again: the working tree and
 * the repository stay as they are. The packages are those of this checkout.
 * @param place of the configuration; one outside of the repository has no other version, and is taken as it is.
 * @throws WrongUse where there is no such commit; Error where what stood there cannot be synthesized with these packages.
 */
export async function synthesizeAt(ref: string, place: string): Promise<Assembly & { commit: string; notes: string[] }> {
  const commit = await commitOf(ref);
  const checkout = temporary();
  const { folder, remove } = temporary();
  try {
    await git(['archive', '--format=tar', `--output=${join(checkout.folder, 'all.tar')}`, commit]);
    await finished('tar', ['-xf', 'all.tar'], checkout.folder);
    symlinkSync(join(PROJECT, 'node_modules'), join(checkout.folder, 'node_modules'));
    const from = relative(PROJECT, resolve(place));
    const inside = !from.startsWith('..') && existsSync(join(checkout.folder, from));
    const notes = inside ? [] : [`The configuration ${place} is not in ${ref}: it is compared with itself, and the code alone differs.`];
    if (lockOf(checkout.folder) !== lockOf(PROJECT))
      notes.push(`The packages were others at ${ref}: it was synthesized with those of this checkout.`);
    const configuration = inside ? join(checkout.folder, from) : resolve(place);
    const hub = await run('stacks/app.ts', checkout.folder, configuration, folder);
    if (hub.status !== 0)
      throw new Error(
        `What stood at ${ref} (${commit.slice(0, 10)}) cannot be synthesized with the packages of this checkout:\n${hub.printed}`,
      );
    const management = await run('stacks/management-app.ts', checkout.folder, configuration, join(folder, 'management'));
    if (management.status !== 0) notes.push(`The management account had no stack at ${ref}: ${management.printed.split('\n')[0]}`);
    return { folder, remove, commit, notes };
  } catch (error) {
    remove();
    throw error;
  } finally {
    checkout.remove();
  }
}

function run(script: string, cwd: string, place: string, outdir: string): Promise<{ status: number | null; printed: string }> {
  const context = { config: place, record: 'false', 'aws:cdk:bundling-stacks': [] };
  return child(process.execPath, ['--import', 'tsx', script], cwd, {
    CDK_OUTDIR: outdir,
    CDK_VALIDATION: 'false',
    CDK_CONTEXT_JSON: JSON.stringify(context),
  });
}

/** @throws WrongUse where git knows no such commit. */
export async function commitOf(ref: string): Promise<string> {
  const { status, printed } = await child('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], PROJECT);
  if (status === 0) return printed;
  throw new WrongUse(
    existsSync(join(PROJECT, '.git'))
      ? `--against ${JSON.stringify(ref)}: git knows no such commit here. Name a commit, a tag or a branch; \`git fetch --tags\` brings those of others.`
      : `--against needs the history of this project, and ${PROJECT} is no git checkout: clone it.`,
  );
}

async function git(argv: string[]): Promise<void> {
  await finished('git', argv, PROJECT);
}

async function finished(program: string, argv: string[], cwd: string): Promise<void> {
  const { status, printed } = await child(program, argv, cwd);
  if (status !== 0) throw new Error(`${program} ${argv[0]} failed: ${printed}`);
}

async function child(
  program: string,
  argv: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<{ status: number | null; printed: string }> {
  const started = spawn(program, argv, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk) => {
      printed += chunk;
    });
  const status = await new Promise<number | null>((done, failed) => started.on('error', failed).on('close', done));
  return { status, printed: printed.trim() };
}

function lockOf(folder: string): string {
  const file = join(folder, 'package-lock.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function temporary(): Assembly {
  const folder = mkdtempSync(join(tmpdir(), 'security-hub-interpreter-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
