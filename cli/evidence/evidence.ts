/** What was measured: dated files that commands and test runs write and an audit takes in. Nobody writes them by hand. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hubStack } from '../../config/stack-name';
import type { Config } from '../../config/schema';

/** Beside out/audit.html. Test runs write there too: test/evidence.cjs. */
export const EVIDENCE_FLAG = {
  evidence: { value: 'DIR', about: 'where what was measured is kept', default: 'out/evidence' },
} as const;

const PROJECT = resolve(__dirname, '../..');

export interface Evidence<Result> {
  /** When it was measured, ISO 8601. */
  made: string;
  /** What measured it, as it was typed. */
  command: string;
  /** Of the code that measured it; '' where there is no repository. */
  commit: string;
  /** Whether nothing differed from that commit. */
  clean: boolean;
  /** What was measured: the deployment, or the machine that ran the tests. */
  environment: string;
  result: Result;
}

/** How a deployment is named in evidence: two with one name are one. */
export function deploymentOf({ environment, settings: { organization, regions } }: Pick<Config, 'environment' | 'settings'>): string {
  return `${hubStack({ environment })}, ${organization.securityAccount}, ${regions.home}`;
}

/** @param name of the file, without its ending. @returns its path. */
export function keepEvidence<Result>(folder: string, name: string, measured: Omit<Evidence<Result>, 'commit' | 'clean'>): string {
  const { result, ...rest } = measured;
  const file = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...rest, ...codeHere(), result }, null, 2)}\n`);
  return file;
}

function codeHere(): Pick<Evidence<unknown>, 'commit' | 'clean'> {
  try {
    const git = (...argv: string[]) =>
      execFileSync('git', argv, { cwd: PROJECT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return { commit: git('rev-parse', 'HEAD'), clean: git('status', '--porcelain') === '' };
  } catch {
    return { commit: '', clean: false };
  }
}
