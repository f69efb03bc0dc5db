/** What a local cloud is started with, and what can be done with it. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { VirtualClock } from './clock';
import type { DeadLetter } from './sqs/dead-letters';
import type { DrainOptions, DrainSummary } from './drain';
import type { FaultPlan } from './protocol/faults';
import type { InvocationResult, LogLine } from './lambda/lambda';
import type { Limits } from './limits';
import type { TranscriptEntry } from './protocol/listener';
import type { OrganizationInput } from './organizations/organization-tree';
import type { Queue } from './sqs/queue';
import type { RealTime } from './real-time';
import type { SecretsStandIn } from './services/secretsmanager';
import type { SecurityHubStandIn } from './securityhub/securityhub';
import type { SlackWorkspace } from './slack/slack-workspace';
import type { LocalTemplate } from './template/template';
import type { JsonObject, ServiceName } from './protocol/wire';

export interface CloudOptions {
  /** Folder of the synthesized assembly (cdk.out). */
  assembly: string;
  /** Name of the stack, where more than one has event source mappings. */
  stack?: string;
  organization: OrganizationInput;
  organizationId?: string;
  /** False: DescribeAccount answers without Paths. */
  organizationPaths?: boolean;
  /** Values by name; the Slack token's is `slackToken`, or the workspace refuses it. */
  secrets: Record<string, string>;
  /** LOCAL_SLACK_TOKEN without a word. */
  slackToken?: string;
  /** Names of the secrets that hold the address of an incoming webhook of the local Slack. */
  webhookSecrets?: readonly string[];
  /** Where the virtual clock begins, in epoch milliseconds; the wall clock by default. A state folder may set it later. */
  now?: number;
  bedrock?: 'stub' | 'live';
  slack?: 'stub' | 'live';
  /** Where real services are waited for; of this machine by default. */
  realTime?: RealTime;
  /** Keeps the ledger, the queues and what was posted for the next run; each run starts empty without it. */
  stateDir?: string;
  /** Whether Slack's rate limits are enforced on the virtual clock. */
  slackLimits?: boolean;
  /** Which rates of AWS are enforced on the virtual clock; none by default. */
  limits?: Partial<Limits> | 'all';
  /** Whether BatchUpdateFindings emits events, as the real Security Hub does. */
  hubEvents?: boolean;
  /** Warm workers a function (2). With 1 the order of all calls is the same in each run. */
  workers?: number;
  /** Real milliseconds after which an invocation is ended; the template's time-outs by default. */
  functionTimeoutMs?: number;
  /** Environment variables of all functions, over those of the template. */
  extraEnv?: Record<string, string>;
  faults?: FaultPlan;
  transcript?(entry: TranscriptEntry): void;
  onLog?(line: LogLine): void;
  /** When work that only a schedule wakes is due, in epoch milliseconds; undefined: no such work. */
  nextDue?(cloud: Cloud): Promise<number | undefined>;
}

export interface Cloud {
  readonly clock: VirtualClock;
  readonly template: LocalTemplate;
  /** Puts an event on the bus: its findings are in Security Hub from now on, and the names of the rules that took it are the answer. */
  putEvent(event: JsonObject): { rules: string[] };
  /** Works until nothing is due; see DrainOptions. One drain at a time. */
  drain(options?: DrainOptions): Promise<DrainSummary>;
  /** Invokes a function by (the beginning of) its name. */
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  /** All queues by name, and what they hold. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** What lies in each queue that takes the failures of another queue or of a rule. */
  deadLetters(): Record<string, DeadLetter[]>;
  /** Of each function its memory and the most that an invocation was seen to use of it. */
  memory(): { functionName: string; memoryMb: number; maxMemoryUsedMb: number }[];
  /** How many calls a service got, those with faults included. */
  calls(service: ServiceName, operation?: string): number;
  readonly slack: SlackWorkspace;
  /** Live: what the real Slack refused for good, by channel id, `*` for all of it. */
  slackRefusals(): ReadonlyMap<string, string>;
  readonly securityHub: SecurityHubStandIn;
  readonly secrets: SecretsStandIn;
  /** Replaces the organization, as when an account moves. */
  setOrganization(organization: OrganizationInput): void;
  /** The ledger's table, by the production client. */
  readonly ledger: { tableName: string; client: DynamoDBClient };
  /** Base URL of a stand-in. */
  url(service: ServiceName): string;
  /** Ends workers and listeners, and keeps the state where it has a folder. */
  close(): Promise<void>;
}
