/** Tests mirror the tree under test/. TypeScript is compiled by swc (TypeScript 7 has no compiler API for ts-jest). */
const { availableParallelism } = require('node:os');

module.exports = {
  // What a whole run came to is kept for an audit.
  reporters: ['default', ['<rootDir>/test/evidence.cjs', { name: 'test', command: 'npm test' }]],
  testEnvironment: 'node',
  // One more than processors (by default Jest leaves one idle): some tests wait for retries and time-outs of real clients.
  maxWorkers: availableParallelism() + 1,
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/operators-files.cjs',
  testMatch: ['**/*.test.ts'],
  // What takes long for one fact: `npm run test:slow`.
  testPathIgnorePatterns: ['/node_modules/', String.raw`\.slow\.test\.ts$`],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  // A fact does not become false on a busy machine: what hangs is found all the same.
  testTimeout: 120_000,
};
