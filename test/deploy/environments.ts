/** The facts about a second environment beside the first: each is told by its own, and neither touches what the other has. */
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import assert from 'node:assert/strict';
import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_SLACK_TOKEN } from '../../local/slack/slack';
import { EXAMPLE } from '../config/example';
import { moveAliases } from './aliases';
import { assertExistence, looks } from './existence';
import { rulesOf } from './bus';
import { cdk, type CdkOptions } from './cdk';
import type { DoorRequest } from './door';
import { runFunctions } from './functions';
import type { Ground } from './ground';
import { quiet } from './quiet';
import type { Run } from './run-parts';
import { sourcesOf } from './source';
import { type DeployedStack, stacksOf } from './stack';
import { channel, demoEvent, idle, put, until, wordsOf, type World } from './world';

const SECRET = 'security-hub-interpreter/dev/slack-bot-token';
/** As environments/dev.yaml of the example has it. */
const TRIALS = 'C0TRIALS001';

/** Every switch that a template alone can turn, at once: two of them together are for test/stacks/switches. */
const SWITCHES = `
network: { vpc: own, zones: 2, egress: nat-per-zone, endpoints: [sqs, secretsmanager] }
keys: { all: own }
functions:
  deliver: { memoryMb: 2048, timeoutSeconds: 120, reservedConcurrency: 5, provisionedConcurrency: 1 }
deployment: canary
tracing: true
alarms: { silenceHours: 24 }
`;

/** @param deploy the words that follow `cdk`. @returns the second stack's, once all holds. */
export async function environmentsStandApart(
  world: World,
  hub: DeployedStack,
  { run, ground, options, deploy }: { run: Run; ground: Ground; options: CdkOptions; deploy: string[] },
): Promise<World> {
  const { aws } = world;
  const { check, note } = run.progress;
  cpSync(join(EXAMPLE, 'environments'), join(options.config, 'environments'), { recursive: true });
  appendFileSync(join(options.config, 'environments/dev.yaml'), SWITCHES);
  await aws.secrets.send(new CreateSecretCommand({ Name: SECRET, SecretString: LOCAL_SLACK_TOKEN }));
  const output = `${options.output}.dev`;
  await cdk(deploy, { ...options, output, environment: 'dev' });

  const [dev, ...others] = await stacksOf(aws, output);
  if (!dev) throw new Error('The environment has no stack.');
  await check('-c environment=dev deploys one stack of its own, and leaves the other as it is', async () => {
    assert.deepEqual([dev.name, others.length], ['dev-SecurityHubInterpreter', 0]);
    assert.match(dev.status, /^(CREATE|UPDATE)_COMPLETE$/);
    assert.deepEqual(shared(hub, dev), []);
  });
  await moveAliases(aws, dev.resources);
  await check('with every switch turned, each resource exists at its own service, as its template says', async () => {
    const unseen = await assertExistence(dev.resources, looks(aws, ground.where));
    for (const type of unseen) note(`made, and not looked at: ${type}`);
  });
  const functions = await runFunctions(aws, dev.resources, { ...run, where: ground.where, standIns: ground.standIns });
  const rules = await rulesOf(aws);
  const sources = (await sourcesOf(aws)).filter(({ functionName }) => functions.has(functionName));
  await quiet(aws, sources, rules);
  const beside: World = { ...world, functions, sources, rules };

  const from = ground.requests.length;
  await check('one event is told by both: in its own channel, and in the one of dev, which says for whom it was meant', async () => {
    const own = () =>
      [...ground.standIns.workspace.channels().keys()].filter((id) => id !== TRIALS).flatMap((id) => channel(world, id).messages);
    const before = own().length;
    await put(world, demoEvent('05', world.ids));
    await until(world, () => own().length > before);
    assert.equal(channel(beside, TRIALS).messages.length, 0);
    await until(beside, () => channel(beside, TRIALS).messages.length > 0);
    const [message] = channel(beside, TRIALS).messages;
    assert.match(message ? wordsOf(message) : '', /本来の宛先は [a-z-]+/);
    assert.doesNotMatch(own().map(wordsOf).join('\n'), /本来の宛先/);
    await until(world, () => idle(world));
    await until(beside, () => idle(beside));
  });
  await check('no function of either named a row’s table, a queue or a secret of the other', () => {
    const requests = ground.requests.slice(from);
    const [mine, theirs] = [callsOf(requests, world), callsOf(requests, beside)];
    for (const calls of [mine, theirs])
      assert.deepEqual([...new Set(calls.map(({ service }) => service))].filter((each) => ['dynamodb', 'sqs'].includes(each)).sort(), [
        'dynamodb',
        'sqs',
      ]);
    assert.deepEqual(naming(theirs, [...namesOf(hub), 'security-hub-interpreter/slack-bot-token']), []);
    assert.deepEqual(naming(mine, [...namesOf(dev), SECRET]), []);
    // The other way round it finds them: this would be true of a reader that reads nothing.
    const own = naming(theirs, [...namesOf(dev), SECRET]);
    for (const kind of [/LedgerTable/, /QueuesDeliveries/, /slack-bot-token/])
      assert.ok(
        own.some((name) => kind.test(name)),
        String(kind),
      );
  });
  note('rights that would reach the other are for test/stacks: moto asks nobody for them');
  return beside;
}

/** @throws where a function of it is gone. */
export async function stays({ aws, functions }: World): Promise<void> {
  for (const FunctionName of functions.keys()) await aws.lambda.send(new GetFunctionCommand({ FunctionName }));
}

/** Tables, queues and functions, as AWS knows them. */
function namesOf({ resources }: DeployedStack): string[] {
  const kinds = ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::Lambda::Function'];
  return resources.flatMap(({ type, physicalId }) => (kinds.includes(type) && physicalId ? [physicalId.split('/').at(-1) ?? ''] : []));
}

function shared(one: DeployedStack, other: DeployedStack): string[] {
  const ids = new Set(one.resources.flatMap(({ physicalId }) => physicalId ?? []));
  return other.resources.flatMap(({ physicalId }) => (physicalId && ids.has(physicalId) ? [physicalId] : []));
}

function callsOf(requests: readonly DoorRequest[], { functions }: World): DoorRequest[] {
  const keys = [...functions.values()].map(({ definition }) => definition.credentials.AWS_ACCESS_KEY_ID ?? '');
  return requests.filter(({ headers }) => keys.some((key) => headers.authorization?.includes(`Credential=${key}/`)));
}

/** Those of the names that stand in a request as a whole: one stack's name ends as the other's does. */
function naming(requests: readonly DoorRequest[], names: readonly string[]): string[] {
  const said = requests.map(({ path, body }) => `${path} ${body.toString()}`).join('\n');
  return names.filter((name) => new RegExp(`(?<![\\w-])${name.replaceAll('.', '\\.')}(?![\\w-])`).test(said));
}
