/** `npm run test:slow`: what `npm test` leaves out. */
module.exports = {
  ...require('./jest.config.js'),
  reporters: ['default', ['<rootDir>/test/evidence.cjs', { name: 'test-slow', command: 'npm run test:slow', slow: true }]],
  testMatch: ['**/*.slow.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
