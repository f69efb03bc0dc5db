/** Asks moto itself, past the door, whether a gap is still there; in a Region of its own, so that nothing under test sees it. */
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type Answer, awsOf, call } from './aws';

const REGION = 'sa-east-1';
/** What moto takes for the account of a key that it did not give out: past the door an access key says nothing. */
const MOTO_ACCOUNT = '123456789012';

export interface Probe {
  account: string;
  query(service: string, action: Record<string, string>): Promise<Answer>;
  json(service: string, target: string, body: object): Promise<Answer>;
  /** Organizations, as the management account. */
  managementJson(target: string, body?: object): Promise<Answer>;
  rest(service: string, method: string, path: string, body: object): Promise<Answer>;
  /** The messages that a rule with this pattern, or with a schedule alone, brings to a queue for an event with this detail. */
  matched(pattern: object | 'schedule', detail: object): Promise<Message[]>;
}

/** @param endpoint moto's own address. */
export function probeOf(endpoint: string, account: string, management: string): Probe {
  const where = { endpoint, account, region: REGION };
  const { sqs, events } = awsOf({ endpoint, account: MOTO_ACCOUNT, region: REGION });
  let number = 0;
  return {
    account,
    query: (service, action) => call(where, service, { action }),
    json: (service, target, body) => call(where, service, { target, body }),
    managementJson: (target, body = {}) => call({ ...where, account: management }, 'organizations', { target, body }),
    rest: (service, method, path, body) => call(where, service, { method, path, body }),
    async matched(pattern, detail) {
      number += 1;
      const name = `probe-${number}`;
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
      const when =
        pattern === 'schedule' ? { ScheduleExpression: 'rate(1 day)' } : { EventPattern: JSON.stringify({ source: [name], ...pattern }) };
      await events.send(new PutRuleCommand({ Name: name, ...when }));
      await events.send(
        new PutTargetsCommand({ Rule: name, Targets: [{ Id: name, Arn: `arn:aws:sqs:${REGION}:${MOTO_ACCOUNT}:${name}` }] }),
      );
      await events.send(new PutEventsCommand({ Entries: [{ Source: name, DetailType: name, Detail: JSON.stringify(detail) }] }));
      return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }))).Messages ?? [];
    },
  };
}
