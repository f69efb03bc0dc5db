/** What a person is told to run before the first deployment: with this organization's ids, and only what the mode needs. */
import { spawnSync } from 'node:child_process';
import { commandLines } from '../../cli/doctor/command-lines';
import { operatorPolicy } from '../../cli/doctor/policy';
import { prerequisites } from '../../cli/prerequisites';
import { ledgerPolicy } from '../../cli/ledger/policy';
import { redrivePolicy } from '../../cli/redrive/policy';
import { painter } from '../../cli/show/columns';
import { loadConfigOrThrow } from '../../config/load';
import type { Config } from '../../config/schema';
import { renderSteps } from '../../cli/prerequisites/render';
import { EXAMPLE, GOVCLOUD } from '../config/example';
import { keysSchema } from '../../config/switches/keys';
import { exampleConfig, withSettings } from '../stacks/example-config';
import { typed } from './terminal';

const NOW = Date.parse('2026-11-24T00:00:00Z');
const idsOf = (config: Config) => prerequisites(config, 'config').steps.map(({ id }) => id);
const textOf = (config: Config) => JSON.stringify(prerequisites(config, 'config'));

const run = (...argv: string[]) => typed(['prerequisites', ...argv], { now: () => NOW });

test('every step says who runs it, why, how to see that it worked, and how to undo it', () => {
  for (const step of prerequisites(exampleConfig, 'config').steps) {
    expect([step.id, step.title, step.why, step.proof.command, step.proof.expect, step.undo]).not.toContain('');
    expect(step.commands.length > 0 || step.todo !== undefined).toBe(true);
  }
});

test('the commands carry the ids of the organization and nothing to be filled in', () => {
  const commands = prerequisites(exampleConfig, 'config').steps.flatMap((step) => [...step.commands, step.proof.command]);
  expect(commands).toContain(
    'aws organizations register-delegated-administrator --account-id 222222222222 --service-principal member.org.stacksets.cloudformation.amazonaws.com --region ap-northeast-1',
  );
  expect(commands).toContain('npx cdk bootstrap aws://222222222222/ap-northeast-1');
  for (const command of commands) expect(command).not.toMatch(/<[a-z-]+>|YOUR|123456789012/);
});

test('the management account comes before the security account, and delegation before the bootstrap', () => {
  const places = prerequisites(exampleConfig, 'config').steps.map(({ place }) => place);
  expect(places.lastIndexOf('management')).toBeLessThan(places.indexOf('security'));
});

test('StackSets are prepared only where StackSets are used', () => {
  const stackSets = idsOf(exampleConfig);
  const central = idsOf(withSettings({ enablement: { ...exampleConfig.settings.enablement, mode: 'central-configuration' } }));
  expect(stackSets.filter((id) => !central.includes(id)).length).toBeGreaterThanOrEqual(2);
  expect(textOf(withSettings({ enablement: { ...exampleConfig.settings.enablement, mode: 'central-configuration' } }))).not.toContain(
    'stacksets.cloudformation',
  );
});

test('in mode none StackSets are not prepared, and the delegation still is', () => {
  const none = withSettings({ enablement: { ...exampleConfig.settings.enablement, mode: 'none' } });
  expect(idsOf(none).length).toBeLessThan(idsOf(exampleConfig).length);
  expect(textOf(none)).not.toContain('stacksets.cloudformation');
  expect(idsOf(none)).toContain('management-app');
});

test('an environment beside a deployment asks nothing of the management account again, and names itself in each command of its own', () => {
  const none = { ...withSettings({ enablement: { ...exampleConfig.settings.enablement, mode: 'none', targets: [] } }), environment: 'dev' };
  const { steps, closing } = prerequisites(none, 'config/environments/dev.yaml');
  expect(new Set(steps.map(({ place }) => place))).toEqual(new Set(['security', 'slack']));
  expect(closing).toEqual([
    'npm run doctor -- --environment dev --before',
    'npx cdk deploy --all -c environment=dev',
    'npm run doctor -- --environment dev',
  ]);
});

