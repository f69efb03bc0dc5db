/**
 * The operator's commands with marked credentials in their environment: the mark is in nothing that they print or write.
 * @proves secrets
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeSecret } from '../../cli/store-secret';
import { type Assembly, synthesize } from '../../cli/run/synthesize';
import { EXAMPLE } from '../config/example';
import { controlFinding } from '../world/events';
import { MARK, marksIn } from './marks';

const TOKEN = `xoxb-2718281828-${MARK}`;
let assembly: Assembly;
let folder: string;
let server: http.Server;
/** Whether Slack took the token, and what it and AWS answer: their errors repeat what they were sent. */
const seen: string[] = [];
beforeAll(async () => {
  assembly = await synthesize(EXAMPLE);
  folder = mkdtempSync(join(tmpdir(), 'marked-'));
  server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      seen.push(`${request.headers.authorization} ${request.headers['x-amz-security-token']}`);
      const slack = request.url?.includes('/api/');
      response.writeHead(slack ? 200 : 400, { 'content-type': 'application/json', 'x-amzn-errortype': 'OddException' });
      response.end(slack ? JSON.stringify({ ok: false, error: `no ${TOKEN}` }) : JSON.stringify({ message: `what is ${TOKEN} here?` }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
}, 60_000);
afterAll(() => {
  assembly.remove();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

const run = (args: string[]) =>
  new Promise<string>((done, failed) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/hub.ts', ...args], {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: `secret${MARK}`,
        AWS_SESSION_TOKEN: `session${MARK}`,
        AWS_REGION: 'ap-northeast-1',
        AWS_MAX_ATTEMPTS: '1',
        AWS_ENDPOINT_URL: url,
        SLACK_API_URL: `${url}/api/`,
        SLACK_BOT_TOKEN: TOKEN,
      },
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        printed += chunk;
      });
    child.on('error', failed).on('close', () => done(printed));
  });

function written(): string {
  const names = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  return names.flatMap((name) => (statSync(name).isFile() ? readFileSync(name, 'latin1') : [])).join('\n');
}

test('replay --slack live, whose Slack repeats the token: not in what is printed, in the transcript, or in the state', async () => {
  const findings = join(folder, 'findings.json');
  writeFileSync(findings, JSON.stringify([controlFinding(), controlFinding({ account: '999999999999' })]));
  const transcript = join(folder, 'transcript.jsonl');
  const printed = await run([
    'replay',
    '--slack',
    'live',
    '--config',
    EXAMPLE,
    '--assembly',
    assembly.folder,
    '--transcript',
    transcript,
    '--state',
    join(folder, 'state'),
    findings,
  ]);
  expect(seen.some((headers) => headers.includes(TOKEN))).toBe(true);
  // What is no code of Slack's own says nothing of whether the message stands.
  expect(printed).toMatch(/outcome of 2 posts/);
  expect(readFileSync(transcript, 'utf8')).toMatch(/chat\.postMessage/);
  expect({ printed: marksIn(printed), written: marksIn(written()) }).toEqual({ printed: [], written: [] });
}, 120_000);

// doctor: test/cli/doctor/secrecy.test.ts, where all services answer.
test.each([
  ['doctor'],
  ['redrive', '--dry-run', '--all'],
  ['ledger', 'recount'],
  ['versions'],
  ['rollback'],
  ['prerequisites'],
  ['slack-manifest'],
])(
  '%s, whose AWS repeats a token',
  async (...args) => {
    const before = seen.length;
    const printed = await run([...args, '--config', EXAMPLE]);
    expect(printed.length).toBeGreaterThan(60);
    // These two ask nobody.
    expect(seen.slice(before).some((headers) => headers.includes(`session${MARK}`))).toBe(!/prereq|manifest/.test(args.join()));
    expect(marksIn(printed)).toEqual([]);
  },
  120_000,
);

test('the line that stores a secret gives it to nobody but the AWS CLI’s input: not to its arguments, its environment or the terminal', () => {
  const fake = join(folder, 'aws');
  writeFileSync(fake, '#!/bin/bash\n{ echo "$@"; env; tr "\\0" " " < /proc/$PPID/cmdline; } > "$OUT"; cat > "$OUT.input"\n');
  chmodSync(fake, 0o755);
  const out = join(folder, 'called');
  for (const how of ['create', 'replace'] as const) {
    const line = storeSecret(how, 'security-hub-interpreter/slack-bot-token', 'ap-northeast-1');
    const { stdout, stderr, status } = spawnSync('bash', ['-c', line], {
      input: `${TOKEN}\n`,
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}`, OUT: out },
    });
    expect([status, readFileSync(`${out}.input`, 'utf8')]).toEqual([0, TOKEN]);
    expect(readFileSync(out, 'utf8')).toMatch(/secretsmanager/);
    expect(marksIn(stdout + stderr + readFileSync(out, 'utf8'))).toEqual([]);
  }
});
