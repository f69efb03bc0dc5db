/** A configuration in which every key is written. */
import type { Files } from './follow';

export type Name = keyof Files;

/** Each its own: what stands twice would be written as an alias. */
const limits = (timeoutSeconds = 90) => ({
  memoryMb: 512,
  timeoutSeconds,
  reservedConcurrency: 10,
  provisionedConcurrency: 2,
  provisionedHours: { from: '08:00', to: '20:00', days: ['MON'] },
});
const KEY = 'arn:aws:kms:ap-northeast-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** Everything that can be written, written once. */
export const FULL: Record<Name, Record<string, unknown>> = {
  settings: {
    organization: { id: 'o-ab12cd34ef', managementAccount: '111111111111', securityAccount: '222222222222' },
    regions: { home: 'ap-northeast-1', linked: ['us-east-1'], aggregator: 'linked', unlisted: ['eu-north-9'] },
    enablement: { mode: 'stack-sets', targets: ['r-ab12'], standards: ['pci-dss/v/4.0.1'] },
    severities: ['CRITICAL', 'HIGH'],
    customActions: ['TellSlack'],
    includeSamples: false,
    language: 'ja',
    timeZone: 'Asia/Tokyo',
    model: {
      enabled: true,
      profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'],
      maxTokens: 1500,
      timeoutSeconds: 15,
      judge: 'on',
      budget: { tokensPerDay: 2_000_000, tokensPerMonth: 20_000_000, usdPerDay: 5, usdPerMonth: 50 },
    },
    slack: { tokenSecret: 'interpreter/slack', host: 'slack.com' },
    trustText: ['prowler/prowler'],
    unlistedProducts: ['acme/scanner'],
    ownerTags: ['resource:team'],
    writeBack: true,
    accessPortal: 'https://acme.awsapps.com/start',
    reopenHours: 24,
    retention: { logDays: 90, ledgerDays: 400 },
    directoryHours: 12,
    metrics: true,
    tracing: false,
    allTo: 'sec-ops',
    deployment: 'canary',
    alarms: { silenceHours: 48, emails: ['alarms@example.com'], topicArn: 'arn:aws:sns:ap-northeast-1:222222222222:alarms' },
    functions: { intake: limits(), deliver: limits(), tick: limits(), enroll: limits(900) },
    keys: { all: 'own', ledger: KEY, alarms: KEY, queues: KEY, logs: KEY, environment: KEY, secrets: KEY },
    network: {
      vpc: 'own',
      egress: 'transit-gateway',
      endpoints: ['sqs'],
      zones: 2,
      cidr: '10.1.0.0/24',
      transitGatewayId: 'tgw-0a1b2c3d',
      dynamodbPrefixList: 'pl-0a1b2c3d',
    },
  },
  routes: {
    receivers: {
      'sec-ops': {
        channel: 'C0SECOPS001',
        language: 'ja',
        securityAccountAccess: true,
        mentions: { CRITICAL: ['U0ONCALL01'] },
        minimumSeverity: 'HIGH',
        mentionOwners: false,
        vulnerabilitiesBy: 'cve',
      },
      'other-side': { webhookSecret: 'interpreter/other-side' },
    },
    owners: { payments: { mention: ['S0PAYMENT1'], severities: ['CRITICAL'] } },
    route: {
      name: 'all',
      receiver: 'sec-ops',
      routes: [
        {
          name: 'one',
          match: {
            ou: ['Workloads'],
            account: ['333333333333'],
            tag: { env: 'prod' },
            resourceTag: { team: 'payments' },
            severity: ['HIGH'],
            product: ['guardduty'],
            control: ['S3.*'],
            type: ['TTPs/*'],
            resourceType: ['AwsS3Bucket'],
            region: ['us-east-1'],
          },
          receiver: 'other-side',
          continue: true,
        },
        { match: { control: 'EC2.8' }, mute: { reason: 'Accepted', until: '2027-01-31' } },
      ],
    },
  },
};

/** What can only be written where something of FULL is not. */
export const ELSE: Record<string, unknown>[] = [
  { network: { vpc: 'own', availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'] } },
  {
    network: {
      vpc: 'existing',
      vpcId: 'vpc-0a1b2c3d',
      subnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'],
      securityGroupIds: ['sg-0a1b2c3d'],
    },
  },
];

export type Path = (string | number)[];

/** Every value of a file by its path, the file itself left out. */
export function paths(value: unknown, path: Path = []): Path[] {
  const steps = Array.isArray(value) ? value.keys() : value !== null && typeof value === 'object' ? Object.keys(value) : [];
  return [...steps].flatMap((step) => [[...path, step], ...paths((value as Record<string | number, unknown>)[step], [...path, step])]);
}
