/**
 * What a brief says of how a threat, a port, a grant or a weakness came about, and what a sentence says of it.
 * @proves model
 */
import type { Language } from '../../../config/schema';
import type { Brief } from '../../../handlers/domain/interpretation/brief';
import { contradiction } from '../../../handlers/domain/interpretation/gate/flags';
import { number } from '../../../handlers/domain/interpretation/gate/numbers';
import { givenOf, saidOf, type Field } from '../../../handlers/domain/interpretation/gate/said';
import { unfounded } from '../../../handlers/domain/interpretation/gate/unfounded';

const said = (brief: Partial<Brief>, language: Language, text: string, field: Field = 'summary') =>
  contradiction(saidOf(text, text, field, language), givenOf({ kind: 'guardduty', ...brief }, 'HIGH'));

const REMOTE = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const LOCAL = 'CVSS:3.1/AV:L/AC:L/PR:L/UI:R/S:U/C:H/I:H/A:H';

/** What it is called, a brief that says yes to it and one that says no, and a sentence of each. */
const CIRCUMSTANCES: [of: string, yes: Partial<Brief>, no: Partial<Brief>, language: Language, says: string, denies: string][] = [
  ['mfa', { mfa: true }, { mfa: false }, 'en', 'The user signed in with a second factor.', 'The user signed in without MFA.'],
  ['mfa', { mfa: true }, { mfa: false }, 'ja', '多要素認証を使ってサインインしています。', '多要素認証なしで操作されました。'],
  ['listener', { listener: true }, { listener: false }, 'en', 'A process is listening on it.', 'Nothing is listening on it.'],
  ['listener', { listener: true }, { listener: false }, 'ja', 'プロセスが待ち受けています。', '待ち受けているプロセスはありません。'],
  ['condition', { condition: 'some' }, { condition: 'none' }, 'en', 'A condition limits the access.', 'No condition limits the access.'],
  ['condition', { condition: 'some' }, { condition: 'none' }, 'ja', 'アクセスは条件で制限されています。', '条件なしで取得できます。'],
  ['inbound', { direction: 'INBOUND' }, { direction: 'OUTBOUND' }, 'en', 'An inbound connection came.', 'An outbound connection was made.'],
  ['inbound', { direction: 'INBOUND' }, { direction: 'OUTBOUND' }, 'ja', '外部からの接続がありました。', '外部への接続がありました。'],
  ['remote', { vector: REMOTE }, { vector: LOCAL }, 'en', 'It can be exploited remotely.', 'It can be exploited only by local users.'],
  ['remote', { vector: REMOTE }, { vector: LOCAL }, 'ja', 'リモートから悪用できます。', 'ローカルユーザーにしか悪用できません。'],
  ['rights', { vector: LOCAL }, { vector: REMOTE }, 'en', 'An attack requires valid credentials.', 'An attack works without credentials.'],
  ['rights', { vector: LOCAL }, { vector: REMOTE }, 'ja', '攻撃には認証が必要です。', '認証なしで悪用されます。'],
  ['interaction', { vector: LOCAL }, { vector: REMOTE }, 'en', 'It requires user interaction.', 'It works without user interaction.'],
  ['interaction', { vector: LOCAL }, { vector: REMOTE }, 'ja', '利用者の操作が必要です。', '利用者の操作なしに成立します。'],
];

test.each(CIRCUMSTANCES)('%s: as the brief has it, and not the opposite (%s, %s, %s)', (of, yes, no, language, says, denies) => {
  expect([said(yes, language, says), said(no, language, denies)]).toEqual([undefined, undefined]);
  expect([said(yes, language, denies), said(no, language, says)]).toEqual([`${of}: no`, `${of}: yes`]);
  expect([said({}, language, says), said({}, language, denies)]).toEqual([undefined, undefined]);
});

const ATTACKS = 'The instance is scanning other hosts.';

test('who attacks whom stands in the role, unless the direction speaks against it or somebody called an API', () => {
  expect(said({ role: 'TARGET' }, 'en', ATTACKS)).toBe('attacker: yes');
  expect(said({ role: 'ACTOR' }, 'en', 'A remote host is scanning the ports of the instance.')).toBe('attacker: no');
  expect(said({ role: 'ACTOR' }, 'ja', '外部のホストがインスタンスのポートをスキャンしています。')).toBe('attacker: no');
  expect(said({ role: 'ACTOR' }, 'ja', 'インスタンスが外部のホストに対してスキャンを行っています。')).toBeUndefined();
  expect(said({ role: 'TARGET', direction: 'OUTBOUND' }, 'en', ATTACKS)).toBeUndefined();
  expect(said({ role: 'TARGET', actionType: 'AWS_API_CALL' }, 'en', ATTACKS)).toBeUndefined();
});

test('of what was found another protocol is not told, unless beside the one that was seen', () => {
  expect(said({ protocol: 'UDP' }, 'en', 'The traffic uses TCP.')).toBe('protocol: TCP');
  expect(said({ protocol: 'UDP' }, 'en', 'It sends UDP to a port that normally carries TCP.')).toBeUndefined();
  expect(said({ protocol: 'UDP' }, 'en', 'Allow TCP only.', 'actions')).toBeUndefined();
});

test('advice to let only some in contradicts nothing', () => {
  const open = { public: true };
  expect(said(open, 'en', 'Grant access only to the accounts that need it.', 'actions')).toBeUndefined();
  expect(said(open, 'en', 'It can be read only from inside the account.')).toBe('public: no');
});

test('what the brief says of blocking vouches for nothing else that is said to be done', () => {
  const told = (text: string) =>
    unfounded(saidOf(text, text, 'summary', 'en'), givenOf({ kind: 'guardduty', blocked: true } as Brief, 'HIGH'));
  expect(told('The connection was already blocked.')).toBeUndefined();
  expect(told('The connection was already blocked, and the keys were rotated.')).toBe('were rotated');
});

test('what the brief lists may be counted', () => {
  const off = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];
  const counted = (text: string, language: Language = 'en') =>
    number(saidOf(text, text, 'summary', language), givenOf({ kind: 'control', off }, 'HIGH'));
  expect([counted('All four settings are off.'), counted('4つの設定が無効です。', 'ja')]).toEqual([undefined, undefined]);
  expect([counted('All five settings are off.'), counted('5つの設定が無効です。', 'ja')]).toEqual(['five', '5']);
  // One that is counted vouches for no other.
  expect(counted('All four settings are off, which opens nine buckets.')).toBe('nine');
  expect(counted('四つの設定が無効で、九つのバケットが公開されています。', 'ja')).toBe('九つ');
});
