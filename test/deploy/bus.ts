/** Deployed rules: what they match, and the events that moto's own matching misses. */
import { ListRulesCommand, ListTargetsByRuleCommand, type Target } from '@aws-sdk/client-eventbridge';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { compilePattern, type EventMatcher } from '../../local/eventbridge/pattern';
import { isObject, type JsonObject, jsonObject, objects, text } from '../../local/protocol/wire';
import { type Aws, awsOf } from './aws';
import type { DoorRequest } from './door';
import { accountOfKey } from './identity';

export interface DeployedRule {
  name: string;
  pattern?: JsonObject;
  schedule?: string;
  enabled: boolean;
  targets: Target[];
  matches: EventMatcher;
}

/** Every rule of the default bus, with its targets. */
export async function rulesOf({ events }: Aws): Promise<DeployedRule[]> {
  const { Rules = [] } = await events.send(new ListRulesCommand({}));
  return Promise.all(
    Rules.map(async ({ Name = '', EventPattern, ScheduleExpression, State }) => {
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
      const pattern = EventPattern ? jsonObject(EventPattern) : undefined;
      return {
        name: Name,
        pattern,
        schedule: ScheduleExpression,
        enabled: State !== 'DISABLED',
        targets: Targets,
        matches: pattern ? compilePattern(pattern) : () => false,
      };
    }),
  );
}

/** The shim for the gap "patterns over arrays of objects": after moto took the events, what it could not match is delivered. */
export async function deliverByPattern(request: DoorRequest, { endpoint }: { endpoint: string }): Promise<void> {
  const account = await accountOfKey(request, endpoint);
  const aws = awsOf({ endpoint, account, region: request.region });
  const rules = await rulesOf(aws);
  for (const entry of objects(jsonObject(request.body.toString())?.Entries)) {
    const event = eventOf(entry, account, request.region);
    for (const rule of rules) {
      if (!rule.enabled || !rule.pattern || !looksIntoArray(rule.pattern, event) || !rule.matches(event)) continue;
      for (const target of rule.targets) await sendToTarget(aws, target, event);
    }
  }
}

/** Sends what EventBridge would: the target's own input where it has one, else the event. Only queues. */
export async function sendToTarget({ sqs }: Aws, target: Target, event: JsonObject): Promise<void> {
  const [, , service, , owner, name] = text(target.Arn).split(':');
  if (service !== 'sqs') return;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: owner }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: target.Input ?? JSON.stringify(event) }));
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html */
function eventOf(entry: JsonObject, account: string, region: string): JsonObject {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType,
    source: entry.Source,
    account,
    time: new Date(typeof entry.Time === 'number' ? entry.Time * 1000 : Date.now()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources: entry.Resources ?? [],
    detail: jsonObject(text(entry.Detail)) ?? {},
  };
}

/** Whether a field of the pattern lies below an array of objects of the event. */
function looksIntoArray(pattern: JsonObject, event: JsonObject): boolean {
  return Object.entries(pattern).some(([key, below]) => {
    if (key === '$or') return objects(below).some((choice) => looksIntoArray(choice, event));
    const value = event[key];
    if (!isObject(below)) return false;
    return Array.isArray(value) ? value.some(isObject) : isObject(value) && looksIntoArray(below, value);
  });
}
