/** `npm run terms`: writes docs/terms.md from phrasebook/terms.yaml, and into docs/phrasebook.md what has words and what has not. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, listed } from '../config/phrases/compile';
import { type Entries, loadPhrasebook } from '../config/phrases/load';
import { readTerms, type Term } from '../config/phrases/lint/terms';
import { phraseIn } from '../handlers/domain/phrasebook/phrase';
import { PROJECT } from '../stacks/constructs/bundling';

export const TERMS_PAGE = join(PROJECT, 'docs/terms.md');
export const PAGE = join(PROJECT, 'docs/phrasebook.md');
const BEGIN = '<!-- coverage: written by `npm run terms`; what is changed here by hand is lost -->';
const END = '<!-- end of the coverage -->';

export function termsPage(terms: readonly Term[]): string {
  const rows = terms.map(({ en, ja }) => `| ${en} | ${ja} |`);
  return `# Terms

One Japanese word for one English term, in all texts of the [phrasebook](phrasebook.md). Made from \`phrasebook/terms.yaml\`, which also
names the words that no text uses, by \`npm run terms\`.

| English | 日本語 |
|---|---|
${rows.join('\n')}
`;
}

/** What AWS lists, and of how much of it something is said. @throws Error where the page has lost its marks. */
export function pageWithCoverage(page: string, entries: Entries): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/phrasebook.md has lost the lines ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n${coverage(entries)}\n${END}${after}`;
}

function coverage(entries: Entries): string {
  const book = compile(entries, {}, 'en');
  const own = (ids: readonly string[]) => ids.filter((id) => book.entries[id.toLowerCase()]).length;
  const said = (ids: readonly string[]) => ids.filter((id) => phraseIn(book, [id], '')).length;
  const controls = (severity: string) => listed('controls.tsv').flatMap(([id = '', its]) => (its === severity ? [id] : []));
  const types = listed('guardduty.tsv');
  const sequences = types.flatMap(([type = '', family]) => (family === 'attack-sequences' ? [type] : []));
  const threats = types.flatMap(([type = '', family]) => (family === 'attack-sequences' ? [] : [type]));
  const pairs = [...new Set(threats.map((type) => book.aliases[type.toLowerCase()] ?? ''))];
  const below = (start: string) => Object.keys(entries).filter((id) => id.startsWith(start));
  const row = (what: string, source: string, ids: readonly string[]) =>
    `| ${what} | ${source} | ${ids.length} | ${own(ids)} | ${said(ids)} |`;
  const others = Object.keys(entries).filter(
    (id) => /^[A-Za-z0-9]+\.\d+$/.test(id) && !listed('controls.tsv').some(([each]) => each === id),
  );
  const ours = (what: string, ids: readonly string[]) => `| ${what} | no list of AWS’s | – | ${ids.length} | ${ids.length} |`;
  return [
    '| | source | listed | with an entry of its own | with words |',
    '|---|---|---|---|---|',
    row('controls, CRITICAL (FSBP, CIS 3, CIS 5)', '`controls.tsv`, 2026-08', controls('CRITICAL')),
    row('controls, HIGH', '`controls.tsv`, 2026-08', controls('HIGH')),
    row('GuardDuty, purpose × family', '`guardduty.tsv`, 2026-07', pairs),
    row('GuardDuty, types, retired ones too', '`guardduty.tsv`, 2026-07', threats),
    row('GuardDuty, attack sequences', '`guardduty.tsv`, 2026-07', sequences),
    ours('other controls', others),
    ours('Macie, types', [...below('Policy:IAMUser/S3'), ...below('SensitiveData:')]),
    ours('IAM Access Analyzer', below('access-analyzer/')),
    ours('Inspector', below('inspector/')),
    ours('exposures', below('exposure/')),
    ours('of no product', below('general/')),
  ].join('\n');
}

if (require.main === module) {
  writeFileSync(TERMS_PAGE, termsPage(readTerms()));
  writeFileSync(PAGE, pageWithCoverage(readFileSync(PAGE, 'utf8'), loadPhrasebook()));
  console.log(`wrote ${TERMS_PAGE} and the coverage in ${PAGE}`);
}
