/** Every rule of settings.yaml beyond its shape, broken once (every-rule.test.ts), and how such a case is written. */
import type { SettingsRule } from '../../config/rules/fault';
import { routesWith, SETTINGS } from './folder';
import type { Files } from './follow';

export interface Case extends Partial<Files> {
  /** Where it is told. */
  line: number;
  /** What a person makes of it where the remedy leaves the choice to them; without it, the remedy is followed word by word. */
  mended?: Partial<Files>;
}

/** SETTINGS with one thing other. Its five lines are: organization, regions, model, slack, enablement. */
export function settings(from: string, to: string): string {
  if (!SETTINGS.includes(from)) throw new Error(`${from} is not in the settings`);
  return SETTINGS.replace(from, to);
}

/** The receivers stand in lines 2 to 4, the root in line 6, its receiver in 7; the first route in line 9. */
export function receivers(from: string, to: string): string {
  const text = routesWith('');
  if (!text.includes(from)) throw new Error(`${from} is not in the routes`);
  return text.replace(from, to);
}

export const OF_SETTINGS: Record<SettingsRule, Case> = {
  'account-twice': {
    settings: settings('securityAccount: "222222222222"', 'securityAccount: "111111111111"'),
    line: 1,
    mended: { settings: settings('222222222222', '333333333333') },
  },
  'all-to-unknown': { settings: `${SETTINGS}allTo: sec-op\n`, line: 6 },
  'all-to-webhook': {
    settings: `${SETTINGS}allTo: sec-ops\n`,
    routes: receivers('channel: C0SECOPS001', 'webhookSecret: interpreter/sec-ops'),
    line: 6,
    mended: { settings: `${SETTINGS}allTo: C0TRIALS001\n` },
  },
  'budget-price': {
    settings: settings('["jp.anthropic.claude-haiku-4-5-20251001-v1:0"]', '[jp.amazon.nova-2-lite-v1:0], budget: { usdPerDay: 1 }'),
    line: 3,
  },
  'enablement-below-root': { settings: settings('[r-ab12]', '[r-ab12, ou-ab12-prod0001]'), line: 5 },
  'enablement-needless-targets': { settings: settings('{ targets:', '{ mode: none, targets:'), line: 5 },
  'enablement-no-targets': { settings: settings('[r-ab12]', '[]'), line: 5 },
  'enablement-second-root': { settings: settings('[r-ab12]', '[r-ab12, r-cd34]'), line: 5 },
  'enablement-twice': { settings: settings('[r-ab12]', '[ou-ab12-prod0001, ou-ab12-prod0001]'), line: 5 },
  'functions-hours-alone': {
    settings: `${SETTINGS}functions: { deliver: { provisionedHours: { from: "08:00", to: "20:00" } } }\n`,
    line: 6,
  },
  'functions-hours-empty': {
    settings: `${SETTINGS}timeZone: UTC\nfunctions: { deliver: { provisionedConcurrency: 1, provisionedHours: { from: "08:00", to: "08:00" } } }\n`,
    line: 7,
  },
  'functions-hours-zone': {
    settings: `${SETTINGS}functions: { deliver: { provisionedConcurrency: 1, provisionedHours: { from: "08:00", to: "20:00" } } }\n`,
    line: 1,
  },
  'functions-quota': {
    settings: `${SETTINGS}functions: { intake: { reservedConcurrency: 451 }, tick: { reservedConcurrency: 450 } }\n`,
    line: 6,
  },
  'functions-reserved': { settings: `${SETTINGS}functions: { intake: { reservedConcurrency: 2, provisionedConcurrency: 3 } }\n`, line: 6 },
  'functions-unused': {
    settings: `${settings('{ targets: [r-ab12] }', '{ mode: none }')}functions: { enroll: { memoryMb: 1024 } }\n`,
    line: 6,
  },
  'key-region': {
    settings: `${SETTINGS}keys: { queues: "arn:aws:kms:us-east-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab" }\n`,
    line: 6,
  },
  'listed-twice': { settings: `${SETTINGS}network: { vpc: own, endpoints: [sqs, sqs] }\n`, line: 6 },
  'model-geography': { settings: settings('home: ap-northeast-1', 'home: eu-central-1'), line: 3 },
  'model-in-region': { settings: settings('jp.anthropic.claude-haiku-4-5-20251001-v1:0', 'anthropic.claude-sonnet-4-6'), line: 3 },
  'model-needs-profile': { settings: settings('jp.anthropic', 'anthropic'), line: 3 },
  'model-no-default': {
    settings: settings('profiles: ["jp.anthropic.claude-haiku-4-5-20251001-v1:0"]', '').replace(
      'home: ap-northeast-1',
      'home: ap-northeast-2',
    ),
    line: 3,
  },
  'model-partition': { settings: settings('jp.anthropic', 'us-gov.anthropic'), line: 3 },
  'network-cidr': { settings: `${SETTINGS}network: { vpc: own, cidr: 10.1.1.0/16 }\n`, line: 6 },
  'network-egress': { settings: `${SETTINGS}network: { vpc: own, egress: existing }\n`, line: 6 },
  'network-endpoint-region': { settings: `${SETTINGS}network: { vpc: own, endpoints: [sqs, organizations] }\n`, line: 6 },
  'network-idle': { settings: `${SETTINGS}network: { vpc: own, dynamodbPrefixList: pl-0a1b2c3d }\n`, line: 6 },
  'network-key-missing': { settings: `${SETTINGS}network: { vpc: existing }\n`, line: 6 },
  'network-key-other': { settings: `${SETTINGS}network: { vpc: own, vpcId: vpc-0a1b2c3d }\n`, line: 6 },
  'network-no-way-out': { settings: `${SETTINGS}network: { vpc: own, egress: none, endpoints: [sqs] }\n`, line: 6 },
  'network-zone-region': {
    settings: `${SETTINGS}network: { vpc: own, availabilityZones: [ap-northeast-1a, us-east-1c] }\n`,
    line: 6,
  },
  'network-zones-twice': {
    settings: `${SETTINGS}network: { vpc: own, zones: 2, availabilityZones: [ap-northeast-1a, ap-northeast-1c] }\n`,
    line: 6,
  },
  'portal-address': { settings: `${SETTINGS}accessPortal: https://acme.awsapps.com/start/#/?tab=accounts\n`, line: 6 },
  'region-linked-home': { settings: settings('[us-east-1,', '[us-east-1, ap-northeast-1,'), line: 2 },
  'region-linked-twice': { settings: settings('[us-east-1,', '[us-east-1, us-east-1,'), line: 2 },
  'region-opt-in': {
    settings: settings('home: ap-northeast-1', 'home: ap-southeast-4').replace('jp.', 'au.'),
    line: 2,
    mended: { settings: settings('home: ap-northeast-1', 'home: ap-southeast-2').replace('jp.', 'au.') },
  },
  'region-partition': { settings: settings('[us-east-1,', '[us-east-1, us-gov-west-1,'), line: 2 },
  'region-unknown': { settings: settings('[us-east-1,', '[us-esat-1,'), line: 2 },
  'region-unlisted-idle': { settings: settings('home:', 'unlisted: [eu-north-1], home:'), line: 2 },
  'time-zone': { settings: `${SETTINGS}timeZone: Asia/Tokio\n`, line: 6 },
  'token-missing': { settings: settings('{ tokenSecret: security-hub-interpreter/slack-bot-token }', '{ host: slack.com }'), line: 4 },
  'token-unused': {
    routes: routesWith('').replace(/channel: C0(\w+)/g, (_, name: string) => `webhookSecret: interpreter/${name}`),
    line: 4,
  },
  'topic-region': { settings: `${SETTINGS}alarms: { topicArn: "arn:aws:sns:us-east-1:222222222222:alarms" }\n`, line: 6 },
  'trust-unjudged': {
    settings: `${settings('model: {', 'model: { judge: shadow,')}trustText: [prowler/prowler]\n`,
    line: 3,
  },
  'trust-unknown': { settings: `${SETTINGS}trustText: [prowlr/prowler]\n`, line: 6 },
};
