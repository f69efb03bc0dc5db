/** The real Slack, called from the CLI's own process with the user's token. */
import type { JsonObject, Reply } from './wire';

export interface SlackLive {
  relay(method: string, body: JsonObject): Promise<Reply>;
}

/** `SLACK_API_URL` (https://slack.com/api/ by default) and `SLACK_BOT_TOKEN` of `env`. Throws when there is no token. */
export function connectSlack(env: NodeJS.ProcessEnv = process.env): SlackLive {
  const token = env.SLACK_BOT_TOKEN;
  if (!token) throw new Error('Live Slack needs a bot token: set SLACK_BOT_TOKEN to the xoxb-… token of your app (scope chat:write).');
  const base = env.SLACK_API_URL ?? 'https://slack.com/api/';
  return {
    async relay(method, body) {
      const response = await fetch(new URL(method, base.endsWith('/') ? base : `${base}/`), {
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
        signal: AbortSignal.timeout(30_000),
      });
      const headers: Record<string, string> = {};
      for (const name of ['content-type', 'retry-after']) {
        const value = response.headers.get(name);
        if (value !== null) headers[name] = value;
      }
      return { status: response.status, headers, body: await response.text() };
    },
  };
}
