/** The linter holds the import directions of docs/architecture.md. Each is broken once here, by a file that is never written. */
import { existsSync, readFileSync } from 'node:fs';
import { lint, lintAll } from './linter';

const REFUSED = [
  ['handlers/domain/x.ts', '../ports'],
  ['handlers/domain/x.ts', '../adapters/sqs'],
  ['handlers/domain/x.ts', '@aws-sdk/client-sqs'],
  ['handlers/domain/x.ts', 'node:fs'],
  ['handlers/domain/x.ts', './problem/plan'],
  ['handlers/domain/text/x.ts', '../finding/finding'],
  ['handlers/domain/text/x.ts', '../../../config/schema'],
  ['handlers/domain/finding/x.ts', '../interpretation/brief'],
  ['handlers/domain/finding/x.ts', '../problem/problem'],
  ['handlers/domain/finding/x.ts', '../../../config/load'],
  ['handlers/domain/finding/x.ts', 'zod'],
  ['handlers/domain/facts/x.ts', '../interpretation/brief'],
  ['handlers/domain/facts/x.ts', '../problem/plan'],
  ['handlers/domain/facts/x.ts', '../../ports'],
  ['handlers/domain/phrasebook/x.ts', '../interpretation/brief'],
  ['handlers/domain/phrasebook/x.ts', '../facts/fact'],
  ['handlers/domain/phrasebook/x.ts', '../../../config/phrases/load'],
  ['handlers/domain/finding/x.ts', '../phrasebook/phrase'],
  ['handlers/domain/interpretation/x.ts', '../facts/fact'],
  ['handlers/domain/interpretation/x.ts', '../problem/problem'],
  ['handlers/domain/interpretation/x.ts', '../../ports'],
  ['handlers/domain/interpretation/x.ts', '@aws-sdk/client-bedrock-runtime'],
  ['handlers/domain/interpretation/gate/x.ts', '../briefing'],
  ['handlers/domain/interpretation/gate/x.ts', '../../finding/finding'],
  ['handlers/domain/problem/x.ts', '../message/facts'],
  ['handlers/domain/problem/x.ts', 'node:crypto'],
  ['handlers/domain/message/x.ts', '../../ports'],
  ['handlers/domain/message/x.ts', '../../adapters/slack'],
  ['handlers/domain/message/x.ts', '@slack/web-api'],
  ['handlers/ports.ts', './adapters/sqs'],
  ['handlers/inbox.ts', './intake/intake'],
  ['handlers/optimistic.ts', '@aws-sdk/client-dynamodb'],
  ['handlers/adapters/x.ts', '../intake/intake'],
  ['handlers/adapters/x.ts', '../../local/cloud'],
  ['handlers/intake/x.ts', '../adapters/sqs'],
  ['handlers/intake/x.ts', '../deliver/deliver'],
  ['handlers/intake/x.ts', './index'],
  ['handlers/deliver/x.ts', '../intake/intake'],
  ['handlers/deliver/x.ts', '@slack/web-api'],
  ['handlers/deliver/x.ts', '../enroll/enroll'],
  ['handlers/deliver/x.ts', '../../local/clock'],
  ['handlers/enroll/x.ts', '../adapters/administration'],
  ['handlers/enroll/x.ts', '../deliver/deliver'],
  ['handlers/enroll/x.ts', '../../cli/hub'],
  ['handlers/tick/x.ts', '../adapters/sqs'],
  ['handlers/tick/x.ts', '../intake/intake'],
  ['handlers/intake/x.ts', '../tick/tick'],
  ['handlers/deliver/x.ts', '../tick/tick'],
  ['handlers/deliver/words/x.ts', '../index'],
  ['handlers/intake/index.ts', '../../stacks/app'],
  ['handlers/deliver/index.ts', '../intake/intake'],
  ['handlers/enroll/index.ts', '../../scripts/check'],
  ['handlers/tick/index.ts', '../deliver/deliver'],
  ['config/x.ts', '../handlers/ports'],
  ['config/x.ts', '../handlers/domain/text/inert'],
  ['config/routing/x.ts', '../../handlers/domain/finding/finding'],
  ['config/x.ts', '../local/clock'],
  ['config/x.ts', '../scripts/check'],
  ['stacks/x.ts', '../handlers/ports'],
  ['stacks/x.ts', '../local/cloud'],
  ['stacks/x.ts', '../scripts/check'],
  ['local/x.ts', '../handlers/ports'],
  ['local/sqs/x.ts', '../../config/schema'],
  ['local/x.ts', '../cli/hub'],
  ['local/x.ts', '../stacks/app'],
  ['local/x.ts', '../scripts/check'],
  ['cli/x.ts', '../stacks/app'],
  ['cli/show/x.ts', '../../scripts/picture'],
  ['cli/x.ts', '../bench/scenarios'],
  ['bench/x.ts', '../stacks/app'],
  ['bench/x.ts', '../handlers/adapters/sqs'],
] as const;

