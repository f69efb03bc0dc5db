/** Foreign text may say what it likes, but not mention, link, format, hide or reorder anything. */
import * as fc from 'fast-check';
import { bullets, context, header, line, links, mention, plain } from '../../../handlers/domain/message/blocks';
import { cut, inert, inertProse, plainMrkdwn, visible } from '../../../handlers/domain/text/inert';
import { hostile } from '../hostile';

test.each([
  ['<!channel> hello', '‹!channel> hello'],
  ['<@U1> <#C1> <https://x|y> <MAILTO:a>', '‹@U1> ‹#C1> ‹https://x|y> ‹MAILTO:a>'],
  ['a < b and <b>', 'a < b and <b>'],
  ['a\u200bb\u202ec\ufeffd\u2066e\u00adf', 'a b c d e f'],
  [' line\nbreak\t\u2028 end ', 'line break end'],
  ['\ud83d half \udc00', 'half'],
  ['\u3164\u115f\u2800\u034f', ''],
  ['は\u3099', 'ば'],
  ['*b* _i_ `c` &lt;', '*b* _i_ `c` &lt;'],
])('%j reads %j', (foreign, expected) => {
  expect(inert(foreign, 100)).toBe(expected);
});

test('what an unseen character parted stays parted', () => {
  expect(visible('a\u200bb')).toBe('a b');
});

test('is within its limit, in one line, well formed and visible, and doing it twice changes nothing', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 200 }), (foreign, limit) => {
      const text = inert(foreign, limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|<[!@#]|^\s|\s$|\s\s/u);
      expect(inert(text, limit)).toBe(text);
    }),
    { numRuns: 500, seed: 3 },
  );
});

describe('prose that is too long is cut', () => {
  test.each([
    [
      'behind the last sentence of the second half',
      'It is open. Anyone can read it. It was made on Monday.',
      40,
      'It is open. Anyone can read it. …',
    ],
    ['in Japanese too', '公開されています。誰でも読めます。作成日は不明です。', 20, '公開されています。誰でも読めます。…'],
    [
      'behind a word, where a sentence ends too early',
      'Open. Anyone on the internet can read all of its objects.',
      40,
      'Open. Anyone on the internet can read…',
    ],
    [
      'behind a word, not behind an abbreviation or within a name',
      'It reads files of the node, e.g. /etc/shadow or v1.2.3 files',
      46,
      'It reads files of the node, e.g. /etc/shadow…',
    ],
    ['anywhere, where it is one word', 'x'.repeat(50), 40, `${'x'.repeat(39)}…`],
    ['not at all, where it fits', 'It is open. Close it.', 21, 'It is open. Close it.'],
  ])('%s', (_where, text, limit, expected) => {
    expect(inertProse(text, limit)).toBe(expected);
  });

  test('and is inert all the same', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 200 }), (foreign, limit) => {
        const text = inertProse(foreign, limit);
        expect(text.length).toBeLessThanOrEqual(limit);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|<[!@#]|^\s|\s$|\s\s/u);
        expect(inertProse(text, limit)).toBe(text);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

describe('a cut', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 4, 'abc…'],
    ['ab cdef', 4, 'ab…'],
    ['😀😀😀', 6, '😀😀😀'],
    ['😀😀😀', 5, '😀😀…'],
    ['😀😀😀', 4, '😀…'],
    ['😀😀', 2, '…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['', 0, ''],
  ])('of %j at %i is %j', (text, limit, expected) => {
    expect(cut(text, limit)).toBe(expected);
  });

  test('never splits a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(30), (text, limit) => {
        expect(cut(text, limit)).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});

test.each([
  ['*b* ~s~ `c`', '∗b∗ ∼s∼ ˋcˋ'],
  ['_i_ and my_bucket_name', '\uff3fi\uff3f and my_bucket_name'],
  ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
  ['&lt;!channel&gt;', '&amp;lt;!channel&amp;gt;'],
  ['<@U1>', '&lt;@U1&gt;'],
])('as mrkdwn %j is %j', (text, expected) => {
  expect(plainMrkdwn(text)).toBe(expected);
});

describe('blocks keep Slack’s limits by themselves', () => {
  const long = '😀'.repeat(4000);
  const textOf = (block: unknown) => JSON.parse(JSON.stringify(block)).text.text as string;
  test('header 150, context', () => {
    expect(textOf(header(long)).length).toBeLessThanOrEqual(150);
    expect(JSON.stringify(context(long)).length).toBeLessThan(2000);
  });
  test('no links are no line; an empty text is no element', () => {
    expect(links([])).toEqual([]);
    expect(line(plain(''), plain('a'), mention('U0ONCALL01')).elements).toHaveLength(2);
    expect(bullets([[plain('a')]], 'ordered')).toMatchObject({ style: 'ordered', elements: [{ elements: [{ text: 'a' }] }] });
  });
  test('a group and a user are mentioned each in its way', () => {
    expect(mention('S0ONCALL01')).toEqual({ type: 'usergroup', usergroup_id: 'S0ONCALL01' });
    expect(mention('U0ONCALL01')).toEqual({ type: 'user', user_id: 'U0ONCALL01' });
    expect(mention('W0ONCALL01')).toEqual({ type: 'user', user_id: 'W0ONCALL01' });
  });
});
