/** Jest's globalSetup: a folder for what the files of tests of one run have in common (once.ts). */
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const guardOperatorsFiles = require('./operators-files.cjs');

module.exports = () => {
  guardOperatorsFiles();
  process.env.JEST_RUN_FOLDER = mkdtempSync(join(tmpdir(), 'jest-run-'));
};
