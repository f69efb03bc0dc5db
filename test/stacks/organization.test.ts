/** How Security Hub of the organization is set up, by mode: which resources there are, in which order, and that none is ever deleted. */
import type { Template } from 'aws-cdk-lib/assertions';
import type { Settings } from '../../config/schema';
import { exampleConfig, withSettings } from './example-config';
import { hubTemplate } from './synthesize';

type Mode = Settings['enablement']['mode'];
const { regions, enablement } = exampleConfig.settings;
const inMode = (mode: Mode, changes: Partial<Settings> = {}) =>
  hubTemplate(withSettings({ enablement: { ...enablement, mode }, ...changes }));
const withRegions = (changes: Partial<Settings['regions']>, mode: Mode = 'none') => inMode(mode, { regions: { ...regions, ...changes } });

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}
const resources = (template: Template): [string, Resource][] => Object.entries(template.toJSON().Resources);
const ofType = (template: Template, type: string) => resources(template).filter(([, { Type }]) => Type === type);
const only = (template: Template, type: string): [string, Resource] => {
  const [found, ...others] = ofType(template, type);
  if (!found || others.length > 0) throw new Error(`the template has not exactly one ${type}`);
  return found;
};
const AGGREGATOR = 'AWS::SecurityHub::FindingAggregator';
const CONFIGURATION = 'AWS::SecurityHub::OrganizationConfiguration';
const POLICY = 'AWS::SecurityHub::ConfigurationPolicy';
const ASSOCIATION = 'AWS::SecurityHub::PolicyAssociation';
const STACK_SET = 'AWS::CloudFormation::StackSet';

describe('each mode has', () => {
  const organizationTypes = (template: Template) =>
    resources(template)
      .map(([, { Type }]) => Type)
      .filter((type) => /SecurityHub|StackSet/.test(type))
      .sort();
  const enrollIds = (template: Template) => resources(template).flatMap(([id]) => (/enroll/i.test(id) ? [id] : []));

  test('stack-sets: an aggregator, local configuration, the StackSet, and the enroll function', () => {
    const template = inMode('stack-sets');
    expect(organizationTypes(template)).toEqual([STACK_SET, AGGREGATOR, CONFIGURATION]);
    expect(ofType(template, 'AWS::Lambda::Function').map(([id]) => id.replace(/[A-Z][a-z]+[0-9A-F]{8}$/, ''))).toEqual([
      'TickRun',
      'Intake',
      'Deliver',
      'EnrollRun',
    ]);
  });

  test('central-configuration: an aggregator, central configuration, a policy and an association; no StackSet and nothing of enroll', () => {
    const template = inMode('central-configuration');
    expect(organizationTypes(template)).toEqual([POLICY, AGGREGATOR, CONFIGURATION, ASSOCIATION]);
    expect(enrollIds(template)).toEqual([]);
  });

  test('none: the aggregator alone', () => {
    const template = inMode('none');
    expect(organizationTypes(template)).toEqual([AGGREGATOR]);
    expect(enrollIds(template)).toEqual([]);
  });
});

test.each<Mode>(['stack-sets', 'central-configuration', 'none'])(
  'in mode %s nothing of Security Hub is deleted with the stack, and what failed to be created is cleaned up',
  (mode) => {
    const found = resources(inMode(mode)).filter(([, { Type }]) => Type.startsWith('AWS::SecurityHub::'));
    expect(found.length).toBeGreaterThan(0);
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of found) {
      expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, 'RetainExceptOnCreate', 'Retain']);
    }
  },
);

describe('the aggregator', () => {
  const properties = (template: Template) => only(template, AGGREGATOR)[1].Properties;

  test('links the linked Regions, each once, and not the home Region', () => {
    expect(properties(withRegions({ linked: ['us-east-1', 'eu-west-1', 'us-east-1'] }))).toEqual({
      RegionLinkingMode: 'SPECIFIED_REGIONS',
      Regions: ['us-east-1', 'eu-west-1'],
    });
  });

  test('links every Region, also those to come, where settings.yaml says all', () => {
    expect(properties(withRegions({ aggregator: 'all' }))).toEqual({ RegionLinkingMode: 'ALL_REGIONS' });
  });

  test('is not made where one exists, nor where there is no Region to link', () => {
    withRegions({ aggregator: 'existing' }, 'central-configuration').resourceCountIs(AGGREGATOR, 0);
    withRegions({ linked: [] }, 'stack-sets').resourceCountIs(AGGREGATOR, 0);
  });

  test('without a Region to link cannot carry central configuration: synth says what to do, as CloudFormation would fail', () => {
    expect(() => withRegions({ linked: [] }, 'central-configuration')).toThrow(/--region-linking-mode NO_REGIONS.*aggregator: existing/);
  });
});

describe('the organization’s configuration', () => {
  test.each<[Mode, object]>([
    ['stack-sets', { ConfigurationType: 'LOCAL', AutoEnable: true, AutoEnableStandards: 'NONE' }],
    ['central-configuration', { ConfigurationType: 'CENTRAL', AutoEnable: false, AutoEnableStandards: 'NONE' }],
  ])('in mode %s turns on no standard by itself, and comes after the aggregator', (mode, expected) => {
    const template = inMode(mode);
    const [, configuration] = only(template, CONFIGURATION);
    expect(configuration.Properties).toEqual(expected);
    expect(configuration.DependsOn).toEqual([only(template, AGGREGATOR)[0]]);
  });
});

