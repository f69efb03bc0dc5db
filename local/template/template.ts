/** What of a stack's template runs locally: functions, the queues that call them, rules, the table. */
import type { StackAssembly } from './assembly';
import type { TableDefinition } from '../dynamodb/table';
import { compilePattern, type EventMatcher } from '../eventbridge/pattern';
import { type Resolution, resolve, resolveText } from './intrinsics';
import type { QueueDefinition } from '../sqs/message';
import { physicalName, type Resource, resolutionOf, resourcesOf } from './resources';
import { isObject, objects, text } from '../protocol/wire';

export interface FunctionDefinition {
  name: string;
  arn: string;
  /** Folder of the bundle. */
  directory: string;
  /** file.export, as Lambda takes it. */
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMb: number;
}

export interface EventSource {
  queue: string;
  functionName: string;
  batchSize: number;
  partialResponses: boolean;
  maxConcurrency: number;
}

export interface RuleDefinition {
  name: string;
  arn: string;
  enabled: boolean;
  matches?: EventMatcher;
  /** Of a rate; undefined for a rule by pattern. */
  everyMs?: number;
  targets: { queue: string; groupId?: string; input?: string }[];
  /** Queues that take what a target does not. */
  deadLetterQueues: string[];
}

export interface LocalTemplate {
  stackName: string;
  account: string;
  region: string;
  functions: FunctionDefinition[];
  queues: QueueDefinition[];
  eventSources: EventSource[];
  rules: RuleDefinition[];
  tables: TableDefinition[];
}

/** `queueUrl` gives a queue's URL by its name. Throws on what it cannot run, with the place in the template. */
export function readTemplate(stack: StackAssembly, queueUrl: (name: string) => string): LocalTemplate {
  const resources = resourcesOf(stack.template);
  const resolution = resolutionOf(stack, resources, queueUrl);
  const of = <T>(type: string, read: (resource: Resource) => T): T[] => resources.filter((resource) => resource.type === type).map(read);
  const resolved = ({ id, properties }: Resource, key: string): unknown => resolve(properties[key], resolution, `${id}.${key}`);
  /** The name of the queue that an ARN means. */
  const queueOf = (arn: unknown, place: string): string => {
    const queue = queues.find((each) => each.arn === arn);
    if (!queue)
      throw new Error(`The template's ${place} is ${String(arn)}, which is no queue of the stack: only queues are targets locally.`);
    return queue.name;
  };

  const queues = of('AWS::SQS::Queue', (resource) => queueDefinition(resource, resolution));
  const functionArns = new Set<unknown>([
    ...of('AWS::Lambda::Function', ({ id }) => resolution.attribute(id, 'Arn')),
    ...of('AWS::Lambda::Alias', ({ id }) => resolution.ref(id)),
  ]);
  return {
    stackName: stack.name,
    account: stack.account,
    region: stack.region,
    queues,
    functions: of('AWS::Lambda::Function', (resource) => functionDefinition(resource, stack, resolution)),
    tables: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'].flatMap((type) =>
      of(type, (table) => tableDefinition(table, resolution)),
    ),
    eventSources: of('AWS::Lambda::EventSourceMapping', (resource) => ({
      queue: queueOf(resolved(resource, 'EventSourceArn'), `${resource.id}.EventSourceArn`),
      functionName: functionNamed(resolveText(resource.properties.FunctionName, resolution, `${resource.id}.FunctionName`)),
      batchSize: Number(resource.properties.BatchSize ?? 10),
      partialResponses: [resource.properties.FunctionResponseTypes].flat().includes('ReportBatchItemFailures'),
      maxConcurrency: Number(
        isObject(resource.properties.ScalingConfig) ? (resource.properties.ScalingConfig.MaximumConcurrency ?? 1000) : 1000,
      ),
    })),
    rules: of('AWS::Events::Rule', (resource) => {
      // What a rule starts without a queue is no part of the flow: Cloud.invoke() runs it when it is wanted.
      const all = objects(resolved(resource, 'Targets'));
      const targets = all.filter(({ Arn }) => !functionArns.has(Arn));
      if (all.length > targets.length && targets.length === 0) return [];
      const pattern = resolved(resource, 'EventPattern');
      const schedule = text(resolved(resource, 'ScheduleExpression'));
      return {
        name: physicalName(resource),
        arn: `arn:aws:events:${stack.region}:${stack.account}:rule/${physicalName(resource)}`,
        enabled: resource.properties.State !== 'DISABLED',
        ...(isObject(pattern) ? { matches: compilePattern(pattern) } : {}),
        ...(schedule === '' ? {} : { everyMs: rateMs(schedule, resource.id) }),
        targets: targets.map((target) => ({
          queue: queueOf(target.Arn, `${resource.id}.Targets`),
          groupId: isObject(target.SqsParameters) ? text(target.SqsParameters.MessageGroupId) : undefined,
          input: typeof target.Input === 'string' ? target.Input : undefined,
        })),
        deadLetterQueues: targets.flatMap(({ DeadLetterConfig }) =>
          isObject(DeadLetterConfig) ? [queueOf(DeadLetterConfig.Arn, `${resource.id}.Targets.DeadLetterConfig`)] : [],
        ),
      };
    }).flat(),
  };
}

