/**
 * The real Slack, called from the CLI's own process with the user's token, in real time: as production paces its posts, with
 * every Retry-After obeyed, and no further call to what Slack refuses.
 */
import type { RealTime } from '../real-time';
import { slackGate } from './slack-gate';
import { type JsonObject, jsonObject, type Reply, text } from '../protocol/wire';

export type SlackLive = ReturnType<typeof connectSlack>;

/** Milliseconds. With the gate's own wait it is less than what the functions allow a call. */
const ANSWER_TIMEOUT = 5000;
/** Errors of undici and of the resolver after which the request cannot have arrived. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/** `SLACK_API_URL` (https://slack.com/api/ by default) and `SLACK_BOT_TOKEN` of `env`. Throws when there is no token. */
export function connectSlack(time: RealTime, env: NodeJS.ProcessEnv = process.env) {
  const token = env.SLACK_BOT_TOKEN;
  if (!token) throw new Error('Live Slack needs a bot token: set SLACK_BOT_TOKEN to the xoxb-… token of your app (scope chat:write).');
  const base = env.SLACK_API_URL ?? 'https://slack.com/api/';
  const gate = slackGate(time);
  let asked = 0;
  return {
    settle: gate.settle,
    refusals: gate.refusals,
    /** How many calls went out. */
    asked: () => asked,
    async relay(method: string, body: JsonObject): Promise<Reply> {
      const channel = text(body.channel);
      const refusal = await gate.pass(method, channel);
      if (refusal) return refusal;
      asked += 1;
      const reply = await send(new URL(method, base.endsWith('/') ? base : `${base}/`), token, body, time.signal);
      gate.learn(method, channel, { status: reply.status, error: text(jsonObject(reply.body)?.error), retryAfter: retryAfter(reply) });
      return reply;
    },
  };
}

/** Never throws: what came to no answer is 503 where nothing was sent, and 504 where it may have arrived. */
async function send(url: URL, token: string, body: JsonObject, stop: AbortSignal): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      // A form, as Slack's own client sends: methods that read take no JSON.
      body: new URLSearchParams(
        Object.entries(body).map(([name, value]): [string, string] => [
          name,
          typeof value === 'object' ? JSON.stringify(value) : String(value),
        ]),
      ),
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER_TIMEOUT), stop]),
    });
    const headers: Record<string, string> = {};
    for (const name of ['content-type', 'retry-after']) {
      const value = response.headers.get(name);
      if (value !== null) headers[name] = value;
    }
    return { status: response.status, headers, body: await response.text() };
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    const reason = typeof cause?.code === 'string' ? cause.code : error instanceof Error ? error.name : String(error);
    return { status: NEVER_SENT.has(reason) ? 503 : 504, headers: { 'content-type': 'text/plain' }, body: reason };
  }
}

/** Seconds. https://docs.slack.dev/apis/web-api/rate-limits */
function retryAfter({ status, headers }: Reply): number | undefined {
  if (status !== 429) return undefined;
  const seconds = Number(headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 30;
}
