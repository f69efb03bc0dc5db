import { typed } from '../terminal';
import { tooWide } from '../width';

test('a day: what each receiver is told adds up, in a table and as JSON', async () => {
  const { code, out } = await typed(['simulate', '--days', '1', '--json']);
  expect(code).toBe(0);
  const said = JSON.parse(out) as {
    all: Record<string, number>;
    receivers: Record<string, Record<string, number>>;
    products: object;
    deadLetters: [];
  };
  expect(said.deadLetters).toEqual([]);
  expect(Object.keys(said.receivers)).toHaveLength(9);
  for (const key of ['messages', 'newFindings', 'edits', 'late']) {
    const sum = Object.values(said.receivers).reduce((total, receiver) => total + (receiver[key] ?? 0), 0);
    expect([key, sum]).toEqual([key, said.all[key]]);
  }
  expect(said.all.messages).toBe((said.all.posts ?? 0) + (said.all.broadcasts ?? 0));
  expect(said.all.posts).toBeGreaterThan(50);
});

test('Ctrl-C ends it, and what was played until then is told', async () => {
  const stop = new AbortController();
  stop.abort();
  const { code, out } = await typed(['simulate'], { signal: stop.signal });
  expect(code).toBe(130);
  expect(out).toMatch(/^Stopped/);
  expect(tooWide(out, 100)).toEqual([]);
});

test.each(['0', '91', 'x', '1.5'])('--days %s is wrong', async (days) => {
  const { code, err } = await typed(['simulate', '--days', days]);
  expect(code).toBe(2);
  expect(err).toContain('a whole number from 1 to 90 is wanted');
});
