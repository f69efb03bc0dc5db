/** The StackSet that brings the member stack to every account of the target OUs, also to those that join later. */
import { CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import type { CfnStackSet } from 'aws-cdk-lib/aws-cloudformation';
import { Capability, DeploymentType, RegionConcurrencyType, StackSet, StackSetTarget, StackSetTemplate } from 'cdk-stacksets';
import { Construct } from 'constructs';
import { regionsInUse } from '../../config/regions';
import type { Settings } from '../../config/schema';
import { MemberStack } from '../member-stack';

/**
 * Only for mode stack-sets. The stack around it must be the security account's, registered as delegated
 * administrator of StackSets (member.org.stacksets.cloudformation.amazonaws.com).
 */
export class MemberStackSet extends Construct {
  readonly stackSetName: string;

  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    const { enablement } = settings;
    const members = new MemberStack(this, 'Member', { settings });
    // The one name here that members see: their stacks are called StackSet-<this>-<id>.
    this.stackSetName = `${Stack.of(this).stackName}-members`;
    const stackSet = new StackSet(this, 'StackSet', {
      stackSetName: this.stackSetName,
      description: 'Security Hub Interpreter: turns Security Hub on in the accounts of the organization',
      template: StackSetTemplate.fromStackSetStack(members),
      target: StackSetTarget.fromOrganizationalUnits({
        organizationalUnits: enablement.targets,
        regions: regionsInUse(settings),
      }),
      deploymentType: DeploymentType.serviceManaged({ delegatedAdmin: true, autoDeployEnabled: true, autoDeployRetainStacks: true }),
      capabilities: [Capability.IAM],
      // Automatic deployments and an update may meet: the one that comes second then waits instead of failing this stack.
      managedExecution: true,
      operationPreferences: {
        // Each account and Region does the same small thing by itself, so nothing is gained by an order.
        regionConcurrencyType: RegionConcurrencyType.PARALLEL,
        maxConcurrentPercentage: 100,
        // One broken account must not roll the hub back. Who was not reached is the doctor's to report.
        failureTolerancePercentage: 100,
      },
    });
    const resource = stackSet.node.defaultChild as CfnStackSet;
    // STRICT, the default, runs at most tolerance + 1 accounts at a time and fewer with each that fails: in a large
    // organization with some suspended or forbidden accounts it would crawl. Nothing depends on stopping early.
    resource.addPropertyOverride('OperationPreferences.ConcurrencyMode', 'SOFT_FAILURE_TOLERANCE');
    // The template in the hub's template, not its address in the bootstrap bucket: `cdk diff` then shows what changes in
    // every account, and the StackSet does not depend on who may read that bucket and its key.
    resource.templateUrl = undefined;
    resource.templateBody = Lazy.uncachedString({ produce: () => members.templateBody });
    new CfnOutput(this, 'Name', { value: this.stackSetName }).overrideLogicalId('MemberStackSet');
  }
}
