/** One JSON object a line, as CloudWatch Logs Insights and the metric filters read it. */
import { journal } from '../../handlers/adapters/journal';

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((line) => {
      printed.push(String(line));
      return true;
    });
});
afterEach(() => jest.restoreAllMocks());

test.each(['info', 'warn', 'error'] as const)('%s: its level, the message, the service, and the details beside them', (level) => {
  journal[level]('told', { receiver: '#security', fingerprint: 'f1' });
  const lines = printed.splice(0).map((line) => JSON.parse(line));
  expect(lines).toEqual([
    expect.objectContaining({
      level: level.toUpperCase(),
      message: 'told',
      service: 'security-hub-interpreter',
      receiver: '#security',
      fingerprint: 'f1',
    }),
  ]);
});

test('names the version that the stack told it, in every line', () => {
  process.env.INTERPRETER_VERSION = 'fb225b3.1a2b3c4d';
  jest.isolateModules(() => {
    const { journal: told } = require('../../handlers/adapters/journal') as { journal: typeof journal };
    told.info('told', { receiver: '#security' });
    told.error('failed', {});
  });
  delete process.env.INTERPRETER_VERSION;
  expect(printed.splice(0).map((line) => JSON.parse(line).version)).toEqual(['fb225b3.1a2b3c4d', 'fb225b3.1a2b3c4d']);
});

test('what others named is logged as a hash: the image in a fingerprint, an account of another cloud', () => {
  journal.info('told', {
    fingerprint: 'aws:vulnerabilities:image/acme-shop/api:0a1b2c',
    rows: ['account#acme-project', 'account#555555555555'],
  });
  const [line = ''] = printed.splice(0);
  expect(line).not.toContain('acme');
  expect(JSON.parse(line).fingerprint).toMatch(/^aws:vulnerabilities:\w+$/);
  expect(JSON.parse(line).rows).toEqual([expect.stringMatching(/^account#\w+$/), 'account#555555555555']);
});
