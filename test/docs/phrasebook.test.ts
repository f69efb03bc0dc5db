/** docs/terms.md and the coverage in docs/phrasebook.md are made from what is there (npm run terms). */
import { readFileSync } from 'node:fs';
import { loadPhrasebook } from '../../config/phrases/load';
import { readTerms } from '../../config/phrases/lint/terms';
import { PAGE, pageWithCoverage, TERMS_PAGE, termsPage } from '../../scripts/phrasebook';

test('docs/terms.md has every term', () => {
  expect(readFileSync(TERMS_PAGE, 'utf8')).toBe(termsPage(readTerms()));
});

test('a term has one Japanese word, and is named once', () => {
  const terms = readTerms();
  for (const language of ['en', 'ja'] as const) {
    const words = terms.map((term) => term[language]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  }
});

const entries = loadPhrasebook();

test('docs/phrasebook.md says what has words', () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page).toBe(pageWithCoverage(page, entries));
});
