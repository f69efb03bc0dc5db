/** What can be wrong with who asks, and with who may speak for the organization. */
import { type Defect, skips } from './defect';

/** What asks AWS at all. */
const ALL = [
  ...['caller', 'organization', 'delegated.organizations', 'delegated.stack-sets', 'trusted-access'],
  ...['hub.on', 'hub.consolidated', 'delegated.security-hub', 'aggregator', 'new-accounts', 'central-configuration'],
  ...['targets', 'stack-set.settings', 'stack-set.instances', 'members', 'aws-config', 'silent'],
  ...['routes.ous', 'routes.accounts', 'routes.root-only', 'routes.products', 'routes.severities'],
  ...['model.lifecycle', 'model.access'],
  ...['slack.secret', 'slack.token', 'slack.scopes', 'slack.channels', 'slack.webhooks'],
  ...['system.stack', 'system.dead-letters', 'system.marking', 'system.alarms', 'system.alarm-subscribers'],
];
const BY_ADMINISTRATOR = [
  'delegated.security-hub',
  'aggregator',
  'new-accounts',
  'central-configuration',
  'members',
  'aws-config',
  'silent',
];

export const ORGANIZATION_DEFECTS: Defect[] = [
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
];
