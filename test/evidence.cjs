/**
 * A reporter of Jest: keeps what a whole run came to in out/evidence, where `npm run hub -- audit` takes it in (cli/evidence).
 * A run of some tests says nothing of the rest and keeps nothing.
 */
const { execFileSync } = require('node:child_process');
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');

module.exports = class Evidence {
  /** @param options name: of the file; command: as it is typed; slow: whether it is of the suites that take long. */
  constructor(globalConfig, options) {
    this.config = globalConfig;
    this.options = options;
  }

  onRunStart() {
    this.made = new Date().toISOString();
    this.before = this.code();
  }

  onRunComplete(_contexts, results) {
    const { rootDir, testNamePattern } = this.config;
    const { name, command, slow = false } = this.options;
    // Of files and of names alike: however it was called, what was left out is missing.
    if (results.wasInterrupted || testNamePattern || results.testResults.length < suitesThere(rootDir, slow)) return;
    const after = this.code();
    const suites = results.testResults.map((suite) => ({
      path: relative(rootDir, suite.testFilePath),
      proves: promisesIn(suite.testFilePath),
      ...countsOf(suite),
    }));
    const sum = (of) => suites.reduce((all, suite) => all + suite[of], 0);
    const evidence = {
      made: this.made,
      command,
      commit: after.commit,
      clean: after.clean && this.before.clean && after.commit === this.before.commit,
      environment: `Node ${process.versions.node}, ${process.platform}${process.env.CI ? ', CI' : ''}`,
      result: {
        suites: suites.length,
        ...{ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') },
        proofs: suites.filter(({ proves, failed }) => proves.length > 0 || failed > 0).sort((a, b) => (a.path < b.path ? -1 : 1)),
      },
    };
    const folder = join(rootDir, 'out/evidence');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(evidence, null, 2)}\n`);
  }

  code() {
    try {
      const git = (...argv) =>
        execFileSync('git', argv, { cwd: this.config.rootDir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
      return { commit: git('rev-parse', 'HEAD'), clean: git('status', '--porcelain') === '' };
    } catch {
      return { commit: '', clean: false };
    }
  }
};

/** How many suites there are of the kind: those that take long, or the others. */
function suitesThere(rootDir, slow) {
  const files = readdirSync(join(rootDir, 'test'), { recursive: true }).filter((file) => file.endsWith('.test.ts'));
  return files.filter((file) => file.endsWith('.slow.test.ts') === slow).length;
}

/** A suite that could not run is a fact that does not hold. */
function countsOf({ numPassingTests, numFailingTests, numPendingTests, numTodoTests = 0, testExecError }) {
  return { passed: numPassingTests, failed: numFailingTests + (testExecError ? 1 : 0), skipped: numPendingTests + numTodoTests };
}

/** `@proves lost, repeated` in the first comment of the file. */
function promisesIn(file) {
  const [, comment = ''] = /^\s*\/\*\*([\s\S]*?)\*\//.exec(readFileSync(file, 'utf8')) ?? [];
  const [, named = ''] = /@proves ([a-z]+(?:, [a-z]+)*)/.exec(comment) ?? [];
  return named === '' ? [] : named.split(', ');
}
