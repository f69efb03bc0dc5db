/** What can be broken in a source file: constants, comparisons, branches and returns, one at a time. */
import { parseSync } from '@swc/core';

export const KINDS = ['constant', 'comparison', 'branch', 'return'] as const;
export type Kind = (typeof KINDS)[number];

export interface Mutant {
  file: string;
  /** Counted from 1. */
  line: number;
  /** The line as it stands, trimmed: by it, and not by its number, a mutant is known. */
  text: string;
  kind: Kind;
  original: string;
  replacement: string;
  /** The whole file with the mutant in it. */
  code: string;
}

interface Node {
  type: string;
  span?: { start: number; end: number };
  [key: string]: unknown;
}

const OPERATORS: Record<string, [Kind, string[]]> = {
  '===': ['comparison', ['!==']],
  '!==': ['comparison', ['===']],
  '<': ['comparison', ['<=', '>=']],
  '<=': ['comparison', ['<', '>']],
  '>': ['comparison', ['>=', '<=']],
  '>=': ['comparison', ['>', '<']],
  '&&': ['branch', ['||']],
  '||': ['branch', ['&&']],
  '??': ['branch', ['&&']],
  '+': ['constant', ['-']],
  '-': ['constant', ['+']],
  '*': ['constant', ['/']],
  '/': ['constant', ['*']],
};
/** These are read as what stands in them; all else that begins with Ts is a type, and gone when it runs. */
const SEEN_THROUGH = new Set(['TsAsExpression', 'TsSatisfiesExpression', 'TsNonNullExpression', 'TsConstAssertion']);

/** Every mutant of a file, in the order of its text. @throws SyntaxError where the file cannot be parsed. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const bytes = Buffer.from(source);
  // The statement in front begins where the file does: swc counts bytes, from where its last file ended.
  const module = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2022' }) as unknown as Node & { span: { start: number } };
  const origin = module.span.start + 1;
  const found: Mutant[] = [];
  const add = (kind: Kind, start: number, end: number, replacement: string) => {
    const original = bytes.subarray(start, end).toString();
    const before = bytes.subarray(0, start).toString();
    const line = before.split('\n').length;
    const text = (source.split('\n')[line - 1] ?? '').trim();
    const code = before + replacement + bytes.subarray(end).toString();
    found.push({ file, line, text, kind, original, replacement, code });
  };
  const replace = (kind: Kind, node: Node | null | undefined, ...replacements: string[]) => {
    if (node?.span) for (const each of replacements) add(kind, node.span.start - origin, node.span.end - origin, each);
  };
  const textOf = ({ span }: Node) => (span ? bytes.subarray(span.start - origin, span.end - origin).toString() : '');
  const operator = (node: Node) => {
    const [kind, others] = OPERATORS[String(node.operator)] ?? [];
    const [left, right] = [node.left as Node, node.right as Node];
    if (!kind || !others || !left.span || !right.span) return;
    const from = left.span.end - origin;
    const start = from + bytes.subarray(from, right.span.start - origin).indexOf(String(node.operator));
    for (const each of others) add(kind, start, start + String(node.operator).length, each);
  };
  visit(module, (node) => {
    switch (node.type) {
      case 'NumericLiteral':
        return replace('constant', node, ...numbers(Number(node.value)));
      case 'StringLiteral':
        return replace('constant', node, node.value === '' ? "'mutant'" : "''");
      case 'BooleanLiteral':
        return replace('constant', node, String(!node.value));
      case 'BinaryExpression':
        return operator(node);
      case 'IfStatement':
      case 'ConditionalExpression':
        return replace('branch', node.test as Node, 'true', 'false');
      case 'UnaryExpression':
        return node.operator === '!' ? replace('branch', node, `Boolean(${textOf(node.argument as Node)})`) : undefined;
      case 'ReturnStatement':
      case 'ArrowFunctionExpression': {
        const given = (node.argument ?? node.body) as Node | null;
        return given && mayBeLost(given) ? replace('return', given, '(undefined)') : undefined;
      }
    }
  });
  return found;
}

/** What is undefined or false already is broken by other kinds, or not at all. */
function mayBeLost(node: Node): boolean {
  return !('stmts' in node) && node.type !== 'BooleanLiteral' && node.value !== 'undefined';
}

function numbers(value: number): string[] {
  if (value === 0) return ['1'];
  if (value === 1) return ['0', '2'];
  return [String(value * 4), String(Math.floor(value / 4))];
}

/** Depth first, without types, imports and the names of keys. */
function visit(node: unknown, see: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, see);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
  const { type } = node as Node;
  if (typeof type === 'string') {
    if (type.startsWith('Import') || type === 'ExportAllDeclaration' || type === 'ExportNamedDeclaration') return;
    if (type.startsWith('Ts') && !SEEN_THROUGH.has(type)) return;
    see(node as Node);
  }
  for (const [key, child] of Object.entries(node)) {
    const name = key === 'key' && (child as Node | null)?.type !== 'Computed';
    if (!name && key !== 'typeAnnotation' && key !== 'span') visit(child, see);
  }
}
