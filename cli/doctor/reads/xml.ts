/** The XML of AWS's Query protocol, as values: it has elements and text, and no attributes that say anything. */
import { object } from '../../../handlers/domain/text/reading';

/** An opening or a closing tag, or the text before the next one. Declarations and comments are passed over. */
const PART = /<([/?!]?)([\w:.-]*)[^>]*?(\/?)>|([^<]+)/g;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

interface Element {
  name: string;
  text: string;
  children: Element[];
}

/** Elements become fields; what has only elements called `member`, a list of them; the rest text. */
export function xmlOf(source: string): Record<string, unknown> {
  const root: Element = { name: '', text: '', children: [] };
  const open = [root];
  for (const [, mark = '', name = '', empty = '', text] of source.matchAll(PART)) {
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.text += unescaped(text);
    else if (mark === '/') open.pop();
    else if (mark === '') {
      const element: Element = { name, text: '', children: [] };
      parent.children.push(element);
      if (empty === '') open.push(element);
    }
  }
  return object(read(root));
}

function read({ text, children }: Element): unknown {
  if (children.length === 0) return text;
  if (children.every(({ name }) => name === 'member')) return children.map(read);
  return Object.fromEntries(children.map((child) => [child.name, read(child)]));
}

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name = '') => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (hex !== undefined || decimal !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return ENTITIES[name] ?? whole;
  });
}
