/** Each a small change of a healthy organization: which checks tell of it, and with which remedy. */
import type { Clinic } from './doctor';
import { HOME, healthyWorld, NOW, type World } from './world';

export interface Defect {
  name: string;
  /** Beside what it does to the world, it may write another configuration. */
  breaks(world: World, clinic: Clinic): void;
  argv?: string[];
  /** Every check that does not pass, and how; those it makes pointless are `skipped`. */
  verdicts: Record<string, 'fail' | 'warn' | 'unknown' | 'skipped'>;
  /** Of the first of them. */
  found: RegExp;
  remedy: RegExp;
}

const DAY = 24 * 60 * 60_000;
const hub = (world: World, region: string) => {
  const found = world.hubs.get(region);
  if (!found) throw new Error(`no hub in ${region}`);
  return found;
};
const channel = (world: World, id: string) => {
  const found = world.slack.channels.get(id);
  if (!found) throw new Error(`no channel ${id}`);
  return found;
};
/** What asks AWS at all. */
const ALL = [
  ...['caller', 'organization', 'delegated.organizations', 'delegated.stack-sets', 'trusted-access'],
  ...['hub.on', 'hub.consolidated', 'delegated.security-hub', 'aggregator', 'new-accounts', 'central-configuration'],
  ...['targets', 'stack-set.settings', 'stack-set.instances', 'members', 'aws-config', 'silent'],
  ...['routes.ous', 'routes.accounts', 'routes.root-only'],
  ...['slack.secret', 'slack.token', 'slack.scopes', 'slack.channels', 'slack.webhooks'],
  ...['system.stack', 'system.dead-letters'],
];
export const skips = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, 'skipped' as const]));
const BY_ADMINISTRATOR = [
  'delegated.security-hub',
  'aggregator',
  'new-accounts',
  'central-configuration',
  'members',
  'aws-config',
  'silent',
];

