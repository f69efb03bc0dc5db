/** `eval --bedrock live` over loopback: what it asks, what it makes of the answers, and that it neither asks too much nor keeps going in vain. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { questions } from '../../../cli/eval/live/briefs';
import type { Figures } from '../../../cli/eval/live/figures';
import { evaluateLive, type LiveFlags } from '../../../cli/eval/live';
import type { Sample } from '../../../cli/eval/sets';
import type { Terminal } from '../../../cli/frame/terminal';
import { configuration } from '../../../cli/run/configuration';
import { phrasebookOf } from '../../../cli/run/phrasebook';
import { bedrockService, STAND_INS } from '../../../local/bedrock/bedrock';
import type { Fault } from '../../../local/protocol/faults';
import { listen, type Listener, type TranscriptEntry } from '../../../local/protocol/listener';
import { EXAMPLE } from '../../config/example';
import { terminalAt, typed } from '../terminal';

const BRIEF = { kind: 'control', control: 'S3.2', title: 'S3 general purpose buckets should block public read access' } as const;
const sample = (kind: string, good: boolean, sentence: string): Sample => ({
  language: 'en',
  kind,
  good,
  brief: BRIEF,
  severity: 'HIGH',
  field: 'summary',
  sentence,
});
const SAMPLES = [
  sample('number', false, 'There are 12 of them.'),
  sample('dismiss', false, 'Nobody reads such files.'),
  sample('dismiss', false, 'Such a finding is usual.'),
  sample('plain', true, 'Anyone can read the bucket.'),
  sample('plain', true, 'Strangers can copy its files.'),
];
const config = configuration(EXAMPLE, { printError: () => {}, width: 100, now: () => 0 });
/** Six of the thirty. */
const ASKED = questions(phrasebookOf(config)).filter((_, index) => index % 10 < 2);
const FLAGS: LiveFlags = {
  bedrock: 'live',
  'at-most': '5',
  model: 'jp.anthropic.claude-haiku-4-5-20251001-v1:0',
  price: undefined,
  seed: '7',
  json: false,
};
const VARIABLES = ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

let listener: Listener;
let folder: string;
let fault: (() => Fault | undefined) | undefined;
/** What the judge says of each sentence, in place of the stand-in's word. */
let verdictOn: ((sentence: string) => string | undefined) | undefined;
const transcript: TranscriptEntry[] = [];

beforeEach(async () => {
  [fault, verdictOn] = [undefined, undefined];
  transcript.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'eval-live-'));
  listener = await listen(bedrockService(), {
    faults: (call) => fault?.() ?? modelAnswer(call.body),
    transcript: (entry) => transcript.push(entry),
  });
  Object.assign(process.env, { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: listener.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});
afterEach(async () => {
  await listener.close();
  rmSync(folder, { recursive: true });
  for (const name of VARIABLES) delete process.env[name];
});

type Asked = { messages: { content: { text: string }[] }[] };
const promptOf = (body: unknown) =>
  JSON.parse((body as Asked).messages[0]?.content[0]?.text ?? '{}') as {
    brief: object;
    sentences?: { number: number; sentence: string }[];
  };

function modelAnswer(body: unknown): Fault | undefined {
  const { sentences } = promptOf(body);
  if (!sentences || !verdictOn) return undefined;
  const verdicts = sentences.flatMap(({ number, sentence }) => {
    const verdict = verdictOn?.(sentence);
    return verdict === undefined ? [] : [{ number, verdict }];
  });
  return { modelAnswer: { verdicts } };
}

