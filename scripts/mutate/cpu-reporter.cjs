/**
 * How much CPU time each test file takes, for Jest with -i (one process, one file after the other): a busy machine does not
 * change it, as it would the time of the clock.
 */
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');

const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

module.exports = class {
  constructor(_config, { to }) {
    this.to = to;
    this.seconds = {};
    this.since = spent();
  }

  onTestFileResult({ path, context }) {
    const now = spent();
    this.seconds[relative(context.config.rootDir, path)] = now - this.since;
    this.since = now;
  }

  onRunComplete() {
    writeFileSync(this.to, JSON.stringify(this.seconds));
  }
};
