/** What the linter of the phrasebook refuses and what it lets pass; the sentences were written before its patterns. */
import { lintEntry, objectionsTo } from '../../config/phrases/lint/lint';
import { LATER_EN, LATER_JA, SOUND_EN, SOUND_JA, UNFIT_EN, UNFIT_JA, WEAKENING_EN, WEAKENING_JA } from './bad-sentences';

const rules = (text: string, language: 'ja' | 'en') => objectionsTo(text, 'step', language).map(({ rule }) => rule);

test.each([...WEAKENING_EN, ...LATER_EN])('it weakens: %s', (text) => expect(rules(text, 'en')).toContain('weakens'));
test.each([...WEAKENING_JA, ...LATER_JA])('it weakens: %s', (text) => expect(rules(text, 'ja')).toContain('weakens'));
test.each(SOUND_EN)('it is sound: %s', (text) => expect(rules(text, 'en')).toEqual([]));
test.each(SOUND_JA)('it is sound: %s', (text) => expect(rules(text, 'ja')).toEqual([]));
test.each(UNFIT_EN)('no entry says: %s (%s)', (text, rule) =>
  expect(objectionsTo(text, 'impact', 'en').map((each) => each.rule)).toContain(rule),
);
test.each(UNFIT_JA)('no entry says: %s (%s)', (text, rule) =>
  expect(objectionsTo(text, 'step', 'ja').map((each) => each.rule)).toContain(rule),
);

describe('steps against a threat', () => {
  const isolate = { ja: 'インスタンスを隔離してください。', en: 'Isolate the instance.' };
  const keep = { ja: 'スナップショットを取得してください。', en: 'Take a snapshot of the volume.' };
  const end = { ja: 'インスタンスを終了してください。', en: 'Terminate the instance.' };
  const found = (id: string, steps: { ja: string; en: string }[]) => lintEntry(id, { steps }).map(({ rule, path }) => [rule, ...path]);

  test('end nothing before something of it is kept', () => {
    const lost = [
      ['phrase-evidence', 'steps', 1, 'ja'],
      ['phrase-evidence', 'steps', 1, 'en'],
    ];
    expect(found('guardduty/ec2/Backdoor', [isolate, end, keep])).toEqual(lost);
    expect(found('Backdoor:EC2/Spambot', [isolate, end])).toEqual(lost);
    expect(found('guardduty/ec2/Backdoor', [isolate, keep, end])).toEqual([]);
  });

  test('of what is no threat may end what is not needed', () => expect(found('EC2.4', [end])).toEqual([]));
});

test('what is said of a type of resource is read too, and a meaning that says the headline again is none', () => {
  const headline = { ja: '保管庫が開いている', en: 'The vault is open' };
  const meaning = { ja: '保管庫が開いている。', en: 'The vault is open.' };
  const its = lintEntry('Vault.1', { resources: { AwsS3Bucket: { headline, meaning } } });
  expect(its.map(({ rule, path }) => [rule, ...path])).toContainEqual(['phrase-repeats', 'resources', 'AwsS3Bucket', 'meaning', 'en']);
});
