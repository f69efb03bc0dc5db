/** Who may import what, what a second import changes, and when Security Hub forgets: over the wire, by a clock that the test sets. */
import { BatchImportFindingsCommand, BatchUpdateFindingsCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { listen, type Listener } from '../../../local/protocol/listener';
import type { JsonObject } from '../../../local/protocol/wire';
import { createHubFindings, type HubFindings } from '../../../local/securityhub/hub-findings';
import { createSecurityHub } from '../../../local/securityhub/securityhub';
import { findingEvent, PRODUCT } from '../acme';
import { errorOf, towards } from '../clients';

const START = Date.UTC(2026, 10, 21);
const DAY = 24 * 60 * 60_000;
const HERE = '555555555555';
const THERE = '666666666666';
const iso = (time: number) => new Date(time).toISOString();
const custom = (account: string) => `arn:aws:securityhub:ap-northeast-1:${account}:product/${account}/default`;
const PARTNER = 'arn:aws:securityhub:ap-northeast-1::product/acme/scanner';

let now = START;
let findings: HubFindings;
let listener: Listener;
const clients: SecurityHubClient[] = [];
const events: JsonObject[] = [];

beforeEach(async () => {
  now = START;
  events.length = 0;
  findings = createHubFindings(() => now);
  const hub = createSecurityHub(
    findings,
    () => {},
    (finding) => events.push(structuredClone(finding)),
  );
  listener = await listen(hub.service);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await listener.close();
});

function caller(accessKeyId: string): SecurityHubClient {
  const client = new SecurityHubClient({ ...towards(listener.url), credentials: { accessKeyId, secretAccessKey: 'x' } });
  clients.push(client);
  return client;
}

function finding(fields: object = {}) {
  return {
    SchemaVersion: '2018-10-08',
    Id: 'f1',
    ProductArn: custom(HERE),
    AwsAccountId: HERE,
    GeneratorId: 'check',
    CreatedAt: iso(START),
    UpdatedAt: iso(now),
    Title: 'T',
    Description: 'D',
    Severity: { Label: 'HIGH' as const },
    Resources: [{ Type: 'Other', Id: 'r' }],
    ...fields,
  };
}

async function send(key: string, ...sent: object[]) {
  const { SuccessCount, FailedFindings } = await caller(key).send(
    new BatchImportFindingsCommand({ Findings: sent as ReturnType<typeof finding>[] }),
  );
  return { taken: SuccessCount, refused: FailedFindings?.map(({ ErrorCode }) => ErrorCode) };
}

const OK = { taken: 1, refused: [] };
const REFUSED = { taken: 0, refused: ['InvalidAccess'] };
const read = async () => (await caller('aws').send(new GetFindingsCommand({}))).Findings ?? [];
const workflows = async () => (await read()).map(({ Workflow }) => Workflow?.Status);
const set = (Status: 'NOTIFIED' | 'SUPPRESSED' | 'RESOLVED', ProductArn = custom(HERE)) =>
  caller('aws').send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: [{ Id: 'f1', ProductArn }],
      Workflow: { Status },
      Note: { Text: 'ours', UpdatedBy: 'we' },
    }),
  );

test.each<[string, string, object, object]>([
  ['an account for its custom product', HERE, {}, OK],
  ['an account for another account', THERE, {}, REFUSED],
  ['an account for itself with another account’s product', THERE, { AwsAccountId: THERE }, REFUSED],
  ['an account for a partner’s product that runs in it', HERE, { ProductArn: PARTNER }, OK],
  ['an account for AWS’s own product', HERE, { ProductArn: PRODUCT }, REFUSED],
  ['a partner on the list for any account', 'partner', { ProductArn: PARTNER, AwsAccountId: THERE }, OK],
  ['a partner on the list for an account’s custom product', 'partner', {}, REFUSED],
  ['a partner on the list for AWS’s own product', 'partner', { ProductArn: PRODUCT }, REFUSED],
  ['a service of AWS', 'aws', { ProductArn: PRODUCT, AwsAccountId: THERE }, OK],
])('%s', async (_who, key, fields, outcome) => {
  expect(await send(key, finding(fields))).toEqual(outcome);
  expect(events).toHaveLength(outcome === OK ? 1 : 0);
});

