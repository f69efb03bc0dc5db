/** The facts about findings: from PutEvents to the message in Slack, through everything that was deployed. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject, objects, text } from '../../local/protocol/wire';
import { sendToTarget } from './bus';
import { withIds } from './organization';
import type { Progress } from './progress';
import { type DeployedStack, ledgerOf, physicalIdOf } from './stack';
import { channel, demoEvent, idle, put, takenIn, until, waiting, wordsOf, type World } from './world';

const PROD_ONCALL = 'C0PRODONC01';
const SECURITY = 'C0SECOPS001';
const WORKLOADS = 'C0WORKLD001';
const PLATFORM = 'C0PLATFRM01';

export async function findingsAreTold(world: World, hub: DeployedStack, { check }: Progress): Promise<void> {
  const { ids, standIns } = world;
  const ledger = ledgerOf(hub);
  const deadLetters = physicalIdOf(hub, ({ id, type }) => type === 'AWS::SQS::Queue' && /FindingsDeadLetters/.test(id));
  const bucket = renamed(demoEvent('01', ids));

  await check('an ASFF control finding stands in the channel of its OU, though Slack answered 429 first', async () => {
    await put(world, bucket);
    await until(world, () => channel(world, PROD_ONCALL).messages.length > 0);
    assert.equal(standIns.slack.calls('chat.postMessage'), 2);
  });
  await check('it names the account and the OU path as Organizations has them, and is explained by the model', async () => {
    await until(world, () => standIns.bedrock.calls('Converse') > 0 && idle(world));
    const words = wordsOf(only(channel(world, PROD_ONCALL).messages));
    assert.match(words, /payments-prod/);
    assert.match(words, /Workloads\/Prod/);
    assert.doesNotMatch(words, /name-in-the-finding/);
    assert.match(words, /AI/);
  });
  await check('the same finding again, and from the second Security Hub, is no second message', async () => {
    const posted = standIns.slack.calls('chat.postMessage');
    await put(world, bucket);
    await put(world, demoEvent('02', ids));
    await until(world, () => takenIn(world));
    assert.equal(standIns.slack.calls('chat.postMessage'), posted);
  });
  await check('what was told is NOTIFIED in Security Hub, at once or with the next tick', async () => {
    const [finding] = objects(isObject(bucket.detail) ? bucket.detail.findings : []);
    const workflow = () => standIns.securityHub.findings.findAsff(finding?.Id, finding?.ProductArn)[0]?.Workflow;
    await sendTick(world);
    await until(world, () => isDeepStrictEqual(workflow(), { Status: 'NOTIFIED' }));
  });
  await check('a GuardDuty finding, which has no Compliance, is told to both receivers of its routes', async () => {
    const event = demoEvent('11', ids);
    assert.equal(JSON.stringify(event).includes('"Compliance"'), false);
    await put(world, event);
    await until(world, () => channel(world, PROD_ONCALL).messages.length === 2 && channel(world, SECURITY).messages.length === 1);
    assert.match(wordsOf(only(channel(world, SECURITY).messages)), /payments-prod/);
  });
  await check('an OCSF finding of another account stands in the channel of that OU', async () => {
    await put(world, moved(demoEvent('02', ids), ids));
    await until(world, () => channel(world, WORKLOADS).messages.length > 0);
    const words = wordsOf(only(channel(world, WORKLOADS).messages));
    assert.match(words, /payments-stg/);
    assert.match(words, /Workloads\/Staging/);
  });
  await check('findings that a person chose come through the bus, rule and queue without any shim', async () => {
    await put(world, demoEvent('20', ids));
    await until(world, () => channel(world, PLATFORM).messages.length > 0, 60);
    assert.match(wordsOf(only(channel(world, PLATFORM).messages)), /network-hub/);
  });
  await check('an event that cannot be read ends in the dead-letter queue', async () => {
    assert.equal(await waiting(world.aws, deadLetters), 0);
    await put(world, broken());
    await until(world, async () => (await waiting(world.aws, deadLetters)) === 1);
  });
  await check('the tick of each minute reaches its function through its rule’s target and its own queue', async () => {
    await sendTick(world);
    assert.equal(await takenIn(world), false);
    await until(world, () => takenIn(world));
    assert.equal(await waiting(world.aws, deadLetters), 1);
  });
  await check('the ledger in DynamoDB holds the problem, its member and the finding', async () => {
    const { Items = [] } = await world.aws.dynamoDb.send(new ScanCommand({ TableName: ledger, ConsistentRead: true }));
    const rows = JSON.stringify(Items);
    for (const part of ['payments-prod', 'S3.2', PROD_ONCALL, text(ids.get('555555555555'))])
      assert.ok(rows.includes(part), `no row has ${part}`);
  });
}

/** What was put off is done as well, and it added to what stood there: edits and replies, no message. */
export async function nothingIsRepeated(world: World, { check }: Progress): Promise<void> {
  await check('when all that was put off is done, each problem is still one message', async () => {
    await until(world, () => idle(world), 180);
    const messages = [...world.standIns.workspace.channels().keys()].flatMap((id) => channel(world, id).messages);
    const told = messages.map((message) => `${message.channel} ${message.text}`);
    assert.equal(new Set(told).size, told.length, told.join('\n'));
    assert.equal(channel(world, PROD_ONCALL).messages.length, 2);
  });
}

/** The name that a finding carries is not where the message's comes from. */
function renamed(event: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(event).replaceAll('"payments-prod"', '"name-in-the-finding"')) as JsonObject;
}

/** The same check of another account: its ids differ wherever the finding has one. */
function moved(event: JsonObject, ids: ReadonlyMap<string, string>): JsonObject {
  const [from = '', to = ''] = ['555555555555', '888888888888'].map((id) => ids.get(id));
  const other = withIds(event, new Map([[from, to]]));
  return JSON.parse(
    JSON.stringify(other).replaceAll('c2b5974a', 'd3c6a85b').replaceAll('f7c1f1f6', 'a8d2e2a7').replaceAll('acme-payments', 'acme-staging'),
  ) as JsonObject;
}

function broken(): JsonObject {
  return {
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Custom Action',
    time: new Date().toISOString(),
    resources: [],
    detail: { actionName: 'NotifyOwner', findings: [{ Title: 'A finding without any identity' }] },
  };
}

/** As its rule does each minute. */
async function sendTick({ rules, aws }: World): Promise<void> {
  const tick = rules.find(({ schedule, targets }) => schedule === 'rate(1 minute)' && targets.some(({ Arn }) => Arn?.includes(':sqs:')));
  for (const target of tick?.targets ?? []) await sendToTarget(aws, target, scheduled());
}

function scheduled(): JsonObject {
  return { 'detail-type': 'Scheduled Event', source: 'aws.events', time: new Date().toISOString(), resources: [], detail: {} };
}

function only<T>(list: T[]): T {
  assert.equal(list.length, 1);
  return list[0] as T;
}
