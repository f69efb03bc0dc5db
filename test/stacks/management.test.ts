import { Template } from 'aws-cdk-lib/assertions';
import type { App, Stack } from 'aws-cdk-lib';
import { buildManagementApp } from '../../stacks/management-app';
import { exampleConfig, withSettings } from './example-config';
import { hubApp } from './synthesize';
import { temporaryFolder } from './temporary-folder';

const managementApp = (config = exampleConfig, context: Record<string, unknown> = {}): App =>
  buildManagementApp({ config, context, outdir: temporaryFolder(), nag: false });
const stacksOf = (app: App) => app.node.findAll().filter((node) => 'templateOptions' in node) as Stack[];
const typesOf = (stack: Stack) => [
  ...new Set(Object.values(Template.fromStack(stack).toJSON().Resources).map((resource) => (resource as { Type: string }).Type)),
];

const { settings } = exampleConfig;
const mode = (name: typeof settings.enablement.mode) => withSettings({ enablement: { ...settings.enablement, mode: name } });
const DESIGNATION = 'AWS::SecurityHub::DelegatedAdmin';
const ENABLEMENT = 'Custom::SecurityHubEnablement';

describe('the management account’s app', () => {
  const stacks = stacksOf(managementApp());

  test('has one stack of one name in each Region in use, the home Region first, protected from termination', () => {
    const described = stacks.map(({ stackName, account, region, terminationProtection }) => ({
      stackName,
      account,
      region,
      terminationProtection,
    }));
    expect(described).toEqual(
      ['ap-northeast-1', 'us-east-1', 'eu-west-1'].map((region) => ({
        stackName: 'SecurityHubInterpreterManagement',
        account: '111111111111',
        region,
        terminationProtection: true,
      })),
    );
  });

  test('designates the security account in each, and nothing undoes that: not a deletion, not a replacement', () => {
    for (const stack of stacks) {
      Template.fromStack(stack).hasResource(DESIGNATION, {
        Properties: { AdminAccountId: '222222222222' },
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
    }
  });

  test('makes no Security Hub of the delegated administrator: designating does', () => {
    for (const stack of stacks) Template.fromStack(stack).resourceCountIs('AWS::SecurityHub::Hub', 0);
  });

  test('covers the management account, which StackSets pass over, in each Region', () => {
    for (const stack of stacks) Template.fromStack(stack).resourceCountIs(ENABLEMENT, 1);
  });

  // What `cdk deploy` makes of it and sends to CloudFormation is looked at by test/deploy/management.ts.
  test('needs no bootstrap: no assets, no roles, no version parameter, and templates small enough to be sent along', () => {
    const { stacks: artifacts } = managementApp().synth();
    expect(artifacts).toHaveLength(3);
    for (const artifact of artifacts) {
      const { assets, template, manifest } = artifact;
      expect({ assets, parameters: template.Parameters }).toEqual({ assets: [] });
      // Roles (assumeRoleArn, cloudFormationExecutionRoleArn, lookupRole), a template in a bucket (stackTemplateAssetObjectUrl), the bootstrap's version.
      expect(Object.keys(manifest.properties ?? {}).sort()).toEqual([
        'stackName',
        'templateFile',
        'terminationProtection',
        'validateOnSynth',
      ]);
      expect(Buffer.byteLength(JSON.stringify(template, null, 1))).toBeLessThan(51_200);
    }
  });

  test('is nowhere in the hub’s app', () => {
    const { stacks: artifacts } = hubApp().synth();
    expect(artifacts.map(({ environment }) => environment.account)).toEqual(['222222222222']);
    expect(JSON.stringify(artifacts.map(({ template }) => template))).not.toContain(DESIGNATION);
  });
});

test('under central configuration it designates in the home Region alone: Security Hub does the rest', () => {
  const stacks = stacksOf(managementApp(mode('central-configuration')));
  expect(stacks.map(({ region }) => region)).toEqual(['ap-northeast-1']);
  expect(stacks.flatMap(typesOf)).toEqual([DESIGNATION]);
});

test('in mode none it designates in each Region and turns nothing on', () => {
  expect(stacksOf(managementApp(mode('none'))).map(typesOf)).toEqual([[DESIGNATION], [DESIGNATION], [DESIGNATION]]);
});

describe('the context `delegated`', () => {
  const designated = (delegated: string) =>
    stacksOf(managementApp(exampleConfig, { delegated }))
      .filter((stack) => typesOf(stack).includes(DESIGNATION))
      .map(({ region }) => region);

  test('names the Regions in which the security account is the delegated administrator already', () => {
    expect(designated('ap-northeast-1, us-east-1')).toEqual(['eu-west-1']);
    expect(designated('all')).toEqual([]);
    expect(stacksOf(managementApp(exampleConfig, { delegated: 'all' }))).toHaveLength(3);
  });

  test('leaves out a stack that would be empty, and says so where none is left', () => {
    expect(stacksOf(managementApp(mode('none'), { delegated: 'us-east-1' })).map(({ region }) => region)).toEqual([
      'ap-northeast-1',
      'eu-west-1',
    ]);
    expect(() => managementApp(mode('none'), { delegated: 'all' })).toThrow(/Nothing is left for the management account.*mode none/);
  });

  test('is refused where it names a Region in which nothing is designated', () => {
    expect(() => designated('us-east-1,us-west-2')).toThrow(
      /nothing is designated in us-west-2\. Known are ap-northeast-1, us-east-1, eu-west-1/,
    );
  });
});
