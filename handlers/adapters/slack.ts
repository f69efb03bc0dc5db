/**
 * Slack's Web API. The client's own retries, sleeps and absolute URLs are switched off: whether a call is repeated
 * is decided where it is known whether it could repeat a message.
 */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } from '@slack/web-api';
import { SlackFailure, type SlackFailureKind } from '../domain/failure';
import type { Messenger, SlackMessage } from '../ports';
import { CALL_TIMEOUT } from './client-defaults';
import type { Secret } from './secrets';
import { NotSent, sendingFetch } from './sending';

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors and chat.update#errors */
const KINDS = kinds([
  ['receiver', 'invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive', 'org_login_required'],
  ['receiver', 'missing_scope', 'no_permission', 'channel_not_found', 'is_archived', 'not_in_channel', 'restricted_action'],
  ['receiver', 'restricted_action_thread_only_channel', 'ekm_access_denied', 'access_denied', 'team_access_not_granted'],
  ['receiver', 'restricted_action_read_only_channel', 'restricted_action_non_threadable_channel', 'messages_tab_disabled'],
  // An edit in an archived channel; one in a channel that Slack moves just then.
  ['receiver', 'is_inactive', 'external_channel_migrating'],
  ['receiver', 'not_allowed_token_type', 'two_factor_setup_required', 'accesslimited', 'enterprise_is_restricted', 'team_not_found'],
  ['gone', 'edit_window_closed', 'message_not_found', 'cant_update_message', 'thread_not_found', 'cant_broadcast_message'],
  ['content', 'invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long', 'no_text'],
  ['content', 'too_many_attachments', 'invalid_arguments'],
  ['rate-limited', 'ratelimited', 'rate_limited', 'message_limit_exceeded'],
  // Slack: "It's possible some aspect of the operation succeeded before the error was raised."
  ['unknown', 'fatal_error', 'internal_error', 'request_timeout', 'update_failed'],
  // The second while a workspace moves to an Enterprise organization: "intermittently unavailable".
  ['unavailable', 'service_unavailable', 'team_added_to_org'],
]);
const AUTH = new Set(['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive']);

export function slackMessenger(secret: Secret, slackApiUrl: string): Messenger {
  let client: { token: string; web: WebClient } | undefined;

  async function web(anew: boolean): Promise<WebClient> {
    const token = await secret.value(anew);
    if (client?.token !== token) {
      client = {
        token,
        web: new WebClient(token, {
          slackApiUrl,
          retryConfig: { retries: 0 },
          timeout: CALL_TIMEOUT,
          fetch: slackFetch,
          rejectRateLimitedCalls: true,
          allowAbsoluteUrls: false,
        }),
      };
    }
    return client.web;
  }

  /** Once more with a freshly read token where the known one was refused: it may have been rotated. */
  async function call<T>(run: (web: WebClient) => Promise<T>): Promise<T> {
    const first = await web(false);
    try {
      return await run(first);
    } catch (error) {
      if (error instanceof WebAPIPlatformError && AUTH.has(error.data.error)) {
        const second = await web(true);
        if (second !== first) {
          try {
            return await run(second);
          } catch (again) {
            throw failureOf(again);
          }
        }
      }
      throw failureOf(error);
    }
  }

  return {
    async post(channel, message, thread) {
      const answer = await call((web) =>
        web.chat.postMessage({
          channel,
          ...content(message),
          unfurl_links: false,
          unfurl_media: false,
          ...(thread ? (thread.broadcast ? { thread_ts: thread.ts, reply_broadcast: true } : { thread_ts: thread.ts }) : {}),
        } as Parameters<WebClient['chat']['postMessage']>[0]),
      );
      if (typeof answer.ts !== 'string')
        throw new SlackFailure('unknown', 'Slack answered without the ts of the message: it may stand in the channel');
      return { ts: answer.ts, channel: typeof answer.channel === 'string' ? answer.channel : channel };
    },
    async update(channel, ts, message) {
      await call((web) => web.chat.update({ channel, ts, ...content(message) } as Parameters<WebClient['chat']['update']>[0]));
    },
    async permalink(channel, ts) {
      const answer = await call((web) => web.chat.getPermalink({ channel, message_ts: ts }));
      return answer.permalink ?? '';
    },
  };
}

