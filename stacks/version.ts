/**
 * What is deployed, by name: `fb225b3.1a2b3c4d`, the commit and the hash of the checked configuration. The same commit with the
 * same configuration has the same name wherever it is synthesized, so that deploying it again changes nothing.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import packageJson from '../package.json';
import type { Config } from '../config/schema';
import { LEDGER_SCHEMA } from '../handlers/adapters/env';
import { configText, PROJECT } from './constructs/bundling';

export interface Version {
  name: string;
  /** What stands behind each function's description, where `npm run hub -- versions` reads it (cli/versions/version.ts). */
  description: string;
}

/** What goes into the functions. Configuration has a hash of its own, and records are written by the synth itself. */
const BUILT = ['handlers', 'stacks', 'config', 'phrasebook', 'cdk.json', 'package.json', 'package-lock.json'];
const NOT_BUILT = ['*.yaml', '*recorded.json'].map((pattern) => `:(exclude)config/${pattern}`);

/** @param git answers what a git command prints. @throws nothing: without git or a repository the release stands for the commit. */
export function versionOf(config: Config, git: (...args: string[]) => string = gitHere): Version {
  const configuration = createHash('sha256')
    .update(configText(config) + (config.phrases ? JSON.stringify(config.phrases) : ''))
    .digest('hex')
    .slice(0, 8);
  const name = `${codeOf(git)}.${configuration}`;
  return { name, description: `${name} · rows ${LEDGER_SCHEMA}` };
}

/** Seven digits of the commit, with a + where what is built differs from it. */
function codeOf(git: (...args: string[]) => string): string {
  try {
    const commit = git('rev-parse', 'HEAD').slice(0, 7);
    const differs = git('status', '--porcelain', '--', ...BUILT, ...NOT_BUILT) !== '';
    return `${commit}${differs ? '+' : ''}`;
  } catch {
    return packageJson.version;
  }
}

function gitHere(...args: string[]): string {
  return execFileSync('git', args, { cwd: PROJECT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
