import { WebClient, type WebClientOptions } from '@slack/web-api';
import { createClock } from '../../../local/clock';
import type { FaultPlan } from '../../../local/protocol/faults';
import { listen, type Listener, type TranscriptEntry } from '../../../local/protocol/listener';
import { LOCAL_SLACK_TOKEN, slackService } from '../../../local/slack/slack';
import { createSlackLimits } from '../../../local/slack/slack-limits';
import { realTime } from '../../../local/real-time';
import { connectSlack } from '../../../local/slack/slack-live';
import { createWorkspace } from '../../../local/slack/slack-workspace';
import { errorOf, silent } from '../clients';

const START = Date.UTC(2026, 10, 21);
const channel = 'C0PRODONC01';
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const OPTIONS: WebClientOptions = {
  logger: silent,
  retryConfig: { retries: 0 },
  timeout: 800,
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
};

async function setUp({ limits = false, faults }: { limits?: boolean; faults?: FaultPlan } = {}) {
  const clock = createClock(START);
  const workspace = createWorkspace(clock.now);
  const transcript: TranscriptEntry[] = [];
  const service = slackService({ workspace, limits: limits ? createSlackLimits(clock.now) : undefined });
  const listener: Listener = await listen(service, { faults, transcript: (entry) => transcript.push(entry) });
  closing.push(() => listener.close());
  const client = (token = LOCAL_SLACK_TOKEN) => new WebClient(token, { ...OPTIONS, slackApiUrl: `${listener.url}/api/` });
  return { clock, workspace, transcript, listener, client, slack: client() };
}

const code = async (promise: Promise<unknown>) => ((await errorOf(promise)) as Error & { data?: { error?: string } }).data?.error;

test('blocks.validate says what is wrong and where, posts nothing, and needs a token', async () => {
  const { slack, workspace, client } = await setUp();
  const blocks = (text: string) => [{ type: 'divider' as const }, { type: 'header' as const, text: { type: 'plain_text' as const, text } }];
  expect(await slack.blocks.validate({ blocks: blocks('fits') })).toMatchObject({ ok: true });
  const refused = (await errorOf(slack.blocks.validate({ blocks: blocks('x'.repeat(151)) }))) as Error & { data?: object };
  const error = { pointer: '/1/text/text', code: 'failed_constraint', message: 'must be less than 151 characters' };
  expect(refused.data).toMatchObject({ ok: false, error: 'invalid_blocks', errors: [error] });
  expect(await code(client('xoxb-other').blocks.validate({ blocks: blocks('fits') }))).toBe('invalid_auth');
  expect(workspace.channels().size).toBe(0);
});

test('a message, its edit, a reply and a broadcast are kept as the channel shows them', async () => {
  const { slack, workspace, clock } = await setUp();
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'one', blocks: [section('one')] });
  expect(ts).toBe(`${START / 1000}.000000`);
  await slack.chat.postMessage({ channel, text: 'reply', thread_ts: ts });
  await slack.chat.postMessage({ channel, text: 'broadcast', thread_ts: ts, reply_broadcast: true });
  clock.advanceTo(START + 60_000);
  await slack.chat.update({ channel, ts, text: 'two', blocks: [section('two')] });
  expect(workspace.channels().get(channel)).toMatchObject([
    { text: 'two', broadcast: false, earlier: [{ text: 'one' }], postedAt: START, editedAt: START + 60_000 },
    { text: 'reply', threadTs: ts, broadcast: false },
    { text: 'broadcast', threadTs: ts, broadcast: true },
  ]);
});

test('each ts is later than the one before, though the clock stands still', async () => {
  const { slack } = await setUp();
  const stamps: string[] = [];
  for (let count = 0; count < 3; count += 1) stamps.push((await slack.chat.postMessage({ channel, text: 'x' })).ts ?? '');
  expect(stamps).toEqual([...new Set(stamps)].sort());
});

test('a permalink leads to the message, and in a thread to the reply', async () => {
  const { slack } = await setUp();
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'x' });
  const reply = await slack.chat.postMessage({ channel, text: 'y', thread_ts: ts });
  const link = async (message_ts = '') => (await slack.chat.getPermalink({ channel, message_ts })).permalink;
  expect(await link(ts)).toBe(`https://acme.slack.com/archives/${channel}/p${ts.replace('.', '')}`);
  expect(await link(reply.ts)).toMatch(new RegExp(`thread_ts=${ts.replace('.', '\\.')}&cid=${channel}$`));
});

test('a wrong token is refused, and no token ever reaches the transcript', async () => {
  const { client, transcript } = await setUp();
  expect(await code(client('xoxb-wrong').auth.test())).toBe('invalid_auth');
  await client().chat.postMessage({ channel, text: 'hello', blocks: [section('hello')] });
  await client().apiCall('auth.test', { token: LOCAL_SLACK_TOKEN });
  expect(transcript.map(({ operation }) => operation)).toEqual(['auth.test', 'chat.postMessage', 'auth.test']);
  expect(transcript[1]).toMatchObject({ request: { channel, text: 'hello', blocks: [section('hello')] }, response: { ok: true, channel } });
  expect(JSON.stringify(transcript)).not.toMatch(/xoxb/);
});