describe('central configuration', () => {
  const targets = ['ou-ab12-prod0001', 'r-ab12'];
  const standards = ['aws-foundational-security-best-practices/v/1.0.0', 'cis-aws-foundations-benchmark/v/3.0.0'];
  const template = (changes: Partial<Settings> = {}) =>
    hubTemplate(withSettings({ enablement: { mode: 'central-configuration', targets, standards }, ...changes }));

  test('has one policy: the service, the standards by their ARN in the home Region, and no control off', () => {
    const synthesized = template();
    const [, policy] = only(synthesized, POLICY);
    expect(policy.Properties.ConfigurationPolicy).toEqual({
      SecurityHub: {
        ServiceEnabled: true,
        EnabledStandardIdentifiers: standards.map((standard) => `arn:aws:securityhub:ap-northeast-1::standards/${standard}`),
        SecurityControlsConfiguration: { DisabledSecurityControlIdentifiers: [] },
      },
    });
    expect(policy.DependsOn).toEqual([only(synthesized, CONFIGURATION)[0]]);
    expect(policy.Properties.Name).toMatch(/^[A-Za-z0-9-.!*/]{1,128}$/);
  });

  test('names the standards in the partition of the home Region', () => {
    const synthesized = template({ regions: { home: 'us-gov-west-1', linked: ['us-gov-east-1'], aggregator: 'linked' } });
    expect(JSON.stringify(only(synthesized, POLICY)[1].Properties)).toContain('"arn:aws-us-gov:securityhub:us-gov-west-1::standards/cis');
  });

  // Both stand in AWS's own example: https://docs.aws.amazon.com/securityhub/latest/userguide/create-associate-policy.html
  test.each([
    ['ap-northeast-1', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])(
    'names CIS 1.2.0 as the ruleset that it is, without a Region, also in %s, and every other standard with its Region',
    (home, partition) => {
      const chosen = [
        'cis-aws-foundations-benchmark/v/1.2.0',
        'aws-foundational-security-best-practices/v/1.0.0',
        'aws-resource-tagging-standard/v/1.0.0',
        'cis-aws-foundations-benchmark/v/1.4.0',
        'cis-aws-foundations-benchmark/v/3.0.0',
        'cis-aws-foundations-benchmark/v/5.0.0',
        'nist-800-53/v/5.0.0',
        'nist-800-171/v/2.0.0',
        'pci-dss/v/3.2.1',
        'pci-dss/v/4.0.1',
      ];
      const synthesized = template({
        enablement: { mode: 'central-configuration', targets, standards: chosen },
        regions: { home, linked: ['us-gov-east-1'], aggregator: 'linked' },
      });
      const { ConfigurationPolicy } = only(synthesized, POLICY)[1].Properties as {
        ConfigurationPolicy: { SecurityHub: { EnabledStandardIdentifiers: string[] } };
      };
      expect(ConfigurationPolicy.SecurityHub.EnabledStandardIdentifiers).toEqual([
        `arn:${partition}:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0`,
        ...chosen.slice(1).map((standard) => `arn:${partition}:securityhub:${home}::standards/${standard}`),
      ]);
    },
  );

  test('associates the policy with each target, as what its id says it is', () => {
    const synthesized = template();
    const [policy] = only(synthesized, POLICY);
    expect(ofType(synthesized, ASSOCIATION).map(([, { Properties }]) => Properties)).toEqual([
      { ConfigurationPolicyId: { 'Fn::GetAtt': [policy, 'Id'] }, TargetId: 'ou-ab12-prod0001', TargetType: 'ORGANIZATIONAL_UNIT' },
      { ConfigurationPolicyId: { 'Fn::GetAtt': [policy, 'Id'] }, TargetId: 'r-ab12', TargetType: 'ROOT' },
    ]);
  });

  test('does not touch an association because the targets are listed in another order', () => {
    const other = hubTemplate(withSettings({ enablement: { mode: 'central-configuration', targets: [...targets].reverse(), standards } }));
    expect(Object.fromEntries(ofType(other, ASSOCIATION))).toEqual(Object.fromEntries(ofType(template(), ASSOCIATION)));
  });
});

describe('in GovCloud', () => {
  test('no mode names another partition, in any Region', () => {
    for (const mode of ['stack-sets', 'central-configuration', 'none'] as const) {
      const template = inMode(mode, {
        regions: { home: 'us-gov-west-1', linked: ['us-gov-east-1'], aggregator: 'linked' },
        model: { ...exampleConfig.settings.model, profiles: ['us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0'] },
        slack: { tokenSecret: 'security-hub-interpreter/slack', host: 'slack-gov.com' },
      });
      const text = JSON.stringify(template.toJSON());
      expect(text).not.toContain('arn:aws:');
      for (const region of ['us-gov-west-1', 'us-gov-east-1'])
        expect(text).toContain(`arn:aws-us-gov:bedrock:${region}::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0`);
      expect(text).toContain('https://slack-gov.com/api/');
    }
  });
});
