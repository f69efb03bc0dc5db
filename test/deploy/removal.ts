/** The facts about taking the system away again. */
import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import assert from 'node:assert/strict';
import { cdk, type CdkOptions } from './cdk';
import type { Progress } from './progress';
import { type DeployedStack, ledgerOf } from './stack';
import type { World } from './world';

export async function isRemoved(
  { aws, functions }: World,
  hub: DeployedStack,
  options: CdkOptions,
  { check, note }: Progress,
): Promise<void> {
  // The assembly that was deployed: nothing is synthesized once more.
  const destroy = () => cdk(['destroy', '--all', '--force', '--app', options.output], options);
  await check('a protected stack is not destroyed', () => assert.rejects(destroy, /TerminationProtection is enabled/));
  await aws.cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName: hub.name, EnableTerminationProtection: false }));
  await check('without its protection it is, and the ledger stays', async () => {
    await destroy();
    const [name] = functions.keys();
    await assert.rejects(aws.lambda.send(new GetFunctionCommand({ FunctionName: name })), { name: 'ResourceNotFoundException' });
    const { Table } = await aws.dynamoDb.send(new DescribeTableCommand({ TableName: ledgerOf(hub) }));
    assert.ok((Table?.ItemCount ?? 0) > 0);
  });
  note('dead-letter queues are retained by RetainExceptOnCreate, which moto does not know: test/stacks reads the template');
}
