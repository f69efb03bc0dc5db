/**
 * Tests of what a machine or a checkout may not have: AWS's verdicts and real findings, which are not this project's to
 * publish, and programs of another language. Each that cannot run says in the log why, and what would make it run.
 */
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';
import { findChromium } from '../scripts/chromium';

/** A file or folder in shared/ beside the checkout. */
export const shared = (path: string): string => resolve(__dirname, '../../shared', path);

/** `test`, where that is there. */
export function testWithShared(path: string): jest.It {
  return testWhere(existsSync(shared(path)), `${path} is not in shared/ beside this checkout`);
}

/** Looked for, not asked for its version: to start takes it a second. */
const findLinter = () => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'cfn-lint')));

/** `test`, where cfn-lint is installed. `npm run check` says so too. */
export const testWithLinter = (): jest.It => testWhere(findLinter(), 'cfn-lint is not installed (pip install cfn-lint)');

/** The errors of templates; warnings are let pass. */
export function lintErrors(...templates: string[]): string[] {
  const { status, stdout } = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', '--', ...templates], { encoding: 'utf8' });
  const errors = stdout.match(/^E\d+.*/gm) ?? [];
  return status === 0 || errors.length > 0 ? errors : [`cfn-lint ended with ${status}: ${stdout}`];
}

function testWhere(there: boolean, otherwise: string): jest.It {
  if (there) return test;
  console.warn(`Not tested here: ${otherwise}.`);
  return test.skip;
}

/** `test`, where a Chromium is installed, with which pages are measured. */
export const testWithChromium = (): jest.It => testWhere(findChromium(process.env) !== undefined, 'no Chromium is on the PATH');
