/**
 * A reporter of Jest: keeps what a whole run came to in out/evidence, where `npm run hub -- audit` takes it in (cli/evidence).
 * A run of some tests says nothing of the rest and keeps nothing.
 */
const { execFileSync } = require('node:child_process');
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');

module.exports = class Evidence {
  /** @param options name: of the file; command: as it is typed; folder: absent, out/evidence. */
  constructor(globalConfig, options) {
    this.config = globalConfig;
    this.options = options;
  }

  onRunStart() {
    this.made = new Date().toISOString();
    this.before = this.code();
  }

  onRunComplete(_contexts, results) {
    if (results.wasInterrupted || isPart(this.config)) return;
    const { rootDir } = this.config;
    const { name, command, folder = join(rootDir, 'out/evidence') } = this.options;
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

/** Whether some tests were left out by how it was called. */
function isPart(config) {
  const patterns = config.testPathPatterns?.patterns ?? [];
  const { testNamePattern, onlyChanged, onlyFailures, findRelatedTests, shard, nonFlagArgs = [], bail = 0 } = config;
  return Boolean(
    patterns.length > 0 || nonFlagArgs.length > 0 || testNamePattern || onlyChanged || onlyFailures || findRelatedTests || shard || bail,
  );
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
