/** Tests mirror the tree under test/. TypeScript is compiled by swc (TypeScript 7 has no compiler API for ts-jest). */
const { availableParallelism } = require('node:os');

/** Packages that take long to load. */
const OUTSIDE = '@aws-sdk|@slack|@smithy|aws-cdk-lib|cdk-nag|cdk-stacksets|commander|constructs|dynalite|fast-check|yaml|zod';

module.exports = {
  // What a whole run came to is kept for an audit.
  reporters: ['default', ['<rootDir>/test/evidence.cjs', { name: 'test', command: 'npm test' }]],
  testEnvironment: '<rootDir>/test/outside.cjs',
  // One more than processors (by default Jest leaves one idle): some tests wait for retries and time-outs of real clients.
  maxWorkers: availableParallelism() + 1,
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/run-folder.cjs',
  globalTeardown: '<rootDir>/test/run-folder-gone.cjs',
  testMatch: ['**/*.test.ts'],
  // What takes long for one fact: `npm run test:slow`.
  testPathIgnorePatterns: ['/node_modules/', String.raw`\.slow\.test\.ts$`],
  transform: {
    [`/node_modules/(?:${OUTSIDE})/.+\\.[cm]?js$`]: '<rootDir>/test/outside.cjs',
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${OUTSIDE})/)`],
  // A fact does not become false on a busy machine: what hangs is found all the same.
  testTimeout: 120_000,
};