const ALLOWED = [
  ['handlers/domain/text/y.ts', 'node:crypto'],
  ['handlers/domain/finding/y.ts', '../text/reading'],
  ['handlers/domain/finding/y.ts', '../../../config/schema'],
  ['handlers/domain/problem/y.ts', '../../../config/routing/owner'],
  ['handlers/domain/facts/y.ts', '../finding/finding'],
  ['handlers/domain/phrasebook/y.ts', '../finding/finding'],
  ['handlers/domain/phrasebook/y.ts', '../../../config/phrases/compiled'],
  ['handlers/domain/interpretation/y.ts', '../phrasebook/phrase'],
  ['handlers/domain/problem/y.ts', '../facts/fact'],
  ['handlers/domain/problem/y.ts', '../interpretation/brief'],
  ['handlers/domain/message/y.ts', '../problem/view'],
  ['handlers/intake/index.ts', '../adapters/sqs'],
  ['handlers/deliver/y.ts', '../ports'],
  ['handlers/deliver/y.ts', '../domain/message/message'],
  ['stacks/constructs/y.ts', '../../handlers/intake/env'],
  ['local/y.ts', './sqs/queue'],
  ['cli/y.ts', '../local/cloud'],
  ['cli/y.ts', '../handlers/domain/finding/event'],
  ['scripts/y.ts', '../stacks/app'],
  ['bench/y.ts', '../cli/simulate/world/world'],
  ['test/y.ts', '../scripts/picture'],
] as const;

/** What each file's imports lead to, in one run of the linter: a file may stand for several imports, a line each. */
const told = once(() => {
  const files = new Map<string, string>();
  for (const [file, from] of [...REFUSED, ...ALLOWED]) {
    const before = files.get(file) ?? '';
    files.set(file, `${before}export * from '${from}';\n`);
  }
  const output = lintAll(files);
  return (file: string, from: string): boolean => {
    const line = (files.get(file) ?? '').split('\n').indexOf(`export * from '${from}';`) + 1;
    return output.includes(`${file}:${line}:`);
  };
});

function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

test.each(REFUSED)('%s may not import %s', (file, from) => {
  expect(told()(file, from)).toBe(true);
});

test.each(ALLOWED)('%s may import %s', (file, from) => {
  expect(told()(file, from)).toBe(false);
});

test('no imports go in a circle, those of types neither', () => {
  const circle = new Map([
    ['cli/a.ts', "import type { B } from './b';\n\nexport interface A {\n  b: B;\n}\n"],
    ['cli/b.ts', "import type { A } from './a';\n\nexport interface B {\n  a: A;\n}\n"],
  ]);
  expect(lintAll(circle)).toContain('noImportCycles');
  expect(lintAll(new Map([...circle, ['cli/b.ts', 'export interface B {\n  a: string;\n}\n']]))).not.toContain('noImportCycles');
});

test('nobody but the adapter and the doctor calls Slack: the scopes of its app are tested against these two', () => {
  const calls = (file: string) => lint(file, "export const web = new WebClient('token', { timeout: 1 });\n").includes('Slack is called by');
  expect([calls('handlers/deliver/x.ts'), calls('cli/doctor/x.ts')]).toEqual([true, true]);
  expect([calls('handlers/adapters/slack.ts'), calls('cli/doctor/reads/slack.ts')]).toEqual([false, false]);
});

test('every folder and file that the rules name is there', () => {
  const { overrides } = JSON.parse(readFileSync('biome.json', 'utf8')) as { overrides: { includes: string[] }[] };
  const named = overrides.flatMap(({ includes }) => includes).map((pattern) => pattern.replace(/^!/, '').replace(/\/\*.*$/, ''));
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
