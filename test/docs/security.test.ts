/** docs/security.md: each threat names what holds it and a test that is there (paths.test.ts looks at all other paths). */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { WEAKENINGS } from '../audit/weakenings';

const page = readFileSync('docs/security.md', 'utf8');
const threats = page.split('\n## Threats\n')[1]?.split('\n## ')[0] ?? '';
const sections = threats.split('\n### ').slice(1);
const ACTORS = ['A member account', 'A partner product', 'A Slack reader', 'An operator', 'A stolen token', 'The model'];

test('the threat model is of these six', () => {
  expect(sections.map((section) => section.split('\n')[0])).toEqual(ACTORS);
});

describe.each(sections.map((section) => [section.split('\n')[0], section] as const))('%s', (_actor, section) => {
  const rows = [...section.matchAll(/^\| (.+) \|$/gm)]
    .map(([, row = '']) => row.split(' | '))
    .filter(([first]) => first !== 'could' && first !== '---');

  test('could do something', () => expect(rows.length).toBeGreaterThanOrEqual(3));

  test.each(rows.map((row) => [row[0], row] as const))(
    '%s: held by something, and a test that is there',
    (_could, [, held = '', tests = '', ...more]) => {
      const paths = [...tests.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
      expect(held.length).toBeGreaterThan(20);
      expect(more).toEqual([]);
      expect(paths.length).toBeGreaterThan(0);
      for (const path of paths)
        expect([path, existsSync(path) && (path.endsWith('.test.ts') || statSync(path).isDirectory())]).toEqual([path, true]);
    },
  );
});

test('it counts the weakenings of rights as they are', () => {
  const count = WEAKENINGS.filter(({ of }) => of === 'rights').length;
  expect(page).toContain(`- ${count} weakenings of rights`);
});
