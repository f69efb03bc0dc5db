/** What the phrasebook says stands in the brief: the answer may lean on it, and another entry is another question. */
import { loadPhrasebook } from '../../../config/phrases/load';
import { type Brief, briefHash, briefWith } from '../../../handlers/domain/interpretation/brief';
import { checkBriefing } from '../../../handlers/domain/interpretation/briefing';
import { identifies } from '../../../handlers/domain/interpretation/identifying';
import { cacheKey, promptFor } from '../../../handlers/domain/interpretation/prompt';
import type { Phrase } from '../../../handlers/domain/phrasebook/phrase';

const brief: Brief = { kind: 'control', control: 'EC2.13', resourceTypes: ['AwsEc2SecurityGroup'] };
const phrase: Phrase = {
  id: 'EC2.13',
  headline: 'Anyone can reach SSH',
  meaning: 'A security group lets every address reach port 4711.',
  impact: 'A server behind it can be tried with stolen keys.',
  steps: ['Narrow the rule, or use Session Manager.'],
};

test('its id and its words are told to the model, and what it may lead to is not', () => {
  const { prompt } = promptFor(briefWith(brief, { ...phrase, runbook: 'https://wiki.example.com/ssh' }), 'en');
  for (const words of ['EC2.13', phrase.headline, phrase.meaning, phrase.impact, ...phrase.steps]) expect(prompt).toContain(words);
  expect(prompt).not.toContain('wiki.example.com');
});

test('a change of an entry is another question; without an entry it is the same as before', () => {
  const before = cacheKey(briefWith(brief, phrase), 'model', 'en');
  expect(cacheKey(briefWith(brief, { ...phrase, meaning: 'Another.' }), 'model', 'en')).not.toBe(before);
  expect(briefHash(briefWith(brief, { ...phrase, steps: ['Another.'] }))).not.toBe(briefHash(briefWith(brief, phrase)));
  expect(briefWith(brief, undefined)).toBe(brief);
});

test('what whoever deploys wrote himself is not told to the model', () => {
  expect(briefWith(brief, { ...phrase, meaning: 'Ask Alice of payments.', own: true })).toBe(brief);
});

test('numbers and services of the entry count as given, others do not', () => {
  const answer = {
    summary: 'Port 4711 is open.',
    impact: 'Session Manager needs no port.',
    actions: ['Close port 4711.', 'Close port 4712.'],
  };
  expect(checkBriefing(answer, brief, 'HIGH', 'en')).toBeUndefined();
  expect(checkBriefing(answer, briefWith(brief, phrase), 'HIGH', 'en')).toMatchObject({
    summary: 'Port 4711 is open.',
    impact: 'Session Manager needs no port.',
    actions: ['Close port 4711.'],
  });
});

test('no entry that ships identifies anybody', () => {
  const texts = Object.entries(loadPhrasebook()).flatMap(([id, entry]) => (identifies(JSON.stringify(entry)) ? [id] : []));
  expect(texts).toEqual([]);
});
