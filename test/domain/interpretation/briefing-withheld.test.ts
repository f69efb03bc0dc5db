/**
 * What the model may not say, in both languages, and that one bad sentence takes no other with it.
 * @proves model
 */
import * as fc from 'fast-check';
import type { Language } from '../../../config/schema';
import { checkBriefing } from '../../../handlers/domain/interpretation/briefing';
import type { Kind } from '../../../handlers/domain/interpretation/gate/kinds';
import { BRIEFS, type BriefName } from './briefs';

/** Checks one sentence between two good ones. */
function check(name: BriefName, language: Language, sentence: string) {
  const { brief, severity } = BRIEFS[name];
  const [before, behind] =
    language === 'ja' ? ['設定に問題が見つかりました。', '所有者に確認してください。'] : ['A setting is wrong.', 'Ask the owner.'];
  const join = language === 'ja' ? '' : ' ';
  const answer = { summary: [before, sentence, behind].join(join), impact: before, actions: [behind] };
  const checked = checkBriefing(answer, brief, severity, language);
  return { checked, summary: checked?.summary, expected: `${before}${join}${behind}` };
}

const INVENTED: [kind: Kind, brief: BriefName, en: string, ja: string, says?: RegExp][] = [
  ['identifier', 'publicBucket', 'The account 555555555555 is affected.', 'アカウント555555555555が影響を受けます。'],
  ['identifier', 'publicBucket', 'The account 5555-5555-5555 is affected.', 'アカウント5555-5555-5555が影響を受けます。'],
  ['address', 'bruteForce', 'The attack comes from 198.51.100.7.', '攻撃元は198.51.100.7です。'],
  ['identifier', 'bruteForce', 'The attack comes from 2001:db8::1.', '攻撃元は2001:db8::1です。'],
  ['identifier', 'bruteForce', 'Isolate i-0123456789abcdef0 now.', 'i-0123456789abcdef0を隔離してください。'],
  ['identifier', 'rootKey', 'Deactivate AKIAIOSFODNN7EXAMPLE now.', 'AKIAIOSFODNN7EXAMPLEを無効化してください。'],
  ['address', 'rootKey', 'Write to ciso@example.com first.', 'ciso@example.comに連絡してください。'],
  ['identifier', 'rootKey', 'See arn:aws:iam::aws:policy/ReadOnly for details.', 'arn:aws:iam::aws:policyを参照してください。'],
  ['link', 'publicBucket', 'See https://evil.example/fix for help.', '詳細はhttps://evil.example/fixを参照してください。'],
  ['domain', 'publicBucket', 'See evil.ru for help.', '詳細はevil.ruを参照してください。'],
  ['link', 'publicBucket', 'See [the guide](guide) for help.', '詳細は[手引き](guide)を参照してください。'],
  ['mention', 'publicBucket', 'Tell <!channel> about it.', '<!channel>に知らせてください。'],
  ['command', 'publicBucket', 'Run aws s3api put-public-access-block on it.', 'aws s3api put-public-access-blockを実行してください。'],
  ['command', 'publicBucket', 'Run aws s3 ls on it.', 'aws s3 ls を実行してください。'],
  ['command', 'publicBucket', 'Set `BlockPublicAcls` to true.', '`BlockPublicAcls`を設定してください。'],
  ['command', 'bruteForce', 'Use the option --no-password there.', 'オプション --no-password を指定してください。'],
  ['command', 'bruteForce', 'Type sudo reboot on the host.', 'sudo rebootを実行してください。'],
  ['command', 'bruteForce', 'Edit /etc/ssh/config on the host.', 'ホストの /etc/ssh/config を編集してください。'],
  ['markup', 'publicQueue', 'Replace "Principal": with your account.', '"Principal": を置き換えてください。'],
  ['cve', 'vulnerability', 'CVE-2021-45046 is related.', 'CVE-2021-45046も関連します。'],
  ['cve', 'vulnerability', 'CVE-2021-4422 is related.', 'CVE-2021-4422も関連します。'],
  ['action', 'publicQueue', 'The policy grants sqs:DeleteMessage.', 'sqs:DeleteMessageが許可されています。'],
  ['control', 'publicBucket', 'This is related to S3.8.', 'S3.8にも関連します。'],
  ['control', 'openSsh', 'This is related to EC2.1.', 'EC2.1にも関連します。'],
  ['number', 'publicBucket', '12 buckets are affected.', '12個のバケットが影響を受けます。'],
  ['number', 'publicBucket', 'There are 3 buckets.', 'バケットは3個あります。'],
  ['number', 'vulnerability', 'The score is 9.8.', 'スコアは9.8です。'],
  ['number', 'vulnerability', 'Upgrade to version 2.17.1.', '2.17.1に更新してください。'],
  ['number', 'bruteForce', 'Port 3389 is attacked as well.', 'ポート3389も攻撃されています。'],
  ['number', 'rootKey', 'Rotate it within 24 hours.', '24時間以内に更新してください。'],
  ['number', 'mining', 'This is technique T1496.', 'T1496の手法です。'],
  ['service', 'publicBucket', 'Turn on CloudTrail.', 'CloudTrailを有効にしてください。'],
  ['service', 'publicBucket', 'Turn on guardduty.', 'guarddutyを有効にしてください。'],
  ['service', 'rootKey', 'The Lambda function is affected.', 'Lambda関数が影響を受けます。'],
  ['service', 'highRiskPorts', 'Protect it with AWS WAF.', 'AWS WAFで保護してください。'],
  ['service', 'publicBucket', 'The RDS database is affected.', 'RDSのデータベースが影響を受けます。'],
  ['service', 'publicBucket', 'Scan it with Inspector.', 'Inspectorで検査してください。'],
  ['severity', 'publicBucket', 'This is a high-severity problem.', '重大度は高です。', /HIGH/],
  ['severity', 'bruteForce', 'This is a critical finding.', '重要度: 重大です。', /CRITICAL/],
  ['severity', 'bruteForce', 'The severity is medium.', '危険度は中程度です。', /MEDIUM/],
  ['severity', 'bruteForce', 'It is a low priority.', '優先度は低いです。', /LOW/],
  ['severity', 'bruteForce', 'This is a false positive.', 'これは誤検知です。', /no danger/],
  ['severity', 'bruteForce', 'It can safely be ignored.', '無視してもよいです。', /no danger/],
  ['severity', 'bruteForce', 'It is harmless.', '危険はありません。', /no danger/],
];