/** Seconds: where a 429 does not say them, and the most that is believed. Of an absurd one nothing else would ever ask again. */
const UNSAID = 30;
const LONGEST = 3600;

/** @param header Retry-After. @returns seconds. */
export function retryAfter(header: string | null): number {
  const seconds = Number.parseInt(header ?? '', 10);
  return Number.isNaN(seconds) ? UNSAID : Math.min(LONGEST, Math.max(1, seconds));
}

/** The client takes a 429 without seconds for an error that has no name. */
const slackFetch: typeof fetch = async (input, init) => {
  const response = await sendingFetch(input, init);
  if (response.status !== 429) return response;
  await response.body?.cancel();
  return new Response(null, { status: 429, headers: { 'retry-after': String(retryAfter(response.headers.get('retry-after'))) } });
};

function content({ text, blocks }: SlackMessage) {
  // The text is shown by notifications and as a fallback; nothing in it is to be read as markup.
  return { text, blocks, parse: 'none', link_names: false, mrkdwn: false };
}

/** What each error of Slack means, by its code. */
export function kinds(rows: [SlackFailureKind, ...errors: string[]][]): Record<string, SlackFailureKind> {
  return Object.fromEntries(rows.flatMap(([kind, ...errors]) => errors.map((error) => [error, kind])));
}

/** What an error of the client comes to. It never carries the token: only Slack's error code and a status go on. */
export function failureOf(error: unknown): unknown {
  if (error instanceof WebAPIRateLimitedError) return new SlackFailure('rate-limited', 'Slack answered 429', error.retryAfter);
  if (error instanceof WebAPIPlatformError) {
    const code = codeIn(error.data.error);
    // The client calls so what it cannot read: a page of HTML, or nothing. The request was taken.
    if (code === undefined) return new SlackFailure('unknown', 'Slack answered with what is no code of its own');
    return new SlackFailure(KINDS[code] ?? 'refused', `Slack answered ${code}`, KINDS[code] === 'rate-limited' ? UNSAID : 0);
  }
  if (error instanceof WebAPIHTTPError) return new SlackFailure(kindOfStatus(error.statusCode), `Slack answered HTTP ${error.statusCode}`);
  if (error instanceof WebAPIRequestError)
    return new SlackFailure(
      error.original instanceof NotSent ? 'unavailable' : 'unknown',
      error.original instanceof NotSent
        ? `Slack cannot be reached: ${error.original.message}`
        : `the call to Slack failed: ${error.original.name} ${causeCode(error.original)}`,
    );
  // An answer that is no JSON, or that broke off: the request was taken.
  if (error instanceof SyntaxError || error instanceof TypeError || /^(Timeout|Abort)Error$/.test((error as Error).name))
    return new SlackFailure('unknown', 'Slack gave an answer that cannot be read');
  return error;
}

/** An error of Slack's by its code. Anything else might repeat what it was sent, the token included, and goes no further. */
export function codeIn(said: string): string | undefined {
  return /^[a-z0-9_]{2,60}$/.test(said) ? said : undefined;
}

/** What an HTTP status other than 200 and 429 says, where Slack gives no words of its own with it. */
export function kindOfStatus(status: number): SlackFailureKind {
  // A gateway that gave up waiting does not know what became of the request; other refusals came before it.
  if (status === 504 || status < 400) return 'unknown';
  return status >= 500 || status === 408 ? 'unavailable' : 'refused';
}

function causeCode(error: Error): string {
  const cause = error.cause as { code?: unknown } | undefined;
  return typeof cause?.code === 'string' ? cause.code : '';
}
