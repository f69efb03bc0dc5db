/** Posts to an incoming webhook: only to Slack's own, with the address from the secret, and with every refusal understood. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Listener, listen } from '../../local/protocol/listener';
import { createSecrets, type SecretsStandIn } from '../../local/services/secretsmanager';
import { belongs, webhookMessenger } from '../../handlers/adapters/webhook';

const NAME = 'security-hub-interpreter/sandbox-webhook';
const MESSAGE = { text: 'said', blocks: [{ type: 'section' as const, text: { type: 'plain_text' as const, text: 'said', emoji: false } }] };

let slack: http.Server;
let origin: string;
let secretsManager: Listener;
let secrets: SecretsStandIn;
let requests: { path: string; body: unknown }[];
let answer: { status: number; body: string; headers?: Record<string, string> } | 'hang up';

beforeEach(async () => {
  requests = [];
  answer = { status: 200, body: 'ok' };
  slack = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    requests.push({ path: request.url ?? '', body: JSON.parse(body) });
    if (answer === 'hang up' || request.url === '/services/revoked') {
      if (answer === 'hang up') return request.socket.destroy();
      return response.writeHead(404).end('no_service');
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(slack.address() as AddressInfo).port}`;
  secrets = createSecrets({ [NAME]: `${origin}/services/T0/B0/s3cr3t` }, () => 0);
  secretsManager = await listen(secrets.service);
  Object.assign(process.env, {
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
  });
});
afterEach(async () => {
  slack.closeAllConnections();
  await Promise.all([new Promise((resolve) => slack.close(resolve)), secretsManager.close()]);
});

const messenger = () => webhookMessenger(`${origin}/api/`, { now: () => 0 });
const post = (by = messenger()) => by.post(`webhook:${NAME}`, MESSAGE);

test('posts text and blocks to the address in the secret, and knows no ts', async () => {
  await expect(post()).resolves.toEqual({ ts: '', channel: `webhook:${NAME}` });
  expect(requests).toEqual([{ path: '/services/T0/B0/s3cr3t', body: { ...MESSAGE, unfurl_links: false, unfurl_media: false } }]);
});

test.each([
  [404, 'no_service', 'receiver'],
  [403, 'action_prohibited', 'receiver'],
  [410, 'channel_is_archived', 'receiver'],
  [400, 'invalid_payload', 'content'],
  [400, 'invalid_blocks', 'content'],
  [400, 'msg_too_long', 'content'],
  [500, 'rollup_error', 'unknown'],
  [504, '<html>', 'unknown'],
  [503, '<html>', 'unavailable'],
])('HTTP %i with %s is %s', async (status, body, kind) => {
  answer = { status, body };
  await expect(post()).rejects.toMatchObject({ name: 'SlackFailure', kind });
});

test('a 429 is obeyed', async () => {
  answer = { status: 429, body: 'rate_limited', headers: { 'retry-after': '17' } };
  await expect(post()).rejects.toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 17 });
});

test('a connection that breaks may have posted; one that was never made has not', async () => {
  answer = 'hang up';
  await expect(post()).rejects.toMatchObject({ kind: 'unknown' });
  secrets.set(NAME, `${origin}/services/x`);
  const by = messenger();
  await new Promise((resolve) => slack.close(resolve));
  await expect(post(by)).rejects.toMatchObject({ kind: 'unavailable' });
});

test('a webhook that was made anew is found when the old one is refused, and called once', async () => {
  secrets.set(NAME, `${origin}/services/revoked`);
  const by = messenger();
  await expect(post(by)).rejects.toMatchObject({ kind: 'receiver' });
  secrets.set(NAME, `${origin}/services/new`);
  await post(by);
  expect(requests.map(({ path }) => path)).toEqual(['/services/revoked', '/services/revoked', '/services/new']);
});

test('no failure carries the address', async () => {
  for (const refusal of [{ status: 404, body: 'no_service' }, { status: 502, body: 'gateway' }, 'hang up' as const]) {
    answer = refusal;
    await expect(post()).rejects.toMatchObject({ message: expect.not.stringMatching(/s3cr3t|127\.0\.0\.1/) });
  }
  secrets.set(NAME, 'https://example.com/services/s3cr3t');
  await expect(post(messenger())).rejects.toMatchObject({
    kind: 'receiver',
    message: expect.stringMatching(/sandbox-webhook does not hold the address of an incoming webhook of hooks\./),
  });
});

test.each([
  ['https://hooks.slack.com/services/T0/B0/x', 'https://slack.com/api/', true],
  ['https://hooks.slack-gov.com/services/T0/B0/x', 'https://slack-gov.com/api/', true],
  ['https://hooks.slack-gov.com/services/T0/B0/x', 'https://slack.com/api/', false],
  ['http://hooks.slack.com/services/T0/B0/x', 'https://slack.com/api/', false],
  ['https://hooks.slack.com.example.com/services/x', 'https://slack.com/api/', false],
  ['https://hooks.slack.com@example.com/services/x', 'https://slack.com/api/', false],
  ['xoxb-1', 'https://slack.com/api/', false],
])('%s belongs to %s: %s', (address, api, expected) => {
  expect(belongs(address, api)).toBe(expected);
});