test('a finding is known by account, product and id: the same id from others is another', async () => {
  await send(HERE, finding());
  await send(HERE, finding({ ProductArn: PARTNER }));
  await send('partner', finding({ ProductArn: PARTNER, AwsAccountId: THERE }));
  expect((await read()).map(({ AwsAccountId, ProductArn }) => [AwsAccountId, ProductArn])).toEqual([
    [HERE, custom(HERE)],
    [HERE, PARTNER],
    [THERE, PARTNER],
  ]);
});

test('Region and ProcessedAt are Security Hub’s, whatever is sent', async () => {
  await send(HERE, finding({ Region: 'us-east-1', ProcessedAt: iso(0) }));
  expect(events).toMatchObject([{ Region: 'ap-northeast-1', ProcessedAt: iso(START), Workflow: { Status: 'NEW' }, RecordState: 'ACTIVE' }]);
});

test('an update that is not later changes nothing, tells nobody and is no error; one of 2199 takes no other', async () => {
  const titled = (Title: string, UpdatedAt: string) => send(HERE, finding({ Title, UpdatedAt }));
  await titled('first', iso(START));
  for (const time of [iso(START), iso(START - 1)]) expect(await titled('other', time)).toEqual(OK);
  expect([(await read()).map(({ Title }) => Title), events.length]).toEqual([['first'], 1]);
  await titled('2199', '2199-12-31T00:00:00Z');
  await titled('later', iso(START + DAY));
  expect([(await read()).map(({ Title }) => Title), events.length]).toEqual([['2199'], 2]);
});

test('what is people’s stays as they left it, and at first is as it was sent', async () => {
  const theirs = { Note: { Text: 'theirs', UpdatedBy: 'they', UpdatedAt: iso(START) }, VerificationState: 'BENIGN_POSITIVE' };
  await send(HERE, finding({ ...theirs, Workflow: { Status: 'NOTIFIED' } }));
  expect(await read()).toMatchObject([{ ...theirs, Workflow: { Status: 'NOTIFIED' } }]);
  await set('RESOLVED');
  now += 1000;
  const changes = { Workflow: { Status: 'NEW' }, UserDefinedFields: { a: 'b' }, VerificationState: 'TRUE_POSITIVE', Title: 'changed' };
  await send(HERE, finding({ ...changes, Note: { Text: 'again', UpdatedBy: 'they', UpdatedAt: iso(now) } }));
  const [held] = await read();
  expect(held).toMatchObject({
    Title: 'changed',
    Workflow: { Status: 'RESOLVED' },
    Note: { Text: 'ours' },
    VerificationState: 'BENIGN_POSITIVE',
  });
  expect(held).not.toHaveProperty('UserDefinedFields');
});

test('archived and active again, or passed and failed again, a finding is NEW; merely updated it stays', async () => {
  const update = async (fields: object) => {
    now += 1000;
    await send(HERE, finding(fields));
    return (await workflows())[0];
  };
  await update({ Compliance: { Status: 'FAILED' } });
  await set('NOTIFIED');
  expect(await update({ Compliance: { Status: 'FAILED' } })).toBe('NOTIFIED');
  expect(await update({ Compliance: { Status: 'PASSED' } })).toBe('NOTIFIED');
  expect(await update({ Compliance: { Status: 'FAILED' } })).toBe('NEW');
  await set('RESOLVED');
  expect(await update({ RecordState: 'ARCHIVED' })).toBe('RESOLVED');
  expect(await update({})).toBe('NEW');
});

test('a suppressed finding is no longer updated, and nobody is told', async () => {
  await send(HERE, finding());
  await set('SUPPRESSED');
  now += 1000;
  expect(await send(HERE, finding({ Title: 'changed', RecordState: 'ARCHIVED' }))).toEqual(OK);
  expect([(await read()).map(({ Title }) => Title), events.length]).toEqual([['T'], 1]);
});

