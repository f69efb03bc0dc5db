/**
 * Incoming webhooks: for a workspace without a bot. Slack answers `ok` and nothing else, so what was posted can neither
 * be edited nor replied to. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
import { secretOf } from '../../config/routing/address';
import { SlackFailure } from '../domain/failure';
import type { Clock, Messenger } from '../ports';
import { CALL_TIMEOUT } from './client-defaults';
import { Secret, WEBHOOK_ADDRESS } from './secrets';
import { NotSent, sendingFetch } from './sending';
import { codeIn, kindOfStatus, kinds, retryAfter } from './slack';

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors */
const KINDS = kinds([
  ['receiver', 'action_prohibited', 'channel_is_archived', 'channel_not_found', 'invalid_token', 'no_active_hooks', 'no_service'],
  ['receiver', 'no_service_id', 'no_team', 'posting_to_general_channel_denied', 'team_disabled', 'user_not_found'],
  ['content', 'invalid_blocks', 'invalid_payload', 'msg_too_long', 'no_text', 'too_many_attachments'],
  // Slack: "something strange and unusual happened".
  ['unknown', 'rollup_error'],
]);

/** @param slackApiUrl the Web API's address, which says which Slack this is: only webhooks of the same one are called. */
export function webhookMessenger(slackApiUrl: string, clock: Clock): Pick<Messenger, 'post'> {
  const secrets = new Map<string, Secret>();

  async function addressIn(name: string, anew: boolean): Promise<string> {
    const secret = secrets.get(name) ?? new Secret(name, clock, WEBHOOK_ADDRESS);
    secrets.set(name, secret);
    const address = await secret.value(anew);
    if (!belongs(address, slackApiUrl))
      throw new SlackFailure('receiver', `the secret ${name} does not hold the address of an incoming webhook of ${siteOf(slackApiUrl)}`);
    return address;
  }

  return {
    async post(channel, { text, blocks }) {
      const name = secretOf(channel);
      const body = JSON.stringify({ text, blocks, unfurl_links: false, unfurl_media: false });
      const first = await addressIn(name, false);
      try {
        await send(first, body);
      } catch (error) {
        // A webhook that was made anew has another address.
        const second = error instanceof SlackFailure && error.kind === 'receiver' ? await addressIn(name, true) : first;
        if (second === first) throw error;
        await send(second, body);
      }
      return { ts: '', channel };
    },
  };
}

/** The bot's messenger for channels, the webhooks' for the rest. */
export function bothMessengers(bot: Messenger, webhooks: Pick<Messenger, 'post'>, isWebhook: (channel: string) => boolean): Messenger {
  return { ...bot, post: (channel, message, thread) => (isWebhook(channel) ? webhooks : bot).post(channel, message, thread) };
}

/** Whether an address is one of hooks.<host> of the Slack whose Web API is called; on loopback, where stand-ins are, of the same origin. */
export function belongs(address: string, slackApiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, origin } = new URL(address);
  const api = new URL(slackApiUrl);
  return protocol === 'https:' ? host === siteOf(slackApiUrl) : api.protocol === 'http:' && origin === api.origin;
}

function siteOf(slackApiUrl: string): string {
  return `hooks.${new URL(slackApiUrl).host}`;
}

/** @throws SlackFailure that never carries the address: whoever knows it can post. */
async function send(address: string, body: string): Promise<void> {
  let status: number;
  let said: string;
  let wait: number;
  try {
    const response = await sendingFetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(CALL_TIMEOUT),
    });
    status = response.status;
    wait = retryAfter(response.headers.get('retry-after'));
    said = (await response.text()).slice(0, 100).trim();
  } catch (error) {
    // fetch rejects with errors alone.
    const failed = error as Error;
    if (failed instanceof NotSent) throw new SlackFailure('unavailable', `the webhook cannot be reached: ${failed.message}`);
    throw new SlackFailure('unknown', `the call to the webhook failed: ${failed.name}`);
  }
  if (status === 200) return;
  if (status === 429) throw new SlackFailure('rate-limited', 'Slack answered 429', wait);
  const code = codeIn(said) ?? `HTTP ${status}`;
  throw new SlackFailure(KINDS[code] ?? kindOfStatus(status), `Slack answered ${code}`);
}
