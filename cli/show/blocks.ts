/**
 * The part of Block Kit that this project's messages use, read into one small
 * model that both the terminal and the page draw from. Slack's reference:
 * https://docs.slack.dev/reference/block-kit/blocks
 */

export interface Style {
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  code?: boolean;
}
export type Inline =
  | { kind: 'text'; text: string; style: Style }
  | { kind: 'link'; url: string; text: string; style: Style }
  /** Of a user, a user group, or here, channel, everyone; by name where that is known, else by id. */
  | { kind: 'mention'; name: string };
export interface Button {
  text: string;
  /** Only http and https; a button without one does nothing here. */
  url?: string;
  style?: 'primary' | 'danger';
}
export type Piece =
  | { kind: 'header'; inlines: Inline[] }
  | { kind: 'paragraph'; inlines: Inline[] }
  | { kind: 'list'; ordered: boolean; indent: number; first: number; items: Inline[][] }
  | { kind: 'context'; parts: Inline[][] }
  | { kind: 'buttons'; buttons: Button[] }
  | { kind: 'divider' }
  | { kind: 'unknown'; type: string };

type Json = Record<string, unknown>;
/** What Slack shows in place of the ids of users (U…) and user groups (S…). */
export type Names = ReadonlyMap<string, string>;

/**
 * The pieces of each block. Never throws: a block that is not drawn becomes
 * `unknown` and is shown as such, so that a picture cannot hide a block that
 * Slack would show or refuse.
 */
export function parseBlocks(blocks: readonly unknown[], names: Names = new Map()): Piece[][] {
  return blocks.map((block) => parseBlock(object(block), names));
}

function parseBlock(block: Json, names: Names): Piece[] {
  switch (block.type) {
    case 'header':
      return [{ kind: 'header', inlines: parseText(block.text) }];
    case 'section':
      return [block.text, ...array(block.fields)].filter(Boolean).map((text) => ({ kind: 'paragraph', inlines: parseText(text) }));
    case 'context':
      return [{ kind: 'context', parts: array(block.elements).map(parseText) }];
    case 'rich_text':
      return array(block.elements).flatMap((element) => parseRichText(object(element), names));
    case 'actions':
      return [{ kind: 'buttons', buttons: array(block.elements).map((element) => parseButton(object(element))) }];
    case 'divider':
      return [{ kind: 'divider' }];
    default:
      return [{ kind: 'unknown', type: string(block.type) }];
  }
}

function parseRichText(element: Json, names: Names): Piece[] {
  if (element.type === 'rich_text_section')
    return [{ kind: 'paragraph', inlines: withoutLastLineFeed(parseElements(element.elements, names)) }];
  if (element.type !== 'rich_text_list') return [{ kind: 'unknown', type: string(element.type) }];
  return [
    {
      kind: 'list',
      ordered: element.style === 'ordered',
      indent: number(element.indent),
      // Slack's `offset` counts from 0: a list that goes on after other text starts at offset + 1.
      first: number(element.offset) + 1,
      items: array(element.elements).map((item) => parseElements(object(item).elements, names)),
    },
  ];
}

/** Elements of rich text are typed: what stands in a `text` element can neither mention nor link, whatever it says. */
function parseElements(elements: unknown, names: Names): Inline[] {
  const mention = (id: unknown): Inline => ({ kind: 'mention', name: names.get(string(id)) ?? string(id) });
  return array(elements).map((value): Inline => {
    const element = object(value);
    const style = object(element.style) as Style;
    switch (element.type) {
      case 'text':
        return { kind: 'text', text: string(element.text), style };
      case 'link':
        return { kind: 'link', url: string(element.url), text: string(element.text) || string(element.url), style };
      case 'user':
        return mention(element.user_id);
      case 'usergroup':
        return mention(element.usergroup_id);
      case 'broadcast':
        return mention(element.range);
      default:
        return notDrawn(element.type);
    }
  });
}

/** Each section is a line of its own already: a line feed at its end adds none in Slack. */
function withoutLastLineFeed(inlines: Inline[]): Inline[] {
  const last = inlines.at(-1);
  if (last?.kind !== 'text' || !last.text.endsWith('\n')) return inlines;
  return [...inlines.slice(0, -1), { ...last, text: last.text.slice(0, -1) }];
}

/** No block of this project holds mrkdwn, where foreign text could come alive: what would be one is shown by its name, as a fault. */
function parseText(value: unknown): Inline[] {
  const { type, text } = object(value);
  return [type === 'plain_text' ? { kind: 'text', text: string(text), style: {} } : notDrawn(type)];
}

function notDrawn(type: unknown): Inline {
  return { kind: 'text', text: `[${string(type)}]`, style: { italic: true } };
}

function parseButton(element: Json): Button {
  const style = element.style === 'primary' || element.style === 'danger' ? element.style : undefined;
  return { text: string(object(element.text).text), url: webAddress(string(element.url)), style };
}

/** The address where it is one that a browser opens as a page; anything else (javascript:, data:) is none. */
export function webAddress(url: string): string | undefined {
  return /^https?:\/\/[^\s]+$/i.test(url) ? url : undefined;
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
