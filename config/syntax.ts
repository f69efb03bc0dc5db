/** What is wrong with a file as YAML, said of the line that is wrong, with the line beside it where two do not agree. */
import { type Document, isCollection, isMap, type Node, visit, type YAMLParseError } from 'yaml';
import type { Level } from './mistake';
import type { ConfigPath } from './path';

export interface Place {
  /** Both count from 1. */
  line: number;
  column: number;
}

/** What can be wrong with the YAML itself. */
export const YAML_RULES = {
  'yaml-alias': 'error',
  'yaml-anchor': 'error',
  'yaml-blank': 'warning',
  'yaml-comment': 'warning',
  'yaml-directive': 'error',
  'yaml-documents': 'error',
  'yaml-duplicate-key': 'error',
  'yaml-indent': 'error',
  'yaml-lines': 'error',
  'yaml-syntax': 'error',
  'yaml-tab': 'error',
  'yaml-tag': 'error',
  'yaml-two-keys': 'error',
  'yaml-unclosed': 'error',
} as const satisfies Record<string, Level>;

export type YamlRule = keyof typeof YAML_RULES;

/** Something wrong with the YAML itself. */
export interface SyntaxFault extends Place {
  rule: YamlRule;
  level: Level;
  path: ConfigPath;
  message: string;
  remedy: string;
}

/** A fault of the text, before its place is known by line. */
export interface TextFault {
  rule: YamlRule;
  offset: number;
  /** Where the value lies that it is about, if it is about one. */
  within?: number;
  message: string;
  remedy: string;
}

/** After the first error the parser guesses, so what it reports then misleads; only a key given twice is sure. */
export function syntaxFaults(document: Document.Parsed, text: string): TextFault[] {
  const isTwice = (error: YAMLParseError) => error.code === 'DUPLICATE_KEY';
  const first = document.errors.find((error) => !isTwice(error));
  return document.errors.filter((error) => error === first || isTwice(error)).map((error) => explain(error, document, text));
}

function explain(error: YAMLParseError, document: Document.Parsed, text: string): TextFault {
  const [start, end] = error.pos;
  const quote = error.code === 'DUPLICATE_KEY' ? undefined : unclosedQuote(document, text, error);
  if (quote) return quote;
  switch (error.code) {
    case 'DUPLICATE_KEY': {
      // After a key without a value, the parser points before the blanks in front of the repeated key.
      const offset = start + blankLength(text.slice(start));
      const key = /^[^\s:]+/.exec(text.slice(offset))?.[0] ?? '';
      const message = `the key ${JSON.stringify(key)} is given twice in one mapping`;
      return fault('yaml-duplicate-key', offset, message, 'Keep one of the two: YAML would silently drop the first.');
    }
    case 'TAB_AS_INDENT':
      return fault('yaml-tab', start, 'a tab is used for indentation', 'YAML is indented by spaces only: replace the tab.');
    case 'MULTIPLE_DOCS':
      return fault('yaml-documents', start, 'a second YAML document starts here', 'Remove the line ---: the file is one document.');
    case 'BAD_ALIAS':
      return fault('yaml-alias', start, 'a star at the beginning names an alias, and here none', 'Write "*".');
    case 'MULTILINE_IMPLICIT_KEY':
      return misindented(text, start + lastLine(text.slice(start, end)));
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW': {
      const over = document.errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === start);
      return over ? misindented(text, start + lastLine(text.slice(...over.pos))) : twoKeys(text, start);
    }
    case 'BAD_INDENT':
      return unclosed(document, text, /Flow/.test(error.message)) ?? misindented(text, start + blankLength(text.slice(start)));
    case 'MISSING_CHAR':
      return /Sequence/.test(error.message) ? misindented(text, start) : other(error, text);
    default:
      return other(error, text);
  }
}

const UNTIL_THEN = 'nothing else in this file can be checked until then';

function fault(rule: YamlRule, offset: number, message: string, remedy: string): TextFault {
  return { rule, offset, message, remedy };
}