export const DEFECTS: Defect[] = [
  {
    name: 'the management account asks',
    breaks: (world) => Object.assign(world.caller, { account: '111111111111' }),
    verdicts: { ...skips(ALL), caller: 'fail' },
    found: /of the management account 111111111111, not of the security account 222222222222/,
    remedy: /profile of 222222222222/,
  },
  {
    name: 'the credentials have expired',
    breaks: (world) => {
      world.trouble = (action) =>
        action.startsWith('sts:')
          ? { code: 'ExpiredToken', message: 'The security token included in the request is expired', status: 403 }
          : undefined;
    },
    verdicts: { ...skips(ALL), caller: 'fail' },
    found: /not taken: ExpiredToken/,
    remedy: /aws sts get-caller-identity/,
  },
  {
    name: 'it is another organization',
    breaks: (world) => Object.assign(world.organization, { Id: 'o-ab12cd34eg' }),
    verdicts: {
      ...skips([
        'delegated.organizations',
        'delegated.stack-sets',
        'trusted-access',
        ...BY_ADMINISTRATOR,
        'stack-set.settings',
        'stack-set.instances',
      ]),
      organization: 'fail',
    },
    found: /organization o-ab12cd34eg, not to o-ab12cd34ef/,
    remedy: /organization\.id: o-ab12cd34eg/,
  },
  {
    name: 'Security Hub’s administrator is not registered in Organizations',
    breaks: (world) => {
      world.delegatedServices = world.delegatedServices.filter((service) => !service.startsWith('securityhub'));
    },
    verdicts: { ...skips(BY_ADMINISTRATOR), 'delegated.organizations': 'fail' },
    found: /222222222222 is not registered for securityhub\.amazonaws\.com/,
    remedy: /enable-organization-admin-account --admin-account-id 222222222222 --region us-east-1/,
  },
  {
    name: 'the security account is a delegated administrator of nothing',
    breaks: (world) => {
      world.delegatedServices = [];
    },
    verdicts: {
      ...skips([
        'delegated.stack-sets',
        'trusted-access',
        ...BY_ADMINISTRATOR,
        'targets',
        'stack-set.settings',
        'stack-set.instances',
        'routes.ous',
        'routes.root-only',
      ]),
      'delegated.organizations': 'fail',
    },
    found: /not a delegated administrator of anything/,
    remedy: /npx cdk deploy --app 'npx tsx stacks\/management-app\.ts' --all/,
  },
  {
    name: 'the security account is not registered for StackSets',
    breaks: (world) => {
      world.delegatedServices = ['securityhub.amazonaws.com'];
    },
    verdicts: { ...skips(['stack-set.settings', 'stack-set.instances']), 'delegated.stack-sets': 'fail' },
    found: /not registered for member\.org\.stacksets/,
    remedy:
      /register-delegated-administrator --account-id 222222222222 --service-principal member\.org\.stacksets\.cloudformation\.amazonaws\.com/,
  },
  {
    name: 'StackSets is not trusted',
    breaks: (world) => {
      world.stackSetsAccess = 'DISABLED';
    },
    verdicts: { 'trusted-access': 'fail' },
    found: /member\.org\.stacksets.*itself says DISABLED/,
    remedy: /aws cloudformation activate-organizations-access --region ap-northeast-1/,
  },
  {
    name: 'Security Hub is not trusted',
    breaks: (world) => {
      world.trusted = world.trusted.slice(1);
    },
    verdicts: { 'trusted-access': 'fail' },
    found: /not given to securityhub\.amazonaws\.com/,
    remedy: /enable-aws-service-access --service-principal securityhub\.amazonaws\.com/,
  },
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
  {
    name: 'a target does not exist',
    breaks(world, clinic) {
      world.stackSet = { ous: ['ou-ab12-wkld0002'], regions: [HOME, 'us-east-1', 'eu-west-1'], automatic: true, retain: true };
      clinic.configure(({ settings }) => ({ settings: settings.replace('targets: [r-ab12]', 'targets: [ou-ab12-wkld0002]') }));
    },
    verdicts: { targets: 'fail' },
    found: /no target ou-ab12-wkld0002/,
    remedy: /Correct settings\.yaml at enablement\.targets\[0\]/,
  },
  {
    name: 'a route names an OU that does not exist',
    breaks: (_world, clinic) =>
      clinic.configure(({ routes }) => ({ routes: routes.replace('ou: Workloads/Prod }', 'ou: Workloads/Prd }') })),
    verdicts: { 'routes.ous': 'fail' },
    found: /no OU Workloads\/Prd/,
    remedy: /routes\.yaml at route\.routes\[1\]\.routes\[1\]\.match\.ou/,
  },
  {
    name: 'a route names an account that does not exist',
    breaks: (_world, clinic) =>
      clinic.configure(({ routes }) => ({
        routes: routes.replace('- match: { ou: Sandbox }', "- match: { ou: Sandbox, account: ['999999999999', '999999999998'] }"),
      })),
    verdicts: { 'routes.accounts': 'fail' },
    found: /no account 999999999998/,
    remedy: /route\.routes\[4\]\.match\.account/,
  },
  {
    name: 'an OU is heard of only by the root’s receiver',
    breaks: (_world, clinic) =>
      clinic.configure(({ routes }) => ({ routes: routes.replace('    - match: { ou: Security }\n      receiver: sec-ops\n', '') })),
    verdicts: { 'routes.root-only': 'warn' },
    found: /1 OU is heard of only by sec-ops/,
    remedy: /match: \{ ou: Security \}[\s\S]*npm run routes/,
  },
  {
    name: 'the token’s secret does not exist',
    breaks: (world) => world.secrets.delete('security-hub-interpreter/slack-bot-token'),
    verdicts: { ...skips(['slack.token', 'slack.scopes', 'slack.channels']), 'slack.secret': 'fail' },
    found: /slack-bot-token does not exist in ap-northeast-1/,
    remedy: /create-secret --name security-hub-interpreter\/slack-bot-token --region ap-northeast-1/,
  },
  {
    name: 'the token was revoked',
    breaks: (world) => Object.assign(world.slack, { token: 'xoxb-another' }),
    verdicts: { ...skips(['slack.scopes', 'slack.channels']), 'slack.token': 'fail' },
    found: /Slack refuses it: invalid_auth/,
    remedy: /put-secret-value --secret-id security-hub-interpreter\/slack-bot-token/,
  },
  {
    name: 'the token lacks a scope',
    breaks: (world) => Object.assign(world.slack, { scopes: world.slack.scopes.filter((scope) => scope !== 'chat:write.public') }),
    verdicts: { 'slack.scopes': 'fail' },
    found: /lacks chat:write\.public/,
    remedy: /npm run slack-manifest/,
  },
  {
    name: 'a channel is archived',
    breaks: (world) => Object.assign(channel(world, 'C0WORKLD001'), { archived: true }),
    verdicts: { 'slack.channels': 'fail' },
    found: /1 receiver cannot be reached/,
    remedy: /routes\.yaml/,
  },
  {
    name: 'the bot is not in a private channel',
    breaks: (world) => Object.assign(channel(world, 'C0CARDS0001'), { joined: false }),
    verdicts: { 'slack.channels': 'fail' },
    found: /1 receiver cannot be reached/,
    remedy: /the channel of cards-oncall.*\/invite @security-hub-interpreter/,
  },
  {
    name: 'a webhook’s secret holds something else',
    breaks: (world) => world.secrets.set('security-hub-interpreter/sandbox-webhook', 'https://hooks.example.com/services/T/B/SEEDED4711'),
    verdicts: { 'slack.webhooks': 'fail' },
    found: /1 receiver cannot be reached/,
    remedy: /put-secret-value --secret-id security-hub-interpreter\/sandbox-webhook/,
  },
  {
    name: 'the profile belongs to another geography',
    breaks: (_world, clinic) => clinic.configure(({ settings }) => ({ settings: settings.replace('profile: jp.', 'profile: eu.') })),
    verdicts: { 'model.profile': 'fail' },
    found: /cannot be called from ap-northeast-1/,
    remedy: /list-inference-profiles --region ap-northeast-1/,
  },
  {
    name: 'the account has no access to the model',
    breaks(world) {
      world.model = {
        code: 'AccessDeniedException',
        message: "You don't have access to the model with the specified model ID.",
        status: 403,
      };
    },
    argv: ['--bedrock'],
    verdicts: { 'model.answers': 'fail' },
    found: /jp\.anthropic/,
    remedy: /Give the security account access/,
  },
  {
    name: 'the hub stack is not deployed',
    breaks(world) {
      world.stack = undefined;
    },
    verdicts: { ...skips(['stack-set.settings', 'stack-set.instances', 'system.dead-letters']), 'system.stack': 'fail' },
    found: /SecurityHubInterpreter is not deployed in ap-northeast-1/,
    remedy: /npx cdk deploy --all/,
  },
  {
    name: 'the last deployment was rolled back',
    breaks: (world) => Object.assign(world.stack ?? {}, { status: 'UPDATE_ROLLBACK_COMPLETE', reason: 'Enroll failed' }),
    verdicts: { 'system.stack': 'warn' },
    found: /rolled back, the one before it is at work: Enroll failed/,
    remedy: /describe-stack-events/,
  },
  {
    name: 'dead letters wait',
    breaks: (world) => world.queues.set('FindingsDeadLetters', 3),
    verdicts: { 'system.dead-letters': 'fail' },
    found: /3 messages lie in dead-letter queues/,
    remedy:
      /start-message-move-task --region ap-northeast-1 --source-arn arn:aws:sqs:ap-northeast-1:222222222222:SecurityHubInterpreter-FindingsDeadLetters/,
  },
];

/** In mode central-configuration: a healthy organization, and what can be wrong there. */
export function centralWorld(): World {
  const world = healthyWorld();
  for (const each of world.hubs.values()) Object.assign(each, { type: 'CENTRAL', autoEnable: false });
  world.associations = [...world.tree.accounts.keys()].map((target) => ({ target, type: 'ACCOUNT', policy: 'a1b2', status: 'SUCCESS' }));
  world.stackSet = undefined;
  return world;
}