async function run(flags: Partial<LiveFlags> = {}, screen: Partial<Terminal> = {}, asked = ASKED) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    ...terminalAt(Date.UTC(2026, 10, 26)),
    print: (text) => out.push(text),
    printError: (text) => err.push(text),
    ...screen,
  };
  const code = await evaluateLive({ ...FLAGS, ...flags }, SAMPLES, asked, config, folder, terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const figures = () => JSON.parse(readFileSync(join(folder, 'eval.json'), 'utf8')) as Figures;

test('asks for words on each finding and judges these, and the sentences of the sets, and keeps all of it', async () => {
  const { code, out } = await run();
  expect(code).toBe(0);
  const prompts = transcript.map(({ request }) => promptOf(request));
  expect(prompts.filter(({ sentences }) => !sentences)).toHaveLength(6);
  // Each answer once, and one question about the sentences that the gate lets through.
  expect(prompts.filter(({ sentences }) => sentences)).toHaveLength(7);
  const { survival, sentences, tokens } = figures();
  expect(survival.map(({ language, asked }) => [language, asked])).toEqual([
    ['en', 3],
    ['ja', 3],
  ]);
  expect(sentences).toMatchObject({ asked: 4, judged: 4 });
  const used = transcript.map(({ response }) => (response as { usage: { inputTokens: number } }).usage.inputTokens);
  expect(tokens.answers.in + tokens.judge.in).toBe(used.reduce((sum, each) => sum + each, 0));
  expect(out).toMatch(/number +en +1 +100 %/);
});

test('against the stand-in it says that the figures mean nothing, on the terminal, in the page and in the data', async () => {
  const { out } = await run();
  expect(out).toMatch(/stand-in answered.*mean nothing/);
  expect(readFileSync(join(folder, 'eval.html'), 'utf8')).toMatch(/stand-in answered[^<]*mean nothing/);
  expect(figures()).toMatchObject({ standIn: true, models: Object.values(STAND_INS).sort() });
});

test('what the judge catches and keeps is told by kind, beside what the gate does', async () => {
  verdictOn = (sentence) => (/Nobody|Strangers/.test(sentence) ? 'dismisses' : 'supported');
  await run();
  const row = (name: string) => figures().sentences.rows.find(({ kind }) => kind === name);
  expect(row('number')).toMatchObject({ bad: 1, badByGate: 1, badByJudge: 0 });
  expect(row('dismiss')).toMatchObject({ bad: 2, badByGate: 0, badByJudge: 1, checkable: false });
  expect(row('plain')).toMatchObject({ good: 2, goodByGate: 0, goodByJudge: 1 });
  expect(figures().verdicts.dismisses).toBeGreaterThan(0);
});

test('an explanation survives where every sentence is shown: a sentence withheld, or a verdict that is missing, is one fewer', async () => {
  await run();
  const whole = figures().survives ?? 0;
  expect(whole).toBeGreaterThan(0.8);
  let asked = 0;
  verdictOn = () => (asked++ % 3 === 0 ? undefined : 'supported');
  await run();
  expect(figures().survives).toBeLessThan(0.5);
  verdictOn = () => 'claims-done';
  await run();
  expect(figures().survives).toBe(0);
  expect(figures().survival.map(({ none }) => none)).toEqual([3, 3]);
});

test('it never asks what could cost more than it may, and says that it stopped there', async () => {
  const { code, out } = await run({ 'at-most': '0.02' });
  expect(code).toBe(0);
  expect(out).toMatch(/Stopped: the next question could have cost more/);
  const used = transcript.map(({ response }) => (response as { usage: { inputTokens: number; outputTokens: number } }).usage);
  const cost = used.reduce((sum, { inputTokens, outputTokens }) => sum + (inputTokens * 1.1 + outputTokens * 5.5) / 1_000_000, 0);
  expect(transcript.length).toBeGreaterThan(1);
  expect(transcript.length).toBeLessThan(13);
  expect(figures()).toMatchObject({ stopped: 'spent', cost: { spent: expect.closeTo(cost, 6), atMost: 0.02 } });
  expect(cost).toBeLessThanOrEqual(0.02);
});

test('where not even one question may be asked, none is', async () => {
  await run({ 'at-most': '0.001' });
  expect(transcript).toEqual([]);
  expect(figures()).toMatchObject({ stopped: 'spent', survival: [], cost: { spent: 0 } });
});

test('Ctrl-C ends it with what it has', async () => {
  const stop = new AbortController();
  let calls = 0;
  fault = () => {
    if (++calls === 5) stop.abort();
    return undefined;
  };
  const { code, out } = await run({}, { signal: stop.signal });
  expect(code).toBe(130);
  expect(out).toContain('Stopped by Ctrl-C');
  expect(calls).toBeLessThan(9);
  const [survival] = figures().survival;
  expect(survival?.asked).toBeGreaterThan(0);
  expect(existsSync(join(folder, 'eval.html'))).toBe(true);
});

test('without credentials it says so, and what to do, and writes nothing', async () => {
  const before = { ...process.env };
  const nobody = { HOME: folder, AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'), AWS_CONFIG_FILE: join(folder, 'none') };
  Object.assign(process.env, nobody, { AWS_EC2_METADATA_DISABLED: 'true' });
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_SESSION_TOKEN']) delete process.env[name];
  try {
    const { code, err } = await run();
    expect(code).toBe(1);
    expect(err.replace(/\s+/g, ' ')).toMatch(/the credentials are not taken: CredentialsProviderError.*aws sts get-caller-identity/);
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
  expect(transcript).toEqual([]);
  expect(existsSync(join(folder, 'eval.json'))).toBe(false);
});

test('an account without access to the model is told so after a few questions', async () => {
  fault = () => 'refused';
  const { code, err } = await run();
  expect(code).toBe(1);
  expect(err).toContain('doctor -- --bedrock');
  expect(transcript.length).toBeLessThan(5);
});

test('what is throttled is asked again after a while, and paid for once', async () => {
  let calls = 0;
  const slept: number[] = [];
  fault = () => (++calls <= 4 ? 'throttled' : undefined);
  const { code } = await run({}, { sleep: async (ms) => void slept.push(ms) });
  expect(code).toBe(0);
  expect(slept).toHaveLength(4);
  expect(figures()).toMatchObject({ unanswered: 0, sentences: { judged: 4 } });
});

test('a question that broke counts with all that it may have cost: nobody knows', async () => {
  let calls = 0;
  fault = () => (++calls === 1 ? 'error-500' : undefined);
  await run();
  const { cost, tokens } = figures();
  const known = ((tokens.answers.in + tokens.judge.in) * 1.1 + (tokens.answers.out + tokens.judge.out) * 5.5) / 1_000_000;
  // At least 1,500 tokens that it may have written.
  expect(cost.spent - known).toBeGreaterThan((1500 * 5.5) / 1_000_000);
});

test('an answer that cannot be read is an explanation that did not survive', async () => {
  fault = () => ({ modelAnswer: 'I would rather not.' });
  await run();
  expect(figures().survival.map(({ asked, none }) => [asked, none])).toEqual([
    [3, 3],
    [3, 3],
  ]);
});

test.each([
  [['--at-most', 'much'], /--at-most much/],
  [['--at-most', '0'], /--at-most 0/],
  [['--price', '1'], /--price 1: two numbers/],
  [['--seed', 'x'], /--seed x/],
])('%j is wrong use, and nothing is asked', async (argv, says) => {
  const { code, err } = await typed(['eval', '--bedrock', 'live', '--config', EXAMPLE, ...argv]);
  expect([code, transcript.length]).toEqual([2, 0]);
  expect(err).toMatch(says);
});
