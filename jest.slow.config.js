/** `npm run test:slow`: what `npm test` leaves out. */
module.exports = { ...require('./jest.config.js'), testMatch: ['**/*.slow.test.ts'], testPathIgnorePatterns: ['/node_modules/'] };
