import {
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  GetFindingsCommand,
  GetFindingsV2Command,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { createHubFindings } from '../../../local/securityhub/hub-findings';
import { listen, type Listener } from '../../../local/protocol/listener';
import { createSecurityHub, type SecurityHubStandIn } from '../../../local/securityhub/securityhub';
import type { JsonObject } from '../../../local/protocol/wire';
import { findingEvent, PRODUCT } from '../acme';
import { errorOf, towards } from '../clients';

let hub: SecurityHubStandIn;
let listener: Listener;
let client: SecurityHubClient;
const updated: JsonObject[] = [];

beforeEach(async () => {
  updated.length = 0;
  hub = createSecurityHub(createHubFindings(), (finding) => updated.push(finding));
  listener = await listen(hub.service);
  client = new SecurityHubClient(towards(listener.url));
});
afterEach(async () => {
  client.destroy();
  await listener.close();
});

const identifier = (Id: string) => ({ Id, ProductArn: PRODUCT });
const read = async (Id: string) =>
  (await client.send(new GetFindingsCommand({ Filters: { Id: [{ Value: Id, Comparison: 'EQUALS' }] } }))).Findings?.[0];

test('a finding of an event is read by its id and updated with its note, its UpdatedAt as it was', async () => {
  hub.findings.put(findingEvent('f1', { UpdatedAt: '2026-11-21T00:00:00Z' }));
  hub.findings.put(findingEvent('f2'));
  const { ProcessedFindings, UnprocessedFindings } = await client.send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: [identifier('f1'), identifier('gone')],
      Workflow: { Status: 'NOTIFIED' },
      Note: { Text: 'told', UpdatedBy: 'interpreter' },
    }),
  );
  expect(ProcessedFindings).toEqual([identifier('f1')]);
  expect(UnprocessedFindings).toMatchObject([{ FindingIdentifier: identifier('gone'), ErrorCode: 'FindingNotFound' }]);
  expect(await read('f1')).toMatchObject({ Workflow: { Status: 'NOTIFIED' }, Note: { Text: 'told' }, UpdatedAt: '2026-11-21T00:00:00Z' });
  expect(await read('f2')).toMatchObject({ Workflow: { Status: 'NEW' } });
  expect(updated.map(({ Id }) => Id)).toEqual(['f1']);
});

test('an event that repeats NEW does not undo NOTIFIED; one that fails again does', async () => {
  hub.findings.put(findingEvent('f1', { Compliance: { Status: 'FAILED' } }));
  await client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers: [identifier('f1')], Workflow: { Status: 'NOTIFIED' } }));
  hub.findings.put(findingEvent('f1', { Compliance: { Status: 'FAILED' } }));
  expect((await read('f1'))?.Workflow?.Status).toBe('NOTIFIED');
  hub.findings.put(findingEvent('f1', { Compliance: { Status: 'PASSED' } }));
  hub.findings.put(findingEvent('f1', { Compliance: { Status: 'FAILED' } }));
  expect((await read('f1'))?.Workflow?.Status).toBe('NEW');
});

test('an id is not a finding: reads by id bring strangers, an update reaches those of its product, in all accounts', async () => {
  const [ours, theirs] = [PRODUCT, 'arn:aws:securityhub:ap-northeast-1:999999999999:product/999999999999/default'];
  hub.findings.put(findingEvent('f1', { AwsAccountId: '555555555555', ProductArn: ours }));
  hub.findings.put(findingEvent('f1', { AwsAccountId: '666666666666', ProductArn: ours }));
  hub.findings.put(findingEvent('f1', { AwsAccountId: '999999999999', ProductArn: theirs }));
  await client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers: [identifier('f1')], Workflow: { Status: 'NOTIFIED' } }));
  const { Findings } = await client.send(new GetFindingsCommand({ Filters: { Id: [{ Value: 'f1', Comparison: 'EQUALS' }] } }));
  expect(Findings?.map(({ AwsAccountId, Workflow }) => [AwsAccountId, Workflow?.Status])).toEqual([
    ['555555555555', 'NOTIFIED'],
    ['666666666666', 'NOTIFIED'],
    ['999999999999', 'NEW'],
  ]);
});

test('an event of earlier that comes late changes nothing', async () => {
  hub.findings.put(findingEvent('f1', { UpdatedAt: '2026-11-21T01:00:00Z', RecordState: 'ARCHIVED' }));
  hub.findings.put(findingEvent('f1', { UpdatedAt: '2026-11-21T00:00:00Z', RecordState: 'ACTIVE' }));
  expect((await read('f1'))?.RecordState).toBe('ARCHIVED');
});

