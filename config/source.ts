/** A YAML file as it was written: its values, and where each of them stands. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { constructFaults } from './constructs';
import type { ConfigPath } from './path';
import { lowerFirst, type Place, type SyntaxFault, syntaxFaults, type TextFault, YAML_RULES } from './syntax';

export type Source = ReturnType<typeof parseSource>;

/** Reads YAML 1.2. Never throws: what is wrong is in `faults`. */
export function parseSource(text: string) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', keepSourceTokens: true });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const found = syntaxFaults(document, text);
  // A key given twice leaves a tree that can be checked further; other errors leave a guess.
  let value: unknown;
  const readable = found.every(({ rule }) => rule === 'yaml-duplicate-key');
  if (readable) {
    const plain = toPlain(document, text);
    value = plain.value;
    found.push(...plain.faults, ...constructFaults(document, text));
  }
  const faults = found.map(
    ({ rule, offset, within, message, remedy }): SyntaxFault => ({
      rule,
      level: YAML_RULES[rule],
      ...placeAt(offset),
      path: readable ? pathOf(document, within ?? offset) : [],
      message,
      remedy,
    }),
  );
  return {
    text,
    /** Plain values; undefined where the text is too broken to be read. */
    value,
    faults,
    /** Where the value at a path starts, or its key. What is missing is where it would be: at the nearest thing above. */
    locate: (path: ConfigPath, atKey = false) => placeAt(offsetOf(document, path, atKey)),
    /** A scalar as the file has it, such as 012345678901; undefined for a section and for what is not there. */
    written: (path: ConfigPath): string | undefined => {
      const found = follow(document, path);
      return found.complete && isScalar(found.node) && found.node.value !== null ? sourceOf(text, found.node) : undefined;
    },
    /** Which value an offset of the text lies in; empty in a comment. */
    pathAt: (offset: number) => pathOf(document, offset),
    placeAt,
  };
}

/** Aliases are resolved here, and may name no anchor, themselves, or far too much. */
function toPlain(document: Document.Parsed, text: string): { value?: unknown; faults: TextFault[] } {
  const aliases: { start: number; end: number; resolved: boolean }[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      const [start, end] = alias.range ?? [0, 0];
      aliases.push({ start, end, resolved: alias.resolve(document) !== undefined });
    },
  });
  const unresolved = aliases.filter(({ resolved }) => !resolved);
  if (unresolved.length > 0)
    return {
      faults: unresolved.map(({ start, end }) => ({
        rule: 'yaml-alias',
        offset: start,
        message: `an alias cannot be resolved: a star at the beginning makes "${text.slice(start, end)}" an alias, and nothing has that anchor`,
        remedy: `Write ${JSON.stringify(text.slice(start, end))} if it is text.`,
      })),
    };
  try {
    const value: unknown = document.toJS();
    JSON.stringify(value);
    return { value, faults: [] };
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0] ?? '';
    return {
      faults: [
        {
          rule: 'yaml-alias',
          offset: aliases[0]?.start ?? 0,
          message: `an alias cannot be resolved: ${lowerFirst(reason)}`,
          remedy: 'Write the value itself in place of the alias (*name).',
        },
      ],
    };
  }
}

interface Found {
  /** The deepest node on the path. */
  node: unknown;
  /** The key it stands under, where it does. */
  key?: unknown;
  /** Whether the whole path is there. */
  complete: boolean;
}

function follow(document: Document.Parsed, path: ConfigPath): Found {
  let found: Found = { node: document.contents, complete: true };
  for (const step of path) {
    const node = isAlias(found.node) ? found.node.resolve(document) : found.node;
    const next = child(node, step);
    if (!next) return { ...found, complete: false };
    found = { ...next, complete: true };
  }
  return found;
}

function child(node: unknown, step: string | number): { node: unknown; key?: unknown } | undefined {
  if (isSeq(node)) return typeof step === 'number' && step < node.items.length ? { node: node.items[step] } : undefined;
  if (!isMap(node)) return undefined;
  // The last of two equal keys is the one that counts.
  const pair = node.items.findLast((item) => String(isScalar(item.key) ? (item.key.value ?? '') : item.key) === String(step));
  return pair && { node: pair.value, key: pair.key };
}

function offsetOf(document: Document.Parsed, path: ConfigPath, atKey: boolean): number {
  const found = follow(document, path);
  const empty = isScalar(found.node) && found.node.value === null;
  const preferred = atKey || !found.complete || empty ? [found.key, found.node] : [found.node, found.key];
  for (const node of preferred) {
    const start = (node as Node | undefined)?.range?.[0];
    if (start !== undefined) return start;
  }
  return 0;
}

function sourceOf(text: string, node: Node): string | undefined {
  return node.range ? text.slice(node.range[0], node.range[1]) : undefined;
}

function pathOf(document: Document.Parsed, offset: number): ConfigPath {
  let path: ConfigPath = [];
  visit(document, {
    Node: (_key, node, ancestors) => {
      if (isMap(node) || isSeq(node) || !node.range || offset < node.range[0] || offset >= node.range[1]) return;
      path = ancestors.flatMap((ancestor, depth): ConfigPath => {
        const below = ancestors[depth + 1] ?? node;
        if (isSeq(ancestor)) return [ancestor.items.indexOf(below)];
        if (isMap(ancestor)) {
          const pair = ancestor.items.find((item) => item === below);
          return pair ? [String(isScalar(pair.key) ? pair.key.value : pair.key)] : [];
        }
        return [];
      });
      return visit.BREAK;
    },
  });
  return path;
}
