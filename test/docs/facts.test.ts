/** docs/facts.md says what messages show of findings shaped as AWS documents them: no more, and no less. */
import { readFileSync } from 'node:fs';
import { factsOf } from '../../handlers/domain/facts/facts';
import { parseFinding } from '../../handlers/domain/finding/event';
import { briefOf, officialText } from '../../handlers/domain/interpretation/brief';
import { FACT_WORDS } from '../../handlers/domain/message/fact-words';
import { DOCUMENTED } from '../domain/facts/documented';
import { RICHEST } from '../domain/interpretation/richest';
import { TWENTY } from '../domain/interpretation/twenty';

const page = readFileSync('docs/facts.md', 'utf8');

/** The cells of the rows under a heading. */
function rows(heading: string): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| (.+) \|$/gm)]
    .map(([, row = '']) => row.split(' | '))
    .filter(([first]) => first !== 'kind' && !first?.startsWith('---'));
}
const codes = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');

const ALL = DOCUMENTED.map((raw) => parseFinding(raw));

const shown = new Set(
  ALL.flatMap((finding) =>
    factsOf(finding).map(({ label }) => (label === 'also' ? `all also ${finding.format}` : `${finding.kind} ${label} ${finding.format}`)),
  ),
);

test('each fact that a message shows is a row, and each row that says so is shown, format by format', () => {
  const said = rows('Shown').flatMap(([kind = '', fact = '', , inAsff, inOcsf]) => {
    const name = `${codes(kind)[0] ?? kind} ${codes(fact)[0]}`;
    expect([inAsff, inOcsf].filter((cell) => cell !== 'shown' && cell !== 'no')).toEqual([]);
    return [...(inAsff === 'shown' ? [`${name} asff`] : []), ...(inOcsf === 'shown' ? [`${name} ocsf`] : [])];
  });
  expect([...said].sort()).toEqual([...shown].sort());
});

test('each label that there is stands in a row', () => {
  expect(new Set(rows('Shown').flatMap(([, fact]) => codes(fact)))).toEqual(new Set(Object.keys(FACT_WORDS.en.labels)));
});

test('each "no" has its reason', () => {
  const reasons = rows('Left out');
  for (const [, what, why] of reasons) expect([what?.length, why?.length].every((length = 0) => length > 3)).toBe(true);
  const lacking = rows('Shown').filter((row) => row.includes('no'));
  expect(lacking.length).toBeGreaterThan(3);
  for (const [kind] of lacking) expect(reasons.map(([first]) => first)).toContain(kind);
});

test('what the model is told of each kind is what its row says', () => {
  const told = new Map<string, Set<string>>();
  for (const finding of [...ALL, ...[...TWENTY.map(({ raw }) => raw), ...RICHEST].map((raw) => parseFinding(raw))]) {
    const fields = Object.entries(briefOf(finding, officialText(finding), [])).filter(([, value]) => value !== undefined);
    const its = told.get(finding.kind) ?? new Set();
    for (const [field] of fields) if (field !== 'kind' && field !== 'resourceTypes') its.add(field);
    told.set(finding.kind, its);
  }
  const said = new Map(rows('What the model is told').map(([kind, fields]) => [codes(kind)[0] ?? '', new Set(codes(fields))]));
  expect(said).toEqual(told);
});
