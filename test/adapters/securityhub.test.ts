/** Each finding is read and marked through the API of the hub that it came from, by the names that this API knows. */
import { createHubFindings } from '../../local/securityhub/hub-findings';
import { type Listener, listen } from '../../local/protocol/listener';
import type { FaultPlan } from '../../local/protocol/faults';
import { createSecurityHub, type SecurityHubStandIn } from '../../local/securityhub/securityhub';
import { securityHub } from '../../handlers/adapters/securityhub';
import { parseFinding } from '../../handlers/domain/finding/event';
import { findingKey } from '../../handlers/domain/finding/key';
import type { FindingReference } from '../../handlers/ports';
import { controlFinding, eventOf, ocsfFinding } from '../world/events';

let hub: SecurityHubStandIn;
let listener: Listener;
/** What the next calls meet, by operation and number. */
let faults: FaultPlan;
const ENVIRONMENT = {
  AWS_REGION: 'ap-northeast-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

beforeEach(async () => {
  hub = createSecurityHub(createHubFindings());
  faults = () => undefined;
  listener = await listen(hub.service, { faults: (call) => faults(call) });
  Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL_SECURITYHUB: listener.url });
});
afterEach(() => listener.close());

const asff = controlFinding() as { Id: string; ProductArn: string };
const named = ocsfFinding({ bucket: 'named' }) as { metadata: { uid: string; product: { uid: string } } };
const unnamed = ocsfFinding({ bucket: 'unnamed' }) as {
  metadata: { uid?: string; product: { uid: string } };
  finding_info: { uid: string };
};
delete unnamed.metadata.uid;

const place = { region: 'ap-northeast-1', accountId: '555555555555' };
const references: FindingReference[] = [
  { id: asff.Id, productArn: asff.ProductArn, format: 'asff', ...place },
  { id: named.metadata.uid, productArn: named.metadata.product.uid, format: 'ocsf', ...place },
  { id: unnamed.finding_info.uid, byFindingInfo: true, productArn: unnamed.metadata.product.uid, format: 'ocsf', ...place },
];

test('by Id, by metadata.uid, and where that is missing by finding_info.uid', async () => {
  hub.findings.put(eventOf('asff', asff) as Record<string, unknown>);
  for (const finding of [named, unnamed]) hub.findings.put(eventOf('ocsf', finding) as Record<string, unknown>);
  const product = securityHub();
  const states = await product.read(references);
  expect(states.map(({ format, id, workflow }) => ({ format, id, workflow }))).toEqual(
    references.map(({ format, id }) => ({ format, id, workflow: 'NEW' })),
  );
  expect(await product.markNotified(references.map((reference) => ({ ...reference, note: 'told' })))).toEqual([]);
  expect((await product.read(references)).map(({ workflow, hasNote }) => [workflow, hasNote])).toEqual([
    ['NOTIFIED', true],
    ['IN PROGRESS', true],
    ['IN PROGRESS', true],
  ]);
});

test('what a hub does not know is absent, and refused with its reason when it is marked', async () => {
  const product = securityHub();
  expect(await product.read(references)).toEqual([]);
  expect(await product.markNotified(references)).toEqual([
    { id: asff.Id, productArn: asff.ProductArn, reason: expect.stringContaining('FindingNotFound') },
    { id: named.metadata.uid, reason: 'ResourceNotFoundException' },
    {
      id: unnamed.finding_info.uid,
      productArn: unnamed.metadata.product.uid,
      accountId: '555555555555',
      reason: 'ResourceNotFoundException',
    },
  ]);
});

test('a stranger that chose the same id is in no answer, however many there are', async () => {
  const own = `arn:aws:securityhub:ap-northeast-1:999999999999:product/999999999999/default`;
  hub.findings.put(
    eventOf('asff', { ...asff, ProductArn: own, AwsAccountId: '999999999999', Workflow: { Status: 'SUPPRESSED' } }) as Record<
      string,
      unknown
    >,
  );
  hub.findings.put(eventOf('asff', asff) as Record<string, unknown>);
  for (let n = 0; n < 120; n++) {
    const { metadata, ...rest } = named as unknown as Record<string, object>;
    const account = String(100000000000 + n);
    const copy = {
      ...rest,
      cloud: { account: { uid: account }, region: 'ap-northeast-1' },
      metadata: { product: (metadata as typeof named.metadata).product },
      finding_info: unnamed.finding_info,
    };
    hub.findings.put(eventOf('ocsf', copy) as Record<string, unknown>);
  }
  hub.findings.put(eventOf('ocsf', unnamed) as Record<string, unknown>);
  const states = await securityHub().read(references);
  expect(states.map(({ id, productArn, accountId, workflow }) => [id, productArn, accountId, workflow])).toEqual([
    [asff.Id, asff.ProductArn, '555555555555', 'NEW'],
    [unnamed.finding_info.uid, unnamed.metadata.product.uid, '555555555555', 'NEW'],
  ]);
});

