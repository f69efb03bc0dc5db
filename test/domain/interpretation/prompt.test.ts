/** The prompt has a version that follows from its words, an entry in its changelog, and examples that would be shown. */
import { readFileSync } from 'node:fs';
import { LANGUAGES } from '../../../config/schema';
import { examine, sentences } from '../../../handlers/domain/interpretation/briefing';
import { givenOf, saidOf } from '../../../handlers/domain/interpretation/gate/said';
import { service, servicesOf } from '../../../handlers/domain/interpretation/gate/services';
import { PROMPT_VERSION, promptFor } from '../../../handlers/domain/interpretation/prompt';
import { EXAMPLE_BRIEF, EXAMPLES } from '../../../handlers/domain/interpretation/prompt/examples';
import { instructions } from '../../../handlers/domain/interpretation/prompt/instructions';
import { BRIEFS } from './briefs';

test('what the prompt says now has an entry, the newest, in its changelog: else write one with the version that stands here', () => {
  const entries = [...readFileSync('docs/prompt.md', 'utf8').matchAll(/^## ([0-9a-f]{8}) · \d{4}-\d{2}-\d{2}$/gm)].map(
    ([, version]) => version,
  );
  expect(entries[0]).toBe(PROMPT_VERSION);
  expect(new Set(entries).size).toBe(entries.length);
});

describe.each(LANGUAGES)('in %s', (language) => {
  test('the example would be shown whole, and is as short as it asks for', () => {
    const { summary, impact, actions } = EXAMPLES[language];
    const { withheld, shown } = examine(EXAMPLES[language], EXAMPLE_BRIEF[language], 'HIGH', language);
    expect(withheld).toEqual([]);
    expect(shown).toBe([summary, impact, ...actions].flatMap(sentences).length);
    const long = (text: string) => (language === 'ja' ? text.length : text.split(' ').length);
    const most = language === 'ja' ? [90, 60] : [35, 25];
    for (const text of [summary, impact]) expect(long(text)).toBeLessThanOrEqual(most[0] ?? 0);
    for (const action of actions) expect(long(action)).toBeLessThanOrEqual(most[1] ?? 0);
  });

  test('what not to do is said', () => {
    const said = instructions(language).join('\n');
    for (const what of [
      /neither weaken nor dismiss/,
      /claim that anything was done/,
      /promise nothing/,
      /Speak neither of yourself nor of the brief/,
    ])
      expect(said).toMatch(what);
    expect(said).toMatch(language === 'ja' ? /90 characters/ : /35 words/);
    expect(said).toContain('beyond the phrase');
  });
});

test.each(Object.entries(BRIEFS))('the services told of %s are those that the gate lets through', (_name, { brief, severity }) => {
  const { services, servicesInActions } = JSON.parse(promptFor(brief, 'en').prompt);
  const given = givenOf(brief, severity);
  const passes = (name: string, field: 'summary' | 'actions') => service(saidOf(name, name, field, 'en'), given) === undefined;
  for (const name of services) expect([name, passes(name, 'summary'), passes(name, 'actions')]).toEqual([name, true, true]);
  for (const name of servicesInActions) expect([name, passes(name, 'summary'), passes(name, 'actions')]).toEqual([name, false, true]);
  const told = new Set([...services, ...servicesInActions]);
  for (const name of ['S3', 'RDS', 'Lambda', 'Macie', 'WAF'].filter((each) => !told.has(each))) expect(passes(name, 'actions')).toBe(false);
});

test('of a bucket S3 may be named, of a machine not; CloudTrail in advice only', () => {
  const bucket = servicesOf(givenOf(BRIEFS.publicBucket.brief, 'CRITICAL'));
  expect(bucket.anywhere).toContain('S3');
  expect(bucket.anywhere).not.toContain('CloudTrail');
  expect(bucket.inAdvice).toContain('CloudTrail');
  expect([...bucket.anywhere, ...bucket.inAdvice]).not.toContain('RDS');
});