test('what a person set arrives with the event', async () => {
  hub.findings.put(findingEvent('f1'));
  hub.findings.put(findingEvent('f1', { Workflow: { Status: 'SUPPRESSED' } }));
  expect((await read('f1'))?.Workflow?.Status).toBe('SUPPRESSED');
});

test('an update can be refused for one finding', async () => {
  hub.findings.put(findingEvent('f1'));
  hub.refuseUpdate('f1', 'ConcurrentUpdateError');
  const update = new BatchUpdateFindingsCommand({ FindingIdentifiers: [identifier('f1')], Workflow: { Status: 'NOTIFIED' } });
  expect((await client.send(update)).UnprocessedFindings?.[0]?.ErrorCode).toBe('ConcurrentUpdateError');
  expect((await read('f1'))?.Workflow?.Status).toBe('NEW');
  hub.refuseUpdate('f1');
  expect((await client.send(update)).ProcessedFindings).toHaveLength(1);
});

test('more findings, filter values or characters than Security Hub takes are refused', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);
  const values = new GetFindingsCommand({ Filters: { Id: many(21).map((Value) => ({ Value, Comparison: 'EQUALS' })) } });
  expect((await errorOf(client.send(values))).message).toMatch(/more than 20 values/);
  const findings = new BatchUpdateFindingsCommand({ FindingIdentifiers: many(101).map(identifier), Workflow: { Status: 'NOTIFIED' } });
  expect((await errorOf(client.send(findings))).message).toMatch(/1 to 100/);
  const note = new BatchUpdateFindingsCommand({ FindingIdentifiers: [identifier('f1')], Note: { Text: 'x'.repeat(513), UpdatedBy: 'me' } });
  expect((await errorOf(client.send(note))).message).toMatch(/512/);
});

test('OCSF findings are read by uid and updated, also by account, finding and product', async () => {
  const finding = (uid: string) => ({
    metadata: { uid, product: { uid: PRODUCT } },
    finding_info: { uid: `info-${uid}` },
    cloud: { account: { uid: '555555555555' } },
    status: 'New',
    status_id: 1,
  });
  hub.findings.put({ 'detail-type': 'Findings Imported V2', detail: { findings: [finding('u1')] } });
  hub.findings.put({ 'detail-type': 'Findings Imported V2', detail: { findings: [finding('u2')] } });
  const byParts = { CloudAccountUid: '555555555555', FindingInfoUid: 'info-u2', MetadataProductUid: PRODUCT };
  const updatedByUid = await client.send(new BatchUpdateFindingsV2Command({ MetadataUids: ['u1', 'u9'], StatusId: 2, Comment: 'told' }));
  const updatedByParts = await client.send(new BatchUpdateFindingsV2Command({ FindingIdentifiers: [byParts], StatusId: 3 }));
  expect(updatedByUid).toMatchObject({
    ProcessedFindings: [{ MetadataUid: 'u1' }],
    UnprocessedFindings: [{ MetadataUid: 'u9', ErrorCode: 'ResourceNotFoundException' }],
  });
  expect(updatedByParts.ProcessedFindings).toHaveLength(1);
  const { Findings } = await client.send(
    new GetFindingsV2Command({
      Filters: {
        CompositeFilters: [
          {
            Operator: 'OR',
            StringFilters: ['u1', 'u2'].map((Value) => ({ FieldName: 'metadata.uid', Filter: { Value, Comparison: 'EQUALS' } })),
          },
        ],
      },
    }),
  );
  expect(Findings).toMatchObject([{ status: 'In Progress', comment: 'told' }, { status: 'Suppressed' }]);
});

test('findings of the new Security Hub go 90 days after their last update, 30 where they are closed', () => {
  let now = Date.UTC(2026, 10, 21);
  const findings = createHubFindings(() => now);
  for (const [uid, activity_name] of [
    ['open', 'Create'],
    ['closed', 'Close'],
  ])
    findings.put({ detail: { findings: [{ activity_name, metadata: { uid }, finding_info: { uid, modified_time: now } }] } });
  now += 30 * 86_400_000;
  expect([findings.ocsf().length, findings.findOcsf({ metadataUid: 'closed' })]).toEqual([1, undefined]);
  now += 60 * 86_400_000;
  expect(findings.ocsf()).toEqual([]);
});
