/** The deployed system at work: events go in, the queues are polled as their mappings say, until something holds. */
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { readFileSync, readdirSync } from 'node:fs';
import { isObject, type JsonObject, jsonObject, strings, text } from '../../local/protocol/wire';
import type { Aws } from './aws';
import type { DeployedRule } from './bus';
import type { RunningFunction } from './function-process';
import { withIds } from './organization';
import { poll, type Source } from './source';
import type { StandIns } from './stand-ins';

export interface World {
  aws: Aws;
  standIns: StandIns;
  ids: ReadonlyMap<string, string>;
  /** As they were deployed. */
  rules: DeployedRule[];
  sources: Source[];
  /** By the function's name. */
  functions: ReadonlyMap<string, RunningFunction>;
  signal: AbortSignal;
}

/** The event of cli/demo/findings whose file begins so, with the organization's real ids. */
export function demoEvent(number: string, ids: ReadonlyMap<string, string>): JsonObject {
  const folder = 'cli/demo/findings';
  const file = readdirSync(folder).find((name) => name.startsWith(`${number}-`));
  const event = jsonObject(readFileSync(`${folder}/${file}`, 'utf8'));
  if (!event) throw new Error(`${folder}/${file} is not a JSON object.`);
  return withIds(event, ids);
}

/** By PutEvents, as producers do; Security Hub (its stand-in) knows the finding as well. */
export async function put({ aws, standIns }: World, event: JsonObject): Promise<void> {
  standIns.securityHub.findings.put(event);
  const { Entries = [] } = await aws.events.send(
    new PutEventsCommand({
      Entries: [
        {
          Source: text(event.source),
          DetailType: text(event['detail-type']),
          Detail: JSON.stringify(event.detail),
          Resources: strings(event.resources),
          Time: new Date(text(event.time)),
        },
      ],
    }),
  );
  if (!Entries[0]?.EventId) throw new Error(`PutEvents refused the event: ${JSON.stringify(Entries)}`);
}

/** Polls until `done`. @throws Error when it is not within `seconds`, with what the functions said. */
export async function until(world: World, done: () => boolean | Promise<boolean>, seconds = 45): Promise<void> {
  const limit = Date.now() + seconds * 1000;
  while (!(await done())) {
    world.signal.throwIfAborted();
    if (Date.now() > limit) throw new Error(`It did not come to it within ${seconds} s.`);
    if ((await work(world)) === 0) await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Nothing waits and nothing is invisible in the queues that functions poll. */
export async function idle({ aws, sources }: World): Promise<boolean> {
  const counts = await Promise.all(sources.map(({ queueUrl }) => waiting(aws, queueUrl)));
  return counts.every((count) => count === 0);
}

/** Nothing is left in the queues that rules bring events to, but timers whose time has not come. */
export async function takenIn({ aws, sources, rules }: World): Promise<boolean> {
  const targets = new Set(rules.flatMap((rule) => rule.targets.map(({ Arn }) => Arn)));
  const fed = sources.filter(({ mapping }) => targets.has(mapping.EventSourceArn));
  const counts = await Promise.all(fed.map(({ queueUrl }) => waiting(aws, queueUrl, ['', 'NotVisible'])));
  return counts.every((count) => count === 0);
}

type State = '' | 'NotVisible' | 'Delayed';

/** @param states which of its messages, as SQS names them. */
export async function waiting({ sqs }: Aws, QueueUrl: string, states: readonly State[] = ['', 'NotVisible', 'Delayed']): Promise<number> {
  const names = states.map((state) => `ApproximateNumberOfMessages${state}` as const);
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
  return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}

async function work({ aws, sources, functions }: World): Promise<number> {
  const counts = await Promise.all(
    sources.map(async (source) => {
      const run = functions.get(source.functionName);
      if (!run) throw new Error(`A mapping names ${source.functionName}, which is no function of the stacks.`);
      return poll(aws.sqs, source, run);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

export function lastWords({ functions }: World): string {
  return [...functions.values()]
    .flatMap(({ logs }) => logs.slice(-15).map(({ functionName, line }) => `${functionName}: ${line.slice(0, 600)}`))
    .join('\n');
}

/** Messages of a channel: what stands in it, and what stands in its threads. */
export function channel({ standIns }: World, id: string) {
  const all = standIns.workspace.channels().get(id) ?? [];
  return { messages: all.filter(({ threadTs }) => threadTs === undefined), replies: all.filter(({ threadTs }) => threadTs !== undefined) };
}

/** All words of a message: its text and every text in its blocks. */
export function wordsOf(message: { text: string; blocks: JsonObject[] }): string {
  const words: string[] = [message.text];
  const collect = (value: unknown) => {
    if (Array.isArray(value)) for (const entry of value) collect(entry);
    else if (isObject(value)) {
      if (typeof value.text === 'string') words.push(value.text);
      for (const entry of Object.values(value)) collect(entry);
    }
  };
  collect(message.blocks);
  return words.join('\n');
}
