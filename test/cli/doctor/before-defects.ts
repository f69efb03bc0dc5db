/** What can be wrong before the first deployment. */
import { type Defect, hub, skips } from './defect';
import { HOME, NOW, REGIONS, type World } from './world';

const BY_ADMINISTRATOR = ['delegated.security-hub', 'central-configuration', 'aws-config'];
const existing = (world: World, home = HOME) => {
  world.aggregator = { home, mode: 'SPECIFIED_REGIONS', regions: REGIONS.filter((region) => region !== home) };
};

export const BEFORE_DEFECTS: Defect[] = [
  {
    name: 'the organization has not all features',
    breaks: (world) => Object.assign(world.organization, { FeatureSet: 'CONSOLIDATED_BILLING' }),
    verdicts: {
      ...skips(['delegated.organizations', 'delegated.stack-sets', 'trusted-access', ...BY_ADMINISTRATOR]),
      organization: 'fail',
    },
    found: /only CONSOLIDATED_BILLING is on/,
    remedy: /enable-all-features/,
  },
  {
    name: 'nothing is delegated yet',
    breaks(world) {
      world.delegatedServices = [];
      for (const each of world.hubs.values()) Object.assign(each, { on: false });
    },
    verdicts: {
      ...skips([
        ...BY_ADMINISTRATOR,
        'delegated.stack-sets',
        'trusted-access',
        'targets',
        'routes.ous',
        'routes.root-only',
        'routes.products',
      ]),
      'delegated.organizations': 'fail',
    },
    found: /not a delegated administrator of anything/,
    remedy: /npx cdk deploy --app 'npx tsx stacks\/management-app\.ts' --all/,
  },
  {
    name: 'StackSets are not delegated',
    breaks: (world) => {
      world.delegatedServices = ['securityhub.amazonaws.com'];
    },
    verdicts: { 'delegated.stack-sets': 'fail' },
    found: /not registered for member\.org\.stacksets/,
    remedy: /register-delegated-administrator --account-id 222222222222 --service-principal member\.org\.stacksets/,
  },
  {
    name: 'StackSets are not trusted',
    breaks: (world) => {
      world.stackSetsAccess = 'DISABLED';
    },
    verdicts: { 'trusted-access': 'fail' },
    found: /itself says DISABLED/,
    remedy: /activate-organizations-access/,
  },
  {
    name: 'a Region is not enabled',
    breaks: (world) => Object.assign(hub(world, 'eu-west-1'), { enabled: false }),
    verdicts: { ...skips(['aggregator', 'delegated.security-hub', 'central-configuration', 'aws-config.recorders']), regions: 'fail' },
    found: /eu-west-1 is not enabled in 222222222222/,
    remedy: /enable-region --region-name eu-west-1/,
  },
  {
    name: 'a service control policy denies a Region',
    breaks: (world) => {
      const message =
        'User: arn:aws:sts::222222222222:assumed-role/A/b is not authorized to perform: securityhub:DescribeHub with an explicit deny in a service control policy';
      world.trouble = (action, region) =>
        action === 'securityhub:DescribeHub' && region === 'eu-west-1'
          ? { code: 'AccessDeniedException', message, status: 403 }
          : undefined;
    },
    verdicts: { regions: 'unknown' },
    found: /may not call securityhub:DescribeHub in eu-west-1: a service control policy denies it/,
    remedy: /No right of the role helps.*keeps the organization's policies/,
  },
  {
    name: 'the administrator is designated in some Regions only',
    breaks: (world) => Object.assign(hub(world, 'us-east-1'), { on: false }),
    verdicts: { ...skips(['central-configuration']), 'delegated.security-hub': 'fail' },
    found: /not the administrator in us-east-1/,
    remedy: /management-app\.ts' --all -c delegated=ap-northeast-1,eu-west-1/,
  },
  {
    name: 'another account is the administrator',
    breaks: (world) => Object.assign(hub(world, 'us-east-1'), { delegated: false, administrator: '333333333333' }),
    verdicts: { ...skips(['central-configuration']), 'delegated.security-hub': 'fail' },
    found: /not the administrator in us-east-1/,
    remedy: /disable-organization-admin-account --admin-account-id 333333333333 --region us-east-1/,
  },
  {
    name: 'an aggregator is there already',
    breaks: (world) => existing(world),
    verdicts: { aggregator: 'fail' },
    found: /there is one already, and AWS allows one only/,
    remedy: /regions\.aggregator: existing/,
  },
  {
    name: 'an aggregator is there already, with another home Region, and Security Hub is off in ours',
    breaks(world) {
      existing(world, 'us-east-1');
      Object.assign(hub(world, HOME), { on: false });
    },
    verdicts: {
      ...skips(['central-configuration', 'aws-config', 'routes.products']),
      'delegated.security-hub': 'fail',
      aggregator: 'fail',
    },
    found: /not the administrator in ap-northeast-1/,
    remedy: /-c delegated=us-east-1,eu-west-1/,
  },
  {
    name: 'the aggregator’s home is another Region',
    breaks: (world) => existing(world, 'us-east-1'),
    verdicts: { aggregator: 'fail' },
    found: /its home Region is us-east-1, not ap-northeast-1/,
    remedy: /regions\.home: us-east-1 and regions\.aggregator: existing/,
  },
  {
    name: 'settings.yaml counts on an aggregator that is not there',
    breaks: (_world, clinic) =>
      clinic.configure(({ settings }) => ({ settings: settings.replace('aggregator: linked', 'aggregator: existing') })),
    verdicts: { aggregator: 'fail' },
    found: /says that there is one already, and there is none/,
    remedy: /create-finding-aggregator --region ap-northeast-1 --region-linking-mode SPECIFIED_REGIONS --regions us-east-1 eu-west-1/,
  },
  {
    name: 'the aggregator that is there does not link a Region',
    breaks(world, clinic) {
      world.aggregator = { home: HOME, mode: 'SPECIFIED_REGIONS', regions: ['us-east-1'] };
      clinic.configure(({ settings }) => ({ settings: settings.replace('aggregator: linked', 'aggregator: existing') }));
    },
    verdicts: { aggregator: 'fail' },
    found: /eu-west-1 is not linked to ap-northeast-1/,
    remedy: /update-finding-aggregator --region ap-northeast-1 .*--regions us-east-1 eu-west-1/,
  },
  {
    name: 'central configuration governs already',
    breaks(world) {
      for (const each of world.hubs.values()) Object.assign(each, { type: 'CENTRAL' });
      world.associations = [{ target: '555555555555', type: 'ACCOUNT', policy: 'a1b2', status: 'SUCCESS' }];
    },
    verdicts: { 'central-configuration': 'fail' },
    found: /governs 1 account: the StackSet changes nothing/,
    remedy: /enablement\.mode: central-configuration/,
  },
  {
    name: 'AWS Config does not record in one Region',
    breaks: (world) => world.recorders.set('us-east-1', []),
    verdicts: { 'aws-config.recorders': 'fail' },
    found: /does not record in us-east-1: controls find nothing/,
    remedy:
      /put-configuration-recorder --region us-east-1 .*includeGlobalResourceTypes=false[\s\S]*With credentials of each:\naws configservice describe-configuration-recorder-status --region ap-northeast-1/,
  },
  {
    name: 'AWS Config was stopped',
    breaks: (world) => world.recorders.set(HOME, [{ name: 'main', recording: false, lastStatus: 'Success' }]),
    verdicts: { 'aws-config.recorders': 'fail' },
    found: /does not record in ap-northeast-1/,
    remedy: /start-configuration-recorder --configuration-recorder-name main --region ap-northeast-1/,
  },
  {
    name: 'another service’s recorder is none for Security Hub',
    breaks: (world) =>
      world.recorders.set(HOME, [
        {
          name: 'AWSConfigurationRecorderForObservabilityAdmin_1',
          recording: true,
          lastStatus: 'NotApplicable',
          servicePrincipal: 'observabilityadmin.amazonaws.com',
        },
      ]),
    verdicts: { 'aws-config.recorders': 'fail' },
    found: /does not record in ap-northeast-1/,
    remedy: /includeGlobalResourceTypes=true/,
  },
  {
    name: 'AWS Config cannot deliver',
    breaks: (world) =>
      world.recorders.set(HOME, [{ name: 'default', recording: true, lastStatus: 'FAILURE', lastErrorCode: 'NoSuchBucket' }]),
    verdicts: { 'aws-config.recorders': 'warn' },
    found: /cannot deliver in ap-northeast-1: NoSuchBucket/,
    remedy: /describe-delivery-channel-status --region ap-northeast-1/,
  },
  {
    name: 'AWS Config does not record in an account that is a member already',
    breaks: (world) =>
      world.findings.push({ account: '666666666666', region: HOME, control: 'Config.1', compliance: 'FAILED', updatedAt: NOW }),
    verdicts: { 'aws-config': 'warn' },
    found: /1 account where it does not record/,
    remedy: /such as 666666666666[\s\S]*describe-configuration-recorder-status --region ap-northeast-1/,
  },
  {
    name: 'the token’s secret is missing',
    breaks: (world) => world.secrets.delete('security-hub-interpreter/slack-bot-token'),
    verdicts: { ...skips(['slack.token', 'slack.scopes', 'slack.channels']), 'slack.secret': 'fail' },
    found: /does not exist in ap-northeast-1/,
    remedy: /create-secret/,
  },
  {
    name: 'the model is not subscribed',
    breaks: (world) => Object.assign(world.access, { agreement: 'NOT_AVAILABLE' }),
    verdicts: { 'model.access': 'warn' },
    found: /is not subscribed/,
    remedy: /converse/,
  },
  {
    name: 'it is deployed already',
    breaks(world) {
      world.stack = { status: 'CREATE_COMPLETE', reason: '' };
      existing(world);
    },
    verdicts: { ...skips(['aggregator', 'central-configuration']), 'system.new': 'fail' },
    found: /is deployed in ap-northeast-1 already/,
    remedy: /npm run doctor/,
  },
];
