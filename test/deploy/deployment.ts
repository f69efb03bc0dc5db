/** The run, phase by phase. */
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { LOCAL_SLACK_TOKEN } from '../../local/slack/slack';
import { moveAliases } from './aliases';
import { awsOf } from './aws';
import { cdk } from './cdk';
import { writeConfiguration } from './configuration';
import { assertExistence, looks } from './existence';
import { environmentsStandApart, stays } from './environments';
import { findingsAreTold, nothingIsRepeated } from './findings';
import { logsAreClean, runFunctions } from './functions';
import { openGround } from './ground';
import { managementIsDeployed } from './management';
import { accountsAreEnrolled } from './members';
import { rulesOf } from './bus';
import { quiet } from './quiet';
import { isRemoved } from './removal';
import { earlierComesBack } from './rollback';
import type { Run } from './run-parts';
import { SKIPPED } from './skipped';
import { sourcesOf } from './source';
import { skippedTypes, stacksOf } from './stack';
import { lastWords, type World } from './world';

const TOKEN_SECRET = 'security-hub-interpreter/slack-bot-token';
const DEPLOY = ['deploy', '--all', '--require-approval', 'never'];

/** @throws Error where a fact does not hold, after naming it. */
export async function deployment(run: Run): Promise<void> {
  const { folder, ending, clues, progress, runtime, signal } = run;
  const { phase, check, note } = progress;
  const ground = await phase('moto, the organization, and the gaps that are stood in for', () => openGround(run));
  const { where, ids, standIns, management } = ground;
  const aws = awsOf(where);
  const options = { ...where, config: join(folder, 'config'), output: join(folder, 'cdk.out'), signal, say: note };
  writeConfiguration(options.config, ids);
  await aws.secrets.send(new CreateSecretCommand({ Name: TOKEN_SECRET, SecretString: LOCAL_SLACK_TOKEN }));

  await phase('cdk deploy of the management account’s app, without a bootstrap', () =>
    managementIsDeployed(ground, { ...options, output: join(folder, 'cdk.out.management') }, progress),
  );
  await phase('cdk bootstrap', () => cdk(['bootstrap', `aws://${where.account}/${where.region}`], options));
  await phase('cdk deploy --all', () => cdk(DEPLOY, options));

  const { hub, resources } = await phase('what is there', async () => {
    const stacks = await stacksOf(aws, options.output);
    const [first] = stacks.filter(({ resources: all }) => all.some(({ type }) => type === 'AWS::Lambda::EventSourceMapping'));
    if (!first) throw new Error('No stack has a function that polls a queue.');
    const all = stacks.flatMap((stack) => stack.resources);
    await check(`${stacks.length} stack(s) complete, and protected where they ask for it`, () => {
      for (const { name, status } of stacks) assert.match(status, /^(CREATE|UPDATE)_COMPLETE$/, name);
      assert.ok(ground.protectedStacks.has(first.name));
    });
    await moveAliases(aws, all);
    const unseen = await check('each resource exists at its own service, as its template says', () =>
      assertExistence(all, looks(aws, where)),
    );
    await check('the Slack token can be read under its name', async () => {
      const { SecretString } = await aws.secrets.send(new GetSecretValueCommand({ SecretId: TOKEN_SECRET }));
      assert.equal(SecretString, LOCAL_SLACK_TOKEN);
    });
    for (const [type, count] of skippedTypes(all))
      note(`moto made nothing of ${count} × ${type}: ${SKIPPED[type] ?? 'NOT PROVEN ANYWHERE THAT THIS TEST KNOWS OF (skipped.ts)'}`);
    for (const type of unseen) note(`made, and not looked at: ${type}`);
    await check('of what moto is known to skip, it makes nothing still', () => {
      for (const { type, physicalId } of all)
        assert.ok(!(type in SKIPPED && physicalId), `moto makes ${type} now: look at it in existence.ts`);
    });
    return { hub: first, resources: all };
  });

  const world = await phase(`the functions as deployed, under ${runtime.says}`, async (): Promise<World> => {
    const functions = await runFunctions(aws, resources, { folder, runtime, ending, where, standIns });
    const sources = await sourcesOf(aws);
    await check(
      'each has its code, Node 24 and a role of its own; those that queues call, but the tick, have the configuration beside the code',
      () => {
        for (const { definition } of functions.values()) {
          assert.ok(definition.files.includes('index.mjs'), definition.files.join(', '));
          assert.equal(definition.runtime, 'nodejs24.x');
          assert.ok(definition.credentials.AWS_SESSION_TOKEN);
        }
        assert.equal(new Set([...functions.values()].map(({ definition }) => definition.role)).size, functions.size);
        assert.equal(sources.length, 3);
        for (const { functionName } of sources)
          assert.equal(functions.get(functionName)?.definition.files.includes('config.json'), !/Tick/.test(functionName), functionName);
      },
    );
    const rules = await rulesOf(aws);
    await quiet(aws, sources, rules);
    const made: World = { aws, standIns, ids, rules, sources, functions, signal };
    clues.push(() => lastWords(made));
    return made;
  });

  await phase('findings', () => findingsAreTold(world, hub, progress));
  await phase('accounts', () => accountsAreEnrolled(world, hub, management, progress));
  await phase('cdk deploy --all, again', () =>
    check('a second deployment changes nothing', async () => assert.match(await cdk(DEPLOY, options), /\(no changes\)/)),
  );
  await phase('what was put off', async () => {
    await nothingIsRepeated(world, progress);
    await check('no invocation failed, and no log tells of an error', () => logsAreClean(world));
  });
  const more = { run, ground, options, deploy: DEPLOY };
  const dev = await phase('a second environment beside it', () => environmentsStandApart(world, hub, more));
  const back = await phase('a later version, and the way back', () => earlierComesBack(world, more));
  await phase('cdk destroy --all', async () => {
    await isRemoved(back, hub, options, progress);
    await check('the other environment stays', () => stays(dev));
  });
}
