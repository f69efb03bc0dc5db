/** One channel's messages with their threads, in Slack's order and with Slack's marks. */
import { WRITTEN } from '../../config/languages';
import type { SlackMessage } from '../../handlers/ports';
import { type Html, html } from './html';
import { renderBlocks } from './message-html';
import type { PageChannel, PageMessage, PageMeta, PageReply } from './page-model';
import { PAGE_WORDS } from './page-words';

type Zone = Pick<PageMeta, 'language' | 'timeZone'>;

export function renderMessages(channel: PageChannel, zone: Zone): Html {
  let day = '';
  const rendered = channel.messages.map((message) => {
    const next = dayOf(message.ts, zone);
    const divider = next === day ? undefined : html`<p class="day"><span>${next}</span></p>`;
    day = next;
    return html`${divider}${renderMessage(message, channel, zone)}`;
  });
  return html`<div>${rendered}</div>`;
}

function renderMessage(message: PageMessage, channel: PageChannel, zone: Zone): Html {
  const words = PAGE_WORDS[zone.language];
  return html`<article class="message" aria-label="${decode(message.text)}">
${AVATAR}
<div class="content">
${renderSender(message, zone, message.edited)}
<div lang="${channel.language}">${renderBlocks(message.blocks)}</div>
${
  message.replies.length > 0 &&
  html`<details class="thread" open><summary>${words.replies(message.replies.length)}</summary>
${message.replies.map((reply) => renderReply(reply, channel, zone))}
</details>`
}
</div>
</article>`;
}

function renderReply(reply: PageReply, channel: PageChannel, zone: Zone): Html {
  const words = PAGE_WORDS[zone.language];
  return html`<article class="message reply${reply.broadcast && ' broadcast'}" aria-label="${decode(reply.text)}">
${AVATAR}
<div class="content">
${renderSender(reply, zone)}
${reply.broadcast && html`<p class="sent">${words.alsoSentTo} <b>#${channel.name}</b></p>`}
<div lang="${channel.language}">${renderBlocks(reply.blocks)}</div>
</div>
</article>`;
}

function renderSender(message: SlackMessage & { ts: string }, zone: Zone, edited?: string): Html {
  const words = PAGE_WORDS[zone.language];
  return html`<p class="sender"><b>Security Hub Interpreter</b><span class="app">${words.app}</span>
<time datetime="${moment(message.ts).toISOString()}">${timeOf(message.ts, zone)}</time>${
    edited &&
    html`<span class="edited" title="${dayOf(edited, zone)} ${timeOf(edited, zone)}">${words.edited} ${timeOf(edited, zone)}</span>`
  }</p>`;
}

/** The picture of a single message, without a page around it. */
export function renderSingle(message: SlackMessage & { ts: string }, zone: Zone): Html {
  return renderMessage({ ...message, replies: [] }, { id: '', name: '', description: '', language: zone.language, messages: [] }, zone);
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

const AVATAR = html`<svg class="avatar" viewBox="0 0 36 36" aria-hidden="true"><rect width="36" height="36" rx="8" fill="#1f3a5f"/><path d="M18 6l9 3.6v7.2c0 6-3.8 10.4-9 13.2-5.2-2.8-9-7.2-9-13.2V9.6z" fill="#fff"/><path d="M13.6 17.8l3.2 3.2 5.8-6.2" fill="none" stroke="#e0572f" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
