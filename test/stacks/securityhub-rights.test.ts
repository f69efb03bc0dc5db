/** What IAM lets the deliver function do in Security Hub: the requests of write-back, and no change of anything else. */
import * as sdk from '@aws-sdk/client-securityhub';
import { createHubFindings } from '../../local/securityhub/hub-findings';
import { type Listener, listen } from '../../local/protocol/listener';
import { createSecurityHub } from '../../local/securityhub/securityhub';
import type { JsonObject } from '../../local/protocol/wire';
import { securityHub } from '../../handlers/adapters/securityhub';
import { towardsLoopback } from '../adapters/loopback';
import type { Context } from '../iam/conditions';
import { isPermitted } from '../iam/evaluate';
import { fieldsOf } from '../iam/record';
import { contextOf } from '../iam/requests';
import type { Statement } from '../iam/statement';
import { hubTemplate, statementsOf } from './synthesize';

const HUB = 'arn:aws:securityhub:ap-northeast-1:222222222222:hub/default';
const HUB_V2 = 'arn:aws:securityhub:ap-northeast-1:222222222222:hubv2/5f2a0e34-6d52-4b9e-9a43-2f4f1f3c7f10';

let statements: Statement[];
let listener: Listener;
const sent: { operation: string; body: JsonObject }[] = [];

beforeAll(async () => {
  statements = statementsOf(hubTemplate(), 'Deliver') as Statement[];
  const { service } = createSecurityHub(createHubFindings());
  const answer: typeof service.answer = (call, request) => {
    sent.push({ operation: call.operation, body: call.body });
    return service.answer(call, request);
  };
  listener = await listen({ ...service, answer });
  towardsLoopback({ SECURITYHUB: listener.url });
  const place = {
    region: 'ap-northeast-1',
    accountId: '555555555555',
    productArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/securityhub',
  };
  const findings = [
    { ...place, id: 'one', format: 'asff' as const },
    { ...place, id: 'two', format: 'ocsf' as const },
    { ...place, id: 'three', format: 'ocsf' as const, byFindingInfo: true },
  ];
  await securityHub().markNotified([
    ...findings,
    ...findings.map((finding) => ({ ...finding, note: 'Told in Slack: sec-ops, channel C1' })),
  ]);
});
afterAll(() => listener.close());

const keysOf = (operation: string, body: JsonObject) => contextOf({ call: operation, sets: fieldsOf(body) });
const permitted = (action: string, resource: string, context: Context) =>
  isPermitted({ caller: { account: '222222222222' }, action, resource, context }, { identity: statements, owner: '222222222222' });

const allowed = (operation: string, body: JsonObject, resource = operation.endsWith('V2') ? HUB_V2 : HUB) =>
  permitted('securityhub:BatchUpdateFindings', resource, keysOf(operation, body));

test('every request that write-back sends is allowed, in both Security Hubs, with a note and without', () => {
  expect(sent.map(({ operation, body }) => [operation, Object.keys(keysOf(operation, body)).length])).toEqual([
    ['BatchUpdateFindings', 1],
    ['BatchUpdateFindingsV2', 1],
    ['BatchUpdateFindingsV2', 1],
    ['BatchUpdateFindings', 3],
    ['BatchUpdateFindingsV2', 2],
    ['BatchUpdateFindingsV2', 2],
  ]);
  for (const { operation, body } of sent) expect([operation, body, allowed(operation, body)]).toEqual([operation, body, true]);
});

test('reading is allowed, on the hub of this account and Region and on no other', () => {
  const readable = (resource: string) => permitted('securityhub:GetFindings', resource, {});
  expect([HUB, HUB_V2].map(readable)).toEqual([true, true]);
  expect([HUB.replace('222222222222', '555555555555'), HUB_V2.replace('ap-northeast-1', 'us-east-1')].map(readable)).toEqual([
    false,
    false,
  ]);
});

test.each<[string, JsonObject]>([
  ['BatchUpdateFindings', { Note: { Text: 'Closed by us', UpdatedBy: 'security-hub-interpreter' } }],
  ['BatchUpdateFindings', { Note: { Text: ' Told in Slack: a', UpdatedBy: 'security-hub-interpreter' } }],
  ['BatchUpdateFindings', { Note: { Text: 'Told in Slack: a', UpdatedBy: 'hanako' } }],
  ['BatchUpdateFindingsV2', { Comment: 'Closed by us' }],
  ['BatchUpdateFindingsV2', { Comment: '' }],
])('another note is denied: %s %j', (operation, note) => {
  expect(allowed(operation, note)).toBe(false);
  expect(allowed(operation, { ...(operation.endsWith('V2') ? { StatusId: 2 } : { Workflow: { Status: 'NOTIFIED' } }), ...note })).toBe(
    false,
  );
});

test.each(['NEW', 'SUPPRESSED', 'RESOLVED', 'notified'])('a workflow status %s is denied', (Status) => {
  expect(allowed('BatchUpdateFindings', { Workflow: { Status } })).toBe(false);
});

// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsV2.html: 0 to 5, and 99
test.each([0, 1, 3, 4, 5, 99])('a StatusId %i of the new Security Hub is denied', (StatusId) => {
  expect(allowed('BatchUpdateFindingsV2', { StatusId })).toBe(false);
});

/** By the field of the request; a value that the API takes. */
const FOREIGN: Record<string, JsonObject[]> = {
  Confidence: [{ Confidence: 50 }],
  Criticality: [{ Criticality: 50 }],
  RelatedFindings: [{ RelatedFindings: [{ ProductArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/guardduty', Id: 'x' }] }],
  Severity: [{ Severity: { Label: 'LOW' } }, { Severity: { Normalized: 1 } }, { Severity: { Product: 1 } }],
  Types: [{ Types: ['Effects/Data Exposure'] }],
  UserDefinedFields: [{ UserDefinedFields: { ticket: 'T-1' } }],
  VerificationState: [{ VerificationState: 'FALSE_POSITIVE' }],
};
const FOREIGN_V2: Record<string, JsonObject[]> = { SeverityId: [{ SeverityId: 1 }] };

describe.each([
  [
    'BatchUpdateFindings',
    FOREIGN,
    { Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'Told in Slack: x', UpdatedBy: 'security-hub-interpreter' } },
    sdk.BatchUpdateFindingsRequest$,
  ],
  ['BatchUpdateFindingsV2', FOREIGN_V2, { StatusId: 2, Comment: 'Told in Slack: x' }, sdk.BatchUpdateFindingsV2Request$],
] as const)('%s', (operation, foreign, told, schema) => {
  test.each(
    Object.values(foreign)
      .flat()
      .map((change) => [JSON.stringify(change), change] as const),
  )('is denied with %s, by itself and beside what write-back sends', (_text, change) => {
    expect(allowed(operation, change)).toBe(false);
    expect(allowed(operation, { ...told, ...change })).toBe(false);
  });

  test('has no other field that could be changed, as the SDK knows it', () => {
    const [, , , , members] = schema as unknown as [unknown, unknown, unknown, unknown, string[]];
    const covered = ['FindingIdentifiers', 'MetadataUids', ...Object.keys(told), ...Object.keys(foreign)];
    expect(members.filter((member) => !covered.includes(member))).toEqual([]);
  });
});
