/**
 * The deployed system without AWS: the bundles of a synthesized assembly, run
 * as Lambda runs them, against stand-ins on loopback and on virtual time.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readAssembly } from './assembly';
import { connectBedrock } from './bedrock-live';
import { createClock } from './clock';
import type { Cloud, CloudOptions } from './cloud-types';
import { deadLettersOf } from './dead-letters';
import { drain } from './drain';
import { createEventBus } from './event-bus';
import { createEventSource } from './event-source';
import { findingEvent } from './hub-events';
import { createLambda, type LambdaFunction } from './lambda';
import { workerEnvironment } from './lambda-environment';
import type { Caller } from './listener';
import { parseOrganization } from './organization-tree';
import { createQueue, type Queue } from './queue';
import { type Services, startServices } from './services';
import { connectSlack } from './slack-live';
import { readState, writeState } from './state';
import { type LocalTemplate, readTemplate } from './template';

export type { Cloud, CloudOptions } from './cloud-types';

/**
 * Ready in well under a second: workers start with the first work of their
 * function. Close it, or listeners keep the process alive.
 * @throws Error on an assembly, an organization or a state folder that cannot be read, with what to do.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const stack = readAssembly(options.assembly, options.stack);
  const saved = options.stateDir === undefined ? undefined : readState(options.stateDir);
  const clock = createClock(Math.max(options.now ?? Date.now(), saved?.now ?? 0));
  const queues = new Map<string, Queue>();
  const lambdas: LambdaFunction[] = [];
  let tree = parseOrganization(options.organization, 'The organization');
  const bedrockLive = options.bedrock === 'live' ? await connectBedrock(stack.region) : undefined;
  const services = await startServices({
    clock,
    queues,
    account: stack.account,
    tree: () => tree,
    organizationId: options.organizationId,
    organizationPaths: options.organizationPaths,
    secrets: options.secrets,
    bedrockLive,
    slackLive: options.slack === 'live' ? connectSlack() : undefined,
    slackLimits: options.slackLimits ?? false,
    onFindingUpdated: (finding) => {
      if (options.hubEvents) bus.put(findingEvent(finding, template, clock.now()));
    },
    hooks: { faults: options.faults, transcript: options.transcript, caller: (id) => callerOf(lambdas, id) },
  });
  const template = readTemplate(stack, services.queueUrl);
  for (const definition of template.queues) {
    queues.set(
      definition.name,
      createQueue(definition, clock.now, (message) => queues.get(definition.redrive?.deadLetterQueue ?? '')?.accept(message)),
    );
  }
  await services.startDynamoDb(template.tables, options.stateDir);
  for (const definition of template.functions) {
    const environment = (id: string) => workerEnvironment(definition, id, services.endpoints(), template.region, options.extraEnv ?? {});
    const timeoutMs = options.functionTimeoutMs ?? definition.timeoutSeconds * 1000;
    lambdas.push(createLambda(definition, { clock, environment, timeoutMs, workers: options.workers ?? 2, onLog: options.onLog }));
  }
  const bus = createEventBus(template.rules, queues, { clock, account: template.account, region: template.region });
  const sources = sourcesInOrder(template, queues, lambdas);
  if (saved) {
    services.workspace.restore(saved.slack);
    services.securityHub.findings.restore(saved.findings);
    for (const [name, queue] of Object.entries(saved.queues)) queues.get(name)?.restore(queue);
  }
  let client: DynamoDBClient | undefined;
  let draining = false;

  const cloud: Cloud = {
    clock,
    template,
    queues,
    slack: services.workspace,
    securityHub: services.securityHub,
    secrets: services.secrets,
    url: services.url,
    calls: services.calls,
    putEvent(event) {
      services.securityHub.findings.put(event);
      return { rules: bus.put(event) };
    },
    async drain(drainOptions = {}) {
      if (draining) throw new Error('The local cloud is already being drained: await that drain first.');
      draining = true;
      if (sources.some(({ queue }) => queue.messages().length > 0)) for (const lambda of lambdas) lambda.warm();
      try {
        return await drain({ clock, bus, sources, nextDue: options.nextDue && (async () => options.nextDue?.(cloud)) }, drainOptions);
      } finally {
        draining = false;
      }
    },
    async invoke(functionName, event) {
      const lambda = lambdas.find(({ definition }) => definition.name.startsWith(functionName));
      if (!lambda)
        throw new Error(
          `No function begins with ${functionName}: there are ${lambdas.map(({ definition }) => definition.name).join(', ')}.`,
        );
      return lambda.invoke(event);
    },
    deadLetters: () => deadLettersOf(template, queues),
    setOrganization(organization) {
      tree = parseOrganization(organization, 'The organization');
    },
    get ledger() {
      client ??= localDynamoDb(services, template.region);
      return { tableName: template.tables[0]?.name ?? '', client };
    },
    async close() {
      await Promise.all(lambdas.map((lambda) => lambda.close()));
      client?.destroy();
      bedrockLive?.close();
      await services.close();
      if (options.stateDir === undefined) return;
      writeState(options.stateDir, {
        now: clock.now(),
        slack: services.workspace.save(),
        findings: services.securityHub.findings.save(),
        queues: Object.fromEntries([...queues].map(([name, queue]) => [name, queue.save()])),
      });
    },
  };
  return cloud;
}

function callerOf(lambdas: LambdaFunction[], id: string): Caller | undefined {
  const lambda = lambdas.find((each) => each.knows(id) !== undefined);
  return lambda && { functionName: lambda.definition.name, crash: () => lambda.crash(id), gone: () => lambda.knows(id) === 'gone' };
}

/** Those that rules feed come before those that functions feed. */
function sourcesInOrder(template: LocalTemplate, queues: ReadonlyMap<string, Queue>, lambdas: LambdaFunction[]) {
  const fed = new Set(template.rules.flatMap((rule) => rule.targets.map((target) => target.queue)));
  return template.eventSources
    .flatMap((source) => {
      const queue = queues.get(source.queue);
      const lambda = lambdas.find(({ definition }) => definition.name === source.functionName);
      return queue && lambda ? [createEventSource(source, queue, lambda, template.region)] : [];
    })
    .sort((a, b) => Number(fed.has(b.queue.definition.name)) - Number(fed.has(a.queue.definition.name)));
}

function localDynamoDb(services: Services, region: string): DynamoDBClient {
  // What the SDK will require next year is no matter of the person who runs a demo.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  return new DynamoDBClient({ region, endpoint: services.url('dynamodb'), credentials: { accessKeyId: 'CLI', secretAccessKey: 'local' } });
}
