import { nearest, suggestion } from '../../config/nearest';

const KEYS = ['receiver', 'match', 'continue', 'mute', 'routes'];

test.each([
  ['reciever', 'receiver'],
  ['Receiver', 'receiver'],
  ['mach', 'match'],
  ['mtue', 'mute'],
  ['routs', 'routes'],
  ['continues', 'continue'],
])('%s was probably meant as %s', (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant);
});

test.each(['mtxe', 'mxue', 'muxx'])('two letters of four are too many: %s', (word) => {
  expect(nearest(word, KEYS)).toBeUndefined();
});

test('the known are named as long as they can be read', () => {
  const words = Array.from({ length: 26 }, (_, n) => `word-${n}`);
  expect(suggestion('colour', words.slice(1), 'Look it up.')).toMatch(/^Known are: word-1, .*word-25\.$/);
  expect(suggestion('colour', words, 'Look it up.')).toBe('Look it up.');
});

test('a word that is like none is not guessed', () => {
  expect(nearest('colour', KEYS)).toBeUndefined();
  expect(suggestion('colour', ['match', 'mute', 'match'], 'Remove it.')).toBe('Known are: match, mute.');
  expect(suggestion('colour', ['match'], 'Remove it.')).toBe('Known are: match.');
  expect(suggestion('colour', [], 'Remove it.')).toBe('Remove it.');
});

test('a word that one of the known holds was meant as that; where several do, nothing is guessed', () => {
  expect(nearest('guard', ['aws/guardduty', 'aws/macie'])).toBe('aws/guardduty');
  expect(nearest('guard', ['aws/guardduty', 'aws/guardian'])).toBeUndefined();
});