function misindented(text: string, offset: number): TextFault {
  const [line, above] = [lineAt(text, offset), lineAbove(text, offset)];
  const deeper = above && indentOf(line.text) > indentOf(above.text);
  const how = !above
    ? 'is no key with a value'
    : deeper
      ? `is indented deeper than ${excerptOf(above)}, which has a value already`
      : `is indented like no key above it; the line above is ${excerptOf(above)}`;
  return fault('yaml-indent', offset, `${excerptOf(line)} ${how}`, `Indent it as far as the keys that it belongs with; ${UNTIL_THEN}.`);
}

function twoKeys(text: string, offset: number): TextFault {
  const remedy = 'Give each key a line of its own, or a comma between them inside { }; text with a colon in it goes in quotes.';
  return fault('yaml-two-keys', offset, `${excerptOf(lineAt(text, offset))} has a second key where a value ends`, remedy);
}

/** The innermost { or [ that nothing closes. */
function unclosed(document: Document.Parsed, text: string, isFlow: boolean): TextFault | undefined {
  let open: Node | undefined;
  if (isFlow)
    visit(document, {
      Collection: (_key, node) => {
        const token = node.srcToken;
        const closing = isMap(node) ? 'flow-map-end' : 'flow-seq-end';
        if (isCollection(node) && token?.type === 'flow-collection' && !token.end.some(({ type }) => type === closing)) open = node;
      },
    });
  const offset = open?.range?.[0];
  if (offset === undefined) return undefined;
  const bracket = text.charAt(offset);
  const message = `this ${bracket} is not closed, in ${excerptOf(lineAt(text, offset))}`;
  return fault('yaml-unclosed', offset, message, `Close it by ${bracket === '{' ? '}' : ']'}; ${UNTIL_THEN}.`);
}

/** A quote that runs over lines up to the fault: into the end, or into the next quote of the file. */
function unclosedQuote(document: Document.Parsed, text: string, error: YAMLParseError): TextFault | undefined {
  let offset: number | undefined;
  visit(document, {
    Scalar: (_key, node) => {
      const [start, end] = node.range ?? [0, 0];
      const runsOver = node.type?.startsWith('QUOTE') && text.slice(start, end).includes('\n');
      if (runsOver && lineAt(text, end).number === lineAt(text, error.pos[0]).number) offset ??= start;
    },
  });
  // In a flow collection the parser gives up at the end of the line.
  if (/closing/.test(error.message)) offset ??= Math.max(text.lastIndexOf('"', error.pos[0]), text.lastIndexOf("'", error.pos[0]));
  if (offset === undefined) return undefined;
  const message = `this quote is not closed, in ${excerptOf(lineAt(text, offset))}`;
  return fault('yaml-unclosed', offset, message, `Close it by ${text.charAt(offset)}; ${UNTIL_THEN}.`);
}

function other(error: YAMLParseError, text: string): TextFault {
  const [offset] = error.pos;
  const message = `this is not valid YAML: ${lowerFirst(error.message)}, in ${excerptOf(lineAt(text, offset))}`;
  return fault('yaml-syntax', offset, message, `Correct it, by quotes where it is text; ${UNTIL_THEN}.`);
}

interface Line {
  number: number;
  text: string;
}

function lineAt(text: string, offset: number): Line {
  const number = text.slice(0, offset).split('\n').length;
  return { number, text: text.split('\n')[number - 1] ?? '' };
}

/** The nearest line above that says something. */
function lineAbove(text: string, offset: number): Line | undefined {
  const before = text.split('\n').slice(0, lineAt(text, offset).number - 1);
  const number = before.findLastIndex((line) => !/^\s*(#|$)/.test(line)) + 1;
  return number === 0 ? undefined : { number, text: before[number - 1] ?? '' };
}

function excerptOf({ number, text }: Line): string {
  const words = text.trim();
  return `"${words.length > 60 ? `${words.slice(0, 60)}…` : words}" (line ${number})`;
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

/** Where the last line's text begins. */
function lastLine(range: string): number {
  const start = range.lastIndexOf('\n') + 1;
  return start + blankLength(range.slice(start));
}

function blankLength(text: string): number {
  return /^\s*/.exec(text)?.[0].length ?? 0;
}

export function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}
