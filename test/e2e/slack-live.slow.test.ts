/** `replay --slack live`, as its code runs it, against a Slack on loopback that refuses: it ends by itself, whatever Slack says. */
import { spawn } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configuration } from '../../cli/run/configuration';
import type { Input } from '../../cli/run/inputs';
import { run } from '../../cli/run/run';
import { type Assembly, synthesize } from '../../cli/run/synthesize';
import { EXAMPLE } from '../config/example';
import { addressOf } from '../../config/routing/address';
import { controlFinding, type FindingParts } from '../world/events';

const config = configuration(EXAMPLE);
const addresses = new Map(Object.entries(config.routes.receivers).map(([name, receiver]) => [name, addressOf(receiver)]));
let assembly: Assembly;
beforeAll(async () => {
  assembly = await synthesize(EXAMPLE);
}, 60_000);
afterAll(() => assembly.remove());

interface Posted {
  method: string;
  channel: string;
  at: number;
  status: number;
}
type Answer = { status: number; retryAfter?: number; body: Record<string, unknown> };

/** Time that the run waits for jumps, so that nobody here does. */
async function replayed(
  findings: FindingParts[],
  answer: (posted: Omit<Posted, 'status'>, number: number) => Answer,
  stopAfter = Number.POSITIVE_INFINITY,
) {
  let now = Date.UTC(2026, 10, 25);
  const posted: Posted[] = [];
  const said: string[] = [];
  const stop = new AbortController();
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const call = { method: (request.url ?? '').split('/').pop() ?? '', channel: form.get('channel') ?? '', at: now };
      const { status, retryAfter, body } = answer(call, posted.length + 1);
      posted.push({ ...call, status });
      if (posted.length >= stopAfter) stop.abort();
      response.writeHead(status, { 'content-type': 'application/json', ...(retryAfter ? { 'retry-after': String(retryAfter) } : {}) });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const before = { ...process.env };
  process.env.SLACK_API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  process.env.SLACK_BOT_TOKEN = 'xoxb-test';
  try {
    const inputs = findings.map((each, index): Input => {
      const finding = controlFinding(each);
      const detail = { findings: [finding] };
      const event = {
        id: `e${index}`,
        'detail-type': 'Security Hub Findings - Imported',
        source: 'aws.securityhub',
        time: '2026-11-21T00:00:00Z',
        detail,
      };
      return { file: `${index}.json`, event, findings: [finding] };
    });
    const { outcomes, cloud, aborted } = await run(inputs, {
      assembly: assembly.folder,
      organization: JSON.parse(readFileSync('cli/demo/organization.json', 'utf8')),
      slack: 'live',
      settings: { ...config.settings, tokenSecret: config.settings.slack.tokenSecret },
      addresses,
      signal: stop.signal,
      realTime: {
        now: () => now,
        sleep: async (ms, signal) => {
          signal.throwIfAborted();
          now += ms;
        },
        signal: stop.signal,
        say: (text) => said.push(text),
      },
    });
    await cloud.close();
    return { outcomes, aborted, posted, said };
  } finally {
    server.close();
    server.closeAllConnections();
    for (const name of ['SLACK_API_URL', 'SLACK_BOT_TOKEN']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

let ts = 1;
const took = ({ channel }: { channel: string }): Answer => ({
  status: 200,
  body: { ok: true, channel, ts: `1770000000.${String(ts++).padStart(6, '0')}` },
});
const PROD: FindingParts = { account: '555555555555' };
const SANDBOX: FindingParts = { account: '999999999999' };
const channelOf = (receiver: string) => addresses.get(receiver) ?? '';

test('a channel that Slack refuses is called once, its findings say so, and the others are told', async () => {
  const refused = channelOf('prod-oncall');
  const { outcomes, posted, said } = await replayed([PROD, SANDBOX], (call) =>
    call.channel === refused ? { status: 200, body: { ok: false, error: 'channel_not_found' } } : took(call),
  );
  expect(posted.filter(({ channel }) => channel === refused)).toHaveLength(1);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'posted']);
  expect(outcomes[0]?.reason).toBe(`not told to prod-oncall: Slack refuses ${refused}: channel_not_found`);
  expect(said).toEqual([`Slack takes nothing in ${refused}: channel_not_found. Given up.`]);
});

test('a Retry-After is waited for in real time, and the finding is told once after it', async () => {
  const { outcomes, posted, said } = await replayed([PROD], (call, number) =>
    number === 1 ? { status: 429, retryAfter: 45, body: { ok: false, error: 'ratelimited' } } : took(call),
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['posted']);
  const posts = posted.filter(({ method }) => method === 'chat.postMessage');
  expect(posts.map(({ status }) => status)).toEqual([429, 200]);
  expect((posts[1]?.at ?? 0) - (posts[0]?.at ?? 0)).toBeGreaterThanOrEqual(45_000);
  expect(said).toEqual([expect.stringMatching(/waiting 45 s/)]);
});

test('where Slack answers 429 to everything it ends after a few calls', async () => {
  const { outcomes, posted } = await replayed([PROD], () => ({ status: 429, retryAfter: 60, body: { ok: false, error: 'ratelimited' } }));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed']);
  expect(outcomes[0]?.reason).toMatch(/Slack refuses .*429 5 times in a row/);
  expect(posted).toHaveLength(5);
});

test('where Slack is down it ends after a few calls', async () => {
  const { outcomes, posted } = await replayed([PROD], () => ({ status: 503, body: {} }));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed']);
  expect(posted.length).toBeLessThanOrEqual(5);
});

test('many problems in one channel are posted a second apart', async () => {
  const { posted } = await replayed(
    ['S3.1', 'S3.2', 'S3.3', 'S3.8'].map((control) => ({ ...PROD, control })),
    took,
  );
  for (const channel of new Set(posted.map((each) => each.channel))) {
    const at = posted.filter((each) => each.channel === channel && each.method === 'chat.postMessage').map((each) => each.at);
    for (const [index, instant] of at.entries()) expect(instant - (at[index - 1] ?? 0)).toBeGreaterThanOrEqual(1000);
  }
  expect(posted.filter(({ method }) => method === 'chat.postMessage').length).toBeGreaterThanOrEqual(4);
});

test('Ctrl-C ends it in the middle of a wait', async () => {
  const { aborted, posted } = await replayed(
    [PROD, SANDBOX],
    () => ({ status: 429, retryAfter: 3600, body: { ok: false, error: 'ratelimited' } }),
    1,
  );
  expect(aborted).toBe(true);
  expect(posted).toHaveLength(1);
});

test('the command itself stops at Ctrl-C while it waits, with 130, and says what it waited for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slack-live-'));
  const file = join(folder, 'finding.json');
  writeFileSync(file, JSON.stringify(controlFinding()));
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(429, { 'retry-after': '3600', 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error: 'ratelimited' }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'cli/hub.ts', 'replay', '--slack', 'live', '--config', EXAMPLE, '--assembly', assembly.folder, file],
    {
      env: {
        ...process.env,
        SLACK_BOT_TOKEN: 'xoxb-test',
        SLACK_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  let isWaiting = false;
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    // Once: a second Ctrl-C ends a command where it stands.
    if (!isWaiting && said.includes('waiting 3600 s')) isWaiting = child.kill('SIGINT');
  });
  const status = await new Promise((closed) => child.on('close', closed));
  server.close();
  rmSync(folder, { recursive: true });
  expect([status, said]).toEqual([130, expect.stringMatching(/429 to chat\.postMessage for C\w+: waiting 3600 s/)]);
});
