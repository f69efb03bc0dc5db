/** One channel's messages with their threads, in Slack's order and with Slack's marks. */
import { WRITTEN } from '../../config/languages';
import { slackManifest } from '../slack-manifest';
import { type Html, html } from './html';
import { renderBlocks } from './message-html';
import type { PageChannel, PageMessage, PageMeta, PageReply } from './page-model';
import { PAGE_WORDS } from './page-words';

type Zone = Pick<PageMeta, 'language' | 'timeZone' | 'names'>;
/** Where a message stands: in the channel, in a thread, or, of a reply that was sent to the channel too, in the channel at its own time. */
type Place = { in: 'channel' } | { in: 'thread' } | { in: 'both'; parent: PageMessage };

export function renderMessages(channel: PageChannel, zone: Zone): Html {
  const standing = channel.messages.flatMap((message) => [
    { ts: message.ts, html: renderMessage(message, channel, zone, { in: 'channel' }, renderThread(message, channel, zone)) },
    ...message.replies
      .filter(({ broadcast }) => broadcast)
      .map((reply) => ({ ts: reply.ts, html: renderMessage(reply, channel, zone, { in: 'both', parent: message }) })),
  ]);
  let day = '';
  const rendered = standing
    .sort((a, b) => Number(a.ts) - Number(b.ts))
    .map(({ ts, html: message }) => {
      const next = dayOf(ts, zone);
      const divider = next === day ? undefined : html`<p class="day"><span>${next}</span></p>`;
      day = next;
      return html`${divider}${message}`;
    });
  return html`<div>${rendered}</div>`;
}

function renderThread(message: PageMessage, channel: PageChannel, zone: Zone): Html | undefined {
  if (message.replies.length === 0) return undefined;
  return html`<details class="thread" open><summary lang="${zone.language}">${PAGE_WORDS[zone.language].replies(message.replies.length)}</summary>
${message.replies.map((reply) => renderMessage(reply, channel, zone, { in: 'thread' }))}
</details>`;
}

function renderMessage(message: PageMessage | PageReply, channel: PageChannel, zone: Zone, place: Place, thread?: Html): Html {
  const about = decode(message.text);
  const kind = place.in === 'thread' ? 'message reply' : 'message';
  return html`<article class="${kind}" lang="${channel.language}" aria-label="${about}">
${AVATAR}
<div class="content">
${renderSender(message, zone)}
${place.in === 'both' && renderOrigin(place.parent, channel, zone)}
<div>${renderBlocks(message.blocks, { names: zone.names, about })}</div>
${renderMarks(message, channel, zone, place)}
${thread}
</div>
</article>`;
}

/** Slack's words: above a reply that the channel shows. */
function renderOrigin(parent: PageMessage, channel: PageChannel, { language }: Zone): Html {
  return html`<p class="origin"><span lang="${language}">${PAGE_WORDS[language].repliedTo}</span> <b lang="${channel.language}">${decode(parent.text)}</b></p>`;
}

/** Slack's words: below what was edited, and below a reply that the channel shows too. */
function renderMarks(message: PageMessage | PageReply, channel: PageChannel, zone: Zone, place: Place): Html | undefined {
  const words = PAGE_WORDS[zone.language];
  const edited = 'edited' in message ? message.edited : undefined;
  const sent = place.in === 'thread' && 'broadcast' in message && message.broadcast;
  if (!edited && !sent) return undefined;
  return html`<p class="marks" lang="${zone.language}">${
    edited && html`<span title="${dayOf(edited, zone)} ${timeOf(edited, zone)}">${words.edited}</span>`
  }${sent && html`<span>${words.alsoSentTo(channel.name)}</span>`}</p>`;
}

function renderSender(message: { ts: string }, zone: Zone): Html {
  return html`<p class="sender" lang="${zone.language}"><b>${SENDER}</b><span class="app">${PAGE_WORDS[zone.language].app}</span>
<time datetime="${moment(message.ts).toISOString()}">${timeOf(message.ts, zone)}</time></p>`;
}

/** The picture of a single message with its thread, without a page around it. @param channel by name, for what was also sent to it. */
export function renderSingle(message: PageMessage, zone: Zone, channel = ''): Html {
  const of = { id: '', name: channel, description: '', language: zone.language, messages: [] };
  return renderMessage(message, of, zone, { in: 'channel' }, renderThread(message, of, zone));
}

/** The notification is escaped, as `text` is mrkdwn; Slack decodes exactly these three, once: https://docs.slack.dev/messaging/formatting-message-text */
function decode(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_all, name: string) => (name === 'lt' ? '<' : name === 'gt' ? '>' : '&'));
}

function moment(ts: string): Date {
  const date = new Date(Number.parseFloat(ts) * 1000);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}

function timeOf(ts: string, { language, timeZone }: Zone): string {
  return new Intl.DateTimeFormat(WRITTEN[language].locale, { timeZone, hour: '2-digit', minute: '2-digit' }).format(moment(ts));
}

function dayOf(ts: string, { language, timeZone }: Zone): string {
  const date = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  return new Intl.DateTimeFormat(WRITTEN[language].locale, { timeZone, ...date }).format(moment(ts));
}

/** As the manifest names the bot, whose name stands beside each message. A manifest can give no icon: this one is drawn as a plain tile. */
const SENDER = slackManifest().features?.bot_user?.display_name ?? '';
const AVATAR = html`<svg class="avatar" viewBox="0 0 36 36" aria-hidden="true"><rect width="36" height="36" rx="8" fill="#e8e8e8"/><path d="M11 11h6v6h-6zM19 11h6v6h-6zM11 19h6v6h-6zM19 19h6v6h-6z" fill="#616061"/></svg>`;
