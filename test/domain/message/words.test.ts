/** The project's own words, in both languages, and how times, numbers and names are written. */
import { backoffSeconds, Hopeless, Later, reasonOf, SlackFailure } from '../../../handlers/domain/failure';
import { ouPathName } from '../../../config/routing/owner';
import { FACT_WORDS } from '../../../handlers/domain/message/fact-words';
import { resourceRow } from '../../../handlers/domain/message/members';
import { age, clockSpan, clockTime, duration } from '../../../handlers/domain/message/times';
import { accountNumber, modelName, SEVERITY_MARK, WORDS } from '../../../handlers/domain/message/words';
import { HOUR, MINUTE, member, NOW, owner, rendering, report } from '../made';

const DAY = 24 * HOUR;

test('neither language lacks a word, and none is empty', () => {
  const said = (words: object): string[] =>
    Object.entries(words).flatMap(([key, word]) => {
      if (typeof word === 'string') return [`${key}: ${word.length > 0}`];
      if (typeof word === 'function') return [`${key}()`];
      return word === undefined ? [] : said(word as object).map((each) => `${key}.${each}`);
    });
  const japanese = [...said(WORDS.ja), ...said(FACT_WORDS.ja)];
  for (const each of [...said(WORDS.en), ...said(FACT_WORDS.en)]) expect(japanese).toContain(each);
  expect([...said(WORDS.en), ...said(FACT_WORDS.en), ...japanese].filter((each) => each.endsWith(': false'))).toEqual([]);
});

test('counts are counted', () => {
  expect([WORDS.en.accounts(1), WORDS.en.accounts(12), WORDS.en.open(3), WORDS.en.withheld(1, 0)]).toEqual([
    '1 account',
    '12 accounts',
    '3 open resources',
    '1 sentence of the AI’s answer withheld: not supported by the finding',
  ]);
  expect([WORDS.ja.accounts(12), WORDS.ja.open(3)]).toEqual(['12 アカウント', '未対応 3 リソース']);
});

test('a time is in the settings’ time zone, says which, and does not break', () => {
  expect(clockTime(NOW, 'en', 'Asia/Tokyo', NOW)).toBe('21\u00a0Nov\u00a009:14\u00a0JST');
  expect(clockTime(NOW, 'ja', 'Asia/Tokyo', NOW)).toBe('11/21\u00a009:14\u00a0JST');
  expect(clockTime(NOW, 'en', 'UTC', NOW)).toBe('21\u00a0Nov\u00a000:14\u00a0UTC');
});

test('it has its year where that is not this one, in the settings’ time zone', () => {
  expect(clockTime(Date.UTC(2023, 2, 4, 8, 6), 'en', 'Asia/Tokyo', NOW)).toBe('4\u00a0Mar\u00a02023\u00a017:06\u00a0JST');
  expect(clockTime(Date.UTC(2023, 2, 4, 8, 6), 'ja', 'Asia/Tokyo', NOW)).toBe('2023/3/4\u00a017:06\u00a0JST');
  const newYear = Date.UTC(2026, 0, 1) - 5 * HOUR;
  expect(clockTime(newYear, 'en', 'UTC', NOW)).toContain('2025');
  expect(clockTime(newYear, 'en', 'Asia/Tokyo', NOW)).not.toContain('202');
});

test('of a span what is the same is said once', () => {
  expect(clockSpan(NOW, NOW + 26 * MINUTE, 'en', 'Asia/Tokyo', NOW)).toBe('21\u00a0Nov\u00a009:14\u201109:40\u00a0JST');
  expect(clockSpan(NOW, NOW + 10, 'en', 'Asia/Tokyo', NOW)).toBe('21\u00a0Nov\u00a009:14\u00a0JST');
  expect(clockSpan(NOW, NOW + DAY, 'ja', 'Asia/Tokyo', NOW)).toBe('11/21\u00a009:14 – 11/22\u00a009:14\u00a0JST');
});

