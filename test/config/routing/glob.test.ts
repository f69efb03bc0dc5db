import * as fc from 'fast-check';
import { globCovers, globMatches, globsDisjoint } from '../../../config/routing/glob';

test.each([
  ['S3.*', 'S3.2', true],
  ['S3.*', 's3.20', true],
  ['S3.*', 'S31', false],
  ['S3.?', 'S3.2', true],
  ['S3.?', 'S3.20', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['TTPs/*', 'TTPs/Initial Access/X:Y', true],
  ['a.c', 'abc', false],
  ['*bc', 'abcbc', true],
])('%s against "%s" is %s', (pattern, text, expected) => {
  expect(globMatches(pattern, text)).toBe(expected);
});

const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/', '*', '?'), maxLength: 8 });
const texts = fc.string({ unit: fc.constantFrom('a', 'B', '.', '/'), maxLength: 10 });

test('agrees with the regular expression that says the same', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const source = pattern.replace(/[./]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
      expect(globMatches(pattern, text)).toBe(new RegExp(`^${source}$`, 'is').test(text));
    }),
    { numRuns: 2000 },
  );
});

test('what a pattern covers, it matches; what is disjoint, nothing matches twice', () => {
  fc.assert(
    fc.property(patterns, patterns, texts, (a, b, text) => {
      if (globCovers(a, b) && globMatches(b, text)) expect(globMatches(a, text)).toBe(true);
      if (globsDisjoint(a, b)) expect(globMatches(a, text) && globMatches(b, text)).toBe(false);
    }),
    { numRuns: 5000 },
  );
  expect(globCovers('S3.*', 'S3.1?')).toBe(true);
  expect(globCovers('S3.?', 'S3.*')).toBe(false);
  expect(globsDisjoint('S3.*', 'EC2.8')).toBe(true);
});

test('a hostile text costs no more than pattern times text', () => {
  const pattern = '*a*a*a*a*a*a*a*b';
  const text = 'a'.repeat(20_000);
  let read = 0;
  // A text that counts how often one of its characters is looked at.
  const counted = new Proxy(Object(text), {
    get: (_text, key) => {
      read += Number(typeof key === 'string' && /^\d+$/.test(key));
      return Reflect.get(Object(text), key);
    },
  });
  expect(globMatches(pattern, { toLowerCase: () => counted } as string)).toBe(false);
  expect(read).toBeGreaterThanOrEqual(text.length);
  expect(read).toBeLessThanOrEqual(pattern.length * text.length);
});
