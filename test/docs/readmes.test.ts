/** README.md and README.ja.md say the same: what can be compared without knowing Japanese is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => readFileSync(join(__dirname, '../..', name), 'utf8');
const english = read('README.md');
const japanese = read('README.ja.md');

interface Block {
  language: string;
  body: string;
}

const BLOCK = /^```(\w*)\n([\s\S]*?)^```$/gm;
const blocks = (text: string): Block[] => [...text.matchAll(BLOCK)].map(([, language = '', body = '']) => ({ language, body }));
/** Without the code blocks, in which # begins a comment. */
const prose = (text: string) => text.replaceAll(BLOCK, '');
const headings = (text: string) => [...prose(text).matchAll(/^(#+) /gm)].map(([, level]) => level);
const commands = (text: string) =>
  blocks(text)
    .filter(({ language }) => language === 'sh')
    .map(({ body }) => body.split('\n').map((line) => line.replace(/\s+# .*$/, '')));
/** A diagram's nodes and arrows, without the words on them. */
const diagrams = (text: string) =>
  blocks(text)
    .filter(({ language }) => language === 'mermaid')
    .map(({ body }) => body.replaceAll(/\[[^\]]*\]/g, '[]').replaceAll(/-\. .*? \.->/g, '-.->'));
const spans = (text: string) => [...prose(text).matchAll(/`([^`]+)`/g)].map(([, code]) => code).sort();
const targets = (text: string) =>
  [...prose(text).matchAll(/\]\(([^)]+)\)/g)]
    .map(([, target = '']) =>
      target
        .replace(/^README(\.ja)?\.md$/, 'the other')
        .replace(/-(en|ja)\.png$/, '.png')
        .replace(/\.ja\.md$/, '.md'),
    )
    .sort();
const rows = (text: string) => [...prose(text).matchAll(/^\| (`.*?) \|/gm)].map(([, first]) => first);
const points = (text: string) => [...prose(text).matchAll(/^- /gm)].length;

test('both have the same headings, tables and lists', () => {
  expect(headings(english).length).toBeGreaterThan(4);
  expect(headings(japanese)).toEqual(headings(english));
  expect(rows(english).length).toBeGreaterThan(5);
  expect(rows(japanese)).toEqual(rows(english));
  expect(points(japanese)).toBe(points(english));
});

test('both give the same commands, whatever their comments say', () => {
  expect(commands(english).flat()).toContain('npm ci && npm run demo');
  expect(commands(japanese)).toEqual(commands(english));
});

test('both draw the same diagram', () => {
  expect(diagrams(english)).toHaveLength(1);
  expect(diagrams(japanese)).toEqual(diagrams(english));
});

test('both name the same files, flags and settings', () => {
  expect(spans(japanese)).toEqual(spans(english));
});

test('both lead to the same pages, and each to the other', () => {
  expect(english).toContain('](README.ja.md)');
  expect(japanese).toContain('](README.md)');
  expect(targets(japanese)).toEqual(targets(english));
});
