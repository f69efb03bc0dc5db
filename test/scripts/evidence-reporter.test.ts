/** What a whole run of tests leaves for an audit; and that each promise has suites that say they prove it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvidence } from '../../cli/evidence/kept';
import { PROMISES } from '../../cli/evidence/proof';
import { temporaryFolder } from '../stacks/temporary-folder';

const TESTS = join(__dirname, '..');

interface Reporter {
  onRunStart(): void;
  onRunComplete(contexts: object, results: object): void;
}
const Evidence = require('../evidence.cjs') as new (config: object, options: object) => Reporter;

const git = (cwd: string, ...argv: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...argv], {
    cwd,
    encoding: 'utf8',
  }).trim();

/** A repository with two suites, of which one says what it proves, and one that does not run. */
function repository(): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'test'));
  writeFileSync(join(root, '.gitignore'), 'out/\n');
  writeFileSync(join(root, 'test/a.test.ts'), '/**\n * Nothing goes.\n * @proves lost, repeated\n */\n');
  writeFileSync(join(root, 'test/b.test.ts'), '// none\n/** @proves rights */\n');
  writeFileSync(join(root, 'test/c.test.ts'), '');
  git(root, 'init', '--quiet');
  git(root, 'add', '-A');
  git(root, 'commit', '--quiet', '-m', 'tests');
  return root;
}

interface Ran {
  during?: () => void;
  /** So many suites ran. */
  only?: number;
  wasInterrupted?: boolean;
}

function ran(root: string, config: object = {}, { during = () => {}, only = 3, ...results }: Ran = {}) {
  const reporter = new Evidence({ rootDir: root, ...config }, { name: 'test', command: 'npm test' });
  reporter.onRunStart();
  during();
  const suite = (name: string, numPassingTests: number, more: object = {}) => ({
    ...{ testFilePath: join(root, 'test', name), numPassingTests, numFailingTests: 0, numPendingTests: 0, ...more },
  });
  const testResults = [suite('c.test.ts', 0, { testExecError: {} }), suite('b.test.ts', 5), suite('a.test.ts', 3, { numPendingTests: 1 })];
  reporter.onRunComplete({}, { testResults: testResults.slice(0, only), wasInterrupted: false, ...results });
  return readEvidence(join(root, 'out/evidence'), Date.now());
}

test('a whole run is kept with its commit and its sums, and suites that prove something or fail by themselves', () => {
  const root = repository();
  const { test: kept, unreadable } = ran(root);
  expect(unreadable).toEqual([]);
  expect(kept).toMatchObject({ command: 'npm test', commit: git(root, 'rev-parse', 'HEAD'), clean: true });
  expect(kept?.result).toEqual({
    ...{ suites: 3, passed: 8, failed: 1, skipped: 1 },
    proofs: [
      { path: 'test/a.test.ts', proves: ['lost', 'repeated'], passed: 3, failed: 0, skipped: 1 },
      { path: 'test/c.test.ts', proves: [], passed: 0, failed: 1, skipped: 0 },
    ],
  });
});

test('a tree that differed from its commit, before or after, is not clean; without a repository no commit is named', () => {
  const edited = repository();
  writeFileSync(join(edited, 'test/a.test.ts'), 'x');
  expect(ran(edited).test?.clean).toBe(false);
  const meanwhile = repository();
  expect(ran(meanwhile, {}, { during: () => writeFileSync(join(meanwhile, 'new.ts'), '') }).test?.clean).toBe(false);
  const moved = repository();
  expect(ran(moved, {}, { during: () => git(moved, 'commit', '--quiet', '--allow-empty', '-m', 'next') }).test?.clean).toBe(false);
});

test('a run of some files, or of some names, keeps nothing: of the kind that it is of', () => {
  const root = repository();
  expect(ran(root, {}, { only: 2 })).toEqual({ unreadable: [] });
  expect(ran(root, { testNamePattern: 'a' })).toEqual({ unreadable: [] });
  // It is no matter of those that take long, and these are none of it.
  writeFileSync(join(root, 'test/d.slow.test.ts'), '');
  expect(ran(root).test?.result.suites).toBe(3);
});

test('a run that was stopped keeps nothing', () => {
  expect(ran(repository(), {}, { wasInterrupted: true })).toEqual({ unreadable: [] });
});

test('both configurations of Jest have it, under names that an audit knows', () => {
  const names = ['jest.config.js', 'jest.slow.config.js'].map((file) => {
    const { reporters } = require(join(TESTS, '..', file)) as { reporters: [string, [string, { name: string }]] };
    return reporters[1][1].name;
  });
  expect(names).toEqual(['test', 'test-slow']);
});

test('each promise has suites that say they prove it, in words that the page knows', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const named = files.flatMap((file) => {
    const [, words = ''] = /^\/\*\*(?:(?!\*\/)[\s\S])*?@proves ([^\n*]+)/.exec(readFileSync(join(TESTS, file), 'utf8')) ?? [];
    return words.trim() === '' ? [] : words.trim().split(', ');
  });
  // test/deploy has no suite of Jest.
  expect([...new Set([...named, 'deployed'])].sort()).toEqual([...PROMISES].sort());
});
