/** A YAML file as it was written: its values, and where each of them stands. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { ConfigPath } from './problem';

export interface Place {
  line: number;
  column: number;
}

/** Something wrong with the YAML itself. */
export interface SyntaxFault extends Place {
  path: ConfigPath;
  message: string;
  remedy: string;
}

export interface Source {
  text: string;
  /** Plain values; undefined where the text is too broken to be read. */
  value: unknown;
  faults: SyntaxFault[];
  /** Where the value at a path starts, or its key. What is missing is where it would be: at the nearest thing above. */
  locate(path: ConfigPath, atKey?: boolean): Place;
  /** A scalar as the file has it, such as 012345678901; undefined for a section and for what is not there. */
  written(path: ConfigPath): string | undefined;
  /** Which value an offset of the text lies in; empty in a comment. */
  pathAt(offset: number): ConfigPath;
  placeAt(offset: number): Place;
}

/** Reads YAML 1.2. Never throws: what is wrong is in `faults`. */
export function parseSource(text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faults = document.errors.map((error): SyntaxFault => {
    const offset = error.code === 'DUPLICATE_KEY' ? error.pos[0] + blankLength(text.slice(error.pos[0])) : error.pos[0];
    return { ...placeAt(offset), path: pathOf(document, offset), ...explain(error.code, error.message, text.slice(offset)) };
  });
  // A key given twice leaves a tree that can be checked further; other errors leave a guess.
  let value: unknown;
  if (document.errors.every((error) => error.code === 'DUPLICATE_KEY')) {
    const plain = toPlain(document);
    value = plain.value;
    if (plain.fault) faults.push({ ...placeAt(plain.offset), path: [], ...plain.fault });
  }
  return {
    text,
    value,
    faults,
    locate: (path, atKey = false) => placeAt(offsetOf(document, path, atKey)),
    written: (path) => {
      const found = follow(document, path);
      return found.complete && isScalar(found.node) && found.node.value !== null ? sourceOf(text, found.node) : undefined;
    },
    pathAt: (offset) => pathOf(document, offset),
    placeAt,
  };
}

/** After a key without a value, the parser points before the blanks in front of the repeated key. */
function blankLength(text: string): number {
  return /^\s*/.exec(text)?.[0].length ?? 0;
}

function explain(code: string, message: string, rest: string): { message: string; remedy: string } {
  switch (code) {
    case 'DUPLICATE_KEY': {
      const key = /^[^\s:]+/.exec(rest)?.[0] ?? '';
      return {
        message: `the key ${JSON.stringify(key)} is given twice in one mapping`,
        remedy: 'Keep one of the two: YAML would silently drop the first.',
      };
    }
    case 'TAB_AS_INDENT':
      return { message: 'a tab is used for indentation', remedy: 'YAML is indented by spaces only: replace the tab.' };
    case 'MULTIPLE_DOCS':
      return { message: 'a second YAML document starts here', remedy: 'Remove the line ---: the file is one document.' };
    default:
      return {
        message: `this is not valid YAML: ${lowerFirst(message)}`,
        remedy: 'Correct the syntax here or just above; nothing else in this file can be checked until then.',
      };
  }
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}

type Plain = { value: unknown; fault?: undefined } | { value: undefined; fault: { message: string; remedy: string }; offset: number };

/** Aliases are resolved here, and may name no anchor, themselves, or far too much. */
function toPlain(document: Document.Parsed): Plain {
  const aliases: { offset: number; resolved: boolean }[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      aliases.push({ offset: alias.range?.[0] ?? 0, resolved: alias.resolve(document) !== undefined });
    },
  });
  try {
    const value: unknown = document.toJS();
    JSON.stringify(value);
    return { value };
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0] ?? '';
    return {
      value: undefined,
      offset: (aliases.find(({ resolved }) => !resolved) ?? aliases[0])?.offset ?? 0,
      fault: {
        message: `an alias cannot be resolved: ${lowerFirst(reason)}`,
        remedy: 'Write the value itself in place of the alias (*name).',
      },
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
    Scalar: (_key, node, ancestors) => {
      if (!node.range || offset < node.range[0] || offset >= node.range[1]) return;
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
