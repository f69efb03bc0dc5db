import { nearest, suggestion } from '../../config/nearest';

const KEYS = ['receiver', 'match', 'continue', 'mute', 'routes'];

test.each([
  ['reciever', 'receiver'],
  ['Receiver', 'receiver'],
  ['mach', 'match'],
  ['routs', 'routes'],
  ['continues', 'continue'],
])('%s was probably meant as %s', (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant);
});

test('a word that is like none is not guessed', () => {
  expect(nearest('colour', KEYS)).toBeUndefined();
  expect(suggestion('colour', ['match', 'mute', 'match'], 'Remove it.')).toBe('Known are: match, mute.');
  expect(suggestion('colour', [], 'Remove it.')).toBe('Remove it.');
});
