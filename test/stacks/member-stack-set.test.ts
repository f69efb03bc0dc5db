/** The StackSet that carries the member stack, and cdk-nag over both. */
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { MemberEnablement } from '../../stacks/member/enablement';
import { MemberStack, TEMPLATE_LIMIT } from '../../stacks/member-stack';
import { exampleConfig } from './example-config';
import { bodyOf, stackSetOf, stackWithMembers, withEnablement } from './member/member-template';
import { temporaryFolder } from './temporary-folder';

let hub: Stack;
beforeAll(() => {
  hub = stackWithMembers();
});

describe('the StackSet', () => {
  test('is run by the delegated administrator for all accounts of the targets, also future ones, in every Region', () => {
    const targets = ['ou-ab12-wkld0001', 'ou-ab12-sec00001'];
    expect(stackSetOf(stackWithMembers(withEnablement({ targets })))).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'DELEGATED_ADMIN',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      ManagedExecution: { Active: true },
      Capabilities: ['CAPABILITY_IAM'],
      StackInstancesGroup: [
        {
          Regions: ['ap-northeast-1', 'us-east-1', 'eu-west-1'],
          DeploymentTargets: { OrganizationalUnitIds: targets, AccountFilterType: 'NONE' },
        },
      ],
    });
  });

  test('goes to all accounts and Regions at once, and no failure of one stops it or fails the hub', () => {
    expect(stackSetOf(hub).OperationPreferences).toEqual({
      RegionConcurrencyType: 'PARALLEL',
      MaxConcurrentPercentage: 100,
      FailureTolerancePercentage: 100,
      ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
    });
  });

  test('carries the template in itself, and has no parameters', () => {
    expect(stackSetOf(hub)).not.toHaveProperty('TemplateURL');
    expect(stackSetOf(hub)).not.toHaveProperty('Parameters');
  });

  test('is named after its stack', () => {
    expect(stackSetOf(hub).StackSetName).toBe('SecurityHubInterpreter-members');
  });

  test('refuses at synth a template that a StackSet would not take', () => {
    const stack = stackWithMembers();
    const member = stack.node.findAll().find((node): node is MemberStack => node instanceof MemberStack);
    if (member) member.templateOptions.metadata = { padding: 'x'.repeat(TEMPLATE_LIMIT) };
    expect(() => bodyOf(stack)).toThrow(/has \d+ bytes, and a StackSet takes 51200: shorten/);
  });
});

describe('cdk-nag', () => {
  test('finds nothing in the StackSet’s stack nor in the stack around it', () => {
    expect(new AwsSolutionsChecks().validateScope(hub.node.root)).toEqual({ success: true, violations: [] });
  });

  test('looks into the StackSet’s stack', () => {
    const stack = stackWithMembers();
    new Queue(stack.node.findChild('Members').node.findChild('Member'), 'Careless');
    const { violations } = new AwsSolutionsChecks().validateScope(stack.node.root);
    const paths = violations.flatMap(({ violatingResources }) => violatingResources.map(({ constructPath }) => constructPath));
    expect(new Set(paths)).toEqual(new Set(['SecurityHubInterpreter/Members/Member/Careless/Resource']));
  });

  test('finds nothing either where the enablement stands in a stack by itself, as in the management account', () => {
    const app = new App({ outdir: temporaryFolder(), autoSynth: false });
    const stack = new Stack(app, 'Management', { env: { account: '111111111111', region: 'us-east-1' } });
    new MemberEnablement(stack, 'Enablement', { settings: exampleConfig.settings });
    expect(new AwsSolutionsChecks().validateScope(app)).toEqual({ success: true, violations: [] });
  });
});
