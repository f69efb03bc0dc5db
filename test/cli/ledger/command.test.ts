/** The command over a table and a stack on loopback: what it prints, its exit status, and the rights it asks for. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dynamoLedger } from '../../../handlers/adapters/dynamo';
import { NEW_PROBLEM } from '../../../handlers/domain/problem/fold';
import { rowKeys } from '../../../handlers/domain/problem/rows';
import { type DynamoDbStandIn, startDynamoDb } from '../../../local/dynamodb/dynamodb';
import { listen, type Listener } from '../../../local/protocol/listener';
import { towardsLoopback } from '../../adapters/loopback';
import { folderWith, removeFolders } from '../../config/folder';
import { typed } from '../terminal';

const CONFIG = ['--config', folderWith()];
const PROBLEM = { receiver: 'workloads', fingerprint: 'aws:control:S3.2' };
let table: DynamoDbStandIn;
let listener: Listener;
let stack: Server;
let deployed: boolean;

beforeEach(async () => {
  const keys = ['pk', 'sk'] as const;
  table = await startDynamoDb([
    {
      name: 'Ledger',
      keySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      attributes: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    },
  ]);
  listener = await listen(table.service);
  deployed = true;
  stack = createServer((_request, response) => {
    const output = deployed ? '<member><OutputKey>LedgerTable</OutputKey><OutputValue>Ledger</OutputValue></member>' : '';
    response.setHeader('content-type', 'text/xml');
    response.end(
      `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>SecurityHubInterpreter</StackName><Outputs>${output}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    );
  });
  await new Promise<void>((done) => stack.listen(0, '127.0.0.1', done));
  towardsLoopback({ DYNAMODB: listener.url, CLOUDFORMATION: `http://127.0.0.1:${(stack.address() as AddressInfo).port}` });
});
afterEach(async () => {
  await listener.close();
  await table.close();
  await new Promise((done) => stack.close(done));
});
afterAll(removeFolders);

async function miscounted(): Promise<void> {
  const { counts, since } = NEW_PROBLEM.sums;
  const value = { ...NEW_PROBLEM, sums: { counts: { ...counts, open: { HIGH: 3 } }, since } };
  await dynamoLedger('Ledger').write(rowKeys.header(PROBLEM), value, 0);
}

test('says what differs, mends it, and finds nothing the next time', async () => {
  await miscounted();
  const found = ['problem#workloads#aws:control:S3.2: mended', '    open HIGH: 3, recounted 0', '1 problem, 0 findings: 1 differ'].join(
    '\n',
  );
  expect(await typed(['ledger', 'recount', ...CONFIG])).toEqual({ code: 1, out: found, err: '' });
  expect(await typed(['ledger', 'recount', ...CONFIG])).toEqual({ code: 0, out: '1 problem, 0 findings: all agree', err: '' });
});

test('mends nothing with --dry-run', async () => {
  await miscounted();
  for (let times = 0; times < 2; times++) {
    const { code, out } = await typed(['ledger', 'recount', '--dry-run', '--json', ...CONFIG]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ problems: 1, differences: [{ done: 'nothing' }] });
  }
});

test('says where nothing is deployed', async () => {
  deployed = false;
  const { code, err } = await typed(['ledger', 'recount', ...CONFIG]);
  expect(code).toBe(1);
  expect(err).toMatch(/is not deployed in/);
});

test('does nothing else with the ledger', async () => {
  expect((await typed(['ledger', 'empty', ...CONFIG])).code).toBe(2);
});

test('asks for rights on the table, its key and the stack alone', async () => {
  const { out } = await typed(['ledger', 'recount', '--policy', ...CONFIG]);
  const { Statement } = JSON.parse(out) as { Statement: { Action: string[]; Resource: string; Condition?: Record<string, object> }[] };
  expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual([
    'cloudformation:DescribeStacks',
    'dynamodb:BatchGetItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:Scan',
    'kms:Decrypt',
  ]);
  for (const { Resource, Condition } of Statement)
    expect(JSON.stringify([Resource, Condition?.['ForAnyValue:StringEquals']])).toContain('/SecurityHubInterpreter');
});
