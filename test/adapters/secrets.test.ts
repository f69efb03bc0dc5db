/** What a secret holds, how long it is kept, and how it is found again when it was rotated. */
import { BOT_TOKEN, Secret, valueIn, WEBHOOK_ADDRESS } from '../../handlers/adapters/secrets';
import { listen, type Listener } from '../../local/protocol/listener';
import { createSecrets, type SecretsStandIn } from '../../local/services/secretsmanager';
import { towardsLoopback } from './loopback';

const NAME = 'security-hub-interpreter/slack';
const MINUTE = 60_000;
let now: number;
let secrets: SecretsStandIn;
let listener: Listener;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 21);
  secrets = createSecrets({ [NAME]: 'xoxb-1' }, () => now);
  listener = await listen(secrets.service);
  towardsLoopback({ SECRETS_MANAGER: listener.url });
});
afterEach(() => listener.close());

const secret = (kind?: typeof BOT_TOKEN) => new Secret(NAME, { now: () => now }, kind);

test('is read once in five minutes', async () => {
  const token = secret();
  expect(await token.value()).toBe('xoxb-1');
  secrets.set(NAME, 'xoxb-2');
  now += 5 * MINUTE - 1;
  expect(await token.value()).toBe('xoxb-1');
  expect(listener.calls()).toBe(1);
  now += 1;
  expect(await token.value()).toBe('xoxb-2');
  // Five minutes from that reading, not from the first.
  now += 5 * MINUTE - 1;
  await token.value();
  expect(listener.calls()).toBe(2);
});

test('is read at once where the known value was refused, and the new one kept', async () => {
  const token = secret();
  await token.value();
  secrets.set(NAME, 'xoxb-2');
  expect(await token.value(true)).toBe('xoxb-2');
  expect(await token.value()).toBe('xoxb-2');
  expect(listener.calls()).toBe(2);
});

test.each([
  ['a bot token', undefined, 'Slack bot token', 'xoxb-', 'token'],
  ['a webhook’s address', WEBHOOK_ADDRESS, 'address of an incoming webhook', 'https://', 'url'],
])('without %s: the secret is named, what it should hold, and in which two ways', async (_what, kind, what, example, key) => {
  secrets.set(NAME, '{"other":"s3cr3t"}');
  const said = await secret(kind)
    .value()
    .catch((error: Error) => error.message);
  for (const part of [NAME, what, example, `"${key}"`]) expect(said).toContain(part);
  expect(said).not.toContain('s3cr3t');
});

test('what could not be read is asked for again the next time', async () => {
  const token = secret();
  secrets.set(NAME, ' ');
  await expect(token.value()).rejects.toThrow(NAME);
  secrets.set(NAME, 'xoxb-3');
  expect(await token.value()).toBe('xoxb-3');
});

test.each([
  ['the value itself', 'xoxb-1', 'xoxb-1'],
  ['a line end after it', ' xoxb-1\n', 'xoxb-1'],
  ['JSON, as the console makes it', '{"token":"xoxb-1"}', 'xoxb-1'],
  ['JSON after spaces', '\n {"token": "xoxb-1"}', 'xoxb-1'],
  ['JSON without the key', '{"value":"xoxb-1"}', undefined],
  ['JSON with something else under the key', '{"token":1}', undefined],
  ['what begins as JSON and is none', '{token: xoxb-1}', undefined],
  ['nothing', '', undefined],
  ['spaces', '  ', undefined],
  ['no text: a binary secret', undefined, undefined],
])('%s', (_what, text, value) => expect(valueIn(text, BOT_TOKEN.key)).toBe(value));