test('opt-in Regions are turned on in every account, and others are not spoken of', () => {
  const { regions } = exampleConfig.settings;
  const { steps } = prerequisites(withSettings({ regions: { ...regions, linked: ['us-east-1', 'ap-east-1'] } }), 'config');
  const step = steps.find(({ id }) => id === 'opt-in-regions');
  expect(step?.title).toBe('The opt-in Regions ap-east-1');
  expect(step?.commands).toContain('aws account enable-region --region-name ap-east-1 --region ap-northeast-1');
  expect(step?.commands.join()).toContain("Id!='111111111111'");
  expect(idsOf(exampleConfig)).not.toContain('opt-in-regions');
});

test('a shell can read every command, folded or not', () => {
  for (const config of [exampleConfig, loadConfigOrThrow(GOVCLOUD, NOW)]) {
    for (const step of prerequisites(config, 'a folder').steps) {
      const commands = [...step.commands, step.proof.command, ...(step.undo.command ? [step.undo.command] : [])];
      const script = commands.flatMap((command) => [command, ...commandLines(command, 80, '   ')]).join('\n');
      expect([step.id, spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr]).toEqual([step.id, '']);
    }
  }
});

test('without a model, nobody is sent to Bedrock', () => {
  const off = withSettings({ model: { ...exampleConfig.settings.model, enabled: false } });
  expect(textOf(exampleConfig)).toContain('bedrock');
  expect(textOf(off)).not.toContain('bedrock');
});

test('no secret goes over the command line', () => {
  for (const config of [exampleConfig, loadConfigOrThrow(GOVCLOUD, NOW)]) {
    const commands = prerequisites(config, 'config').steps.flatMap((step) => step.commands);
    const creating = commands.filter((command) => command.includes('create-secret'));
    expect(creating.length).toBeGreaterThan(0);
    for (const command of creating) expect(command).toMatch(/read -rs .*--secret-string file:\/\/\/dev\/stdin/);
  }
});

test('each webhook of the GovCloud example gets its secret, in its own Regions and partition', async () => {
  const { code, out: folded } = await run('--config', GOVCLOUD);
  const out = folded.replace(/ \\\n\s+/g, ' ');
  expect(code).toBe(0);
  const config = loadConfigOrThrow(GOVCLOUD, NOW);
  const names = Object.values(config.routes.receivers).flatMap(({ webhookSecret }) => webhookSecret ?? []);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(out).toContain(`create-secret --name ${name} --region us-gov-west-1`);
  expect(out).toContain(`npx cdk deploy --all -c config=${GOVCLOUD}`);
  expect(out).not.toContain('ap-northeast-1');
});

test('on a narrow terminal no line is longer than it, and a folded command is still one command', () => {
  const { steps, closing } = prerequisites(exampleConfig, 'config');
  const text = renderSteps(exampleConfig, steps, closing, { width: 100, paint: painter(false) });
  expect(text.split('\n').filter((line) => line.length > 100 && !/\S{60}/.test(line))).toEqual([]);
  expect(text.replace(/ \\\n\s+/g, ' ')).toContain('aws organizations register-delegated-administrator --account-id 222222222222');
});

test('--json is one object; an unknown flag and a missing folder say what to do', async () => {
  const { closing } = JSON.parse((await run('--config', EXAMPLE, '--json')).out);
  expect(closing).toContain(`npx cdk deploy --all -c config=${EXAMPLE}`);
  expect(prerequisites(exampleConfig, 'config').closing).toEqual(['npm run doctor -- --before', 'npx cdk deploy --all', 'npm run doctor']);
  expect(await run('--jsno')).toMatchObject({ code: 2, err: expect.stringContaining('--json') });
  expect(await run('--config', 'nowhere')).toMatchObject({ code: 2, err: expect.stringContaining('the file is not there') });
});

