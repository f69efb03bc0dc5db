/** Slack, by the bot token that the functions use. */
import { LogLevel, WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } from '@slack/web-api';
import type { Logger } from '@slack/web-api';
import type { Settings } from '../../../config/schema';
import { CALL_TIMEOUT } from '../../../handlers/adapters/client-defaults';
import { BOT_TOKEN } from '../../../handlers/adapters/secrets';
import type { Calls } from '../calls';
import { CallFailure } from '../failure';
import { Once } from './once';
import type { SecretReads } from './secrets';

export interface Bot {
  /** As people mention it. */
  name: string;
  team: string;
  /** undefined: Slack did not say. */
  scopes?: string[];
}

export interface Channel {
  name: string;
  archived: boolean;
  private: boolean;
  /** Whether the bot is in it. */
  joined: boolean;
}

export class SlackReads {
  private readonly once = new Once();
  /** Where the Web API is; $SLACK_API_URL leads to a stand-in. */
  readonly apiUrl: string;

  constructor(
    private readonly calls: Calls,
    private readonly settings: Settings['slack'],
    private readonly secrets: SecretReads,
  ) {
    this.apiUrl = process.env.SLACK_API_URL ?? `https://${settings.host}/api/`;
  }

  bot = (): Promise<Bot> =>
    this.once.get('bot', async () => {
      const answer = await this.ask('auth.test', {});
      return { name: text(answer.user), team: text(answer.team), scopes: scopesOf(answer.response_metadata) };
    });

  channel = (id: string): Promise<Channel> =>
    this.once.get(`channel ${id}`, async () => {
      const { channel } = (await this.ask('conversations.info', { channel: id })) as { channel?: Record<string, unknown> };
      return {
        name: text(channel?.name),
        archived: channel?.is_archived === true,
        private: channel?.is_private === true,
        joined: channel?.is_member === true,
      };
    });

  /**
   * What Slack would not take of these blocks, in its own words with the place; empty where it takes them.
   * https://docs.slack.dev/reference/methods/blocks.validate
   */
  validate = async (blocks: readonly unknown[]): Promise<string[]> => {
    const answer = await this.ask('blocks.validate', { blocks: JSON.stringify(blocks) }, 'invalid_blocks');
    if (answer.ok === true) return [];
    const errors = (Array.isArray(answer.errors) ? answer.errors : []) as { pointer?: unknown; message?: unknown }[];
    return errors.length > 0 ? errors.map(({ pointer, message }) => `${text(message)} at ${text(pointer)}`) : [text(answer.error)];
  };

  private web = (): Promise<WebClient> =>
    this.once.get('web', async () => {
      const token = await this.secrets.value(this.settings.tokenSecret ?? '', BOT_TOKEN);
      return new WebClient(token, {
        slackApiUrl: this.apiUrl,
        retryConfig: { retries: 0 },
        timeout: CALL_TIMEOUT,
        rejectRateLimitedCalls: true,
        allowAbsoluteUrls: false,
        logger: SILENT,
      });
    });

  /** @param no the code of an answer that is one, though Slack says `ok: false`. */
  private async ask(method: string, body: Record<string, unknown>, no?: string): Promise<Record<string, unknown>> {
    const web = await this.web();
    return this.calls.call(`slack:${method}`, '', async () => {
      try {
        return { ...(await web.apiCall(method, body)) };
      } catch (error) {
        if (no !== undefined && error instanceof WebAPIPlatformError && error.data.error === no) return { ...error.data };
        throw slackFailure(error, `slack:${method}`);
      }
    });
  }
}

/** Slack's own code is what a check judges; a proxy's page or an unreadable answer is a refusal without one. */
function slackFailure(error: unknown, action: string): CallFailure {
  const failure = (kind: CallFailure['kind'], code: string, message = '') => new CallFailure(kind, action, '', code, message);
  if (error instanceof WebAPIPlatformError) {
    const needed = (error.data as { needed?: unknown }).needed;
    return failure('refused', String(error.data.error).slice(0, 80), typeof needed === 'string' ? `it needs ${needed}` : 'Slack said no');
  }
  if (error instanceof WebAPIRateLimitedError) return failure('throttled', 'ratelimited');
  if (error instanceof WebAPIHTTPError) return failure('refused', `HTTP ${error.statusCode}`, error.statusMessage);
  if (error instanceof WebAPIRequestError) {
    const { name, message, cause } = error.original as Error & { cause?: { code?: unknown } };
    if (/abort|timeout/i.test(`${name} ${message}`)) return failure('timeout', name);
    return failure('unreachable', typeof cause?.code === 'string' ? cause.code : name);
  }
  return failure('refused', 'unreadable', 'an answer that is not of Slack’s Web API');
}

function scopesOf(metadata: unknown): string[] | undefined {
  const { scopes } = (metadata ?? {}) as { scopes?: unknown };
  return Array.isArray(scopes) ? scopes.filter((scope): scope is string => typeof scope === 'string' && scope !== '') : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const nothing = () => {};
/** Slack's client would write expected errors to the terminal. */
const SILENT: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
