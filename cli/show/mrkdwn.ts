/**
 * Slack's mrkdwn and plain text, as Slack shows them:
 * https://docs.slack.dev/messaging/formatting-message-text
 */
import { emojiCharacter } from './emoji';

export interface Style {
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  code?: boolean;
}
export type Inline =
  | { kind: 'text'; text: string; style: Style }
  | { kind: 'link'; url: string; text: string; style: Style }
  /** A user (U…), user group (S…), channel (C…), or here, channel, everyone. */
  | { kind: 'mention'; id: string }
  | { kind: 'emoji'; name: string };

const MARKS: Record<string, keyof Style> = { '*': 'bold', _: 'italic', '~': 'strike' };
const ANGLE = /^<([^<>\n]+)>/;
const CODE = /^```([\s\S]+?)```|^`([^`\n]+)`/;
const EMOJI = /^:([a-z0-9_+'-]{2,60}):/;
const BARE_URL = /^https?:\/\/[^\s<>|]+[^\s<>|.,:;!?)\]}'"]/;

/** Slack decodes exactly these three, once, after it has found links and mentions. */
export function decode(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_all, name: string) => (name === 'lt' ? '<' : name === 'gt' ? '>' : '&'));
}

/** `verbatim: false` is Slack's default: a bare URL becomes a link by itself. */
export function parseMrkdwn(text: string, options: { verbatim: boolean }): Inline[] {
  return merge(scan(text, {}, options.verbatim)).map(decoded);
}

/** Mentions, links and marks mean nothing in plain text; only `:emoji:` does. It is not escaped either. */
export function parsePlainText(text: string): Inline[] {
  const inlines: Inline[] = [];
  for (let at = 0; at < text.length; ) {
    const name = emojiName(text.slice(at));
    if (name) inlines.push({ kind: 'emoji', name });
    else inlines.push({ kind: 'text', text: text.charAt(at), style: {} });
    at += name ? name.length + 2 : 1;
  }
  return merge(inlines);
}

function scan(text: string, style: Style, verbatim: boolean): Inline[] {
  const inlines: Inline[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const token = special(rest, style, verbatim) ?? marked(text, at, style, verbatim);
    inlines.push(...(token?.inlines ?? [{ kind: 'text' as const, text: text.charAt(at), style }]));
    at += token?.length ?? 1;
  }
  return inlines;
}

interface Token {
  inlines: Inline[];
  length: number;
}

function special(rest: string, style: Style, verbatim: boolean): Token | undefined {
  const code = CODE.exec(rest);
  if (code) {
    return { inlines: [{ kind: 'text', text: code[1] ?? code[2] ?? '', style: { ...style, code: true } }], length: code[0].length };
  }
  const angle = ANGLE.exec(rest);
  if (angle?.[1]) return { inlines: [reference(angle[1], style)], length: angle[0].length };
  const name = emojiName(rest);
  if (name) return { inlines: [{ kind: 'emoji', name }], length: name.length + 2 };
  const url = verbatim ? undefined : BARE_URL.exec(rest)?.[0];
  return url ? { inlines: [{ kind: 'link', url: decode(url), text: url, style }], length: url.length } : undefined;
}

/** As in Slack, a name that is none stays the text it is: `10:30:00` holds no emoji. */
function emojiName(rest: string): string | undefined {
  const name = EMOJI.exec(rest)?.[1];
  return name && emojiCharacter(name) ? name : undefined;
}

function reference(inside: string, style: Style): Inline {
  const [target = '', label] = inside.split('|', 2);
  if (/^[@#!]/.test(target)) return { kind: 'mention', id: target.slice(1).replace(/^subteam\^/, '') };
  return { kind: 'link', url: decode(target), text: label ?? target, style };
}

/** `*bold*`: the opening mark follows a space or punctuation and precedes a letter; the closing one the other way round. */
function marked(text: string, at: number, style: Style, verbatim: boolean): Token | undefined {
  const mark = text.charAt(at);
  const key = MARKS[mark];
  if (!key || style[key] || /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) || /^\s?$/.test(text.charAt(at + 1))) return undefined;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    const inside = text.slice(at + 1, end);
    if (inside.includes('\n')) return undefined;
    if (/\s$/.test(inside) || /[\p{L}\p{N}]/u.test(text.charAt(end + 1))) continue;
    return { inlines: scan(inside, { ...style, [key]: true }, verbatim), length: end + 1 - at };
  }
  return undefined;
}

function merge(inlines: Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const inline of inlines) {
    const last = merged.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text' && sameStyle(last.style, inline.style)) last.text += inline.text;
    else merged.push({ ...inline });
  }
  return merged;
}

/** Last of all, so that what was escaped took no part in the parsing. */
function decoded(inline: Inline): Inline {
  return inline.kind === 'text' || inline.kind === 'link' ? { ...inline, text: decode(inline.text) } : inline;
}

function sameStyle(left: Style, right: Style): boolean {
  return left.bold === right.bold && left.italic === right.italic && left.strike === right.strike && left.code === right.code;
}
