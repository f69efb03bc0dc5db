/** The linter holds the import directions of docs/architecture.md. Each is broken once here, by a file that is never written. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const biome = require.resolve('@biomejs/biome/bin/biome');
const folder = mkdtempSync(join(tmpdir(), 'imports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function refused(file: string, from: string): boolean {
  copyFileSync('biome.json', join(folder, 'biome.json'));
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { thing } from '${from}';\n\nconsole.log(thing);\n`);
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', file], { cwd: folder, encoding: 'utf8' });
  rmSync(path);
  const output = `${stdout}${stderr}`;
  expect(output).toContain('Checked 1 file');
  return output.includes('noRestrictedImports');
}

test.each([
  ['handlers/domain/x.ts', '../ports'],
  ['handlers/domain/x.ts', '../adapters/sqs'],
  ['handlers/domain/x.ts', '@aws-sdk/client-sqs'],
  ['handlers/domain/x.ts', 'node:fs'],
  ['handlers/adapters/x.ts', '../intake/intake'],
  ['handlers/intake/x.ts', '../adapters/sqs'],
  ['handlers/intake/x.ts', '../deliver/deliver'],
  ['handlers/deliver/x.ts', '../intake/intake'],
  ['handlers/deliver/x.ts', '@slack/web-api'],
  ['handlers/enroll/x.ts', '../adapters/administration'],
  ['handlers/enroll/x.ts', '../deliver/deliver'],
  ['handlers/deliver/x.ts', '../enroll/enroll'],
  ['handlers/intake/index.ts', '../../stacks/app'],
  ['config/x.ts', '../handlers/ports'],
  ['stacks/x.ts', '../handlers/ports'],
  ['cli/x.ts', '../stacks/app'],
])('%s may not import %s', (file, from) => {
  expect(refused(file, from)).toBe(true);
});

test.each([
  ['handlers/domain/x.ts', '../../config/schema'],
  ['handlers/intake/index.ts', '../adapters/sqs'],
  ['handlers/deliver/x.ts', '../ports'],
  ['config/x.ts', '../handlers/domain/routing'],
  ['stacks/constructs/x.ts', '../../handlers/intake/env'],
])('%s may import %s', (file, from) => {
  expect(refused(file, from)).toBe(false);
});

test('everything the rules name is still there', () => {
  for (const path of [
    'handlers/domain',
    'handlers/adapters',
    'handlers/intake',
    'handlers/deliver',
    'handlers/enroll',
    'handlers/ports.ts',
    'stacks',
    'config',
    'cli',
  ]) {
    expect([path, existsSync(path)]).toEqual([path, true]);
  }
});
