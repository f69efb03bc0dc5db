/**
 * The blocks of a message as HTML, the way Slack shows them.
 *
 * slack-blocks-to-jsx 1.1.1 was tried first and left: it turns escaped text
 * (`&lt;https://…|label&gt;`) into a live link, reads marks and mentions in
 * plain text, gives link buttons no address, does not format verbatim text, and
 * needs 48 kB of style. All of that would hide exactly the faults that a
 * picture of foreign text is looked at for.
 */
import { type Button, type Inline, type Names, type Piece, parseBlocks, webAddress } from './blocks';
import { type Html, html } from './html';

/** @param about what the message is about: a link is read out with it, since every message has links of the same words. */
export function renderBlocks(blocks: readonly unknown[], { names, about }: { names?: Names; about: string }): Html {
  const draw = (piece: Piece) => renderPiece(piece, about);
  return html`${parseBlocks(blocks, names).map((block) => html`<div class="block">${block.map(draw)}</div>`)}`;
}

function renderPiece(piece: Piece, about: string): Html {
  switch (piece.kind) {
    case 'header':
      return html`<h3>${renderInlines(piece.inlines, about)}</h3>`;
    case 'paragraph':
      return html`<p>${renderInlines(piece.inlines, about)}</p>`;
    case 'list':
      return renderList(piece, about);
    case 'context':
      return html`<p class="context">${piece.parts.map((part) => html`<span>${renderInlines(part, about)}</span>`)}</p>`;
    case 'buttons':
      return html`<p class="buttons">${piece.buttons.map((button) => renderButton(button, about))}</p>`;
    case 'divider':
      return html`<hr>`;
    case 'unknown':
      return html`<p class="unknown">[a block of type ${piece.type} is not drawn here]</p>`;
  }
}

function renderList(list: Extract<Piece, { kind: 'list' }>, about: string): Html {
  const items = list.items.map((item) => html`<li>${renderInlines(item, about)}</li>`);
  const indent = `indent-${Math.min(8, list.indent)}`;
  return list.ordered ? html`<ol start="${list.first}" class="${indent}">${items}</ol>` : html`<ul class="${indent}">${items}</ul>`;
}

function renderButton(button: Button, about: string): Html {
  const classes = `button ${button.style ?? ''}`.trim();
  if (!button.url) return html`<span class="${classes}">${button.text}</span>`;
  return html`<a class="${classes}" href="${button.url}" target="_blank" rel="noopener noreferrer">${button.text}${unseen(about)}</a>`;
}

function unseen(about: string): Html {
  return html`<span class="unseen"> (${about})</span>`;
}

function renderInlines(inlines: Inline[], about: string): Html {
  return html`${inlines.map((inline) => renderInline(inline, about))}`;
}

function renderInline(inline: Inline, about: string): Html {
  switch (inline.kind) {
    case 'text':
      return styled(inline);
    case 'mention':
      return html`<span class="mention">@${inline.name}</span>`;
    case 'link': {
      const url = webAddress(inline.url);
      return url ? html`<a href="${url}" target="_blank" rel="noopener noreferrer">${styled(inline)}${unseen(about)}</a>` : styled(inline);
    }
  }
}

function styled({ text, style }: Extract<Inline, { kind: 'text' | 'link' }>): Html {
  let styled = html`${lines(text)}`;
  if (style.code) styled = html`<code>${styled}</code>`;
  if (style.strike) styled = html`<s>${styled}</s>`;
  if (style.italic) styled = html`<i>${styled}</i>`;
  return style.bold ? html`<b>${styled}</b>` : styled;
}

function lines(text: string): Html[] {
  return text.split('\n').map((line, index) => (index > 0 ? html`<br>${line}` : html`${line}`));
}
