/** What the linter says of files that are never written here: rules are broken once, where nothing else is. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const biome = require.resolve('@biomejs/biome/bin/biome');

/** @returns the linter's words on files of these names with these texts, by the rules of this project. */
export function lintAll(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  try {
    for (const path of ['biome.json', 'scripts/lint']) cpSync(path, join(folder, path), { recursive: true });
    for (const [file, source] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), source);
    }
    const command = [biome, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', ...files.keys()];
    const { stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
    const output = `${stdout}${stderr}`;
    expect(output).toContain(`Checked ${files.size} file`);
    return output;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function lint(file: string, source: string): string {
  return lintAll(new Map([[file, source]]));
}
