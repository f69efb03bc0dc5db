/** The real Slack's pace and refusals, as https://docs.slack.dev/apis/web-api/rate-limits describes them, on a clock that jumps. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RealTime } from '../../../local/real-time';
import { connectSlack } from '../../../local/slack/slack-live';

const START = Date.UTC(2026, 10, 25);

interface Call {
  method: string;
  channel: string;
  /** Milliseconds since the beginning. */
  at: number;
}
type Answer = { status?: number; headers?: Record<string, string>; body: unknown } | 'reset';

const OK = { body: { ok: true, ts: '1.000001' } };
const no = (error: string): Answer => ({ body: { ok: false, error } });
const slowDown = (seconds: number): Answer => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
});

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A Slack on loopback that answers as told, and a clock on which nobody has to wait. */
async function slack(answer: (call: Call, number: number) => Answer) {
  let now = START;
  const calls: Call[] = [];
  const said: string[] = [];
  const slept: number[] = [];
  const stop = new AbortController();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const call = { method: (request.url ?? '').split('/').pop() ?? '', channel: form.get('channel') ?? '', at: now - START };
      calls.push(call);
      const given = answer(call, calls.length);
      if (given === 'reset') return request.socket.destroy();
      response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers });
      response.end(JSON.stringify(given.body));
    });
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const time: RealTime = {
    now: () => now,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
    signal: stop.signal,
    say: (text) => said.push(text),
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const live = connectSlack(time, { SLACK_API_URL: url, SLACK_BOT_TOKEN: 'xoxb-test' });
  const post = (channel: string) => live.relay('chat.postMessage', { channel, text: 'x' });
  return { live, post, calls, said, slept, stop, url };
}

const errorOf = ({ body }: { body: string }) => (JSON.parse(body) as { error?: string }).error;

test('posts a message a second to a channel, and to another channel at once', async () => {
  const { post, calls } = await slack(() => OK);
  for (const channel of ['C1', 'C1', 'C2', 'C1']) await post(channel);
  expect(calls.filter(({ channel }) => channel === 'C1').map(({ at }) => at)).toEqual([0, 1000, 2000]);
  expect(calls.find(({ channel }) => channel === 'C2')?.at).toBe(1000);
});

test('edits 50 times a minute in the whole workspace', async () => {
  const { live, calls } = await slack(() => OK);
  for (const channel of ['C1', 'C2', 'C3']) await live.relay('chat.update', { channel, ts: '1.0', text: 'x' });
  expect(calls.map(({ at }) => at)).toEqual([0, 1200, 2400]);
});

test('asks nothing before Retry-After is over, answers 429 with what is left meanwhile, and says what it waits for', async () => {
  const { live, post, calls, said } = await slack((_call, number) => (number === 1 ? slowDown(30) : OK));
  expect(await post('C1')).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
  expect(await post('C2')).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
  expect(calls).toHaveLength(1);
  expect(said).toEqual([expect.stringMatching(/429.*chat\.postMessage.*C1.*30 s/)]);
  await live.settle();
  expect(await post('C1')).toMatchObject({ status: 200 });
  expect(calls.at(-1)?.at).toBeGreaterThanOrEqual(30_000);
});

test('waits half a minute where a 429 does not say how long', async () => {
  const { live, post, slept } = await slack(() => ({ status: 429, body: { ok: false, error: 'ratelimited' } }));
  await post('C1');
  await live.settle();
  expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(30_000);
});

test('gives up a channel after five 429s in a row, and goes on with the others', async () => {
  const { live, post, calls, said } = await slack(({ channel }) => (channel === 'C1' ? slowDown(2) : OK));
  for (let i = 0; i < 9; i += 1) {
    await post('C1');
    await live.settle();
  }
  expect(calls.filter(({ channel }) => channel === 'C1')).toHaveLength(5);
  expect([...live.refusals().keys()]).toEqual(['C1']);
  expect(said.at(-1)).toMatch(/C1.*429 5 times in a row.*Given up/);
  expect(await post('C2')).toMatchObject({ status: 200, body: expect.stringContaining('"ok":true') });
});

test.each(['channel_not_found', 'not_in_channel', 'is_archived', 'restricted_action'])(
  'after %s the channel is not called again, and its answer stays the same',
  async (error) => {
    const { live, post, calls, said } = await slack(({ channel }) => (channel === 'C1' ? no(error) : OK));
    expect(errorOf(await post('C1'))).toBe(error);
    expect(errorOf(await post('C1'))).toBe(error);
    expect(errorOf(await post('C2'))).toBeUndefined();
    expect(calls.map(({ channel }) => channel)).toEqual(['C1', 'C2']);
    expect(live.refusals()).toEqual(new Map([['C1', error]]));
    expect(said).toEqual([`Slack takes nothing in C1: ${error}. Given up.`]);
  },
);

test.each(['invalid_auth', 'token_revoked', 'account_inactive', 'missing_scope'])('after %s nothing is called any more', async (error) => {
  const { post, calls, said } = await slack(() => no(error));
  expect(errorOf(await post('C1'))).toBe(error);
  expect(errorOf(await post('C2'))).toBe(error);
  expect(calls).toHaveLength(1);
  expect(said).toEqual([`Slack takes no call: ${error}. Given up.`]);
});

test('an error that concerns one message gives up nothing', async () => {
  const { live, post, calls } = await slack(() => no('invalid_blocks'));
  await post('C1');
  await post('C1');
  expect(calls).toHaveLength(2);
  expect(live.refusals().size).toBe(0);
});

test('an outage is 5xx to the functions, and after five calls without an answer it is given up', async () => {
  const { live, post, calls } = await slack((_call, number) => (number === 2 ? 'reset' : { status: 503, body: 'down' }));
  const statuses = [];
  for (let i = 0; i < 7; i += 1) statuses.push((await post('C1')).status);
  expect(statuses.slice(0, 5)).toEqual([503, 504, 503, 503, 503]);
  expect(calls).toHaveLength(5);
  expect(live.refusals().get('*')).toMatch(/no answer 5 times/);
});

test('one answer between outages begins the count anew', async () => {
  const { live, post } = await slack((_call, number) => (number % 5 === 0 ? OK : { status: 500, body: 'down' }));
  for (let i = 0; i < 12; i += 1) await post('C1');
  expect(live.refusals().size).toBe(0);
});

test('nobody listening is 503: nothing was sent', async () => {
  const { live, url } = await slack(() => OK);
  const [server] = servers.splice(0);
  await new Promise((closed) => server?.close(closed));
  expect(url).toMatch(/127\.0\.0\.1/);
  expect(await live.relay('chat.postMessage', { channel: 'C1', text: 'x' })).toMatchObject({ status: 503 });
});

test('Ctrl-C ends every wait, and no call goes out after it', async () => {
  const { live, post, calls, stop } = await slack(() => slowDown(3600));
  await post('C1');
  stop.abort();
  await live.settle();
  expect((await post('C2')).status).toBe(429);
  expect(calls).toHaveLength(1);
});
