/** `replay` as its users run it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesBelow, readInputs } from '../../cli/run/inputs';
import { type Assembly, synthesize } from '../../cli/run/synthesize';
import { shared, testWithShared } from '../beside';
import { EXAMPLE } from '../config/example';
import { controlFinding } from '../world/events';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
let assembly: Assembly;
beforeAll(async () => {
  assembly = await synthesize(EXAMPLE);
}, 60_000);
afterAll(() => {
  assembly.remove();
  rmSync(folder, { recursive: true });
});

interface Line {
  file: string;
  findingId: string | null;
  accountId: string | null;
  admitted: boolean;
  reason: string;
  receivers: string[];
  outcome: string;
}

function replay(...args: string[]): { status: number | null; lines: Line[]; summary: Record<string, unknown>; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'cli/hub.ts', 'replay', '--json', '--config', EXAMPLE, '--assembly', assembly.folder, ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  );
  const lines = stdout.split('\n').filter(Boolean);
  return {
    status,
    stderr,
    lines: lines.slice(0, -1).map((line) => JSON.parse(line) as Line),
    summary: JSON.parse(lines.at(-1) ?? '{"summary":{}}').summary,
  };
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Strings of a finding that tell whose it is. */
function identifiers(raw: unknown): Set<string> {
  const found = new Set<string>();
  JSON.stringify(raw, (_key, value: unknown) => {
    if (typeof value !== 'string') return value;
    for (const pattern of [
      /\b\d{12}\b/g,
      /\barn:[^\s"]+/g,
      /\b(?:\d{1,3}\.){3}\d{1,3}\b/g,
      /[\w.+-]+@[\w-]+\.[\w.]+/g,
      /\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,}\b/g,
    ]) {
      for (const [match] of value.matchAll(pattern)) if (match !== '0.0.0.0') found.add(match);
    }
    return value;
  });
  const resources = (raw as { Resources?: { Id?: string }[]; resources?: { uid?: string; name?: string }[] }) ?? {};
  for (const id of [
    ...(resources.Resources ?? []).map(({ Id }) => Id),
    ...(resources.resources ?? []).flatMap(({ uid, name }) => [uid, name]),
  ]) {
    const name = id?.split(/[/:]/).at(-1);
    // A name of one common word ("default", "root") says nothing where it appears.
    if (name && name.length > 3 && /[\d_-]/.test(name)) found.add(name);
  }
  return found;
}

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
    bedrockCalls: 1,
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
  const transcript = join(folder, 'canned.jsonl');
  const accounts = ['555555555555', '888888888888'].map((account) => controlFinding({ account }));
  const { summary } = replay('--transcript', transcript, file('canned.json', accounts));
  const said = readFileSync(transcript, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"service":"slack"') && line.includes('"blocks"'));
  expect(said.length).toBeGreaterThanOrEqual(2);
  for (const line of said) {
    expect(line).toContain('stand-in (canned words)');
    expect(line).not.toMatch(/claude|haiku|anthropic/i);
  }
  expect(summary).toMatchObject({ standIns: ['Bedrock', 'Slack'] });
}, 60_000);

test('with --state what was told stays told', () => {
  const state = join(folder, 'state');
  const path = file('once.json', controlFinding());
  expect(replay('--state', state, path).summary).toMatchObject({ messages: 1 });
  expect(replay('--state', state, path)).toMatchObject({ lines: [{ outcome: 'unchanged' }], summary: { messages: 0 } });
}, 60_000);

test('a configuration with problems is refused with all of them, before anything runs', () => {
  const config = join(folder, 'config');
  cpSync(EXAMPLE, config, { recursive: true });
  const routes = join(config, 'routes.yaml');
  writeFileSync(routes, readFileSync(routes, 'utf8').replace('receiver: workloads', 'receiver: wrokloads'));
  const { status, stderr, lines } = replay('--config', config, file('any.json', controlFinding()));
  expect([status, lines]).toEqual([2, []]);
  expect(stderr).toMatch(/routes\.yaml:\d+:\d+ +error\s.*wrokloads.*workloads/s);
}, 60_000);

const SHARED = shared('findings');
testWithShared('findings')(
  'the real findings beside the checkout: a line for each, none failed, each admitted one with a receiver, and nobody’s identifier in any request to Bedrock',
  () => {
    const transcript = join(folder, 'transcript.jsonl');
    const { lines, summary, status } = replay('--transcript', transcript, SHARED);
    const inputs = filesBelow([SHARED]).flatMap(readInputs);
    expect(lines).toHaveLength(inputs.reduce((sum, { findings }) => sum + Math.max(1, findings.length), 0));
    expect(lines.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(lines.filter(({ admitted, receivers }) => admitted && receivers.length === 0)).toEqual([]);
    expect(status).toBe(0);

    const requests = readFileSync(transcript, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { service: string; request: unknown })
      .filter(({ service }) => service === 'bedrock')
      .map(({ request }) => JSON.stringify(request));
    expect(requests.length).toBeGreaterThan(20);
    const all = requests.join('\n');
    const leaked = inputs.flatMap(({ file: name, findings }) =>
      findings.flatMap((raw) => [...identifiers(raw)].filter((id) => all.includes(id)).map((id) => `${name}: ${id}`)),
    );
    expect(leaked).toEqual([]);
    console.log(`${lines.length} findings of ${SHARED}: ${JSON.stringify(summary)}`);
  },
  120_000,
);
