/** How a mute is written, who wrote it last, and when a commit was made, as version control knows it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from '../../config/environment';
import { parseSource } from '../../config/source';
import type { AuditedMute } from './units';

/** @param place of the configuration. What is not known of a mute is left out. */
export function withAuthors(mutes: readonly AuditedMute[], place: string): AuditedMute[] {
  if (mutes.length === 0) return [];
  const file = join(placeOf(place).dir, 'routes.yaml');
  const source = readFileSync(file, 'utf8');
  const { locate } = parseSource(source);
  return mutes.map((mute) => {
    const keys = ['reason', ...(mute.until === undefined ? [] : ['until'])];
    const lines = keys.map((key) => locate([...mute.path, 'mute', key], true).line);
    const [from, to] = [Math.min(...lines), Math.max(...lines)];
    const by = lastOf(placeOf(place).dir, from, to);
    const text = source
      .split('\n')
      .slice(from - 1, to)
      .join('\n');
    return { ...mute, written: { line: from, text }, ...(by === 'uncommitted' ? { uncommitted: true as const } : by ? { by } : {}) };
  });
}

/** The newest change of some lines. */
function lastOf(dir: string, from: number, to: number): AuditedMute['by'] | 'uncommitted' {
  let said: string;
  try {
    const argv = ['blame', '--porcelain', '-L', `${from},${to}`, '--', 'routes.yaml'];
    said = execFileSync('git', argv, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
  const commits = [...said.matchAll(/^([0-9a-f]{40}) .*\nauthor (.*)\n[\s\S]*?^author-time (\d+)$/gm)];
  const [newest] = commits.sort((a, b) => Number(b[3]) - Number(a[3]));
  const [, commit = '', who = '', seconds = '0'] = newest ?? [];
  // Git's name for what nobody has committed yet is no commit.
  return /^0*$/.test(commit) ? 'uncommitted' : { who, at: new Date(Number(seconds) * 1000).toISOString(), commit };
}

/** @param code as versions name it: a commit, with a + where more was built. @returns when it was committed, ISO 8601; undefined where nobody knows. */
export function committedAt(code: string | undefined): string | undefined {
  const commit = /^([0-9a-f]{7,40})\+?$/.exec(code ?? '')?.[1];
  if (commit === undefined) return undefined;
  try {
    const argv = ['show', '--no-patch', '--format=%ct', `${commit}^{commit}`, '--'];
    const seconds = execFileSync('git', argv, { cwd: __dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return new Date(Number(seconds) * 1000).toISOString();
  } catch {
    return undefined;
  }
}
