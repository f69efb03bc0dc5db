/** The command: flags, exit status, what it prints, and the rights it asks for. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { typed } from '../terminal';
import { folderWith, removeFolders } from '../../config/folder';
import { openQueues, type Queues, text } from './queues';

const CONFIG = ['--config', folderWith()];
afterAll(removeFolders);
let queues: Queues;
let server: Server;
/** Of the deployed stack; undefined: there is none. */
let outputs: Record<string, string> | undefined;
let invoked: string[];
/** How CloudFormation refuses, where there is no stack. */
let refusal: string;

beforeEach(async () => {
  queues = await openQueues();
  invoked = [];
  refusal = 'ValidationError';
  outputs = {
    FindingsQueue: queues.urlOf('Findings'),
    DeliveriesQueue: queues.urlOf('Deliveries.fifo'),
    FindingsDeadLetters: queues.urlOf('FindingsDeadLetters'),
    DeliveriesDeadLetters: queues.urlOf('DeliveriesDeadLetters.fifo'),
    RulesDeadLetters: queues.urlOf('RulesDeadLetters'),
    TickQueue: queues.urlOf('Tick'),
    TickDeadLetters: queues.urlOf('TickDeadLetters'),
    EnrollDeadLetters: queues.urlOf('EnrollDeadLetters'),
    EnrollFunction: 'Enroll-function',
  };
  server = createServer((request, response) => {
    if (request.url?.startsWith('/2015-03-31/functions/')) {
      invoked.push(`${request.headers['x-amz-invocation-type']} ${request.url.split('/')[3]}`);
      response.writeHead(202).end();
      return;
    }
    response.setHeader('content-type', 'text/xml');
    if (outputs === undefined) {
      const error = `<Type>Sender</Type><Code>${refusal}</Code><Message>Stack with id SecurityHubInterpreter does not exist</Message>`;
      response.writeHead(400).end(`<ErrorResponse><Error>${error}</Error></ErrorResponse>`);
      return;
    }
    const members = Object.entries(outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    response.end(
      `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>SecurityHubInterpreter</StackName><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_CLOUDFORMATION: url,
    AWS_ENDPOINT_URL_LAMBDA: url,
    AWS_ENDPOINT_URL_SQS: queues.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
afterEach(async () => {
  await queues.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

function run(...argv: string[]) {
  const { timing, signal, progress } = queues.ground;
  return typed(['redrive', ...argv, ...CONFIG], { width: 80, progress, signal, ...timing }).then(({ err, ...said }) => ({
    ...said,
    err: err.replace(/\n +/g, ' '),
  }));
}

test.each([[['--dry-run']], [['rules']]])('%j without credentials ends with 3, and speaks of no move that was started', async (argv) => {
  [outputs, refusal] = [undefined, 'ExpiredToken'];
  const { code, out, err } = await run(...argv);
  expect([code, out]).toEqual([3, '']);
  expect(err).toMatch(/AWS_PROFILE/);
  expect(err).toMatch(/Nothing was sent back: what lies there still does\.$/);
});

const fail = (name: string, reason: string) => queues.of(name).send({ body: '{}', attributes: { reason: text(reason) } });

test.each([
  [[], /Name the queues whose cause is mended \(findings, deliveries, rules, tick, enroll\), or --all/],
  [['finding'], /finding is no dead-letter queue\. {2}Did you mean "findings"\?/],
  [['--dry-rum'], /unknown option '--dry-rum'\n\(Did you mean --dry-run\?\)/],
])('%j ends with 2 and takes nothing', async (argv, message) => {
  fail('FindingsDeadLetters', 'no title');
  const { code, out, err } = await run(...argv);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
  expect(queues.bodies('FindingsDeadLetters')).toHaveLength(1);
});

test('--dry-run shows reason, age and when it is gone, of every queue, within the width, and takes nothing', async () => {
  fail('FindingsDeadLetters', `no title \u001b[31m${'because '.repeat(30)}`);
  queues.later(3 * 86_400);
  const { code, out } = await run('--dry-run');
  expect(code).toBe(1);
  expect(out).toMatch(/findings: 1 dead letter\n {2}1 × no title \uFFFD\[31mbecause/);
  expect(out).toMatch(/oldest 3 days old, gone in 11 days\ndeliveries: empty\nrules: empty\ntick: empty\nenroll: empty$/);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(queues.bodies('FindingsDeadLetters')).toHaveLength(1);
  expect(queues.calls('StartMessageMoveTask')).toBe(0);
});

test('only the queues that are named go back', async () => {
  for (const name of ['FindingsDeadLetters', 'RulesDeadLetters', 'EnrollDeadLetters']) fail(name, 'failed');
  const { code, out } = await run('rules');
  expect([code, out]).toEqual([0, 'rules: 1 event sent to the findings queue']);
  expect([queues.bodies('Findings').length, queues.bodies('FindingsDeadLetters').length, invoked]).toEqual([1, 1, []]);
});

test('--all sends each back its own way, and --json says it as one object', async () => {
  for (const name of ['FindingsDeadLetters', 'RulesDeadLetters', 'EnrollDeadLetters']) fail(name, 'failed');
  const { code, out } = await run('--all', '--json');
  expect(code).toBe(0);
  const [done, none] = [1, 0].map((count) => ({ done: count, stopped: false }));
  expect(JSON.parse(out)).toEqual({ findings: done, deliveries: none, rules: done, tick: none, enroll: done });
  expect([queues.bodies('Findings').length, invoked]).toEqual([2, ['Event Enroll-function']]);
  expect((await run('--dry-run')).code).toBe(0);
});

test('a stack that is not deployed, or that is older than the command, is said with what to do', async () => {
  outputs = { FindingsDeadLetters: queues.urlOf('FindingsDeadLetters') };
  const older = await run('findings');
  expect([older.code, older.err]).toEqual([1, expect.stringMatching(/does not name its FindingsQueue.*Deploy this version first/)]);
  outputs = undefined;
  const none = await run('findings');
  expect([none.code, none.err]).toEqual([1, expect.stringMatching(/is not deployed in ap-northeast-1/)]);
});

test('--help and --policy ask nothing', async () => {
  outputs = undefined;
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('QUEUE...') });
  expect(JSON.parse((await run('--policy')).out)).toMatchObject({ Version: '2012-10-17' });
});
