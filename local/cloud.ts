/**
 * The deployed system without AWS: the bundles of a synthesized assembly, run
 * as Lambda runs them, against stand-ins on loopback and on virtual time.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readAssembly } from './template/assembly';
import { connectBedrock } from './bedrock/bedrock-live';
import { createClock, type VirtualClock } from './clock';
import type { Cloud, CloudOptions } from './cloud-types';
import { deadLettersOf } from './sqs/dead-letters';
import { callerOf, type Deployment, deploy } from './deployment';
import { drain, type DrainOptions } from './drain';
import { findingEvent } from './securityhub/hub-events';
import type { EventSourceMapping } from './lambda/event-source';
import type { LambdaFunction } from './lambda/lambda';
import { limitsOf } from './limits';
import { parseOrganization } from './organizations/organization-tree';
import type { Queue } from './sqs/queue';
import { type Services, startServices } from './services';
import { realTime } from './real-time';
import { connectSlack, type SlackLive } from './slack/slack-live';
import { readState, type SavedState, writeState } from './state';

export type { Cloud, CloudOptions } from './cloud-types';

/**
 * Ready in well under a second: workers start with the first work. Close it, or
 * its listeners keep the process alive.
 * @throws Error on an assembly, an organization or a state folder that cannot be read, with what to do; nothing listens then.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const stack = readAssembly(options.assembly, options.stack);
  const saved = options.stateDir === undefined ? undefined : readState(options.stateDir);
  const clock = createClock(Math.max(options.now ?? Date.now(), saved?.now ?? 0));
  const queues = new Map<string, Queue>();
  const lambdas: LambdaFunction[] = [];
  let tree = parseOrganization(options.organization, 'The organization');
  let deployment: Deployment | undefined;
  const slackLive = options.slack === 'live' ? connectSlack(options.realTime ?? realTime()) : undefined;
  const services = await startServices({
    clock,
    queues,
    account: stack.account,
    tree: () => tree,
    organizationId: options.organizationId,
    organizationPaths: options.organizationPaths,
    secrets: options.secrets,
    webhookSecrets: options.webhookSecrets ?? [],
    bedrockLive: options.bedrock === 'live' ? await connectBedrock(stack.region) : undefined,
    slackLive,
    slackToken: options.slackToken,
    slackLimits: options.slackLimits ?? false,
    limits: limitsOf(options.limits),
    onFindingUpdated: (finding) => {
      if (options.hubEvents) deployment?.bus.put(findingEvent(finding, stack, clock.now()));
    },
    onFindingImported: (finding) => deployment?.bus.put(findingEvent(finding, stack, clock.now())),
    hooks: { faults: options.faults, transcript: options.transcript, caller: (id) => callerOf(lambdas, id) },
  });
  try {
    deployment = await deploy(stack, options, { clock, services, queues, lambdas });
    if (saved) restore(saved, services, queues);
    return handle({ options, clock, queues, services, deployment, slackLive, setTree: (replaced) => (tree = replaced) });
  } catch (error) {
    await services.close();
    throw error;
  }
}

interface Parts {
  options: CloudOptions;
  clock: VirtualClock;
  queues: Map<string, Queue>;
  services: Services;
  deployment: Deployment;
  slackLive?: SlackLive;
  setTree(tree: ReturnType<typeof parseOrganization>): void;
}

function handle({ options, clock, queues, services, deployment, slackLive, setTree }: Parts): Cloud {
  const { template, lambdas, bus, sources } = deployment;
  let client: DynamoDBClient | undefined;
  let draining = false;
  let closing: Promise<void> | undefined;

  async function drainOnce(drainOptions: DrainOptions) {
    if (draining) throw new Error('The local cloud is already being drained: await that drain first.');
    draining = true;
    const holds = ({ queue }: EventSourceMapping) => queue.messages().length > 0;
    const waitsForRule = ({ queue }: EventSourceMapping) =>
      template.rules.some(({ targets }) => targets.some((target) => target.queue === queue.definition.name));
    // Those that have work, and those that get theirs from functions; what only a rule would wake starts when it does.
    const soon = sources.some(holds) ? sources.filter((source) => holds(source) || !waitsForRule(source)) : [];
    for (const lambda of lambdas) if (soon.some(({ functionName }) => functionName === lambda.definition.name)) lambda.warm();
    try {
      const nextDue = options.nextDue && (async () => options.nextDue?.(cloud));
      const real = slackLive && { settle: slackLive.settle, hopeless: refusedSince(slackLive, clock) };
      return await drain({ clock, bus, sources, nextDue, ...real }, drainOptions);
    } finally {
      draining = false;
    }
  }

  async function close() {
    await Promise.all(lambdas.map((lambda) => lambda.close()));
    client?.destroy();
    await services.close();
    if (options.stateDir !== undefined) writeState(options.stateDir, stateOf(clock, services, queues));
  }

  const cloud: Cloud = {
    clock,
    template,
    queues,
    slack: services.workspace,
    slackRefusals: () => slackLive?.refusals() ?? new Map(),
    securityHub: services.securityHub,
    secrets: services.secrets,
    url: services.url,
    calls: services.calls,
    putEvent(event) {
      services.securityHub.findings.put(event);
      return { rules: bus.put(event) };
    },
    drain: (drainOptions = {}) => drainOnce(drainOptions),
    async invoke(functionName, event) {
      const lambda = lambdas.find(({ definition }) => definition.name.startsWith(functionName));
      if (lambda) return lambda.invoke(event);
      throw new Error(`No function begins with ${functionName}: there are ${lambdas.map(({ definition }) => definition.name).join(', ')}.`);
    },
    memory: () =>
      lambdas.map(({ definition, maxMemoryUsedMb }) => ({
        functionName: definition.name,
        memoryMb: definition.memoryMb,
        maxMemoryUsedMb: maxMemoryUsedMb(),
      })),
    deadLetters: () => deadLettersOf(template, queues),
    setOrganization: (organization) => setTree(parseOrganization(organization, 'The organization')),
    get ledger() {
      client ??= localDynamoDb(services, template.region);
      return { tableName: template.tables[0]?.name ?? '', client };
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
  return cloud;
}

/** Longer than anything waits that the real Slack would still be told of. */
const LONGEST_SILENCE = 2 * 3_600_000;

/** Whether the real Slack refused something and was not called for two virtual hours: only what it refuses is left to be tried. */
function refusedSince(live: SlackLive, clock: VirtualClock): () => boolean {
  let last = { asked: live.asked(), at: clock.now() };
  return () => {
    if (live.asked() !== last.asked) last = { asked: live.asked(), at: clock.now() };
    return live.refusals().size > 0 && clock.now() - last.at > LONGEST_SILENCE;
  };
}

function restore(saved: SavedState, services: Services, queues: ReadonlyMap<string, Queue>): void {
  services.workspace.restore(saved.slack);
  services.securityHub.findings.restore(saved.findings);
  for (const [name, queue] of Object.entries(saved.queues)) queues.get(name)?.restore(queue);
}

function stateOf(clock: VirtualClock, services: Services, queues: ReadonlyMap<string, Queue>): SavedState {
  return {
    now: clock.now(),
    slack: services.workspace.save(),
    findings: services.securityHub.findings.save(),
    queues: Object.fromEntries([...queues].map(([name, queue]) => [name, queue.save()])),
  };
}

function localDynamoDb(services: Services, region: string): DynamoDBClient {
  // What the SDK will require next year is no matter of the person who runs a demo.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  return new DynamoDBClient({ region, endpoint: services.url('dynamodb'), credentials: { accessKeyId: 'CLI', secretAccessKey: 'local' } });
}
