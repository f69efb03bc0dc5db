/**
 * What a demo or a replay did, as one HTML file that stands alone: no script,
 * no request, system fonts. The channels look as they would in Slack.
 */
import type { Language } from '../../config/schema';
import { type Html, html } from './html';
import { renderMessages } from './page-message';
import type { Figure, PageChannel, PageMeta } from './page-model';
import { renderOutcomes } from './page-outcomes';
import { MESSAGE_STYLE } from './style-message';
import { PAGE_STYLE } from './style-page';
import { PAGE_WORDS } from './page-words';

/** No script, no frame, no request can come from this page, whatever a finding says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function renderPage(channels: PageChannel[], meta: PageMeta): string {
  const words = PAGE_WORDS[meta.language];
  const outcomes = meta.outcomes ?? [];
  const body = html`<a class="skip" href="#messages">${words.skip}</a>
<div class="layout">
${renderNavigation(channels, meta, outcomes.length)}
<main>
<header class="top">
<h1>${meta.title}</h1>
${meta.subtitle && html`<p>${meta.subtitle}</p>`}
${renderFigures(meta.figures ?? [])}
</header>
<div id="messages" tabindex="-1">
${channels.map((channel, index) => renderChannel(channel, index, meta))}
</div>
${outcomes.length > 0 && renderOutcomes(outcomes, words)}
<footer>${words.madeOn(new Date(meta.generatedAt), meta.timeZone)}</footer>
</main>
</div>`;
  return renderDocument(body, { title: meta.title, language: meta.language, style: MESSAGE_STYLE + PAGE_STYLE });
}

/** The frame that every HTML of this project has, with the policy that keeps foreign text inert. */
export function renderDocument(body: Html, head: { title: string; language: Language; style: string }): string {
  // The style is the one value that is not escaped: it comes from this folder and holds no `<`.
  return html`<!doctype html>
<html lang="${head.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${head.title}</title>
<style>`.markup.concat(
    head.style,
    html`</style>
</head>
<body>
${body}
</body>
</html>
`.markup,
  );
}

function renderNavigation(channels: PageChannel[], meta: PageMeta, outcomes: number): Html {
  const words = PAGE_WORDS[meta.language];
  return html`<nav aria-label="${words.channels}">
<p class="workspace">${meta.workspace ?? meta.title}<span>${words.channels}</span></p>
<ul>
${channels.map(
  (channel, index) => html`<li><a href="#channel-${index}"${channel.messages.length === 0 && html` class="quiet"`}>
<span class="name"><i aria-hidden="true">#</i>${channel.name}</span>
<span class="count" aria-label="${words.messages(channel.messages.length)}">${channel.messages.length}</span></a></li>`,
)}
${outcomes > 0 && html`<li class="apart"><a href="#outcomes"><span class="name">${words.outcomes}</span><span class="count">${outcomes}</span></a></li>`}
</ul>
</nav>`;
}

function renderFigures(figures: Figure[]): Html | undefined {
  if (figures.length === 0) return undefined;
  return html`<dl class="figures">${figures.map(
    (figure) =>
      html`<div><dt>${figure.label}</dt><dd><strong>${figure.value}</strong>${figure.note && html`<span>${figure.note}</span>`}</dd></div>`,
  )}</dl>`;
}

function renderChannel(channel: PageChannel, index: number, meta: PageMeta): Html {
  const words = PAGE_WORDS[meta.language];
  return html`<section class="channel" id="channel-${index}" aria-labelledby="channel-${index}-name">
<header><h2 id="channel-${index}-name"><i aria-hidden="true">#</i>${channel.name}</h2><p>${channel.description}</p></header>
${channel.messages.length === 0 ? html`<p class="none">${words.none}</p>` : renderMessages(channel, meta)}
</section>`;
}
