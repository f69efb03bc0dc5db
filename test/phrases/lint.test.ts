/** What the linter of the phrasebook refuses and what it lets pass; the sentences were written before its patterns. */
import { objectionsTo } from '../../config/phrases/lint/lint';
import { SOUND_EN, SOUND_JA, UNFIT_EN, UNFIT_JA, WEAKENING_EN, WEAKENING_JA } from './bad-sentences';

const rules = (text: string, language: 'ja' | 'en') => objectionsTo(text, 'step', language).map(({ rule }) => rule);

test.each(WEAKENING_EN)('it weakens: %s', (text) => expect(rules(text, 'en')).toContain('weakens'));
test.each(WEAKENING_JA)('it weakens: %s', (text) => expect(rules(text, 'ja')).toContain('weakens'));
test.each(SOUND_EN)('it is sound: %s', (text) => expect(rules(text, 'en')).toEqual([]));
test.each(SOUND_JA)('it is sound: %s', (text) => expect(rules(text, 'ja')).toEqual([]));
test.each(UNFIT_EN)('no entry says: %s (%s)', (text, rule) =>
  expect(objectionsTo(text, 'impact', 'en').map((each) => each.rule)).toContain(rule),
);
test.each(UNFIT_JA)('no entry says: %s (%s)', (text, rule) =>
  expect(objectionsTo(text, 'step', 'ja').map((each) => each.rule)).toContain(rule),
);