test('its own control finding is RESOLVED by itself when it passes', async () => {
  await send('aws', finding({ ProductArn: PRODUCT, Compliance: { Status: 'FAILED' } }));
  now += 1000;
  await send('aws', finding({ ProductArn: PRODUCT, Compliance: { Status: 'PASSED' } }));
  expect(events.map(({ Workflow }) => Workflow)).toEqual([{ Status: 'NEW' }, { Status: 'RESOLVED' }]);
});

test('severity and types stand in both places; a new finding believes FindingProviderFields', async () => {
  await send(HERE, finding());
  await send(HERE, finding({ Id: 'f2', FindingProviderFields: { Severity: { Label: 'LOW' }, Types: ['TTPs'] } }));
  expect(events).toMatchObject([
    { Severity: { Label: 'HIGH' }, FindingProviderFields: { Severity: { Label: 'HIGH' } } },
    { Severity: { Label: 'LOW' }, Types: ['TTPs'], FindingProviderFields: { Severity: { Label: 'LOW' } } },
  ]);
});

test('each finding of a batch is taken or refused by itself: one without a title, or of more than 240 KB', async () => {
  const answer = await send(HERE, finding(), finding({ Title: '' }), finding({ Id: 'f3', ProductFields: { x: 'x'.repeat(240 * 1024) } }));
  expect(answer).toEqual({ taken: 1, refused: ['InvalidInput', 'InvalidInput'] });
  expect((await errorOf(send(HERE, ...Array.from({ length: 101 }, () => finding())))).name).toBe('InvalidInputException');
});

describe('it deletes without an event', () => {
  const left = async (days: number) => {
    now = START + days * DAY - 1;
    const before = (await read()).map(({ Id }) => Id);
    now += 1;
    return [before, (await read()).map(({ Id }) => Id)];
  };

  test('30 days after an update what is archived, 90 days what is not', async () => {
    await send(HERE, finding(), finding({ Id: 'archived', RecordState: 'ARCHIVED' }));
    expect(await left(30)).toEqual([['f1', 'archived'], ['f1']]);
    expect(await left(90)).toEqual([['f1'], []]);
    const { UnprocessedFindings } = await set('NOTIFIED');
    expect(UnprocessedFindings).toMatchObject([{ ErrorCode: 'FindingNotFound' }]);
    expect(events).toHaveLength(2);
  });

  test('later what people or importers touched since; a control finding goes by UpdatedAt alone', async () => {
    await send(HERE, finding());
    await send('aws', finding({ ProductArn: PRODUCT, Id: 'control' }));
    now += 10 * DAY;
    await set('NOTIFIED');
    await caller('aws').send(
      new BatchUpdateFindingsCommand({ FindingIdentifiers: [{ Id: 'control', ProductArn: PRODUCT }], Workflow: { Status: 'NOTIFIED' } }),
    );
    expect(await left(90)).toEqual([['f1', 'control'], ['f1']]);
    expect(await left(100)).toEqual([['f1'], []]);
  });

  test('never what says that it was updated in 2199', async () => {
    await send(HERE, finding({ UpdatedAt: '2199-12-31T00:00:00Z' }));
    expect(await left(3650)).toEqual([['f1'], ['f1']]);
  });

  test('what an event tells of not before it was heard of, however old it says it is; a state that was kept goes on', async () => {
    findings.put(findingEvent('old', { UpdatedAt: '2020-01-01T00:00:00Z' }));
    expect((await read()).map(({ Id }) => Id)).toEqual(['old']);
    const saved = JSON.parse(JSON.stringify(findings.save()));
    now += 45 * DAY;
    const other = createHubFindings(() => now);
    other.restore(saved);
    expect(other.asff()).toHaveLength(1);
    now += 45 * DAY;
    expect([other.asff(), await read()]).toEqual([[], []]);
  });
});
