/** The state of an organization as the doctor can see it: healthy to begin with, and each test breaks one thing of it. */
import { lineage, type OrganizationInput, parseOrganization } from '../../../local/organizations/organization-tree';
import { ACME } from '../../local/acme';

export const NOW = Date.UTC(2026, 10, 21, 9, 0, 0);
export const REGIONS = ['ap-northeast-1', 'us-east-1', 'eu-west-1'];
export const HOME = 'ap-northeast-1';
export const SECURITY = '222222222222';
export const TOKEN = 'xoxb-1111111111-SEEDEDTOKEN4711';
export const WEBHOOK = 'https://hooks.slack.com/services/T0SEED/B0SEED/SEEDEDWEBHOOK4711';
export const HUB_STACK = 'SecurityHubInterpreter';
export const DELIVER_ROLE = `arn:aws:iam::${SECURITY}:role/${HUB_STACK}-DeliverRole0A1B2C3D-SEED`;
export const STACK_SET = 'SecurityHubInterpreter-members';
export const ALARM_TOPIC = `arn:aws:sns:${HOME}:${SECURITY}:${HUB_STACK}-AlarmsTopic0A1B2C3D-SEED`;
const DAY = 24 * 60 * 60_000;

export interface LocalHub {
  on: boolean;
  /** false: the account is not opted in to the Region. */
  enabled: boolean;
  generator: string;
  delegated: boolean;
  autoEnable: boolean;
  standards: string;
  type: string;
  status: string;
  statusMessage?: string;
  /** Whose member the account is, where it is not the administrator itself. */
  administrator?: string;
  /** By account: status, and when it became that. */
  members: Map<string, { status: string; updatedAt: number }>;
}

export interface LocalFinding {
  account: string;
  region: string;
  control: string;
  compliance: string;
  severity?: string;
  updatedAt: number;
  /** All of it, as GetFindings answers it. */
  whole?: Record<string, unknown>;
}

export interface LocalRecorder {
  name: string;
  recording: boolean;
  lastStatus: string;
  /** Of a service-linked one. */
  servicePrincipal?: string;
  lastErrorCode?: string;
}

/** The answers of a real service to who asks too much or cannot be served. */
export type Trouble = 'denied' | 'throttled' | 'hang' | { code: string; message: string; status: number };

export type World = ReturnType<typeof healthyWorld>;