test('an answer of more than one page is read to its end', async () => {
  const asked = Array.from({ length: 12 }, (_, n) => ({
    ...place,
    format: 'asff' as const,
    id: `id-${n}`,
    productArn: `arn:aws:securityhub:ap-northeast-1::product/acme/scanner-${n}`,
  }));
  // Each product has a finding of each id: 144 answer both filters.
  for (const { id } of asked)
    for (const { productArn } of asked)
      hub.findings.put(eventOf('asff', { ...asff, Id: id, ProductArn: productArn }) as Record<string, unknown>);
  const found = new Set((await securityHub().read(asked)).map(({ id, productArn }) => `${id} ${productArn}`));
  expect(asked.every(({ id, productArn }) => found.has(`${id} ${productArn}`))).toBe(true);
});

describe('an answer that is not whole is none', () => {
  /** Of five calls: each names 20 ids. */
  const asked = Array.from({ length: 90 }, (_, n) => ({ ...place, format: 'asff' as const, id: `id-${n}`, productArn: asff.ProductArn }));
  beforeEach(() => {
    for (const { id } of asked) hub.findings.put(eventOf('asff', { ...asff, Id: id }) as Record<string, unknown>);
  });

  test.each([
    ['its second call', 2],
    ['its last call', 5],
  ])('throttled in %s', async (_what, failing) => {
    faults = ({ operation, number }) => (operation === 'GetFindings' && number >= failing ? 'throttled' : undefined);
    await expect(securityHub().read(asked)).rejects.toThrow('TooManyRequestsException');
  });

  test.each(['throttled', 'refused', 'error-500'] as const)('%s in the second page of one question', async (fault) => {
    // Six accounts have findings of the twenty ids: a partner's product is the same in all of them.
    for (let account = 0; account < 6; account++)
      for (const { id } of asked)
        hub.findings.put(eventOf('asff', { ...asff, Id: id, AwsAccountId: `66666666666${account}` }) as Record<string, unknown>);
    faults = ({ operation, body }) => (operation === 'GetFindings' && body.NextToken !== undefined ? fault : undefined);
    await expect(securityHub().read(asked.slice(0, 20))).rejects.toThrow();
    faults = () => undefined;
    expect(await securityHub().read(asked.slice(0, 20))).toHaveLength(140);
  });

  test('of the new Security Hub neither', async () => {
    hub.findings.put(eventOf('asff', asff) as Record<string, unknown>);
    hub.findings.put(eventOf('ocsf', named) as Record<string, unknown>);
    faults = ({ operation }) => (operation === 'GetFindingsV2' ? 'throttled' : undefined);
    await expect(securityHub().read(references)).rejects.toThrow('TooManyRequestsException');
  });

  test('a token of nothing is no page more', async () => {
    const { answer } = hub.service;
    hub.service.answer = async (call, request) => {
      const reply = await answer(call, request);
      return { ...reply, body: JSON.stringify({ ...JSON.parse(String(reply.body)), NextToken: '' }) };
    };
    expect(await securityHub().read(asked.slice(0, 3))).toHaveLength(3);
    expect(listener.calls('GetFindings')).toBe(1);
  });
});

describe('what is in no AWS account is found by the name that its events give it', () => {
  const subscription = { provider: 'Azure', account: { uid: '0f1e2d3c-sub' }, region: 'japaneast' };
  const resources = [{ ...(ocsfFinding().resources as object[])[0], cluster: { uid: 'cluster-1' } }];
  test.each<[string, 'asff' | 'ocsf', Record<string, unknown>]>([
    ['a subscription', 'ocsf', { ...ocsfFinding({ bucket: 'azure' }), cloud: subscription }],
    ['a cluster', 'ocsf', { ...ocsfFinding({ bucket: 'pods' }), cloud: { region: 'x' }, resources }],
    [
      'a resource of Azure in ASFF',
      'asff',
      {
        ...asff,
        Id: 'azure',
        Resources: [{ Type: 'AzureResource', Id: '/subscriptions/1', Provider: 'Azure', Owner: { Account: { Id: 'sub-1' } } }],
      },
    ],
  ])('%s', async (_what, format, raw) => {
    const { id, productArn, accountId, region, byFindingInfo } = parseFinding(raw);
    expect(accountId).not.toMatch(/^\d{12}$/);
    const [ours] = references.filter((each) => each.format === format) as [FindingReference];
    for (const each of [raw, format === 'asff' ? asff : named]) hub.findings.put(eventOf(format, each) as Record<string, unknown>);
    const reference: FindingReference = { id, productArn, accountId, region, format, ...(byFindingInfo ? { byFindingInfo } : {}) };
    const states = await securityHub().read([reference, ours]);
    expect(states.map(findingKey).sort()).toEqual([reference, ours].map(findingKey).sort());
    expect(await securityHub().markNotified([reference])).toEqual([]);
  });
});
