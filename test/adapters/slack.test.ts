/** The calls at Slack, against a stand-in on loopback. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen } from '../../local/protocol/listener';
import { LOCAL_SLACK_TOKEN, slackService } from '../../local/slack/slack';
import { createWorkspace } from '../../local/slack/slack-workspace';
import { DELIVERY_METHODS } from '../../cli/slack-scopes';
import type { Secret } from '../../handlers/adapters/secrets';
import { slackMessenger } from '../../handlers/adapters/slack';

test('a call with a token that was rotated meanwhile is made once more, with the new one', async () => {
  const listener = await listen(slackService({ workspace: createWorkspace(() => Date.UTC(2026, 10, 21)) }));
  const tokens = { false: 'xoxb-old', true: LOCAL_SLACK_TOKEN };
  const secret = { value: async (anew: boolean) => tokens[`${anew}`] } as unknown as Secret;
  try {
    const message = { text: 'text', blocks: [] };
    await expect(slackMessenger(secret, `${listener.url}/api/`).post('C0PRODONC01', message)).resolves.toMatchObject({
      channel: 'C0PRODONC01',
    });
  } finally {
    await listener.close();
  }
});

test('telling calls every method that it has scopes for, and no other', async () => {
  const called: string[] = [];
  const listener = await listen(slackService({ workspace: createWorkspace(() => Date.UTC(2026, 10, 21)) }), {
    faults: ({ operation }) => void called.push(operation),
  });
  const secret = { value: async () => LOCAL_SLACK_TOKEN } as unknown as Secret;
  const messenger = slackMessenger(secret, `${listener.url}/api/`);
  const message = { text: 'text', blocks: [{ type: 'section', text: { type: 'plain_text', text: 'text' } }] };
  try {
    const { channel, ts } = await messenger.post('C0PRODONC01', message);
    await messenger.post(channel, message, { ts, broadcast: true });
    await messenger.update(channel, ts, { ...message, text: 'other' });
    await messenger.permalink(channel, ts);
  } finally {
    await listener.close();
  }
  expect([...new Set(called)].sort()).toEqual(Object.keys(DELIVERY_METHODS).sort());
});

/** As Slack and what stands before it answer. */
async function answering<T>(status: number, headers: Record<string, string>, body: string, ask: (url: string) => Promise<T>): Promise<T> {
  const server = http.createServer((_request, response) => void response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test.each([
  [429, { 'retry-after': '17' }, '', { kind: 'rate-limited', retryAfterSeconds: 17 }],
  [429, {}, '', { kind: 'rate-limited', retryAfterSeconds: 30 }],
  [429, { 'retry-after': 'Fri, 27 Nov 2026 10:00:00 GMT' }, '<html>', { kind: 'rate-limited', retryAfterSeconds: 30 }],
  [429, { 'retry-after': '' }, '{"ok":false,"error":"ratelimited"}', { kind: 'rate-limited', retryAfterSeconds: 30 }],
  [200, {}, '{"ok":false,"error":"ratelimited"}', { kind: 'rate-limited', retryAfterSeconds: 30 }],
  [200, { 'content-type': 'text/html' }, '<html>we will be back</html>', { kind: 'unknown' }],
  [200, {}, '', { kind: 'unknown' }],
  [200, {}, '{"ok":true}', { kind: 'unknown' }],
  [503, { 'content-type': 'text/html' }, '<html>maintenance</html>', { kind: 'unavailable' }],
  [504, {}, '', { kind: 'unknown' }],
])('an answer %i with %j and "%s" has one meaning', async (status, headers, body, failure) => {
  const secret = { value: async () => LOCAL_SLACK_TOKEN } as unknown as Secret;
  await answering(status, headers, body, (url) =>
    expect(slackMessenger(secret, url).post('C0PRODONC01', { text: 'text', blocks: [] })).rejects.toMatchObject({
      name: 'SlackFailure',
      ...failure,
    }),
  );
});
