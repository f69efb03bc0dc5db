/**
 * The heavy packages that jest.config.js names are evaluated once a process, not once a file of tests: that took a fifth of the
 * processor's time. Jest's environment, which gives `requireOutside`, and its transform, which calls it in place of a package's code.
 */
const { createHash } = require('node:crypto');
const { TestEnvironment } = require('jest-environment-node');

// Where each construct was made, read through source maps, is a tenth of a synth, and no template says it.
process.env.CDK_DISABLE_STACK_TRACE ??= 'true';

/** What a package throws is an Error for the tests as well, though of another realm; subclasses stay what they are. */
function isInstance(thing) {
  return Function.prototype[Symbol.hasInstance].call(this, thing) || (Object.hasOwn(this, Symbol.hasInstance) && thing instanceof Error);
}

module.exports = class Outside extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.requireOutside = require;
    Object.defineProperty(this.global.Error, Symbol.hasInstance, { value: isInstance });
    // Packages read the environment of the process: tests change that one, no copy, and it is as it was for the next file.
    this.found = { ...process.env };
    this.global.process.env = process.env;
  }

  async teardown() {
    for (const name of Object.keys(process.env)) if (!(name in this.found)) delete process.env[name];
    Object.assign(process.env, this.found);
    await super.teardown();
  }
};

module.exports.process = (_source, file) => ({ code: `module.exports = requireOutside(${JSON.stringify(file)});` });
module.exports.getCacheKey = (_source, file) => createHash('sha256').update(`${__filename} ${file}`).digest('hex');
