/**
 * Text of a finding may hold what a terminal obeys (escape sequences) and what
 * turns the text around it (bidirectional overrides, "Trojan Source").
 * Both renderings replace these characters by one that everybody sees.
 */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;

/** Keeps line feeds. A tab and a carriage return become a space, every other control character U+FFFD. */
export function inert(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(CONTROLS, (character) => {
    if (character === '\n') return character;
    return character === '\t' || character === '\r' ? ' ' : '\uFFFD';
  });
}