test.each([
  [13.9 * DAY, undefined],
  [14 * DAY, '2 weeks ago'],
  [59 * DAY, '8 weeks ago'],
  [61 * DAY, '2 months ago'],
  [365 * DAY, '11 months ago'],
  [731 * DAY, '2 years ago'],
])('%i ms ago is %s', (ago, said) => {
  expect(age(ago, 'en')).toBe(said);
});
test('and its age in Japanese', () => {
  expect([21, 100, 1357].map((days) => age(days * DAY, 'ja'))).toEqual(['3 週間前', '3 か月前', '3 年前']);
});

test.each([
  [0, '0 min'],
  [-5, '0 min'],
  [29_999, '0 min'],
  [45 * MINUTE, '45 min'],
  [59.6 * MINUTE, '1 h'],
  [HOUR, '1 h'],
  [2 * HOUR + 5 * MINUTE, '2 h 5 min'],
  [23 * HOUR + 59.9 * MINUTE, '1 d'],
  [DAY + 3 * HOUR, '1 d 3 h'],
  [400 * DAY, '400 d'],
])('%i ms took %s', (milliseconds, expected) => {
  expect(duration(milliseconds, 'en')).toBe(expected);
});
test('and in Japanese', () => {
  expect(duration(DAY + 3 * HOUR, 'ja')).toBe('1 日 3 時間');
});

test('an account id is written as the console writes it', () => {
  expect(accountNumber('123456789012')).toBe('1234-5678-9012');
  expect(accountNumber('unknown')).toBe('unknown');
});

test.each([
  ['jp.anthropic.claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5'],
  ['global.anthropic.claude-sonnet-5', 'Claude Sonnet 5'],
  ['us.anthropic.claude-haiku-5-5', 'Claude Haiku 5.5'],
  ['eu.anthropic.claude-sonnet-4-20250514-v1:0', 'Claude Sonnet 4'],
  ['apac.amazon.nova-pro-v1:0', 'apac.amazon.nova-pro-v1:0'],
])('the profile %s is called %s', (profile, name) => {
  expect(modelName(profile)).toBe(name);
});

test('every severity has a mark of its own', () => {
  expect(new Set(Object.values(SEVERITY_MARK)).size).toBe(5);
});

test('an OU path is written from the root; an unknown one is not', () => {
  expect(ouPathName(owner())).toBe('Root/Workloads/Prod');
  expect(ouPathName(owner({ ouPath: [] }))).toBe('Root');
  expect(ouPathName(owner({ knowledge: 'stale' }))).toBe('Root/Workloads/Prod');
  expect(ouPathName(owner({ knowledge: 'unknown', ouPath: [] }))).toBe('');
});

describe('the ways in which a step can end', () => {
  test('waiting doubles, up to five minutes', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 100].map(backoffSeconds)).toEqual([5, 5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });
  test('each has its name and its reason', () => {
    expect(reasonOf(new Later(NOW, 'not yet'))).toBe('Later: not yet');
    expect(reasonOf(new Hopeless('no use'))).toBe('Hopeless: no use');
    expect(reasonOf(new SlackFailure('gone', 'it is gone', 3))).toBe('SlackFailure: it is gone');
    expect(reasonOf('text')).toBe('text');
    expect(reasonOf(undefined)).toBe('undefined');
    expect(new SlackFailure('rate-limited', 'x', 7)).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 7 });
  });
});

test.each([
  [3, 'en', ' · AwsS3Bucket · +3 resources'],
  [3, 'ja', ' · AwsS3Bucket · 他 3 リソース'],
  [0, 'en', ' · AwsS3Bucket'],
] as const)('of %i other resources a resource’s line says in %s: %s', (others, language, said) => {
  const { view } = rendering([member('a', { reports: { r: report({ others }) } })]);
  const [row] = resourceRow(view.lead, [], [], language) as { elements: { text?: string }[] }[];
  expect(
    row?.elements
      .slice(1)
      .map((part) => part.text)
      .join(''),
  ).toBe(`a${said}`);
});
