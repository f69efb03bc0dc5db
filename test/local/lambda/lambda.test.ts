import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../../local/clock';
import { createLambda, type LambdaFunction, type LogLine } from '../../../local/lambda/lambda';
import { workerEnvironment } from '../../../local/lambda/lambda-environment';
import type { FunctionDefinition } from '../../../local/template/template';

const START = Date.UTC(2026, 10, 21);
const folders: string[] = [];
const running: LambdaFunction[] = [];
afterEach(async () => {
  for (const lambda of running.splice(0)) await lambda.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function setUp(code: string, { workers = 1, timeoutMs = 5000 } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  folders.push(directory);
  writeFileSync(join(directory, 'index.mjs'), code);
  const definition: FunctionDefinition = {
    name: 'Intake',
    arn: 'arn:aws:lambda:ap-northeast-1:222222222222:function:Intake',
    directory,
    handler: 'index.handler',
    environment: { LEDGER_TABLE: 'Ledger' },
    timeoutSeconds: 5,
    memoryMb: 512,
  };
  const clock = createClock(START);
  const logs: LogLine[] = [];
  const endpoints = { aws: { SQS: 'http://127.0.0.1:1' }, slack: 'http://127.0.0.1:2' };
  const lambda = createLambda(definition, {
    clock,
    workers,
    timeoutMs,
    environment: (id) => workerEnvironment(definition, id, endpoints, 'ap-northeast-1', { EXTRA: 'yes' }),
    onLog: (line) => logs.push(line),
  });
  running.push(lambda);
  return { lambda, clock, logs, directory };
}

const answer = async (lambda: LambdaFunction, event: unknown = {}) => {
  const result = await lambda.invoke(event);
  return result.outcome === 'answered' ? result.value : result;
};

test('a bundle has Lambda’s environment, its own and the local endpoints, and nothing of the user’s', async () => {
  process.env.SECRET_OF_THE_USER = 'x';
  const { lambda, directory } = setUp('export const handler = async () => process.env');
  expect(await answer(lambda)).toMatchObject({
    LEDGER_TABLE: 'Ledger',
    EXTRA: 'yes',
    LAMBDA_TASK_ROOT: directory,
    AWS_LAMBDA_FUNCTION_NAME: 'Intake',
    AWS_REGION: 'ap-northeast-1',
    AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
    SLACK_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:2\/@LOCAL\d+\/api\/$/),
  });
  expect(await answer(lambda)).not.toHaveProperty('SECRET_OF_THE_USER');
  delete process.env.SECRET_OF_THE_USER;
});

test('every way to ask for the date gives the virtual time; a given date stays what it is', async () => {
  const { lambda, clock } = setUp(
    'export const handler = async () => [Date.now(), +new Date(), Date.parse(Date()), new Date(5).getTime(), Date.UTC(2026, 0), new Date() instanceof Date]',
  );
  clock.advanceTo(START + 61_000);
  const now = START + 61_000;
  expect(await answer(lambda)).toEqual([now, now, now, 5, Date.UTC(2026, 0), true]);
});

test('the handler gets event and context, and how much real time remains', async () => {
  const { lambda } = setUp(
    'export const handler = async (event, context) => ({ event, name: context.functionName, id: context.awsRequestId, left: context.getRemainingTimeInMillis() })',
  );
  const first = await answer(lambda, { Records: [1] });
  expect(first).toMatchObject({ event: { Records: [1] }, name: 'Intake' });
  expect((first as { left: number }).left).toBeLessThanOrEqual(5000);
  expect((await answer(lambda)) as object).not.toMatchObject({ id: (first as { id: string }).id });
});

test('lines written are told before the result, structured ones as objects', async () => {
  const { lambda, logs } = setUp(
    "export const handler = async () => { console.log(JSON.stringify({ level: 'INFO' })); console.error('plain'); process.stdout.write('two\\nlines\\n'); }",
  );
  await lambda.invoke({});
  expect(logs.map(({ line }) => line)).toEqual(['{"level":"INFO"}', 'plain', 'two', 'lines']);
  expect(logs[0]).toMatchObject({ functionName: 'Intake', entry: { level: 'INFO' }, requestId: expect.stringMatching(/-000000000001$/) });
});

test('a worker stays warm over invocations and over an error', async () => {
  const { lambda } = setUp(
    "let count = 0; export const handler = async ({ fail }) => { count += 1; if (fail) throw new TypeError('no'); return count; }",
  );
  expect(await answer(lambda)).toBe(1);
  expect(await lambda.invoke({ fail: true })).toEqual({ outcome: 'error', name: 'TypeError', message: 'no' });
  expect(await answer(lambda)).toBe(3);
});

test('invocations run side by side in as many workers as allowed, and the others wait', async () => {
  const code = `const id = Math.random(); const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
export const handler = async () => { const began = process.hrtime.bigint(); await wait(); return { id, began: String(began), ended: String(process.hrtime.bigint()) }; }`;
  const { lambda } = setUp(code, { workers: 2 });
  const results = (await Promise.all([1, 2, 3, 4].map(() => answer(lambda)))) as { id: number; began: string; ended: string }[];
  expect(new Set(results.map(({ id }) => id)).size).toBe(2);
  const ofFirstWorker = results.filter(({ id }) => id === results[0]?.id).sort((a, b) => (a.began < b.began ? -1 : 1));
  for (const [index, { began }] of ofFirstWorker.entries())
    if (index > 0) expect(BigInt(began)).toBeGreaterThan(BigInt(ofFirstWorker[index - 1]?.ended ?? 0));
});

test.each<[string, string, object]>([
  ['that exits', 'export const handler = async () => process.exit(3)', { outcome: 'crashed', message: expect.stringMatching(/code 3/) }],
  [
    'that hangs',
    'export const handler = () => new Promise(() => {})',
    { outcome: 'crashed', message: expect.stringMatching(/timed out after 2 seconds/) },
  ],
  ['that loops', 'export const handler = () => { for (;;); }', { outcome: 'crashed', message: expect.stringMatching(/timed out/) }],
  [
    'that leaves an error uncaught',
    "export const handler = () => new Promise(() => setTimeout(() => { throw new Error('late'); }))",
    { outcome: 'crashed', message: expect.stringMatching(/late/) },
  ],
  ['that cannot be loaded', "throw new Error('no variable LEDGER_TABLE')", { outcome: 'error', message: 'no variable LEDGER_TABLE' }],
  ['without the handler', 'export const other = 1', { outcome: 'error', message: expect.stringMatching(/exports no function handler/) }],
])('a function %s fails its invocation, and the next gets a new worker', async (_name, code, expected) => {
  const { lambda } = setUp(code, { timeoutMs: 2000 });
  expect(await lambda.invoke({})).toMatchObject(expected);
  expect(await lambda.invoke({})).toMatchObject(expected);
});

test('a killed worker is known as gone', async () => {
  const { lambda } = setUp('export const handler = async () => process.env.AWS_ACCESS_KEY_ID');
  const id = String(await answer(lambda));
  expect(lambda.knows(id)).toBe('running');
  lambda.crash(id);
  expect(lambda.knows(id)).toBe('gone');
  expect(lambda.knows('another')).toBeUndefined();
  expect(await answer(lambda)).not.toBe(id);
});

test('a bundle without the handler’s file is an error at once', () => {
  const { lambda } = setUp('export const handler = 1');
  expect(() =>
    createLambda(
      { ...lambda.definition, handler: 'main.handler' },
      { clock: createClock(START), workers: 1, timeoutMs: 1, environment: () => ({}) },
    ),
  ).toThrow(/no main\.mjs/);
});
