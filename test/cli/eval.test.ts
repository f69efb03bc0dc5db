/** The gate, measured: over the repository's own sentences it has to be as good as docs/operations.md says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from '../../cli/eval/measure';
import { ownSamples } from '../../cli/eval/sets';
import { wanting } from '../../cli/eval/thresholds';
import { METRICS } from '../../config/metrics';
import { KINDS } from '../../handlers/domain/interpretation/gate/kinds';
import { givenOf, saidOf } from '../../handlers/domain/interpretation/gate/said';
import { typed } from './terminal';

const folder = mkdtempSync(join(tmpdir(), 'eval-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (...rows: unknown[]) => {
  const file = join(folder, 'set.jsonl');
  writeFileSync(file, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  return file;
};

const samples = ownSamples();
const measured = measure(samples);
const LANGUAGES = ['en', 'ja'] as const;
/** Its own sentences are tests of briefing-withheld.test.ts. */
const MEASURED = KINDS.filter(({ kind }) => kind !== 'action');

test('the own sentences are thirty and more of each kind and language, good ones and bad ones', () => {
  const of = (kind: string, language: string) => measured.rows.find((row) => row.kind === kind && row.language === language);
  const counts = MEASURED.flatMap(({ kind }) => LANGUAGES.map((language) => of(kind, language)));
  expect(counts.filter((row) => !row || row.bad < 18 || row.good < 10 || row.bad + row.good < 30)).toEqual([]);
  expect(new Set(samples.map(({ language, sentence }) => language + sentence)).size).toBe(samples.length);
});

test('the gate withholds of them what it has to, and lets the rest be', () => {
  expect(wanting(measured)).toEqual([]);
});

describe.each(MEASURED.map((rule) => [rule.kind, rule] as const))('%s', (kind, { finds }) => {
  test.each(LANGUAGES)('its rule itself finds most of its bad sentences in %s, and none of its good ones', (language) => {
    const own = samples.filter((sample) => sample.kind === kind && sample.language === language);
    const found = (good: boolean) =>
      own
        .filter((sample) => sample.good === good)
        .map(({ sentence, field, brief, severity }) => {
          const text = sentence.normalize('NFKC');
          return finds(saidOf(sentence, text, field, language), givenOf(brief, severity)) !== undefined;
        });
    const bad = found(false);
    expect(bad.filter(Boolean).length / bad.length).toBeGreaterThan(0.5);
    expect(found(true).filter(Boolean).length).toBeLessThan(2);
  });
});

test('what withholds is what is counted', () => {
  expect(KINDS.map(({ kind }) => kind).sort()).toEqual([...METRICS.WithheldSentences.by.kind].sort());
});

const ROW = {
  lang: 'en',
  kind: 'number',
  good: false,
  briefing: null,
  brief: { kind: 'aws' },
  field: 'summary',
  sentence: 'There are 12 of them.',
};

test('prints a table of each set, and ends well where all are good enough', async () => {
  const { code, out, err } = await typed(['eval', '--set', fileOf(ROW)]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(
    /own sentences[\s\S]+number +en +4\d[\s\S]+number +ja +4\d[\s\S]+whole answers[\s\S]+set\.jsonl[\s\S]+number +en +1 +1 \(100 %\)/,
  );
});

test.each([
  ['a bad sentence is shown', [{ ...ROW, sentence: 'There are some of them.' }], 'en: of what code can tell, less than 95 % is withheld'],
  ['a good one is withheld', [{ ...ROW, good: true }], 'en: more than 3 % of the good sentences is withheld'],
  [
    'an answer is not whole',
    [{ ...ROW, kind: 'plain', good: true, briefing: 'one' }, ...Array(40).fill({ ...ROW, good: true, sentence: 'Ask the owner.' })],
    'more than one answer of fifteen does not survive whole',
  ],
])('ends with 1 where %s, and says so', async (_what, rows, says) => {
  const { code, out } = await typed(['eval', '--missed', '--set', fileOf(...rows)]);
  expect(code).toBe(1);
  expect(out).toContain(says);
  expect(out).toMatch(/(?:withheld though good|shown though bad) \| en/);
});

test('what code cannot tell is reported without a threshold', async () => {
  const { code, out } = await typed(['eval', '--set', fileOf({ ...ROW, kind: 'done', sentence: 'The door is shut by now.' })]);
  expect(code).toBe(0);
  expect(out).toMatch(/\(done\) +en +1 +0 \(0 %\)/);
});

test('one JSON object instead of text', async () => {
  const { sets } = JSON.parse((await typed(['eval', '--json'])).out);
  expect(sets).toMatchObject([{ name: 'own sentences', wanting: [] }]);
  expect(sets[0].rows).toContainEqual(expect.objectContaining({ kind: 'number', language: 'ja', checkable: true, bad: 45 }));
});

test.each([
  ['is not there', () => join(folder, 'no.jsonl'), 'no.jsonl cannot be read'],
  ['is no JSON', () => fileOf(ROW, 'number'), 'set.jsonl:2 is not JSON.'],
  ['lacks a field', () => fileOf({ ...ROW, good: undefined }), 'set.jsonl:1 wants lang'],
])('a file that %s is wrong use', async (_what, file, says) => {
  const { code, err } = await typed(['eval', '--set', file()]);
  expect(code).toBe(2);
  expect(err).toContain(says);
});
