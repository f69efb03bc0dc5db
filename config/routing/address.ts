/** Where a receiver is reached. */
import type { Receiver } from '../schema';

const WEBHOOK = 'webhook:';

/** The id of its channel, or `webhook:` and the name of the secret that holds the webhook's address. */
export function addressOf({ channel, webhookSecret }: Pick<Receiver, 'channel' | 'webhookSecret'>): string {
  return channel ?? `${WEBHOOK}${webhookSecret}`;
}

/** An incoming webhook answers no ts: no threads, no updates, no broadcasts. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export function isOneWay(address: string): boolean {
  return address.startsWith(WEBHOOK);
}

/** The name of the secret in an address that is one-way. */
export function secretOf(address: string): string {
  return address.slice(WEBHOOK.length);
}
