/** What is told of an answer in part withheld, and which of two answers is kept. */
import { againFor, isBetter } from '../../../handlers/domain/interpretation/again';
import { type Briefing, examine } from '../../../handlers/domain/interpretation/briefing';
import { promptFor } from '../../../handlers/domain/interpretation/prompt';
import { AGAIN } from '../../../handlers/domain/interpretation/prompt/instructions';
import { BRIEFS } from './briefs';

const { brief, severity } = BRIEFS.publicBucket;
const first = promptFor(brief, 'en');
const BRIEFING: Briefing = {
  summary: 'The bucket can be read by anybody. There are 12 buckets.',
  impact: 'What is stored there can be copied.',
  actions: ['Block public access.', `Turn on WAF ${'and look again '.repeat(20)}.`],
};
const again = (briefing: Briefing) => againFor(first, briefing, examine(briefing, brief, severity, 'en').withheld);

test('the sentences are numbered, and each that is withheld is named with kind and reason, not with what was found in it', () => {
  const { system, prompt, schema } = again(BRIEFING);
  const asked = JSON.parse(prompt);
  expect(asked).toMatchObject(JSON.parse(first.prompt));
  expect(asked.sentences.slice(0, 4)).toEqual([
    '1: The bucket can be read by anybody.',
    '2: There are 12 buckets.',
    '3: What is stored there can be copied.',
    '4: Block public access.',
  ]);
  expect(asked.withheld).toEqual([
    { sentence: 2, kind: 'number', reason: 'holds a number that the brief does not' },
    { sentence: 5, kind: 'service', reason: 'names a service that the brief gives no ground for' },
  ]);
  expect(system).toBe([first.system, ...AGAIN].join('\n'));
  expect(schema).toBe(first.schema);
});

test('where two harmless sentences meet in an address, the first of them is named', () => {
  const briefing = { ...BRIEFING, summary: 'The record names ns1.example. com is where it leads.', actions: ['Block public access.'] };
  const { withheld } = examine(briefing, brief, severity, 'en');
  expect(withheld.length).toBeGreaterThan(0);
  expect(JSON.parse(again(briefing).prompt).withheld.map(({ sentence }: { sentence: number }) => sentence)).toContain(1);
});

test.each([
  ['more may be shown', { shown: 4, withheld: [1, 2] }, { shown: 3, withheld: [1] }, true],
  ['as much, and less is withheld', { shown: 3, withheld: [] }, { shown: 3, withheld: [1] }, true],
  ['the same', { shown: 3, withheld: [1] }, { shown: 3, withheld: [1] }, false],
  ['less', { shown: 2, withheld: [] }, { shown: 3, withheld: [1, 2] }, false],
])('the second is kept or not: %s', (_what, second, before, kept) => {
  expect(isBetter(second, before)).toBe(kept);
});
