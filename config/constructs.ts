/**
 * What YAML silently reads as something else than it looks like: anchors, aliases, tags, directives, lines that are joined,
 * text cut off as a comment, and blanks that are none. None of it is an error to a parser.
 */
import { type Document, isAlias, isNode, isPair, isScalar, type Node, type Pair, type Scalar, visit } from 'yaml';
import type { TextFault } from './syntax';

/** Text for people: it may run over lines and hold any character. */
const PROSE = new Set(['reason', 'name']);
/** No-break and ideographic blanks, and characters without any width. */
const STRANGE_BLANKS = /[\u00a0\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff]/;

export function constructFaults(document: Document.Parsed, text: string): TextFault[] {
  const faults: TextFault[] = directives(text);
  const used = new Set<string>();
  visit(document, { Alias: (_key, alias) => void used.add(alias.source) });
  visit(document, {
    Node: (key, node, ancestors) => {
      const start = node.range?.[0];
      if (start === undefined || isAlias(node)) return;
      if (node.anchor !== undefined && !used.has(node.anchor)) faults.push(anchor(text, node, node.anchor));
      else if (node.tag !== undefined && isExplicit(text, start)) faults.push(tag(text, node));
      if (!isScalar(node)) return;
      const isProse = PROSE.has(keyOf(ancestors));
      if (!isProse) faults.push(...blanks(text, node));
      if (key !== 'key') faults.push(...((isProse ? undefined : joined(text, node)) ?? cut(text, node)));
    },
  });
  return faults;
}

/** `%YAML 1.1` turns no into false, and 012 into 10. */
function directives(text: string): TextFault[] {
  const found = /^%.*$/m.exec(/^(?:\s*(?:#.*)?\n)*%.*$/m.exec(text)?.[0] ?? '');
  if (!found) return [];
  const message = `${JSON.stringify(found[0])} changes how the whole file is read`;
  return [{ rule: 'yaml-directive', offset: text.indexOf(found[0]), message, remedy: 'Remove the line, and the --- below it.' }];
}

function anchor(text: string, node: Node, name: string): TextFault {
  const offset = text.lastIndexOf(`&${name}`, node.range?.[0] ?? 0);
  const message = `& begins an anchor, so "&${name}" is no part of the value, and nothing refers to it`;
  return { rule: 'yaml-anchor', offset, within: node.range?.[0], message, remedy: `${quoted(text, offset, node)}, or remove it.` };
}

function tag(text: string, node: Node): TextFault {
  const offset = text.lastIndexOf('!', (node.range?.[0] ?? 0) - 1);
  const start = /!\S*$/.exec(text.slice(0, offset + 1))?.index ?? offset;
  const message = `! begins a tag, so "${/^!\S*/.exec(text.slice(start))?.[0]}" is no part of the value`;
  return { rule: 'yaml-tag', offset: start, within: node.range?.[0], message, remedy: `${quoted(text, start, node)}, or remove it.` };
}

/** A tag of its own, not one that the parser found by the value. */
function isExplicit(text: string, start: number): boolean {
  return /!\S*\s+$/.test(text.slice(0, start));
}

/** Alone or in a list: what stands there, as the text that it was meant to be. */
function quoted(text: string, offset: number, node: Node): string {
  return `Write ${JSON.stringify(text.slice(offset, node.range?.[1]).trimEnd())}`;
}

function blanks(text: string, node: Scalar): TextFault[] {
  const [start, end] = node.range ?? [0, 0];
  const found = STRANGE_BLANKS.exec(text.slice(start, end));
  if (!found) return [];
  const code = `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const meant = String(node.value)
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g, '')
    .replace(new RegExp(STRANGE_BLANKS, 'g'), ' ')
    .trim();
  const message = `${JSON.stringify(node.value)} holds a blank that is none (${code})`;
  return [{ rule: 'yaml-blank', offset: start, within: start, message, remedy: `Write ${JSON.stringify(meant)}, unless it is meant.` }];
}

/** Unquoted text that goes on in the next line is joined with it. */
function joined(text: string, node: Scalar): TextFault[] | undefined {
  const [start, end] = node.range ?? [0, 0];
  if (!text.slice(start, end).trimEnd().includes('\n') || node.type?.startsWith('QUOTE')) return undefined;
  const message = `the lines are joined into one value, ${JSON.stringify(node.value)}`;
  const remedy = `Write ${JSON.stringify(String(node.value).trim())} if that is meant; else give the second line its dash or its key.`;
  return [{ rule: 'yaml-lines', offset: start, within: start, message, remedy }];
}

/** `Team #1`: a comment in an ordinary hand has a blank after its #. */
function cut(text: string, node: Scalar): TextFault[] {
  const [start, end] = node.range ?? [0, 0];
  const found = /^[ \t]+#[^\s#!].*/.exec(text.slice(end));
  if (!found || node.type?.startsWith('QUOTE')) return [];
  const comment = found[0].trim();
  const meant = `${text.slice(start, end).trim()} ${comment}`.trim();
  const offset = end + found[0].indexOf('#');
  const message = `"${comment}" is a comment, and no part of the value`;
  return [{ rule: 'yaml-comment', offset, within: start, message, remedy: `Write ${JSON.stringify(meant)}, or put a blank after the #.` }];
}

/** The key that a value stands under, be it in a list. */
function keyOf(ancestors: readonly (Document | Node | Pair)[]): string {
  const pair = ancestors.findLast((ancestor) => isPair(ancestor));
  return pair && isNode(pair.key) && isScalar(pair.key) ? String(pair.key.value) : '';
}
