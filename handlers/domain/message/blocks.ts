/**
 * The few Block Kit parts that messages are built of, within Slack's limits.
 * https://docs.slack.dev/reference/block-kit/blocks: header 150, url 3,000, 50 blocks a message.
 *
 * Foreign text only ever stands in `plain_text` and in `text` elements of rich_text: neither parses
 * mentions, links or formatting, so nothing in it can come alive.
 */
import { cut } from '../text/inert';

/** A rendered message: its blocks, and the text that notifications show. */
export interface SlackMessage {
  text: string;
  blocks: Block[];
}

export type Block = Record<string, unknown>;
export type Inline = Record<string, unknown> & { text?: string };

export function header(text: string): Block {
  return { type: 'header', text: { type: 'plain_text', text: cut(text, 150), emoji: false } };
}
/** Slack refuses a text of no characters. */
export function line(...elements: Inline[]): Block {
  return { type: 'rich_text_section', elements: elements.filter(({ text }) => text !== '') };
}
export function bullets(items: Inline[][], style: 'bullet' | 'ordered' = 'bullet'): Block {
  return { type: 'rich_text_list', style, elements: items.map((elements) => line(...elements)) };
}
export function rich(...elements: Block[]): Block {
  return { type: 'rich_text', elements };
}
export function plain(text: string): Inline {
  return { type: 'text', text };
}
export function bold(text: string): Inline {
  return { type: 'text', text, style: { bold: true } };
}
export function quiet(text: string): Inline {
  return { type: 'text', text, style: { italic: true } };
}
export function code(text: string): Inline {
  return { type: 'text', text, style: { code: true } };
}
/** @param id of a user (U…, W…) or a user group (S…), from the configuration and nowhere else. */
export function mention(id: string): Inline {
  return id.startsWith('S') ? { type: 'usergroup', usergroup_id: id } : { type: 'user', user_id: id };
}
/**
 * Addresses behind words, in one line. No buttons: each is an interactive element, and a client whose app has no Request URL shows a
 * warning after the click. https://docs.slack.dev/reference/block-kit/block-elements/button-element
 */
export function links(all: readonly { label: string; url: string }[]): Block[] {
  if (all.length === 0) return [];
  const elements = all.map(({ label, url }) => ({ type: 'link', url, text: label }));
  return [line(...elements.flatMap((link, index) => [...(index > 0 ? [plain(' · ')] : []), link]))];
}
export function context(text: string): Block {
  return { type: 'context', elements: [{ type: 'plain_text', text: cut(text, 1500), emoji: false }] };
}
