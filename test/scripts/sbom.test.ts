import { isAllowed, report } from '../../scripts/sbom';

test.each([
  ['MIT', true],
  ['Apache-2.0 AND MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['GPL-3.0-only', false],
  ['AGPL-3.0-or-later', false],
  ['MIT AND GPL-2.0-only', false],
  ['UNLICENSED', false],
  ['none', false],
])('%s: allowed is %s', (licence, allowed) => {
  expect(isAllowed(licence)).toBe(allowed);
});

test('each licence is counted once a package and version, and what is not allowed is named', () => {
  const of = (name: string, licence: string) => ({ name, version: '1.0.0', licence });
  expect(report([of('a', 'MIT'), of('a', 'MIT'), of('b', 'MIT'), of('c', 'SSPL-1.0')])).toEqual({
    lines: ['MIT: 2', 'SSPL-1.0: 1'],
    refused: ['c 1.0.0 is under SSPL-1.0, which is not allowed: see ALLOWED in scripts/sbom.ts.'],
  });
});
