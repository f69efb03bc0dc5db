/** `replay` as its users run it. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE } from '../config/example';
import { controlFinding } from '../world/events';
import { cleanUp, file, prepare, replay, workFolder } from './replay';

beforeAll(prepare, 60_000);
afterAll(cleanUp);

test('what is no finding is one line with its reason, and the rest goes on', () => {
  const paths = [
    file('empty.json', ''),
    file('text.txt', 'hello'),
    file('object.json', {}),
    file('list.json', [1, 'a']),
    file('insight.json', { 'detail-type': 'Security Hub Insight Results', detail: {} }),
    file('good.json', controlFinding()),
  ];
  const { status, lines, summary } = replay(...paths);
  expect(lines.map(({ outcome }) => outcome)).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'invalid', 'invalid', 'posted']);
  for (const { reason } of lines) expect(reason.length).toBeGreaterThan(10);
  expect(summary).toMatchObject({
    findings: 7,
    outcomes: { invalid: 6, posted: 1, failed: 0 },
    messages: 1,
    // For the words, and for the judge.
    bedrockCalls: 2,
    deadLetters: 0,
  });
  expect(status).toBe(0);
}, 60_000);

test('the AWS CLI’s own output, the same finding five times with and without a changed UpdatedAt: one message', () => {
  const finding = controlFinding();
  const Findings = [
    finding,
    finding,
    finding,
    { ...finding, UpdatedAt: '2026-11-22T00:00:00Z' },
    { ...finding, UpdatedAt: '2026-11-23T00:00:00Z' },
  ];
  const { lines, summary } = replay(file('cli.json', { Findings }));
  expect(lines.map(({ outcome }) => outcome).sort()).toEqual(['posted', 'unchanged', 'unchanged', 'unchanged', 'unchanged']);
  expect(summary).toMatchObject({ messages: 1, replies: 0, updates: 0 });
}, 60_000);

test('canned words are the stand-in’s in every message, in both languages, and no message names a model', () => {
  const transcript = join(workFolder, 'canned.jsonl');
  const accounts = ['555555555555', '888888888888'].map((account) => controlFinding({ account }));
  const { summary } = replay('--transcript', transcript, file('canned.json', accounts));
  const said = readFileSync(transcript, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"service":"slack"') && line.includes('"blocks"'));
  expect(said.length).toBeGreaterThanOrEqual(2);
  for (const line of said) {
    expect(line).toMatch(/stand-in, canned words|代役による決まった文/);
    expect(line).not.toContain('（stand-in');
    expect(line).not.toMatch(/claude|haiku|anthropic/i);
  }
  expect(summary).toMatchObject({ standIns: ['Bedrock', 'Slack'] });
}, 60_000);

test('with --state what was told stays told', () => {
  const state = join(workFolder, 'state');
  const path = file('once.json', controlFinding());
  expect(replay('--state', state, path).summary).toMatchObject({ messages: 1 });
  expect(replay('--state', state, path)).toMatchObject({ lines: [{ outcome: 'unchanged' }], summary: { messages: 0 } });
}, 60_000);

test('a configuration with problems is refused with all of them, before anything runs', () => {
  const config = join(workFolder, 'config');
  cpSync(EXAMPLE, config, { recursive: true });
  const routes = join(config, 'routes.yaml');
  writeFileSync(routes, readFileSync(routes, 'utf8').replace('receiver: workloads', 'receiver: wrokloads'));
  const { status, stderr, lines } = replay('--config', config, file('any.json', controlFinding()));
  expect([status, lines]).toEqual([2, []]);
  expect(stderr).toMatch(/routes\.yaml:\d+:\d+ +error\s.*wrokloads.*workloads/s);
}, 60_000);
