import { renderTerminal, terminalOptions } from '../../../cli/show/terminal';
import { cells, displayWidth, wrap } from '../../../cli/show/wrap';
import { english, HOSTILE, hostile, japanese, reply, section, text } from './samples';

const ESCAPE = '\u001b';
/** Colours (SGR) and links (OSC 8) are the only sequences that the product writes. */
const withoutStyle = (output: string) => output.replace(new RegExp(`${ESCAPE}(\\[[\\d;]+m|]8;;[^${ESCAPE}]*${ESCAPE}\\\\)`, 'g'), '');
const lines = (message: Parameters<typeof renderTerminal>[0], width: number) =>
  renderTerminal(message, { width, colour: false }).split('\n');
const wrapped = (text: string, width: number) => wrap(cells(text), width).map((line) => line.map((cell) => cell.text).join(''));

describe('columns', () => {
  test.each([
    ['abc', 3],
    ['請求書', 6],
    ['ｶﾅ', 2],
    ['（）', 4],
    ['🔴', 2],
    ['⚠️', 2],
    ['👨‍👩‍👧', 2],
    ['e\u0301', 1],
    ['がが', 4],
    ['·…→', 3],
    ['', 0],
  ])('%s takes %i', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('wrapping', () => {
  test('breaks Japanese between characters, at the last column that is free', () => {
    expect(wrapped('監査ログを確認します', 10)).toEqual(['監査ログを', '確認します']);
    expect(wrapped('監査ログを確認します', 11)).toEqual(['監査ログを', '確認します']);
  });

  test('begins no line with a closing mark and ends none with an opening one', () => {
    expect(wrapped('確認します。次', 10)).toEqual(['確認しま', 'す。次']);
    expect(wrapped('設定の「公開」', 8)).toEqual(['設定の', '「公開」']);
  });

  test('keeps Latin words, names and ids whole where a line has room for them', () => {
    expect(wrapped('in payments-prod 5555-5555-5555 now', 16)).toEqual(['in payments-prod', '5555-5555-5555', 'now']);
  });

  test('breaks a word that is longer than a line, but never an address', () => {
    expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrap(cells('https://console.example/long', {}, true), 10)).toHaveLength(1);
  });

  test('keeps line feeds and empty lines', () => {
    expect(wrapped('a\n\nb', 5)).toEqual(['a', '', 'b']);
  });
});

describe('renderTerminal', () => {
  test.each([40, 57, 80, 110])('no line is wider than %i columns', (width) => {
    for (const message of [english, japanese, hostile]) {
      const wide = lines({ ...message, channel: '#sec-ops' }, width).filter(
        (line) => displayWidth(line) > width && !/\s\shttps:/.test(line),
      );
      expect(wide).toEqual([]);
    }
  });

  test('shows what, where, what to do and the links', () => {
    const output = lines({ ...english, channel: '#prod-oncall' }, 110).join('\n');
    expect(output).toContain('#prod-oncall');
    expect(output).toContain('🔴 CRITICAL · S3 general purpose buckets should block public read access (S3.2)');
    expect(output).toContain('│ 1. Turn on Block Public Access');
    expect(output).toContain('│ • billing-prod  acme-billing-archive');
    expect(output).toMatch(/\[ Remediation guide \]\n│ {3}https:\/\/docs\.aws\.amazon\.com\/console\/securityhub\/S3\.2\/remediation\n/);
  });

  test('indents the lines of a list under their first one', () => {
    expect(lines({ ...japanese, channel: '#sec-ops' }, 60)).toContain('│    ブロック」を有効にします。');
  });

  test('says when a reply is sent to the channel too', () => {
    expect(lines({ ...reply, channel: '#sec-ops', thread: { broadcast: true } }, 60)[0]).toContain('and to the channel');
    expect(lines({ ...reply, channel: '#sec-ops', thread: { broadcast: false } }, 60)[0]).not.toContain('and to the channel');
  });

  test('obeys no escape sequence and no bidirectional override of a finding, with colour and without', () => {
    expect(HOSTILE).toContain(`${ESCAPE}[2J`);
    const plain = renderTerminal({ ...hostile, channel: '#sec-ops' }, { width: 80, colour: false });
    expect(plain).not.toMatch(/[\p{Bidi_Control}]/u);
    expect(plain).not.toContain(ESCAPE);
    const coloured = renderTerminal({ ...hostile, channel: '#sec-ops' }, { width: 80, colour: true });
    expect(withoutStyle(coloured)).toBe(plain);
  });

  test('shows a long address by its site, and on a colour terminal leads to the whole of it', () => {
    expect(lines({ ...english, channel: '#x' }, 60)).toContain('│   https://ap-northeast-1.console.aws.amazon.com/…');
    const coloured = renderTerminal({ ...english, channel: '#x' }, { width: 60, colour: true });
    const leading = [...coloured.matchAll(new RegExp(`${ESCAPE}]8;;([^${ESCAPE}]+)`, 'g'))].map((match) => match[1]);
    const buttons = english.blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as { url: string }[]) : []));
    expect(buttons).toHaveLength(2);
    expect([...new Set(leading)]).toEqual(buttons.map(({ url }) => url));
  });

  test('leads nowhere but to web addresses', () => {
    const link = { type: 'rich_text_section', elements: [{ type: 'link', url: 'javascript:alert(1)', text: 'x' }] };
    const output = renderTerminal(
      { text: '', blocks: [{ type: 'rich_text', elements: [link] }], channel: '#x' },
      { width: 60, colour: true },
    );
    expect(output).not.toContain(`${ESCAPE}]8;;j`);
  });

  test('adds no empty line for a line feed at the end of a section', () => {
    const block = { type: 'rich_text', elements: [section(text('a\n')), section(text('b\n\n')), section(text('c'))] };
    expect(lines({ text: '', blocks: [block], channel: '#x' }, 60).slice(1)).toEqual(['│ a', '│ b', '│', '│ c', '']);
  });

  test('shows a block that it cannot draw', () => {
    expect(renderTerminal({ text: '', blocks: [{ type: 'video' }], channel: '#x' }, { width: 60, colour: false })).toContain(
      'of type video',
    );
  });
});

describe('terminalOptions', () => {
  test('takes the width of the terminal, never less than 40 columns', () => {
    expect(terminalOptions({ columns: 72 }, {}).width).toBe(72);
    expect(terminalOptions({ columns: 12 }, {}).width).toBe(40);
    expect(terminalOptions({}, {}).width).toBe(80);
  });

  test('colours on a terminal only, and not where NO_COLOR is set', () => {
    expect(terminalOptions({ isTTY: true }, {}).colour).toBe(true);
    expect(terminalOptions({ isTTY: true }, { NO_COLOR: '1' }).colour).toBe(false);
    expect(terminalOptions({ isTTY: true }, { TERM: 'dumb' }).colour).toBe(false);
    expect(terminalOptions({}, {}).colour).toBe(false);
  });
});
