import { readFileSync } from 'node:fs';
import { ROWS, SECURITY, written } from '../../scripts/data';
import { KIND_NAMES } from '../world/recounted';

// CDK's own template checks take 5 s a process; `npm run synth` makes them.
process.env.CDK_VALIDATION = 'false';

test('docs/security.md tells what is kept as the stack and the rows have it; where it does not: npm run data', () => {
  const page = readFileSync(SECURITY, 'utf8');
  expect(written(page)).toBe(page);
});

test('every kind of row stands in it', () => {
  expect(Object.keys(ROWS).sort()).toEqual([...KIND_NAMES].sort());
});

test('a page that has lost a mark is named, with the line that is missing', () => {
  expect(() => written('# Security')).toThrow(/has lost the line <!-- places: written by/);
});