test.each<[string, string, object]>([
  ['no_text', 'nothing to say', {}],
  ['invalid_blocks', '51 blocks', { text: 'x', blocks: Array.from({ length: 51 }, () => section('x')) }],
  [
    'invalid_blocks',
    'a header of 151 characters',
    { text: 'x', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] },
  ],
  ['invalid_blocks', 'a section of 3,001 characters', { text: 'x', blocks: [section('x'.repeat(3001))] }],
  ['invalid_blocks', 'an empty section', { text: 'x', blocks: [section('')] }],
  ['invalid_blocks', 'eleven fields', { text: 'x', blocks: [{ type: 'section', fields: Array(11).fill(section('x').text) }] }],
  [
    'invalid_blocks',
    'a button that leads nowhere',
    {
      text: 'x',
      blocks: [{ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open' }, url: 'not a url' }] }],
    },
  ],
  ['invalid_blocks', 'an unknown block', { text: 'x', blocks: [{ type: 'banner' }] }],
  [
    'msg_blocks_too_long',
    'more than 13,200 characters in all',
    { text: 'x', blocks: Array.from({ length: 5 }, () => section('x'.repeat(2700))) },
  ],
  ['msg_too_long', 'a text of 40,001 characters', { text: 'x'.repeat(40_001) }],
])('answers %s to %s', async (error, _what, message) => {
  const { slack, workspace } = await setUp();
  expect(await code(slack.apiCall('chat.postMessage', { channel, ...message }))).toBe(error);
  expect(workspace.channels().size).toBe(0);
});

test('what is not there or closed is refused by name', async () => {
  const { slack, workspace } = await setUp();
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'x' });
  const reply = await slack.chat.postMessage({ channel, text: 'x', thread_ts: ts });
  expect(await code(slack.chat.update({ channel, ts: '1.000000', text: 'x' }))).toBe('message_not_found');
  expect(await code(slack.chat.postMessage({ channel, text: 'x', thread_ts: '1.000000' }))).toBe('message_not_found');
  expect(await code(slack.chat.postMessage({ channel, text: 'x', thread_ts: reply.ts }))).toBe('cannot_reply_to_message');
  expect(await code(slack.chat.postMessage({ channel: 'general', text: 'x' }))).toBe('channel_not_found');
  workspace.refuseUpdate(channel, ts, 'edit_window_closed');
  expect(await code(slack.chat.update({ channel, ts, text: 'y' }))).toBe('edit_window_closed');
  workspace.refuseChannel(channel, 'is_archived');
  expect(await code(slack.chat.postMessage({ channel, text: 'x' }))).toBe('is_archived');
  workspace.refuseChannel(channel);
  expect((await slack.chat.postMessage({ channel, text: 'x' })).ok).toBe(true);
});

test('enforced limits answer 429 with the seconds to wait, and let go as virtual time goes by', async () => {
  const { slack, clock } = await setUp({ limits: true });
  const post = () => slack.chat.postMessage({ channel, text: 'x' });
  for (let count = 0; count < 3; count += 1) await post();
  expect(await errorOf(post())).toMatchObject({ retryAfter: 1 });
  expect((await slack.chat.postMessage({ channel: 'C0CARDS0001', text: 'x' })).ok).toBe(true);
  clock.advanceTo(clock.now() + 1000);
  expect((await post()).ok).toBe(true);
});

test('updates are limited over the whole workspace', async () => {
  const { slack, clock } = await setUp({ limits: true });
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'x' });
  const update = () => slack.chat.update({ channel, ts, text: 'x' });
  for (let count = 0; count < 50; count += 1) await update();
  expect(await errorOf(update())).toMatchObject({ retryAfter: 2 });
  clock.advanceTo(clock.now() + 2000);
  expect((await update()).ok).toBe(true);
});

test('live mode relays to the real Slack with the user’s token, and mirrors what was said', async () => {
  const real = await setUp();
  const live = connectSlack(
    { ...realTime(), sleep: async () => {} },
    { SLACK_API_URL: `${real.listener.url}/api/`, SLACK_BOT_TOKEN: LOCAL_SLACK_TOKEN },
  );
  const workspace = createWorkspace(() => START);
  const front = await listen(slackService({ workspace, live }));
  closing.push(() => front.close());
  const slack = new WebClient('xoxb-of-the-bundle', { ...OPTIONS, slackApiUrl: `${front.url}/api/` });
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'one', blocks: [section('one')] });
  await slack.chat.update({ channel, ts, text: 'two' });
  expect(real.workspace.find(channel, ts)?.text).toBe('two');
  expect(workspace.find(channel, ts)).toMatchObject({ text: 'two', earlier: [{ text: 'one', blocks: [section('one')] }] });
  expect(await code(slack.chat.update({ channel, ts: '1.000000', text: 'x' }))).toBe('message_not_found');
});

test('live mode without a token says which variable to set', () => {
  expect(() => connectSlack(realTime(), {})).toThrow(/SLACK_BOT_TOKEN/);
});
