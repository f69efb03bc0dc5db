/** What can be wrong with Security Hub, and with whom it covers. */
import { type Defect, hub } from './defect';
import { HOME, NOW } from './world';

const DAY = 24 * 60 * 60_000;

export const COVERAGE_DEFECTS: Defect[] = [
  {
    name: 'Security Hub is off in a linked Region',
    breaks: (world) => Object.assign(hub(world, 'us-east-1'), { on: false }),
    verdicts: { 'hub.on': 'fail' },
    found: /off in us-east-1/,
    remedy: /enable-security-hub --region us-east-1 --no-enable-default-standards/,
  },
  {
    name: 'a Region is not enabled in the account',
    breaks: (world) => Object.assign(hub(world, 'eu-west-1'), { enabled: false }),
    verdicts: { 'hub.on': 'fail' },
    found: /Region eu-west-1 is not enabled in 222222222222/,
    remedy: /enable-region --region-name eu-west-1/,
  },
  {
    name: 'control findings are not consolidated in one Region',
    breaks: (world) => Object.assign(hub(world, 'eu-west-1'), { generator: 'STANDARD_CONTROL' }),
    verdicts: { 'hub.consolidated': 'fail' },
    found: /off in eu-west-1/,
    remedy: /update-security-hub-configuration --control-finding-generator SECURITY_CONTROL --region eu-west-1/,
  },
  {
    name: 'the administrator is not designated in one Region',
    breaks: (world) => Object.assign(hub(world, 'us-east-1'), { delegated: false }),
    verdicts: { 'delegated.security-hub': 'fail' },
    found: /not the administrator in us-east-1/,
    remedy: /enable-organization-admin-account --admin-account-id 222222222222 --region us-east-1/,
  },
  {
    name: 'there is no aggregator',
    breaks: (world) => {
      world.aggregator = undefined;
    },
    verdicts: { aggregator: 'fail' },
    found: /there is none/,
    remedy: /npx cdk deploy --all/,
  },
  {
    name: 'the aggregator’s home is another Region',
    breaks: (world) => Object.assign(world.aggregator ?? {}, { home: 'us-east-1' }),
    verdicts: { aggregator: 'fail' },
    found: /findings go to us-east-1/,
    remedy: /delete-finding-aggregator --region us-east-1 --finding-aggregator-arn arn:aws:securityhub/,
  },
  {
    name: 'a linked Region is not linked',
    breaks: (world) => Object.assign(world.aggregator ?? {}, { regions: ['us-east-1'] }),
    verdicts: { aggregator: 'fail' },
    found: /eu-west-1 is not linked/,
    remedy: /npx cdk deploy --all/,
  },
  {
    name: 'new accounts are not enrolled in one Region',
    breaks: (world) => Object.assign(hub(world, 'eu-west-1'), { autoEnable: false }),
    verdicts: { 'new-accounts': 'fail' },
    found: /not enrolled in eu-west-1/,
    remedy: /update-organization-configuration --region eu-west-1 --auto-enable --auto-enable-standards NONE/,
  },
  {
    name: 'central configuration governs accounts in mode stack-sets',
    breaks(world) {
      for (const each of world.hubs.values()) Object.assign(each, { type: 'CENTRAL', autoEnable: false });
      world.associations = [{ target: '555555555555', type: 'ACCOUNT', policy: 'a1b2', status: 'SUCCESS' }];
    },
    verdicts: { 'central-configuration': 'fail' },
    found: /governs 1 account: the StackSet changes nothing/,
    remedy: /enablement\.mode: central-configuration/,
  },
  {
    name: 'one account is no member in two Regions',
    breaks(world) {
      hub(world, 'us-east-1').members.delete('999999999999');
      hub(world, 'eu-west-1').members.set('999999999999', { status: 'REMOVED', updatedAt: NOW - DAY });
      world.findings = world.findings.filter(({ account, region }) => account !== '999999999999' || region === HOME);
    },
    verdicts: { members: 'fail' },
    found: /1 account of 9 not covered, 2 accounts and Regions in all/,
    remedy: /create-members --region us-east-1 --account-details AccountId=999999999999\naws securityhub create-members --region eu-west-1/,
  },
  {
    name: 'the management account is no member',
    breaks(world) {
      hub(world, HOME).members.delete('111111111111');
    },
    verdicts: { members: 'fail' },
    found: /1 account of 9/,
    remedy:
      /With credentials of 111111111111, first:[\s\S]*stacks\/management-app\.ts[\s\S]*create-members --region ap-northeast-1 --account-details AccountId=111111111111/,
  },
  {
    name: 'an account has gone silent in one Region',
    breaks(world) {
      for (const finding of world.findings)
        if (finding.account === '888888888888' && finding.region === 'us-east-1') finding.updatedAt = NOW - 9 * DAY;
    },
    verdicts: { silent: 'fail' },
    found: /1 account without a finding of any kind for 7 days/,
    remedy: /such as 888888888888[\s\S]*get-enabled-standards --region us-east-1/,
  },
  {
    name: 'AWS Config does not record in one account',
    breaks(world) {
      for (const finding of world.findings)
        if (finding.account === '666666666666' && finding.region === HOME) finding.compliance = 'FAILED';
    },
    verdicts: { 'aws-config': 'warn' },
    found: /1 account where it does not record/,
    remedy: /such as 666666666666[\s\S]*describe-configuration-recorder-status --region ap-northeast-1/,
  },
  {
    name: 'a stack instance failed',
    breaks(world) {
      world.instances = [
        {
          account: '444444444444',
          region: 'eu-west-1',
          ou: 'ou-ab12-infra001',
          status: 'FAILED',
          reason: 'ResourceLogicalId:Hub, throttled',
        },
        { account: '555555555555', region: HOME, ou: 'ou-ab12-prod0001', status: 'SUCCEEDED', reason: '' },
      ];
    },
    verdicts: { 'stack-set.instances': 'fail' },
    found: /1 stack instance did not get there/,
    remedy:
      /--stack-set-name SecurityHubInterpreter-members --deployment-targets OrganizationalUnitIds=ou-ab12-infra001,Accounts=444444444444,AccountFilterType=INTERSECTION --regions eu-west-1/,
  },
  {
    name: 'the StackSet lacks a Region',
    breaks: (world) => Object.assign(world.stackSet ?? {}, { regions: [HOME, 'us-east-1'] }),
    verdicts: { 'stack-set.settings': 'fail' },
    found: /it lacks Region eu-west-1/,
    remedy: /npx cdk deploy --all/,
  },
];