test.each(
  INVENTED.flatMap(([kind, brief, en, ja, says]) => [[brief, 'en', en, kind, says] as const, [brief, 'ja', ja, kind, says] as const]),
)('of an answer to %s in %s it withholds just "%s"', (brief, language, sentence, kind, says) => {
  const { checked, summary, expected } = check(brief, language, sentence);
  expect(checked?.withheld).toEqual([{ sentence, kind, reason: expect.stringMatching(says ?? /./) }]);
  expect(summary).toBe(expected);
});

describe('writing it otherwise does not help', () => {
  test.each([
    ['full-width digits', 'ja', '１２個のバケットが影響を受けます。'],
    ['full-width letters', 'en', 'Turn on ＣｌｏｕｄＴｒａｉｌ.'],
    ['digits of another script', 'en', 'There are ٣ buckets.'],
    ['a zero-width space in a service', 'en', 'Turn on AWS\u200bWAF and Cloud\u200bTrail 7.'],
    ['a soft hyphen before a number', 'en', 'There are \u00ad12 buckets.'],
    ['a full-width account id', 'ja', 'アカウント５５５５５５５５５５５５です。'],
    ['a half-width sentence end', 'ja', 'CloudTrailを有効にしてください｡'],
    ['half-width kana', 'ja', 'これは誤検知ﾃﾞｽ｡'],
    ['a full-width at sign', 'ja', 'ciso＠example．comに連絡してください。'],
    ['full-width brackets of a mention', 'ja', '＜!channel＞に知らせてください。'],
    ['a hyphen that is none', 'en', 'See CVE\u20112020\u20111234.'],
  ] as const)('%s', (_trick, language, sentence) => {
    const { checked, summary, expected } = check('publicBucket', language, sentence);
    expect(checked?.withheld).toHaveLength(1);
    expect(summary).toBe(expected);
  });
});

test('sentences end at 。．｡！？ and at line ends, and each falls alone', () => {
  const { brief, severity } = BRIEFS.publicBucket;
  const good = 'バケットを確認してください';
  const summary = [
    `${good}。`,
    'CloudTrailです｡',
    `${good}！`,
    '12個です？',
    `${good}．`,
    '（RDSです）。',
    `${good}\n`,
    'WAFです\n',
    `${good}。`,
  ].join('');
  const checked = checkBriefing({ summary, impact: good, actions: [good] }, brief, severity, 'ja');
  expect(checked?.withheld.map(({ sentence }) => sentence)).toEqual(['CloudTrailです。', '12個です?', '(RDSです)。', 'WAFです']);
  expect(checked?.summary).toBe(`${good}。${good}!${good}.${good}${good}。`);
});

test('two harmless ends do not meet in an address', () => {
  const { brief, severity } = BRIEFS.publicBucket;
  const checked = checkBriefing({ summary: 'ciso@example. comに連絡。', impact: '確認。', actions: ['確認。'] }, brief, severity, 'ja');
  expect(checked?.summary).toBe('');
});

test('with nothing left there is no briefing, and with actions left there is one', () => {
  const { brief, severity } = BRIEFS.rootKey;
  const bad = 'Call 0120-000-000 now.';
  expect(checkBriefing({ summary: bad, impact: 'Fine.', actions: [bad] }, brief, severity, 'en')).toBeUndefined();
  expect(checkBriefing({ summary: bad, impact: bad, actions: ['Delete the key.'] }, brief, severity, 'en')).toMatchObject({
    summary: '',
    impact: '',
    actions: ['Delete the key.'],
  });
});

test('whatever it says, what is shown is short, in one line, without links, markup, unseen characters and foreign numbers', () => {
  const pieces = fc.constantFrom(
    'https://x.example',
    '<!channel>',
    '`rm`',
    '12',
    'ok. ',
    '確認。',
    '\u202e',
    '\n',
    '&lt;',
    '*b*',
    'S3.2 ',
    '😀',
    '\ud800',
    'a'.repeat(700),
  );
  const prose = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 12 })), { minLength: 1, maxLength: 12 })
    .map((parts) => parts.join(''));
  const { brief, severity } = BRIEFS.publicBucket;
  fc.assert(
    fc.property(
      prose,
      prose,
      fc.array(prose, { minLength: 1, maxLength: 5 }),
      fc.constantFrom<Language>('en', 'ja'),
      (summary, impact, actions, language) => {
        const checked = checkBriefing({ summary, impact, actions }, brief, severity, language);
        for (const text of checked ? [checked.summary, checked.impact, ...checked.actions] : []) {
          expect(text.length).toBeLessThanOrEqual(600);
          expect(text).not.toMatch(/https?:|<!|`|[\p{Cc}\p{Cf}\p{Cs}]|\b12\b/u);
        }
      },
    ),
    { numRuns: 120, seed: 1 },
  );
});
