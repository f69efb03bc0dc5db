/** A Slack message as text for a terminal. What a message would do in Slack (mention, link) is shown and does nothing here. */
import { isDeepStrictEqual, styleText } from 'node:util';
import type { SlackMessage } from '../../handlers/ports';
import { type Button, type Inline, type Names, type Piece, parseBlocks, webAddress } from './blocks';
import { inert } from './inert';
import { type Cell, type CellStyle, cells, displayWidth, wrap } from './wrap';

export interface TerminalMessage extends SlackMessage {
  /** As it is to be shown: `#prod-oncall`. */
  channel: string;
  /** What it tells, in a line each below the channel. */
  from?: readonly string[];
  /** A reply: shown indented, with a word when the channel sees it too. */
  thread?: { broadcast: boolean };
  /** An update of a message that was there. */
  edited?: boolean;
}
export interface TerminalOptions {
  /** Columns. */
  width: number;
  colour: boolean;
  /** Of those who are mentioned. */
  names?: Names;
}

/** What each is called by Node. */
const STYLES = [
  ['bold', 'bold'],
  ['dim', 'dim'],
  ['italic', 'italic'],
  ['underline', 'underline'],
  ['strike', 'strikethrough'],
  ['code', 'cyan'],
] as const;
const DIM: CellStyle = { dim: true };

/**
 * Width and colour for a stream: 40 to 100 columns (80 where it has none; COLUMNS counts before it), and
 * colour on a terminal unless NO_COLOR says otherwise (https://no-color.org).
 */
export function terminalOptions(stream: { columns?: number; isTTY?: boolean }, env: Record<string, string | undefined>): TerminalOptions {
  const colour = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return { width: Math.min(100, Math.max(40, Number(env.COLUMNS) || stream.columns || 80)), colour };
}

/**
 * Ends with a line feed. No line is wider than `width`. With colour, labels and
 * addresses are links by OSC 8, which terminals without it leave out.
 */
export function renderTerminal(message: TerminalMessage, options: TerminalOptions): string {
  const bar = message.thread ? '  ┊ ' : '│ ';
  const room = options.width - displayWidth(bar);
  const body = parseBlocks(message.blocks, options.names).flatMap((block, index) => [
    ...(index > 0 ? [[]] : []),
    ...block.flatMap((piece) => drawPiece(piece, room)),
  ]);
  const bars = body.map((line) => [...cells(line.length > 0 ? bar : bar.trimEnd(), DIM), ...line]);
  const from = (message.from ?? []).flatMap((said) => wrap(cells(inert(said), DIM), room).map((line) => [...cells(bar, DIM), ...line]));
  return [title(message, options.width), ...from, ...(from.length > 0 ? [cells(bar.trimEnd(), DIM)] : []), ...bars]
    .map((line) => `${paint(line, options.colour)}\n`)
    .join('');
}

function title(message: TerminalMessage, width: number): Cell[] {
  const start = message.thread ? '  ╰ ' : '╭ ';
  const what = message.thread ? (message.thread.broadcast ? 'thread, and to the channel ' : 'thread ') : message.edited ? 'updated ' : '';
  const left = [...cells(start, DIM), ...cells(`${inert(message.channel)} `, { bold: true }), ...cells(what, DIM)];
  const rest = width - left.reduce((sum, cell) => sum + cell.columns, 0);
  return [...left, ...cells('─'.repeat(Math.max(0, rest)), DIM)];
}

function drawPiece(piece: Piece, width: number): Cell[][] {
  switch (piece.kind) {
    case 'header':
      return wrap(draw(piece.inlines, width, { bold: true }), width);
    case 'paragraph':
      return wrap(draw(piece.inlines, width), width);
    case 'list':
      return piece.items.flatMap((item, index) => drawItem(item, piece.ordered ? `${piece.first + index}. ` : '• ', piece.indent, width));
    case 'context':
      return wrap(
        piece.parts.flatMap((part, index) => [...(index > 0 ? cells('  ', DIM) : []), ...draw(part, width, DIM)]),
        width,
      );
    case 'buttons':
      return piece.buttons.flatMap((button) => drawButton(button, width));
    case 'divider':
      return [cells('─'.repeat(width), DIM)];
    case 'unknown':
      return wrap(cells(`[a block of type ${inert(piece.type)} is not drawn here]`, DIM), width);
  }
}

function drawItem(item: Inline[], bullet: string, indent: number, width: number): Cell[][] {
  const lead = '  '.repeat(indent) + bullet;
  const room = displayWidth(lead);
  return wrap(draw(item, width - room), width - room).map((line, index) => [...cells(index === 0 ? lead : ' '.repeat(room)), ...line]);
}

function drawButton(button: Button, width: number): Cell[][] {
  const url = button.url && inert(button.url);
  const label = wrap(cells(`[ ${inert(button.text)} ]`, { bold: true, link: url }), width);
  return url ? [...label, cells(`  ${shortened(url, width - 2)}`, { dim: true, link: url }, true)] : label;
}

/** Links into the console have hundreds of characters: what does not fit on a line is shown by its site alone. */
function shortened(url: string, width: number): string {
  return displayWidth(url) <= width ? url : `${URL.canParse(url) ? new URL(url).origin : ''}/…`;
}

function draw(inlines: Inline[], width: number, base: CellStyle = {}): Cell[] {
  return inlines.flatMap((inline) => drawInline(inline, width, base));
}

function drawInline(inline: Inline, width: number, base: CellStyle): Cell[] {
  switch (inline.kind) {
    case 'text':
      return cells(inert(inline.text), { ...base, ...inline.style });
    case 'mention':
      return cells(`@${inert(inline.name)}`, { ...base, bold: true });
    case 'link': {
      const url = inert(inline.url);
      const style = { ...base, ...inline.style, underline: true, link: webAddress(inline.url) && url };
      if (inline.text === inline.url) return cells(shortened(url, width), style, true);
      return [
        ...cells(inert(inline.text), style),
        ...cells(' '),
        ...cells(`<${shortened(url, width - 2)}>`, { ...DIM, link: style.link }, true),
      ];
    }
  }
}

function paint(line: Cell[], colour: boolean): string {
  if (!colour) return line.map((cell) => cell.text).join('');
  const runs: { text: string; style: CellStyle }[] = [];
  for (const { text, style } of line) {
    const last = runs.at(-1);
    if (last && isDeepStrictEqual(last.style, style)) last.text += text;
    else runs.push({ text, style });
  }
  return runs.map(painted).join('');
}

function painted({ text, style }: { text: string; style: CellStyle }): string {
  const formats = STYLES.flatMap(([key, format]) => (style[key] ? [format] : []));
  const styled = formats.length > 0 ? styleText(formats, text, { validateStream: false }) : text;
  return style.link ? `\u001b]8;;${style.link}\u001b\\${styled}\u001b]8;;\u001b\\` : styled;
}
