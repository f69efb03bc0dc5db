/**
 * Makes foreign text inert: names, tags, titles and the model's answer may say what they like,
 * but may not mention, link, format, hide or reorder anything.
 */

/** Controls, zero-width characters, and the bidirectional overrides that let text read otherwise than it is. */
const UNSEEN = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** One line of plain characters, at most `limit` code points, cut with an ellipsis. */
export function inert(text: string, limit: number): string {
  return cut(
    text
      .normalize('NFC')
      .replace(UNSEEN, ' ')
      // Slack's control sequences are <!…>, <@…>, <#…> and <http…|…>; rich_text does not parse them, other surfaces may.
      .replace(/<(?=[!@#]|https?:|mailto:)/giu, '‹')
      .replace(/\s+/gu, ' ')
      .trim(),
    limit,
  );
}

/** Cuts by code point, never through a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text);
  return points.length <= limit
    ? text
    : `${points
        .slice(0, Math.max(0, limit - 1))
        .join('')
        .trimEnd()}…`;
}

/** For mrkdwn: exactly these three, as Slack's page on formatting says; https://docs.slack.dev/messaging/formatting-message-text */
export function escapeMrkdwn(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
