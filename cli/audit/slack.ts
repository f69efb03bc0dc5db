/** By which of Slack's two ways receivers are reached: its Web API, or an incoming webhook, whose channel Slack alone knows. */
import { isOneWay, secretOf } from '../../config/routing/address';
import type { Audit } from './audited';
import type { AuditedReceiver } from './units';
import type { Say } from './answers/answer';

type Slack = Pick<Audit['slack'], 'address' | 'receivers'>;

export interface SlackWays {
  channels: AuditedReceiver[];
  webhooks: AuditedReceiver[];
  /** Whom the function calls: the API's host where a channel is told, that of webhooks where one is. */
  hosts: string[];
  /** '' where the Web API's address is not known. */
  webhookHost: string;
}

/** Of the Slack whose Web API is called, no other site's webhook is (handlers/adapters/webhook.ts). */
export function slackWays({ address, receivers }: Slack): SlackWays {
  const host = URL.canParse(address) ? new URL(address).host : '';
  const webhookHost = host && `hooks.${host}`;
  const channels = receivers.filter((receiver) => !isOneWay(receiver.address));
  const webhooks = receivers.filter((receiver) => isOneWay(receiver.address));
  const hosts = [...(channels.length > 0 ? [host] : []), ...(webhooks.length > 0 ? [webhookHost] : [])].filter(Boolean);
  return { channels, webhooks, hosts, webhookHost };
}

/** `6 receivers: 5 by the API (https://slack.com/api/), 1 by a webhook at hooks.slack.com` */
export function waysText(slack: Slack, say: Say): string {
  const { channels, webhooks, webhookHost } = slackWays(slack);
  const all = slack.receivers.length;
  const parts = [
    ...(channels.length > 0
      ? [say(`${channels.length} by the API (${slack.address})`, `API（${slack.address}）経由 ${channels.length}`)]
      : []),
    ...(webhooks.length > 0
      ? [
          say(
            `${webhooks.length} by ${webhooks.length === 1 ? 'a webhook' : 'webhooks'} at ${webhookHost}`,
            `Webhook（${webhookHost}）経由 ${webhooks.length}`,
          ),
        ]
      : []),
  ];
  return say(`${all} ${all === 1 ? 'receiver' : 'receivers'}: ${parts.join(', ')}`, `通知先 ${all} 件（${parts.join('、')}）`);
}

/** `5 channels and 1 webhook` */
export function placesText(slack: Slack, say: Say): string {
  const { channels, webhooks } = slackWays(slack);
  const parts = [
    ...(channels.length > 0 || webhooks.length === 0
      ? [say(`${channels.length} ${channels.length === 1 ? 'channel' : 'channels'}`, `${channels.length} チャンネル`)]
      : []),
    ...(webhooks.length > 0
      ? [say(`${webhooks.length} ${webhooks.length === 1 ? 'webhook' : 'webhooks'}`, `Webhook ${webhooks.length} 件`)]
      : []),
  ];
  return parts.join(say(' and ', '、'));
}

/** Where a receiver's messages appear. */
export function channelText(address: string, say: Say): string {
  return isOneWay(address)
    ? say(
        `whichever its webhook posts to, which Slack knows (secret ${secretOf(address)})`,
        `Webhook の投稿先（Slack のみが知る。シークレット ${secretOf(address)}）`,
      )
    : address;
}
