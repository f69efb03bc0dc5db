/** Reasonable answers are shown whole: a check that withholds ordinary prose would be switched off. */
import type { Language } from '../../../config/schema';
import { checkBriefing, parseBriefing, sentences, UnusableAnswer } from '../../../handlers/domain/interpretation/briefing';
import { ENGLISH } from './answers-en';
import { JAPANESE } from './answers-ja';
import { BRIEFS } from './briefs';

const ANSWERS = [
  ...ENGLISH.map(([name, answer]) => ({ name, language: 'en' as Language, answer })),
  ...JAPANESE.map(([name, answer]) => ({ name, language: 'ja' as Language, answer })),
];

test.each(ANSWERS)('withholds nothing of an ordinary answer to $name in $language', ({ name, language, answer }) => {
  const { brief, severity } = BRIEFS[name];
  const checked = checkBriefing(parseBriefing(answer), brief, severity, language);
  expect(checked?.withheld).toEqual([]);
  expect(checked?.summary.length).toBeGreaterThan(20);
  expect(checked?.impact.length).toBeGreaterThan(20);
  expect(checked?.actions).toHaveLength(answer.actions.length);
});

test('there are ten answers and more in each language', () => {
  expect(ENGLISH.length).toBeGreaterThanOrEqual(10);
  expect(JAPANESE.length).toBeGreaterThanOrEqual(10);
});

test.each([
  'The AWS account root user has no MFA; turn it on.',
  'Security Hub checks this control.',
  'Review the key-management and key-rotation procedures of the db-instance and the vpc-endpoint.',
  'Encrypt with AES-256 and verify with SHA-256 over HTTPS.',
  'It is critical to rotate the access keys of business-critical systems.',
  'If this is a false positive, say so in a note.',
  'Check whether the calls are harmless.',
  'Somebody should be on call 24/7.',
  'An inspector calls logging the bedrock of security.',
  'Use AWS::S3::Bucket settings of Node.js and .NET services (S3).',
  'The public range ::/0 counts as well.',
  'リスクが高いため、リスク低減策を確認してください。',
  'ミッションクリティカルなシステムへの影響が高まる可能性があります。',
  '少なくとも1つの許可が必要です。',
  '意図した構成であれば問題ありません。',
  '誤検知ではないか確認してください。',
])('shows "%s"', (sentence) => {
  const { brief } = BRIEFS.rootKey;
  const s3 = { ...brief, description: 'An S3 bucket.' };
  const language = /[぀-ヿ]/.test(sentence) ? 'ja' : 'en';
  expect(checkBriefing({ summary: sentence, impact: '', actions: [] }, s3, 'HIGH', language)?.withheld).toEqual([]);
});

test('the same answers under another brief lose what that brief does not hold', () => {
  const { brief, severity } = BRIEFS.cardNumbers;
  const [, answer] = ENGLISH.find(([name]) => name === 'vulnerability') ?? [];
  const checked = answer && checkBriefing(answer, brief, severity, 'en');
  expect(checked?.withheld.map(({ kind }) => kind)).toContain('cve');
});

test.each([
  ['a number that the model gave its own action', '2. Close it.', 'Close it.'],
  ['a bullet', '- Close it.', 'Close it.'],
  ['a circled number', '②閉じてください。', '閉じてください。'],
  ['the word step', 'Step 3: Close it.', 'Close it.'],
])('leaves out %s', (_what, prose, sentence) => {
  expect(sentences(prose)).toEqual([sentence]);
});

test.each([
  ['One. Two? Three!', ['One.', 'Two?', 'Three!']],
  ['Allow it (e.g. for port 22). Done.', ['Allow it (e.g. for port 22).', 'Done.']],
  ['It said "stop." Then it went on.', ['It said "stop."', 'Then it went on.']],
  ['S3.2 is Node.js 1.5 safe.', ['S3.2 is Node.js 1.5 safe.']],
  ['BitcoinTool.B!DNS was seen.', ['BitcoinTool.B!DNS was seen.']],
  ['確認。「本当です。」次へ！', ['確認。', '「本当です。」', '次へ!']],
  ['です.次に', ['です.', '次に']],
  ['１．５倍です。', ['1.5倍です。']],
  ['', []],
])('reads "%s" as its sentences', (prose, expected) => {
  expect(sentences(prose)).toEqual(expected);
});

describe('an answer is taken only in the shape asked for', () => {
  const good = { summary: 's', impact: 'i', actions: ['a'] };
  test.each([
    ['nothing', undefined],
    ['a text', 'summary'],
    ['a list', [good]],
    ['no summary', { ...good, summary: ' ' }],
    ['no impact', { ...good, impact: undefined }],
    ['no actions', { ...good, actions: [] }],
    ['actions that are no texts', { ...good, actions: [1, null, {}] }],
    ['one action that is a text', { ...good, actions: 'a' }],
    ['a summary that nobody reads', { ...good, summary: 'x'.repeat(4001) }],
    ['an impact that nobody reads', { ...good, impact: 'x'.repeat(4001) }],
    ['an action that nobody reads', { ...good, actions: ['a', 'x'.repeat(2001)] }],
  ])('refused: %s', (_what, content) => {
    expect(() => parseBriefing(content)).toThrow(UnusableAnswer);
  });

  test('a long one is taken: what is shown of it is cut', () => {
    const long = { summary: 'x'.repeat(4000), impact: 'y'.repeat(4000), actions: ['z'.repeat(2000)] };
    expect(parseBriefing(long)).toEqual(long);
  });

  test('what it was not asked for is left out, and more than five actions too', () => {
    expect(parseBriefing({ ...good, severity: 'LOW', actions: ['1', '2', '3', '4', '5', '6'] })).toEqual({
      summary: 's',
      impact: 'i',
      actions: ['1', '2', '3', '4', '5'],
    });
  });
});
