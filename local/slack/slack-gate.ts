/** When the real Slack may be called, and when no longer. */
import type { RealTime } from '../real-time';
import type { Reply } from '../protocol/wire';

export interface SlackAnswer {
  status: number;
  /** Slack's code where it said no; else empty. */
  error: string;
  /** Seconds, where it answered 429. */
  retryAfter?: number;
}

/** Every channel. */
export const ALL = '*';

/**
 * Milliseconds between two calls, as production paces them: a message a second and channel, 50 edits a minute for the workspace.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const POSTS_EVERY = 1000;
const EDITS_EVERY = 1200;
/** Milliseconds that a call waits here. What takes longer is given back, since functions do not wait so long for an answer. */
const LONGEST_WAIT = 2000;
/** So many 429s or outages in a row, and it is given up. */
const STRIKES = 5;
/**
 * No message can work until a person acts: for none of the channels, and for this one.
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors
 */
const TOKEN_REFUSED =
  /^(invalid_auth|not_authed|token_revoked|token_expired|account_inactive|org_login_required|missing_scope|no_permission|not_allowed_token_type)$/;
const CHANNEL_REFUSED =
  /^(channel_not_found|is_archived|not_in_channel|restricted_action.*|access_denied|ekm_access_denied|team_access_not_granted|messages_tab_disabled)$/;

export function slackGate({ now, sleep, signal, say }: RealTime) {
  const refused = new Map<string, string>();
  /** Epoch milliseconds before which there is no call: by channel for posts, by method for edits, and by method after a 429. */
  const turns = new Map<string, number>();
  const holds = new Map<string, number>();
  const strikes = new Map<string, number>();

  const paced = (method: string, channel: string): [string, number] | undefined =>
    method === 'chat.postMessage' ? [`post ${channel}`, POSTS_EVERY] : method === 'chat.update' ? ['edit', EDITS_EVERY] : undefined;

  async function waitFor(ms: number): Promise<boolean> {
    try {
      if (ms > 0) await sleep(ms, signal);
    } catch {
      // Stopped: whoever waits looks at the signal.
    }
    return !signal.aborted;
  }

  function giveUp(channel: string, reason: string): void {
    if (refused.has(channel)) return;
    refused.set(channel, reason);
    say(`Slack ${channel === ALL ? 'takes no call' : `takes nothing in ${channel}`}: ${reason}. Given up.`);
  }

  /** @returns whether it was one too many. */
  function strike(what: string): boolean {
    const count = (strikes.get(what) ?? 0) + 1;
    strikes.set(what, count);
    return count >= STRIKES;
  }

  return {
    /** Why a channel is no longer called, by its id; ALL for every channel. */
    refusals: (): ReadonlyMap<string, string> => refused,
    /** Waits for the turn of a call. @returns what to answer where Slack is not to be asked. */
    async pass(method: string, channel: string): Promise<Reply | undefined> {
      const reason = refused.get(ALL) ?? refused.get(channel);
      if (reason !== undefined) return refusal(/^\w+$/.test(reason) ? reason : 'channel_not_found');
      const turn = paced(method, channel);
      const at = Math.max(now(), holds.get(method) ?? 0, turn ? (turns.get(turn[0]) ?? 0) : 0);
      if (at - now() > LONGEST_WAIT) return tooEarly(at - now());
      if (turn) turns.set(turn[0], at + turn[1]);
      return (await waitFor(at - now())) ? undefined : tooEarly(1000);
    },
    learn(method: string, channel: string, { status, error, retryAfter }: SlackAnswer) {
      if (retryAfter !== undefined) {
        holds.set(method, now() + retryAfter * 1000);
        if (strike(channel)) return giveUp(channel, `429 ${STRIKES} times in a row`);
        say(`Slack answered 429 to ${method} for ${channel}: waiting ${retryAfter} s, as it asks.`);
      } else if (status >= 500) {
        if (strike(ALL)) giveUp(ALL, `no answer ${STRIKES} times in a row`);
      } else {
        strikes.delete(ALL);
        strikes.delete(channel);
        if (TOKEN_REFUSED.test(error)) giveUp(ALL, error);
        else if (CHANNEL_REFUSED.test(error)) giveUp(channel, error);
      }
    },
    /** Waits until every turn has come and every Retry-After is over. Ends early when it is stopped. */
    async settle(): Promise<void> {
      const left = () => Math.max(0, ...turns.values(), ...holds.values()) - now();
      while (left() > 0 && (await waitFor(left())));
    },
  };
}

/** As Slack would say it once more. */
function refusal(error: string): Reply {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ok: false, error }) };
}

function tooEarly(ms: number): Reply {
  return {
    status: 429,
    headers: { 'content-type': 'application/json', 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) },
    body: JSON.stringify({ ok: false, error: 'ratelimited' }),
  };
}
