/** The facts about the enroll function, where a stack has one: it is run as deployed, against moto's accounts. */
import assert from 'node:assert/strict';
import { loadConfigOrThrow } from '../../config/load';
import { EXAMPLE } from '../config/example';
import type { RunningFunction } from './function-process';
import type { Progress } from './progress';
import type { DeployedStack } from './stack';
import type { World } from './world';

export async function accountsAreEnrolled(
  world: World,
  stack: DeployedStack,
  management: string,
  { check, note }: Progress,
): Promise<void> {
  const run = [...world.functions.values()].find(({ definition }) => definition.variables.ADMINISTRATOR_ACCOUNT !== undefined);
  if (!run) return note('no function enrolls accounts in this mode');
  const { ADMINISTRATOR_ACCOUNT = '' } = run.definition.variables;
  const { home, linked } = loadConfigOrThrow(EXAMPLE, Date.now()).settings.regions;
  const regions = [home, ...linked];
  const expected = [management, ...[...world.ids.values()].filter((id) => /^\d{12}$/.test(id) && id !== ADMINISTRATOR_ACCOUNT)].sort();

  await check('the end of this deployment and each day start the function that enrolls', () => {
    const starting = world.rules.filter((rule) => rule.targets.some(({ Arn }) => Arn === run.definition.arn));
    assert.ok(starting.some((rule) => rule.matches(completed(stack.id))));
    assert.equal(
      starting.some((rule) => rule.matches(completed(`${stack.id}-other`))),
      false,
    );
    assert.ok(starting.some(({ schedule }) => schedule === 'rate(1 day)'));
  });
  await check(`every account of the organization becomes a member in ${regions.join(', ')}`, async () => {
    await answered(run);
    for (const region of regions) {
      assert.deepEqual([...world.standIns.securityHub.administration.region(region).members.keys()].sort(), expected);
    }
  });
  await check('enrolling again changes nothing', async () => {
    const before = world.standIns.hub.calls('CreateMembers');
    await answered(run);
    assert.equal(world.standIns.hub.calls('CreateMembers'), before);
  });
}

async function answered(run: RunningFunction): Promise<void> {
  const result = await run.invoke({});
  assert.equal(result.outcome, 'answered', JSON.stringify(result));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stack-status-change.html */
function completed(stackId: string) {
  return {
    source: 'aws.cloudformation',
    'detail-type': 'CloudFormation Stack Status Change',
    resources: [stackId],
    detail: { 'stack-id': stackId, 'status-details': { status: 'UPDATE_COMPLETE', 'status-reason': '' } },
  };
}
