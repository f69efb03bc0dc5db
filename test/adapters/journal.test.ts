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
