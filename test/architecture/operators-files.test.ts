/** What an operator edits or keeps in the checkout breaks no test and no check. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../config/load';
import { NOW } from '../config/folder';

const REFUSAL = /operator's to edit/;
const folder = mkdtempSync(join(tmpdir(), 'operator-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a test that reads the operator’s configuration fails', () => {
  test.each(['settings.yaml', 'routes.yaml', 'recorded.json', 'environments/dev.yaml'])('where it reads config/%s', async (file) => {
    const path = join('config', file);
    expect(() => readFileSync(path)).toThrow(REFUSAL);
    expect(() => copyFileSync(path, join(folder, file))).toThrow(REFUSAL);
    await expect(async () => readFile(path)).rejects.toThrow(REFUSAL);
  });

  test('where it loads or copies the whole folder', () => {
    expect(JSON.stringify(loadConfig('config', NOW).mistakes)).toMatch(REFUSAL);
    expect(() => cpSync('config', join(folder, 'config'), { recursive: true })).toThrow(REFUSAL);
  });

  test.each(['cli/hub.ts routes', 'stacks/app.ts'])('where it runs %s without a configuration of its own', (command) => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', ...command.split(' ')], { encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(REFUSAL);
  });
});

describe('files that are not the project’s', () => {
  const foreign = [
    'my-findings.json',
    'calls.jsonl',
    'cdk.context.json',
    'notes.ts',
    'config/recorded.json',
    'exports/2026/findings.json',
    'out/demo.js',
    'work/findings/a.json',
    'work/script.ts',
    'work/routes.yaml',
  ];
  const checkout = join(folder, 'checkout');
  beforeAll(() => {
    for (const file of [...foreign, 'cli/x.ts']) {
      mkdirSync(dirname(join(checkout, file)), { recursive: true });
      writeFileSync(join(checkout, file), '{"a":\n1 , }');
    }
    for (const path of ['biome.json', '.gitignore', 'work/README.md', 'scripts/lint'])
      cpSync(path, join(checkout, path), { recursive: true });
  });

  test('are neither formatted nor linted', () => {
    const biome = require.resolve('@biomejs/biome/bin/biome');
    const run = (command: string) =>
      spawnSync(process.execPath, [biome, command, '--vcs-enabled=false', '.'], { cwd: checkout, encoding: 'utf8' });
    for (const { stdout, stderr } of [run('format'), run('lint')]) {
      const read = `${stdout}${stderr}`;
      expect(read).toContain('cli/x.ts');
      expect(foreign.filter((file) => read.includes(file))).toEqual([]);
    }
  });

  test('are not git’s where they stand in work/', () => {
    const git = (...args: string[]) => spawnSync('git', args, { cwd: checkout, encoding: 'utf8' }).stdout;
    git('init');
    const untracked = git('status', '--porcelain', '--untracked-files=all').split('\n').filter(Boolean);
    expect(untracked).toContain('?? my-findings.json');
    expect(untracked.filter((line) => line.includes('work/'))).toEqual(['?? work/README.md']);
  });
});
