import { parseMrkdwn, parsePlainText } from '../../../cli/show/mrkdwn';

const kinds = (text: string, verbatim = true) => parseMrkdwn(text, { verbatim }).map((inline) => inline.kind);

describe('mrkdwn', () => {
  test('finds no mention and no link in what was escaped', () => {
    const text = '&lt;!channel&gt; &lt;https://evil.example|click&gt; &lt;@U0000000001&gt; &amp;lt;';
    expect(parseMrkdwn(text, { verbatim: true })).toEqual([
      { kind: 'text', text: '<!channel> <https://evil.example|click> <@U0000000001> &lt;', style: {} },
    ]);
  });

  test('finds every mention and link in what was not escaped, so that a picture shows the fault', () => {
    expect(kinds('<!channel><@U0000000001><!subteam^S0000000001><https://evil.example|click>')).toEqual([
      'mention',
      'mention',
      'mention',
      'link',
    ]);
  });

  test('links a bare address only where the text is not verbatim', () => {
    expect(kinds('https://a.example/b', true)).toEqual(['text']);
    expect(kinds('https://a.example/b', false)).toEqual(['link']);
  });

  test('formats between marks at the edges of words, and nowhere else', () => {
    expect(parseMrkdwn('a *b _c_* `d*e` 2*3*4 snake_case_name', { verbatim: true })).toEqual([
      { kind: 'text', text: 'a ', style: {} },
      { kind: 'text', text: 'b ', style: { bold: true } },
      { kind: 'text', text: 'c', style: { bold: true, italic: true } },
      { kind: 'text', text: ' ', style: {} },
      { kind: 'text', text: 'd*e', style: { code: true } },
      { kind: 'text', text: ' 2*3*4 snake_case_name', style: {} },
    ]);
  });

  test('reads emoji by their names', () => {
    expect(kinds(':red_circle: 10:30:00')).toEqual(['emoji', 'text']);
  });
});

describe('plain text', () => {
  test('means itself, emoji apart', () => {
    expect(parsePlainText('*a* <@U0000000001> <https://evil.example|x> &lt;')).toEqual([
      { kind: 'text', text: '*a* <@U0000000001> <https://evil.example|x> &lt;', style: {} },
    ]);
    expect(parsePlainText(':red_circle: x').map((inline) => inline.kind)).toEqual(['emoji', 'text']);
  });
});
