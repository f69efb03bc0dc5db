/** The command over a table and a stack on loopback: what it prints, its exit status, and the rights it asks for. */
import { dynamoLedger } from '../../../handlers/adapters/dynamo';
import { NEW_PROBLEM } from '../../../handlers/domain/problem/fold';
import { rowKeys } from '../../../handlers/domain/problem/rows';
import { folderWith, removeFolders } from '../../config/folder';
import { ledgerDeployed } from '../ledger-deployed';
import { typed } from '../terminal';

const CONFIG = ['--config', folderWith()];
const PROBLEM = { receiver: 'workloads', fingerprint: 'aws:control:S3.2' };
let deployed: boolean;
let close: () => Promise<void>;

beforeEach(async () => {
  deployed = true;
  close = await ledgerDeployed(() => deployed);
});
afterEach(() => close());
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
