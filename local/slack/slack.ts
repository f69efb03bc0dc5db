/** Slack's Web API: the methods in use, refused as strictly as Slack refuses. */
import { blockProblem, validation } from './slack-blocks';
import type { SlackLive } from './slack-live';
import { type createSlackLimits, rateLimited } from './slack-limits';
import { type SlackContent, type SlackWorkspace, slackError } from './slack-workspace';
import { jsonObject, objects, ServiceError, text } from '../protocol/wire';
import type { Call, JsonObject, Reply, Service, WireRequest } from '../protocol/wire';

/** Where the addresses of incoming webhooks begin; the name of the secret follows. */
export const WEBHOOKS = '/services/';

/** The bot token that the local workspace takes. */
export const LOCAL_SLACK_TOKEN = 'xoxb-local';

export interface SlackOptions {
  workspace: SlackWorkspace;
  /** The one that may call. */
  token?: string;
  limits?: ReturnType<typeof createSlackLimits>;
  /** Relays to the real Slack; the local workspace then only mirrors it. */
  live?: SlackLive;
}

export function slackService({ workspace, token: accepted = LOCAL_SLACK_TOKEN, limits, live }: SlackOptions): Service {
  const methods: Record<string, (body: JsonObject) => JsonObject> = {
    'auth.test': () => ({
      url: 'https://acme.slack.com/',
      team: 'Acme',
      user: 'security-hub-interpreter',
      team_id: 'T0LOCAL001',
      user_id: 'U0LOCAL001',
      bot_id: 'B0LOCAL001',
    }),
    'chat.postMessage': (body) => {
      const message = workspace.post(text(body.channel), content(body), threadOf(body));
      return { channel: message.channel, ts: message.ts, message: { type: 'message', ts: message.ts, text: message.text } };
    },
    'chat.update': (body) => {
      const { channel, ts, text: said } = workspace.update(text(body.channel), text(body.ts), content(body));
      return { channel, ts, text: said };
    },
    'blocks.validate': (body) => validation(body.blocks),
    'chat.getPermalink': (body) => ({
      channel: body.channel,
      permalink: workspace.permalink(text(body.channel), text(body.message_ts)),
    }),
  };

  return {
    name: 'slack',
    transcribed: true,
    failures: {
      refused: slackError('invalid_auth'),
      throttled: rateLimited(30),
      'error-500': new ServiceError('internal_error', 'Internal Server Error', 500),
    },
    read: (request) => ({
      operation: request.path.startsWith(WEBHOOKS) ? 'webhook' : (request.path.split('/').pop() ?? ''),
      body: readBody(request),
    }),
    async answer(call, request) {
      if (call.operation === 'webhook') return webhook(workspace, call.body, decodeURIComponent(request.path.slice(WEBHOOKS.length)));
      if (live) return mirrored(workspace, call, await live.relay(call.operation, call.body));
      const method = methods[call.operation];
      if (!method) throw slackError('unknown_method');
      const token = tokenOf(request);
      if (token === undefined) throw slackError('not_authed');
      if (token !== accepted) throw slackError('invalid_auth');
      limits?.(call.operation, text(call.body.channel));
      return reply(200, { ok: true, ...method(call.body) });
    },
    failure: (error) =>
      error.status >= 500
        ? { status: error.status, headers: { 'content-type': 'text/plain' }, body: error.message }
        : reply(error.status, { ok: false, error: error.type, ...details(error) }, error.headers),
  };
}

/** Answers `ok` and no ts; takes no channel: it is bound to one, here named after the secret that holds its address. */
function webhook(workspace: SlackWorkspace, body: JsonObject, secret: string): Reply {
  workspace.post(`webhook:${secret}`, content(body), undefined);
  return { status: 200, headers: { 'content-type': 'text/html' }, body: 'ok' };
}

function reply(status: number, body: JsonObject, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(body) };
}

function details(error: ServiceError): JsonObject {
  return error.message === error.type ? {} : { response_metadata: { messages: [error.message] } };
}

/** A form whose structured values are JSON texts, or JSON. The token never goes on from here. */
function readBody(request: WireRequest): JsonObject {
  const fields = bodyFields(request);
  const { token: _secret, ...body } = fields;
  return body;
}

function bodyFields(request: WireRequest): JsonObject {
  if (String(request.headers['content-type']).includes('json')) return jsonObject(request.body) ?? {};
  return Object.fromEntries([...new URLSearchParams(request.body)].map(([name, value]) => [name, structured(name, value)]));
}

function structured(name: string, value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  if (!['blocks', 'attachments', 'metadata'].includes(name)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw slackError('invalid_blocks_format');
  }
}

function tokenOf(request: WireRequest): string | undefined {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return bearer ?? (text(bodyFields(request).token) || undefined);
}

function content(body: JsonObject): SlackContent {
  if (text(body.text) === '' && body.blocks === undefined) throw slackError('no_text');
  if (text(body.text).length > 40_000) throw slackError('msg_too_long');
  const problem = body.blocks === undefined ? undefined : blockProblem(body.blocks);
  if (problem) throw slackError(problem.error, problem.detail);
  return spoken(body);
}

function spoken(body: JsonObject): SlackContent {
  return { text: text(body.text), blocks: objects(body.blocks) };
}

function threadOf(body: JsonObject): { ts: string; broadcast: boolean } | undefined {
  return text(body.thread_ts) === '' ? undefined : { ts: text(body.thread_ts), broadcast: body.reply_broadcast === true };
}

/** Keeps what the real Slack accepted, so that it can be shown here too. */
function mirrored(workspace: SlackWorkspace, call: Call, answer: Reply): Reply {
  const said = jsonObject(answer.body);
  if (said?.ok !== true) return answer;
  if (call.operation === 'chat.postMessage' || call.operation === 'chat.update') {
    // Without the local checks: what the real Slack took is said, and an error now would have it said twice.
    workspace.adopt(text(said.channel), text(said.ts), spoken(call.body), threadOf(call.body));
  }
  return answer;
}
