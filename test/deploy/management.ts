/** The facts about the management account's app: deployed for real into an account that was never bootstrapped. */
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import assert from 'node:assert/strict';
import { loadConfigOrThrow } from '../../config/load';
import { regionsInUse } from '../../config/regions';
import { MANAGEMENT_STACK } from '../../stacks/management-app';
import { awsOf } from './aws';
import { cdk, type CdkOptions } from './cdk';
import type { DoorRequest } from './door';
import type { Ground } from './ground';
import type { Progress } from './progress';

const APP = 'npx tsx stacks/management-app.ts';
/** Bytes of a template that goes along with the call; a larger one would need a bucket. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const TEMPLATE_BODY = 51_200;

/** @param options with the configuration to deploy, and a folder of its own for the cloud assembly. */
export async function managementIsDeployed(
  { management, where, requests }: Ground,
  options: CdkOptions,
  { check, note }: Progress,
): Promise<void> {
  const regions = regionsInUse(loadConfigOrThrow(options.config, Date.now()).settings);
  const before = requests.length;
  await cdk(['deploy', '--all', '--require-approval', 'never', '--app', APP], { ...options, account: management });
  const sent = requests.slice(before);

  await check('deploying it calls CloudFormation, asks who it is, and calls nothing else: no role is assumed, no asset uploaded', () =>
    assert.deepEqual(
      [...new Set(sent.map(({ service, operation }) => (service === 'cloudformation' ? service : `${service} ${operation}`)))].sort(),
      ['cloudformation', 'sts GetCallerIdentity'],
    ),
  );
  // The command looks whether there is a bootstrap stack, and goes on without one.
  await check('no call names a role or a bucket of a bootstrap', () => {
    for (const request of sent)
      for (const value of parametersOf(request).values()) assert.doesNotMatch(value, /role\/cdk-|cdk-[a-z0-9]+-assets-/);
  });
  const creating = sent.filter(({ operation }) => operation === 'CreateChangeSet').map(parametersOf);
  await check('each change set carries its template, below 51,200 bytes, and no role: CloudFormation acts as who deploys', () => {
    assert.equal(creating.length, regions.length);
    for (const parameters of creating) {
      assert.deepEqual([parameters.get('RoleARN'), parameters.get('TemplateURL')], [null, null]);
      const bytes = Buffer.byteLength(parameters.get('TemplateBody') ?? '');
      assert.ok(bytes > 0 && bytes <= TEMPLATE_BODY, `the template has ${bytes} bytes`);
    }
  });
  await check(`${MANAGEMENT_STACK} is complete in ${regions.join(', ')}, without a bootstrap stack beside it`, async () => {
    for (const region of regions) {
      const { Stacks = [] } = await awsOf({ ...where, account: management, region }).cloudFormation.send(new DescribeStacksCommand({}));
      assert.deepEqual(
        Stacks.map(({ StackName, StackStatus }) => [StackName, StackStatus]),
        [[MANAGEMENT_STACK, 'CREATE_COMPLETE']],
        region,
      );
    }
  });
  note(
    'moto makes nothing of AWS::SecurityHub::DelegatedAdmin, and does not wait for the answer of the function that turns Security Hub on: test/stacks',
  );
}

function parametersOf({ body }: DoorRequest): URLSearchParams {
  return new URLSearchParams(String(body));
}
