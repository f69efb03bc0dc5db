/** Slack's transcript as threads: each message with its edits and what stands below it. For the recount alone. */
import type { Reading } from './findings-read';

export interface Told {
  at: number;
  operation: 'post' | 'reply' | 'edit';
  channel: string;
  ts: string;
  thread?: string;
  broadcast: boolean;
  text: string;
  blocks: readonly Record<string, unknown>[];
}

export interface Root {
  channel: string;
  from: number;
  /** The problem, as its first message says it. */
  key: string;
  /** The message itself, as posted and as edited. */
  states: Told[];
  /** These, and what stands in its thread. */
  entries: Told[];
  isAbout(thing: { reading: Pick<Reading, 'product' | 'word' | 'resource' | 'accountName'> }): boolean;
  closedAt(): number;
}

/** A message that still calls for something begins with how bad it is; how a problem ended has marks of its own. */
export const RED = /^(🔴|🟠|🟡|🔵)/u;

export function rootsOf(transcript: readonly Told[]): Root[] {
  const roots = new Map<string, Root & { texts: string[] }>();
  for (const entry of transcript) {
    if (entry.operation === 'post') {
      const texts: string[] = [];
      const root: Root & { texts: string[] } = {
        channel: entry.channel,
        from: entry.at,
        key: keyOf(entry),
        states: [],
        entries: [],
        texts,
        isAbout: ({ reading }) =>
          // What is mended as one is one message: vulnerabilities are named by their ids in the thread of their resource.
          (reading.word.startsWith('CVE-') &&
            texts.some((text) => has(text, reading.word)) &&
            texts.some((text) => text.includes(reading.resource))) ||
          (!reading.word.startsWith('CVE-') &&
            texts.some(
              (text) =>
                has(text, reading.word) &&
                (text.includes(reading.resource) ||
                  // What Macie finds in two buckets of an account is two cases, with the same title.
                  (reading.product !== 'aws/macie' &&
                    (text.includes(reading.accountName) || / more in /.test(text) || /: .* \+\d+/.test(text)))),
            ) &&
            texts.some((text) => text.includes(reading.accountName) || / more in |\+\d+/.test(text))),
        closedAt: () => {
          const ended = root.states.find(({ text }) => !RED.test(text));
          return ended?.at ?? Number.POSITIVE_INFINITY;
        },
      };
      roots.set(entry.ts, root);
    }
    const root = roots.get(entry.thread ?? entry.ts);
    if (!root) continue;
    root.entries.push(entry);
    if (entry.thread === undefined) root.states.push(entry);
    root.texts.push(`${entry.text}\n${wordsOf(entry.blocks).join('\n')}`);
  }
  return [...roots.values()];
}

/** A control's id is not the beginning of another's. */
function has(text: string, word: string): boolean {
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + 1)) {
    if (!/[\w]/.test(text.charAt(from + word.length)) && !/[\w]/.test(text.charAt(from - 1))) return true;
  }
  return false;
}

function keyOf({ text, blocks }: Told): string {
  const control = /\(([A-Z][A-Za-z0-9]*\.\d+)\)/.exec(text)?.[1];
  return control ?? /CVE-\d+-\d+/.exec(text)?.[0] ?? String(wordsOf(blocks)[0]).split(' · ').slice(1).join();
}

function wordsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'text' && typeof inner === 'string' ? [inner] : wordsOf(inner)));
}

/** The account and the resource of each row that is new. A message about one account says its name once, at the end of its heading. */
export function listedIn({ text, blocks }: Pick<Told, 'text' | 'blocks'>): string[][] {
  const header = (blocks[0]?.text as { text?: string } | undefined)?.text;
  // What decides, and since when, stands behind it in what a reply notifies of.
  const whose = (header ? header.split(' · ').at(-1) : text.split(' — ').at(-1)?.split(' · ')[1]) ?? '';
  return rowsIn(blocks)
    .map((row) => row.filter(({ text: each }) => !/^\d{4}-\d{4}-\d{4}$/.test(each)))
    .map((row) => [...(row[0]?.bold ? [] : [whose]), ...row.map((each) => each.text)]);
}

interface Said {
  text: string;
  /** As the name of an account is. */
  bold: boolean;
}

function rowsIn(value: unknown): Said[][] {
  if (Array.isArray(value)) {
    const earlier = value.findIndex((each) =>
      JSON.stringify(each).startsWith('{"type":"rich_text_section","elements":[{"type":"text","text":"Found earlier"'),
    );
    return value.slice(0, earlier < 0 ? value.length : earlier).flatMap(rowsIn);
  }
  if (typeof value !== 'object' || value === null) return [];
  const { type, style, elements } = value as {
    type?: string;
    style?: string;
    elements?: { elements?: { text?: string; style?: { bold?: boolean } }[] }[];
  };
  // What is to be done is numbered.
  if (type === 'rich_text_list' && style === 'bullet' && elements)
    return elements.map((row) =>
      (row.elements ?? [])
        .map((each) => ({ text: (each.text ?? '').trim(), bold: each.style?.bold === true }))
        .filter(({ text }) => text !== ''),
    );
  return Object.values(value).flatMap(rowsIn);
}

/** The same words twice in one thread, or two messages with the same words. */
export function repeatedIn(roots: readonly Root[]): string[] {
  const repeated: string[] = [];
  const posted = new Set<string>();
  for (const root of roots) {
    const said = new Set<string>();
    for (const entry of root.entries) {
      if (entry.operation === 'edit') continue;
      const words = JSON.stringify(entry.blocks);
      if (entry.operation === 'post' ? posted.has(entry.channel + words) : said.has(words)) repeated.push(entry.text.slice(0, 120));
      posted.add(entry.channel + words);
      said.add(words);
    }
  }
  return repeated;
}