describe('keys', () => {
  const ARN = 'arn:aws:kms:ap-northeast-1:333333333333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const withKeys = (keys: object) => withSettings({ keys: keysSchema.parse(keys) });
  const stepOf = (config: Config) => prerequisites(config, 'config').steps.find(({ id }) => id.startsWith('key '));

  test('of AWS and of the stack want nothing of a person beforehand', () => {
    expect(stepOf(exampleConfig)).toBeUndefined();
    expect(stepOf(withKeys({ all: 'own' }))).toBeUndefined();
  });

  test('that are there get the statements which their uses need, and the account’s own first', () => {
    const step = stepOf(withKeys({ queues: ARN, logs: ARN }));
    const statements = JSON.parse(/\[\{.*\}\]/.exec(step?.todo ?? '')?.[0] ?? '[]');
    expect(statements.map(({ Sid, Principal }: { Sid: string; Principal: object }) => [Sid, Object.values(Principal)[0]])).toEqual([
      ['SecurityAccount', 'arn:aws:iam::222222222222:root'],
      ['EventsSend', 'events.amazonaws.com'],
      ['LogsEncrypt', 'logs.ap-northeast-1.amazonaws.com'],
    ]);
    expect(step?.proof.expect).toBe('SecurityAccount, EventsSend, LogsEncrypt');
    expect(step?.why).toContain('every finding is lost');
    expect(stepOf(withKeys({ ledger: ARN }))?.why).not.toContain('lost');
  });

  test('of secrets: one that is there is named as the secret is stored, that of the stack once the stack is there', () => {
    expect(textOf(withKeys({ secrets: ARN }))).toContain(
      `create-secret --name security-hub-interpreter/slack --region ap-northeast-1 --kms-key-id ${ARN}`,
    );
    const { steps, closing } = prerequisites(withKeys({ secrets: 'own' }), 'config');
    expect(JSON.stringify(steps)).not.toContain('--kms-key-id');
    expect(closing[2]).toBe(
      'aws secretsmanager update-secret --secret-id security-hub-interpreter/slack --kms-key-id alias/SecurityHubInterpreter --region ap-northeast-1',
    );
    expect(prerequisites(exampleConfig, 'config').closing).toHaveLength(3);
  });

  test('let the ledger be recounted, whose key is the stack’s own without a word', () => {
    const recount = (keys: object) => ledgerPolicy(withKeys(keys)).Statement.find(({ Sid }) => Sid === 'OpenLedger');
    expect(recount({})).toEqual({
      Sid: 'OpenLedger',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: 'arn:aws:kms:ap-northeast-1:222222222222:key/*',
      Condition: {
        StringEquals: { 'kms:ViaService': 'dynamodb.ap-northeast-1.amazonaws.com' },
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/SecurityHubInterpreter' },
      },
    });
    expect(recount({ ledger: ARN })?.Resource).toBe(ARN);
    expect(recount({ ledger: 'aws' })).toBeUndefined();
  });

  test('let dead letters be sent back, and the doctor read the secrets, by ARN or by the alias of the stack’s own', () => {
    const redrive = (keys: object) => redrivePolicy(withKeys(keys)).Statement.find(({ Sid }) => Sid === 'UseQueueKey');
    const doctor = (keys: object) =>
      operatorPolicy(withKeys(keys), { before: false, bedrock: false }).Statement.find(({ Sid }) => Sid === 'OpenSecrets');
    expect([redrive({}), doctor({})]).toEqual([undefined, undefined]);
    expect(redrive({ queues: ARN })).toMatchObject({
      Resource: ARN,
      Condition: { StringEquals: { 'kms:ViaService': 'sqs.ap-northeast-1.amazonaws.com' } },
    });
    expect(doctor({ secrets: 'own' })).toMatchObject({
      Resource: 'arn:aws:kms:ap-northeast-1:222222222222:key/*',
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/SecurityHubInterpreter' } },
    });
  });
});
