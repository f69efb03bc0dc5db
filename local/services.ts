/** All stand-ins of one local cloud, listening. */
import { join } from 'node:path';
import { bedrockService } from './bedrock/bedrock';
import type { BedrockLive } from './bedrock/bedrock-live';
import type { VirtualClock } from './clock';
import { startDynamoDb } from './dynamodb/dynamodb';
import type { TableDefinition } from './dynamodb/table';
import { createHubFindings } from './securityhub/hub-findings';
import type { Endpoints } from './lambda/lambda-environment';
import type { Limits } from './limits';
import { organizationsRates, rated, securityHubRates } from './protocol/rated';
import { listen, type Listener, type ListenerHooks } from './protocol/listener';
import type { OrganizationTree } from './organizations/organization-tree';
import { organizationsService } from './organizations/organizations';
import type { Queue } from './sqs/queue';
import { createSecrets } from './services/secretsmanager';
import { createSecurityHub } from './securityhub/securityhub';
import { slackService, WEBHOOKS } from './slack/slack';
import { createSlackLimits } from './slack/slack-limits';
import type { SlackLive } from './slack/slack-live';
import { createWorkspace } from './slack/slack-workspace';
import { fifoRates } from './sqs/fifo-rates';
import { sqsService } from './sqs/sqs';
import type { JsonObject, ServiceName } from './protocol/wire';

export interface ServicesOptions {
  limits: Limits;
  clock: VirtualClock;
  queues: ReadonlyMap<string, Queue>;
  account: string;
  tree(): OrganizationTree;
  organizationId?: string;
  organizationPaths?: boolean;
  secrets: Record<string, string>;
  bedrockLive?: BedrockLive;
  slackLive?: SlackLive;
  slackToken?: string;
  slackLimits: boolean;
  webhookSecrets: readonly string[];
  /** Told of each finding that BatchUpdateFindings changed. */
  onFindingUpdated(finding: JsonObject): void;
  /** Told of each finding that BatchImportFindings made or changed. */
  onFindingImported(finding: JsonObject): void;
  hooks: ListenerHooks;
}

export type Services = Awaited<ReturnType<typeof startServices>>;

/** Everything but DynamoDB, which needs the template's tables. */
export async function startServices(options: ServicesOptions) {
  const { clock, hooks, limits } = options;
  const workspace = createWorkspace(clock.now);
  const secrets = createSecrets(options.secrets, clock.now);
  const securityHub = createSecurityHub(createHubFindings(clock.now), options.onFindingUpdated, options.onFindingImported);
  const organizations = organizationsService(options.tree, { organizationId: options.organizationId, paths: options.organizationPaths });
  const listeners = new Map<ServiceName, Listener>();
  const queueUrl = (name: string) => `${listeners.get('sqs')?.url}/${options.account}/${name}`;
  const sqs = sqsService(options.queues, queueUrl, clock.now);
  const services = [
    limits.fifoRate ? rated(sqs, fifoRates(options.queues, clock.now)) : sqs,
    limits.organizationRates ? rated(organizations, organizationsRates(clock.now)) : organizations,
    secrets.service,
    limits.hubRates ? rated(securityHub.service, securityHubRates(clock.now)) : securityHub.service,
    bedrockService(options.bedrockLive),
    slackService({
      workspace,
      token: options.slackToken,
      limits: options.slackLimits ? createSlackLimits(clock.now) : undefined,
      live: options.slackLive,
    }),
  ];
  await Promise.all(services.map(async (service) => listeners.set(service.name, await listen(service, hooks))));
  const url = (name: ServiceName) => listeners.get(name)?.url ?? '';
  for (const name of options.webhookSecrets) secrets.set(name, `${url('slack')}${WEBHOOKS}${encodeURIComponent(name)}`);
  let closeDynamoDb: () => Promise<void> = async () => {};

  return {
    workspace,
    secrets,
    securityHub,
    queueUrl,
    url,
    calls: (name: ServiceName, operation?: string) => listeners.get(name)?.calls(operation) ?? 0,
    async startDynamoDb(tables: TableDefinition[], stateDir?: string) {
      const dynamoDb = await startDynamoDb(tables, {
        path: stateDir && join(stateDir, 'dynamodb'),
        now: clock.now,
        partitions: limits.partitions,
      });
      closeDynamoDb = dynamoDb.close;
      listeners.set('dynamodb', await listen(dynamoDb.service, hooks));
    },
    endpoints: (): Endpoints => ({
      aws: {
        DYNAMODB: url('dynamodb'),
        SQS: url('sqs'),
        ORGANIZATIONS: url('organizations'),
        SECRETS_MANAGER: url('secretsmanager'),
        SECURITYHUB: url('securityhub'),
        BEDROCK_RUNTIME: url('bedrock'),
      },
      slack: url('slack'),
    }),
    async close() {
      await Promise.all([...listeners.values()].map((listener) => listener.close()));
      await closeDynamoDb();
      options.bedrockLive?.close();
    },
  };
}
