/** A function has the memory of its template, and dies of more as Lambda lets it die. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../../local/clock';
import { createLambda, type LambdaFunction, type LogLine } from '../../../local/lambda/lambda';

const folders: string[] = [];
const running: LambdaFunction[] = [];
afterEach(async () => {
  for (const lambda of running.splice(0)) await lambda.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function setUp(code: string, memoryMb = 128) {
  const directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  folders.push(directory);
  writeFileSync(join(directory, 'index.mjs'), code);
  const definition = {
    name: 'Intake',
    arn: 'arn:aws:lambda:ap-northeast-1:222222222222:function:Intake',
    directory,
    handler: 'index.handler',
    environment: {},
    timeoutSeconds: 60,
    memoryMb,
  };
  const logs: string[] = [];
  const lambda = createLambda(definition, {
    clock: createClock(0),
    workers: 1,
    timeoutMs: 60_000,
    environment: () => ({}),
    onLog: ({ line }: LogLine) => logs.push(line),
  });
  running.push(lambda);
  return { lambda, logs };
}

/** `event` is in MB: in buffers, which are no part of the heap, or in objects. */
const BUFFERS = 'let kept; export const handler = async (mb) => { kept = Buffer.alloc(mb * 1048576, 1); return kept.length; };';
const OBJECTS = `let kept;
export const handler = async (mb) => { kept = Array.from({ length: mb }, () => Array.from({ length: 131072 }, (_, n) => n + 0.5)); return kept.length; };`;

test('what an invocation used of it is told, and more is used when more is held', async () => {
  const { lambda } = setUp(BUFFERS);
  await lambda.invoke(1);
  const little = lambda.maxMemoryUsedMb();
  expect(little).toBeGreaterThan(40);
  expect(await lambda.invoke(41)).toMatchObject({ outcome: 'answered' });
  expect(lambda.maxMemoryUsedMb() - little).toBeGreaterThanOrEqual(35);
  expect(lambda.maxMemoryUsedMb()).toBeLessThanOrEqual(128);
});

test.each<[string, string, RegExp]>([
  ['buffers', BUFFERS, /signal: killed$/],
  ['objects', OBJECTS, /signal: aborted$/],
])('an invocation whose %s need more is ended, and the next gets a new environment', async (_what, code, message) => {
  const { lambda, logs } = setUp(code);
  expect(await lambda.invoke(10)).toMatchObject({ outcome: 'answered' });
  expect(await lambda.invoke(200)).toEqual({ outcome: 'crashed', message: expect.stringMatching(message) });
  expect(logs).toEqual([
    expect.stringMatching(
      /^RequestId: 00000000-0000-4000-8000-000000000002 Error: Runtime exited with error: signal: \w+\nRuntime\.ExitError$/,
    ),
  ]);
  expect(lambda.maxMemoryUsedMb()).toBeGreaterThanOrEqual(128);
  expect(await lambda.invoke(10)).toMatchObject({ outcome: 'answered' });
});

test.each([
  ['buffers', BUFFERS],
  ['objects', OBJECTS],
])('a larger function holds the same %s', async (_what, code) => {
  const { lambda } = setUp(code, 512);
  expect(await lambda.invoke(200)).toMatchObject({ outcome: 'answered' });
});

test('what was held for a while within an invocation counts as well', async () => {
  const { lambda } = setUp(
    'export const handler = async (mb) => { let held = Buffer.alloc(mb * 1048576, 1); await new Promise((done) => setTimeout(done, 200)); return held.length; };',
  );
  expect(await lambda.invoke(120)).toMatchObject({ outcome: 'crashed' });
});
