/** The linter holds the import directions of docs/architecture.md. Each is broken once here, by a file that is never written. */
import { existsSync } from 'node:fs';
import { lint } from './linter';

function refused(file: string, from: string): boolean {
  return lint(file, `import { thing } from '${from}';\n\nconsole.log(thing);\n`).includes('noRestrictedImports');
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

test('nobody but the adapter and the doctor calls Slack: the scopes of its app are tested against these two', () => {
  const calls = (file: string) => lint(file, "export const web = new WebClient('token', { timeout: 1 });\n").includes('Slack is called by');
  expect([calls('handlers/deliver/x.ts'), calls('cli/doctor/x.ts')]).toEqual([true, true]);
  expect([calls('handlers/adapters/slack.ts'), calls('cli/doctor/reads/slack.ts')]).toEqual([false, false]);
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
