/**
 * Makes foreign text inert: names, tags, titles and the model's answer may say what they like,
 * but may not mention, link, format, hide or reorder anything.
 */

/**
 * Controls; format characters (zero-width ones, and the bidirectional overrides that let text read otherwise than it
 * is); halves of surrogate pairs; and the letters and marks that are drawn as nothing.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\u180b-\u180f]/gu;

/** Each unseen character becomes a space: what was parted by it stays parted. */
export function visible(text: string): string {
  return text.replace(UNSEEN, ' ');
}

/** One line of plain characters, at most `limit` UTF-16 units, cut with an ellipsis. */
export function inert(text: string, limit: number): string {
  return cut(inOneLine(text), limit);
}

/** Sentences, as inert makes a name: cut where one ends, so that none says half of what it says. */
export function inertProse(text: string, limit: number): string {
  return cutProse(inOneLine(text), limit);
}

function inOneLine(text: string): string {
  return (
    visible(text.normalize('NFC'))
      // Slack's control sequences are <!…>, <@…>, <#…> and <http…|…>; rich_text does not parse them, other surfaces may.
      .replace(/<(?=[!@#]|https?:|mailto:)/giu, '‹')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

/**
 * Cuts by code point, never through a surrogate pair. The limit counts UTF-16 units: Slack does not say what it
 * counts, and whichever it is, there are no more of them.
 */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = Math.max(0, limit - 1);
  if (/[\ud800-\udbff]/.test(text[end - 1] ?? '')) end--;
  return `${text.slice(0, end).trimEnd()}…`.slice(0, limit);
}

/** What ends a sentence, but for a dot of an abbreviation or within a name. */
const SENTENCE_END = /(?:(?<!\b(?:e\.g|i\.e|etc|vs|cf|approx|incl))\.|[!?])(?= )|[。！？]/giu;

/** With an ellipsis behind the last sentence that ends in the second half of the room, else behind a word there, else as any text is cut. */
function cutProse(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = limit / 2;
  const ends = [...text.slice(0, limit - 1).matchAll(SENTENCE_END)].map(({ index }) => index + 1).filter((end) => end >= half);
  const end = ends.at(-1);
  if (end !== undefined) return `${text.slice(0, end)}${/[。！？]$/.test(text.slice(0, end)) ? '' : ' '}…`;
  const gap = text.lastIndexOf(' ', limit - 1);
  return gap >= half ? `${text.slice(0, gap)}…` : cut(text, limit);
}

/**
 * For `text`, which Slack reads as mrkdwn: `*`, `~`, backticks and underscores at the edge of a word become
 * look-alikes, and exactly `&`, `<` and `>` are escaped, as Slack's page on formatting says.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function plainMrkdwn(text: string): string {
  const LOOKALIKES: Record<string, string> = { '*': '∗', _: '\uff3f', '~': '∼', '`': 'ˋ' };
  return text
    .replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (character) => LOOKALIKES[character] ?? character)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
