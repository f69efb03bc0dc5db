/** What the linter says of a file that is never written: rules are broken once, where nothing else is. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const biome = require.resolve('@biomejs/biome/bin/biome');

/** @returns the linter's words on a file of that name with that text, by the rules of this project. */
export function lint(file: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  try {
    for (const path of ['biome.json', 'scripts/lint']) cpSync(path, join(folder, path), { recursive: true });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
    const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', file], { cwd: folder, encoding: 'utf8' });
    const output = `${stdout}${stderr}`;
    expect(output).toContain('Checked 1 file');
    return output;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
