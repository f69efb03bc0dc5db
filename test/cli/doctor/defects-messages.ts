/** What can be wrong between a finding and its reader: routes, Slack, the model, the stack. */
import { type Defect, skips } from './defect';
import { HOME, type World } from './world';

const channel = (world: World, id: string) => {
  const found = world.slack.channels.get(id);
  if (!found) throw new Error(`no channel ${id}`);
  return found;
};

/** What there is to look at only where the stack is there. */
const OF_THE_STACK = [
  ...['stack-set.settings', 'stack-set.instances', 'system.dead-letters', 'system.marking'],
  ...['system.alarms', 'system.alarm-subscribers'],
];

export const MESSAGE_DEFECTS: Defect[] = [
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
    remedy: /npm run hub -- slack-manifest/,
  },
  {
    name: 'Slack refuses the blocks of messages',
    breaks(world) {
      const errors = [{ pointer: '/0/text/type', code: 'failed_constraint', message: 'must be plain_text' }];
      world.slack.validation = { ok: false, error: 'invalid_blocks', errors };
    },
    argv: ['--slack'],
    verdicts: { 'slack.messages': 'fail', 'model.answers': 'skipped' },
    found: /refuses the blocks of 16 messages of 16/,
    remedy: /report it with these lines/,
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
    name: 'the model is named without a geography, and Bedrock has none of that id',
    breaks: (_world, clinic) =>
      clinic.configure(({ settings }) => ({ settings: settings.replace(/profiles: \[jp\..*/, 'profiles: [mistral.large-v9:0]') })),
    verdicts: { 'model.profile': 'warn', 'model.access': 'unknown', 'model.lifecycle': 'fail' },
    found: /does not begin with a geography that is known here/,
    remedy: /list-inference-profiles --region ap-northeast-1/,
  },
  {
    name: 'a route names a product that Security Hub does not have here',
    breaks(world) {
      world.products = world.products.filter((product) => product !== 'product/aws/guardduty');
      world.subscriptions = [];
    },
    verdicts: { 'routes.products': 'warn' },
    found: /knows no product guardduty: such a route takes nothing/,
    remedy: /routes\.yaml at route\.routes\[0\]\.match\.product[\s\S]*describe-products --region ap-northeast-1/,
  },
  {
    name: 'text of a product that Security Hub does not have here is trusted',
    breaks(world, clinic) {
      world.products = world.products.filter((product) => product !== 'product/prowler/prowler');
      clinic.configure(({ settings }) => ({ settings: settings.replace('trustText: []', 'trustText: [prowler/prowler]') }));
    },
    verdicts: { 'routes.products': 'warn' },
    found: /knows no product prowler\/prowler/,
    remedy: /settings\.yaml at trustText\[0\]/,
  },
  {
    name: 'the model is a legacy model',
    breaks: (world) => Object.assign(world, { lifecycle: { status: 'LEGACY', legacyTime: '2026-10-01T00:00:00Z' } }),
    verdicts: { 'model.lifecycle': 'warn' },
    found: /is a legacy model since 2026-10-01: who does not use it for 15 days/,
    remedy: /list-inference-profiles/,
  },
  {
    name: 'the model ends within three months',
    breaks: (world) => Object.assign(world, { lifecycle: { status: 'ACTIVE', endOfLifeTime: '2027-01-31T00:00:00Z' } }),
    verdicts: { 'model.lifecycle': 'warn' },
    found: /is ACTIVE, and ends on 2027-01-31/,
    remedy: /list-inference-profiles/,
  },
  {
    name: 'the model has ended',
    breaks: (world) => Object.assign(world, { lifecycle: { status: 'LEGACY', endOfLifeTime: '2026-11-01T00:00:00Z' } }),
    verdicts: { 'model.lifecycle': 'fail' },
    found: /ended on 2026-11-01/,
    remedy: /list-inference-profiles/,
  },
  {
    name: 'nobody has subscribed the account to the model',
    breaks: (world) => Object.assign(world.access, { agreement: 'NOT_AVAILABLE' }),
    verdicts: { 'model.access': 'warn' },
    found: /is not subscribed in the security account: the agreement is NOT_AVAILABLE/,
    remedy: /Model catalog[\s\S]*aws-marketplace:Subscribe[\s\S]*converse --region ap-northeast-1 --model-id jp\.anthropic/,
  },
  {
    name: 'the account has no access to the model',
    breaks(world) {
      world.refusal = () => ({
        code: 'AccessDeniedException',
        message: "You don't have access to the model with the specified model ID.",
        status: 403,
      });
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
    verdicts: { ...skips(OF_THE_STACK), 'system.stack': 'fail' },
    found: /SecurityHubInterpreter is not deployed in ap-northeast-1/,
    remedy: /npx cdk deploy --all/,
  },
  {
    name: 'the first deployment stopped before it made anything',
    breaks: (world) => Object.assign(world.stack ?? {}, { status: 'REVIEW_IN_PROGRESS' }),
    verdicts: { ...skips(OF_THE_STACK), 'system.stack': 'fail' },
    found: /is not deployed in ap-northeast-1: a deployment stopped before it made anything/,
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
    remedy: /npm run redrive -- .*--dry-run[\s\S]*npm run redrive -- .*findings/,
  },
  {
    name: 'an SCP denies marking',
    breaks: ({ marking }) => {
      marking.decisions.set('securityhub:BatchUpdateFindings', 'implicitDeny');
      marking.allowedByOrganizations = false;
    },
    verdicts: { 'system.marking': 'warn' },
    found: /IAM would refuse it \(securityhub:BatchUpdateFindings\): every finding is told/,
    remedy: /An SCP of the organization refuses it.*DeliverRole/,
  },
  {
    name: 'a policy that somebody attached denies reading findings',
    breaks: ({ marking }) => marking.decisions.set('securityhub:GetFindings', 'explicitDeny'),
    verdicts: { 'system.marking': 'warn' },
    found: /securityhub:GetFindings\)/,
    remedy: /take that away; else deploy again[\s\S]*cdk deploy[\s\S]*writeBack: false/,
  },
];
