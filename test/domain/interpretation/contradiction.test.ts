/**
 * What a brief says with yes or no, and what a sentence says of it.
 * @proves model
 */
import type { Language } from '../../../config/schema';
import type { Brief } from '../../../handlers/domain/interpretation/brief';
import { contradiction } from '../../../handlers/domain/interpretation/gate/flags';
import { givenOf, saidOf } from '../../../handlers/domain/interpretation/gate/said';

const said = (brief: Partial<Brief> & Record<string, unknown>, language: Language, text: string) =>
  contradiction(saidOf(text, text, 'summary', language), givenOf({ kind: 'macie', ...brief }, 'HIGH'));

/** A flag, a sentence that says yes to it and one that says no. */
const FLAGS: [flag: string, yes: Record<string, unknown>, no: Record<string, unknown>, language: Language, says: string, denies: string][] =
  [
    ['fix', { fixAvailable: 'YES' }, { fixAvailable: 'NO' }, 'en', 'A fix is available.', 'No fix is available.'],
    ['fix', { fixAvailable: 'YES' }, { fixAvailable: 'NO' }, 'ja', '修正版があります。', '修正版はまだありません。'],
    ['exploit', { exploitAvailable: 'YES' }, { exploitAvailable: 'NO' }, 'en', 'An exploit is public.', 'No exploit is known.'],
    [
      'exploit',
      { exploitAvailable: 'YES' },
      { exploitAvailable: 'NO' },
      'ja',
      '攻撃コードが公開されています。',
      '攻撃コードは知られていません。',
    ],
    ['public', { public: true }, { public: false }, 'en', 'The bucket is public.', 'The bucket is not public.'],
    ['public', { public: true }, { public: false }, 'ja', 'バケットは公開されています。', 'バケットは公開されていません。'],
    ['shared', { shared: true }, { shared: false }, 'en', 'It is shared with others.', 'It is not shared.'],
    ['shared', { shared: true }, { shared: false }, 'ja', '外部と共有されています。', '外部と共有されていません。'],
    ['encrypted', { encrypted: true }, { encrypted: false }, 'en', 'The data is encrypted.', 'The data is not encrypted.'],
    ['encrypted', { encrypted: true }, { encrypted: false }, 'ja', 'データは暗号化されています。', 'データは暗号化されていません。'],
    ['blocked', { blocked: true }, { blocked: false }, 'en', 'The query was blocked.', 'The query was not blocked.'],
    ['blocked', { blocked: true }, { blocked: false }, 'ja', '問い合わせは遮断されました。', '問い合わせは遮断されていません。'],
    [
      'attacker',
      { resourceRole: 'ACTOR' },
      { resourceRole: 'TARGET' },
      'en',
      'The instance attacks others.',
      'The instance is under attack.',
    ],
    [
      'attacker',
      { direction: 'OUTBOUND' },
      { direction: 'INBOUND' },
      'ja',
      'インスタンスが攻撃を行っています。',
      'インスタンスが標的になっています。',
    ],
  ];

test.each(FLAGS)(
  '%s: a sentence may say what the brief says, and not the opposite (%s, %s, %s)',
  (flag, yes, no, language, says, denies) => {
    expect([said(yes, language, says), said(no, language, denies)]).toEqual([undefined, undefined]);
    expect([said(yes, language, denies), said(no, language, says)]).toEqual([`${flag}: no`, `${flag}: yes`]);
    expect([said({}, language, says), said({}, language, denies)]).toEqual([undefined, undefined]);
  },
);

test('a condition, a wish and a question say neither', () => {
  expect(said({ public: false }, 'en', 'If the bucket is public, close it.')).toBeUndefined();
  expect(said({ public: false }, 'ja', 'バケットが公開されているか確認してください。')).toBeUndefined();
  expect(said({ fixAvailable: 'YES' }, 'en', 'Where no fix exists yet, limit who can reach it.')).toBeUndefined();
  expect(said({ encrypted: false }, 'en', 'Make sure that the data is encrypted.')).toBeUndefined();
});

test('a control that failed says by its title what is not so, and one that could not be checked says nothing', () => {
  const kind = 'control' as const;
  const title = 'RDS DB Instances should prohibit public access';
  expect(said({ kind, title }, 'en', 'The instance is not publicly accessible.')).toBe('public: no');
  expect(said({ kind, title }, 'en', 'The instance is publicly accessible.')).toBeUndefined();
  expect(said({ kind, title: 'EFS should be encrypted' }, 'ja', 'ファイルは暗号化されています。')).toBe('encrypted: yes');
  expect(said({ kind, title, statusReasons: ['CONFIG_ACCESS_DENIED'] }, 'en', 'The instance is not publicly accessible.')).toBeUndefined();
});
