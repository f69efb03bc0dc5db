/** A commit is synthesized beside the working tree, which stays as it is. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { EXAMPLE } from '../../config/example';
import { typed } from '../terminal';
import { rows } from './scenario';

const PROJECT = join(__dirname, '../../..');
const git = (...argv: string[]) => execFileSync('git', argv, { cwd: PROJECT, encoding: 'utf8' });

test('against the commit that is checked out, an example differs in nothing that is not in the working tree', async () => {
  const before = git('status', '--porcelain', '--', '.', ':!out');
  const argv = ['audit', 'changes', '--against', 'HEAD', '--config', EXAMPLE];
  const { code, out, err } = await typed([...argv, '--json', '--language', 'en'], { now: Date.now });
  expect([code, err]).toEqual([0, '']);
  const found = rows(JSON.parse(out), /Differences/);
  // Whoever works here has what is not committed yet.
  if (before === '') expect(found).toEqual([]);
  expect(JSON.parse(out).verdict).toMatch(/against HEAD \([0-9a-f]{10}\)/);
  expect(git('status', '--porcelain', '--', '.', ':!out')).toBe(before);
  expect(git('worktree', 'list').split('\n')).not.toContainEqual(expect.stringMatching(/security-hub-interpreter-/));
});

test('what is no commit is said to be none, and nothing is synthesized of it', async () => {
  const { code, err } = await typed(['audit', 'changes', '--against', 'no-such-ref', '--config', EXAMPLE], { now: Date.now });
  expect(code).toBe(2);
  expect(err).toMatch(/--against "no-such-ref": git knows no such commit here/);
});
