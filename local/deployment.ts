/** A template put to work: its queues, functions, rules and event sources over the listening stand-ins. */
import type { StackAssembly } from './template/assembly';
import type { VirtualClock } from './clock';
import type { CloudOptions } from './cloud-types';
import { createEventBus, type EventBus } from './eventbridge/event-bus';
import { createEventSource, type EventSourceMapping } from './lambda/event-source';
import { createLambda, type LambdaFunction } from './lambda/lambda';
import { workerEnvironment } from './lambda/lambda-environment';
import type { Caller } from './protocol/listener';
import { createQueue, type Queue } from './sqs/queue';
import type { Services } from './services';
import { type LocalTemplate, readTemplate } from './template/template';

export interface Deployment {
  template: LocalTemplate;
  lambdas: LambdaFunction[];
  bus: EventBus;
  /** In the order of the flow. */
  sources: EventSourceMapping[];
}

export interface Ground {
  clock: VirtualClock;
  services: Services;
  /** Filled here; the stand-in for SQS already looks at it. */
  queues: Map<string, Queue>;
  /** Filled here; the listeners already ask it who calls. */
  lambdas: LambdaFunction[];
}

/** Throws where the template holds what cannot run locally. Starts no worker. */
export async function deploy(
  stack: StackAssembly,
  options: CloudOptions,
  { clock, services, queues, lambdas }: Ground,
): Promise<Deployment> {
  const template = readTemplate(stack, services.queueUrl);
  for (const definition of template.queues) {
    const deadLetterQueue = definition.redrive?.deadLetterQueue ?? '';
    queues.set(
      definition.name,
      createQueue(definition, clock.now, (message) => queues.get(deadLetterQueue)?.accept(message)),
    );
  }
  await services.startDynamoDb(template.tables, options.stateDir);
  for (const definition of template.functions) {
    lambdas.push(
      createLambda(definition, {
        clock,
        environment: (id) => workerEnvironment(definition, id, services.endpoints(), template.region, options.extraEnv ?? {}),
        timeoutMs: options.functionTimeoutMs ?? definition.timeoutSeconds * 1000,
        workers: options.workers ?? 2,
        onLog: options.onLog,
      }),
    );
  }
  const bus = createEventBus(template.rules, queues, { clock, account: template.account, region: template.region });
  return { template, lambdas, bus, sources: sourcesInOrder(template, queues, lambdas) };
}

/** The function that a worker's id belongs to. */
export function callerOf(lambdas: LambdaFunction[], id: string): Caller | undefined {
  const lambda = lambdas.find((each) => each.knows(id) !== undefined);
  return lambda && { functionName: lambda.definition.name, crash: () => lambda.crash(id), gone: () => lambda.knows(id) === 'gone' };
}

/** Those that rules feed come before those that functions feed. */
function sourcesInOrder(template: LocalTemplate, queues: ReadonlyMap<string, Queue>, lambdas: LambdaFunction[]): EventSourceMapping[] {
  const fed = new Set(template.rules.flatMap((rule) => rule.targets.map((target) => target.queue)));
  return template.eventSources
    .flatMap((source) => {
      const queue = queues.get(source.queue);
      const lambda = lambdas.find(({ definition }) => definition.name === source.functionName);
      return queue && lambda ? [createEventSource(source, queue, lambda, template.region)] : [];
    })
    .sort((a, b) => Number(fed.has(b.queue.definition.name)) - Number(fed.has(a.queue.definition.name)));
}
