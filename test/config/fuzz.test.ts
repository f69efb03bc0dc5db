/** Whatever a hand at the keyboard leaves in the files, loading answers with mistakes and never throws. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { formatMistakes, loadConfig } from '../../config/load';
import { readExample } from './example';
import { folderWith, NOW, removeFolders } from './folder';

afterAll(removeFolders);

const FILES = ['settings.yaml', 'routes.yaml'] as const;
const shipped = (file: (typeof FILES)[number]) => readExample(file).replace(/^ *#.*\n/gm, '');
const PIECES = [
  '',
  ' ',
  '\n',
  '\t',
  ':',
  '- ',
  '[',
  '}',
  '"',
  '&a ',
  '*a',
  '0123',
  'null',
  'true',
  '{}',
  '<<: ',
  'ou: Workloads',
  '# x',
  '本番',
  '\u0000',
];

const edit = fc.record({
  file: fc.constantFrom(...FILES),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(12),
  piece: fc.constantFrom(...PIECES),
});

test('an edited configuration is loaded or refused, each mistake with a place in its file', () => {
  const dir = folderWith();
  let refused = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const texts = { 'settings.yaml': shipped('settings.yaml'), 'routes.yaml': shipped('routes.yaml') };
      for (const { file, at, cut, piece } of edits) {
        const start = Math.floor(at * texts[file].length);
        texts[file] = texts[file].slice(0, start) + piece + texts[file].slice(start + cut);
      }
      for (const file of FILES) writeFileSync(join(dir, file), texts[file]);
      const { config, mistakes } = loadConfig(dir, NOW);
      const errors = mistakes.filter(({ level }) => level === 'error');
      expect(config === undefined).toBe(errors.length > 0);
      refused += errors.length > 0 ? 1 : 0;
      for (const { file, line, column, message, remedy } of mistakes) {
        const lines = texts[file.endsWith('settings.yaml') ? 'settings.yaml' : 'routes.yaml'].split('\n');
        expect(line >= 1 && line <= lines.length + 1 && column >= 1).toBe(true);
        expect(message.length > 0 && remedy.length > 0).toBe(true);
      }
      expect(formatMistakes(mistakes).split('\n').length).toBe(mistakes.length === 0 ? 1 : mistakes.length + 1);
    }),
    { numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(100);
});