export function healthyWorld(organization: OrganizationInput = ACME) {
  const tree = parseOrganization(organization, 'the test');
  const accounts = [...tree.accounts.values()];
  const hub = (): LocalHub => ({
    on: true,
    enabled: true,
    generator: 'SECURITY_CONTROL',
    delegated: true,
    autoEnable: true,
    standards: 'NONE',
    type: 'LOCAL',
    status: 'ENABLED',
    members: new Map(accounts.filter(({ id }) => id !== SECURITY).map(({ id }) => [id, { status: 'ENABLED', updatedAt: NOW - 90 * DAY }])),
  });
  return {
    caller: { account: SECURITY, arn: `arn:aws:sts::${SECURITY}:assumed-role/SecurityAudit/sato` },
    organization: { Id: 'o-ab12cd34ef', MasterAccountId: '111111111111', FeatureSet: 'ALL' },
    tree,
    /** Of accounts that are not ACTIVE. */
    states: new Map<string, string>(),
    /** false: ListAccounts answers without Paths. */
    paths: true,
    pathOf: (id: string) => lineage(tree.accounts.get(id)?.parent ?? tree.root).map((unit) => unit.id),
    delegatedServices: ['securityhub.amazonaws.com', 'member.org.stacksets.cloudformation.amazonaws.com'],
    trusted: ['securityhub.amazonaws.com', 'member.org.stacksets.cloudformation.amazonaws.com', 'sso.amazonaws.com'],
    stackSetsAccess: 'ENABLED',
    hubs: new Map(REGIONS.map((region) => [region, hub()])),
    aggregator: { home: HOME, mode: 'SPECIFIED_REGIONS', regions: ['us-east-1', 'eu-west-1'] } as
      | { home: string; mode: string; regions: string[] }
      | undefined,
    associations: [] as { target: string; type: string; policy: string; status: string; message?: string; own?: boolean }[],
    findings: REGIONS.flatMap((region) =>
      accounts.map(
        ({ id }): LocalFinding => ({ account: id, region, control: 'Config.1', compliance: 'PASSED', updatedAt: NOW - 10 * 3_600_000 }),
      ),
    ),
    stack: { status: 'UPDATE_COMPLETE', reason: '' } as { status: string; reason: string } | undefined,
    stackSet: { ous: ['r-ab12'], regions: [...REGIONS].reverse(), automatic: true, retain: true } as
      | { ous: string[]; regions: string[]; automatic: boolean; retain: boolean }
      | undefined,
    instances: [] as { account: string; region: string; ou: string; status: string; reason: string }[],
    /** As the stack's output names it. */
    ledgerTable: undefined as string | undefined,
    /** Messages by queue. */
    queues: new Map(
      ['FindingsDeadLetters', 'DeliveriesDeadLetters', 'RulesDeadLetters', 'TickDeadLetters', 'EnrollDeadLetters'].map((name) => [name, 0]),
    ),
    /** More than one page of them. */
    alarms: ['findings-dead-letters', 'findings-waiting', 'deliveries-waiting', 'intake-errors', 'deliver-errors', 'tick-stopped'].map(
      (name) => ({
        name: `${HUB_STACK}-${name}`,
        state: 'OK',
        since: '2026-11-20T03:10:00.000Z',
        actionsEnabled: true,
        tells: [ALARM_TOPIC],
      }),
    ),
    /** Who is subscribed, by the ARN of the topic. */
    topics: new Map([[ALARM_TOPIC, [{ protocol: 'email', endpoint: 'security-alarms@example.com', arn: `${ALARM_TOPIC}:0a1b2c3d` }]]]),
    /** Of the functions: one VPC, whose main route table leads out. */
    network: {
      vpc: 'vpc-0a1b2c3d',
      /** Outputs of the stack that name it. */
      outputs: {} as Record<string, string>,
      tables: [
        { main: true, subnets: [], routes: [{ destinationCidrBlock: '0.0.0.0/0', natGatewayId: 'nat-0a1b2c3d', state: 'active' }] },
      ] as { main: boolean; subnets: string[]; routes: Record<string, string>[] }[],
      enableDnsSupport: true,
      enableDnsHostnames: true,
      endpoints: [
        { name: 'dynamodb', state: 'available' },
        { name: 'sqs', state: 'available' },
      ],
    },
    secrets: new Map([
      ['security-hub-interpreter/slack-bot-token', TOKEN],
      ['security-hub-interpreter/sandbox-webhook', WEBHOOK],
    ]),
    slack: {
      token: TOKEN,
      /** What blocks.validate answers, whatever it is asked. */
      validation: undefined as Record<string, unknown> | undefined,
      scopes: ['chat:write', 'chat:write.public', 'channels:read', 'groups:read'],
      channels: new Map(
        ['C0SECOPS001', 'C0PRODONC01', 'C0CARDS0001', 'C0WORKLD001', 'C0PLATFRM01'].map((id) => [
          id,
          { name: id.toLowerCase(), archived: false, private: id === 'C0CARDS0001', joined: id === 'C0CARDS0001' },
        ]),
      ),
    },
    /** Of the security account, by Region. */
    recorders: new Map(
      REGIONS.map((region): [string, LocalRecorder[]] => [region, [{ name: 'default', recording: true, lastStatus: 'Success' }]]),
    ),
    /** ARNs without their Region, as DescribeProducts lists them; and as subscriptions. */
    products: ['product/aws/securityhub', 'product/aws/guardduty', 'product/aws/inspector', 'product/aws/macie', 'product/prowler/prowler'],
    subscriptions: ['product-subscription/aws/guardduty'],
    lifecycle: { status: 'ACTIVE', endOfLifeTime: '2027-10-07T00:00:00Z' } as {
      status: string;
      endOfLifeTime?: string;
      legacyTime?: string;
    },
    /** Where it is another for a model, by the model's id; models that have ended are not there at all. */
    lifecycles: {} as Record<string, { status: string; endOfLifeTime?: string; legacyTime?: string; publicExtendedAccessTime?: string }>,
    ended: new Set<string>(),
    /** What Bedrock says of the account's access to the model. */
    access: { agreement: 'AVAILABLE', authorization: 'AUTHORIZED', entitlement: 'AVAILABLE' },
    /** Says for a call, such as securityhub:ListMembers, whether it goes wrong, and how. */
    trouble: (_action: string, _region: string): Trouble | undefined => undefined,
    /** As the stack's output names it. */
    deliverRole: DELIVER_ROLE as string | undefined,
    /** What IAM decides about the role that marks findings, by action. */
    marking: { decisions: new Map<string, string>(), allowedByOrganizations: true, policy: 'DeliverRoleDefaultPolicy' },
    /** What a model refuses with, by its profile. */
    refusal: (_profile: string): undefined | { code: string; message: string; status: number } => undefined,
  };
}