function queueDefinition(resource: Resource, resolution: Resolution): QueueDefinition {
  const { id, properties } = resource;
  const redrive = resolve(properties.RedrivePolicy, resolution, `${id}.RedrivePolicy`);
  return {
    name: physicalName(resource),
    arn: resolution.attribute(id, 'Arn') ?? '',
    fifo: properties.FifoQueue === true,
    visibilityTimeout: Number(properties.VisibilityTimeout ?? 30),
    delay: Number(properties.DelaySeconds ?? 0),
    contentBasedDeduplication: properties.ContentBasedDeduplication === true,
    deduplicationScope: properties.DeduplicationScope === 'messageGroup' ? 'messageGroup' : 'queue',
    highThroughput: properties.FifoThroughputLimit === 'perMessageGroupId',
    ...(isObject(redrive)
      ? {
          redrive: {
            deadLetterQueue: text(redrive.deadLetterTargetArn).split(':').at(-1) ?? '',
            maxReceiveCount: Number(redrive.maxReceiveCount),
          },
        }
      : {}),
  };
}

function functionDefinition(resource: Resource, stack: StackAssembly, resolution: Resolution): FunctionDefinition {
  const { id, properties } = resource;
  const key = isObject(properties.Code) ? resolveText(properties.Code.S3Key, resolution, `${id}.Code.S3Key`) : '';
  const directory = stack.asset(key);
  if (!directory) throw new Error(`The assembly has no bundle for the function ${id} (S3 key ${key || 'none'}): synthesize with bundling.`);
  const environment =
    isObject(properties.Environment) && isObject(properties.Environment.Variables) ? properties.Environment.Variables : {};
  return {
    name: physicalName(resource),
    arn: resolution.attribute(id, 'Arn') ?? '',
    directory,
    handler: text(properties.Handler),
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]): [string, string] => [
        name,
        resolveText(value, resolution, `${id}.Environment.Variables.${name}`),
      ]),
    ),
    timeoutSeconds: Number(properties.Timeout ?? 3),
    memoryMb: Number(properties.MemorySize ?? 128),
  };
}

function tableDefinition(resource: Resource, resolution: Resolution): TableDefinition {
  const { KeySchema, AttributeDefinitions, TimeToLiveSpecification: ttl } = resource.properties;
  return {
    name: physicalName(resource),
    arn: resolution.attribute(resource.id, 'Arn'),
    ttlAttribute: isObject(ttl) && ttl.Enabled === true ? text(ttl.AttributeName) : undefined,
    keySchema: objects(KeySchema).map((key) => ({ AttributeName: text(key.AttributeName), KeyType: text(key.KeyType) })),
    attributes: objects(AttributeDefinitions).map((each) => ({
      AttributeName: text(each.AttributeName),
      AttributeType: text(each.AttributeType),
    })),
  };
}

/** A function may be named by its name or its ARN, each with or without an alias. */
function functionNamed(nameOrArn: string): string {
  return /(?:^|:function:)([\w-]+)(?::[\w-]+)?$/.exec(nameOrArn)?.[1] ?? '';
}

const UNITS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function rateMs(expression: string, id: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!count || !unit) throw new Error(`The template's ${id} has the schedule ${expression}: only rate(…) runs locally.`);
  return Number(count) * (UNITS[unit] ?? 0);
}
