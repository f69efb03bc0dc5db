/** What lies in a dead-letter queue and why, without taking it. */
import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { depthCommand, depthOf } from '../doctor/reads/queues';
import { giveBack } from './take';

/** Seconds that a message is out of others' sight while it is looked at; it is given back at the end of the look. */
const LOOKED_AT = 60;
/** More are counted, not read. */
const READ = 200;

export interface Waiting {
  /** All that lie there, as SQS counts them: approximately. */
  total: number;
  /** Those that were read. */
  read: number;
  /** Most frequent first. Foreign text. */
  reasons: { reason: string; count: number; oldest: number }[];
}

/** Reasons with their counts, and the epoch milliseconds at which SQS counts the oldest of each as sent. */
export async function look(QueueUrl: string, sqs: SQSClient, signal: AbortSignal): Promise<Waiting> {
  const total = depthOf(await sqs.send(depthCommand(QueueUrl)));
  const messages: Message[] = [];
  try {
    while (!signal.aborted && messages.length < READ) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: LOOKED_AT,
          WaitTimeSeconds: 1,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['SentTimestamp', 'DeadLetterQueueSourceArn'],
        }),
      );
      if (Messages.length === 0) break;
      messages.push(...Messages);
    }
  } finally {
    await giveBack(QueueUrl, messages, sqs);
  }
  return { total: Math.max(total, messages.length), read: messages.length, reasons: grouped(messages) };
}

function grouped(messages: readonly Message[]): Waiting['reasons'] {
  const groups = new Map<string, { count: number; oldest: number }>();
  for (const message of messages) {
    const reason = reasonOf(message);
    const sent = Number(message.Attributes?.SentTimestamp ?? 0);
    const group = groups.get(reason) ?? { count: 0, oldest: sent };
    groups.set(reason, { count: group.count + 1, oldest: Math.min(group.oldest, sent) });
  }
  return [...groups].map(([reason, group]) => ({ reason, ...group })).sort((a, b) => b.count - a.count);
}

/**
 * Our functions write `reason`, EventBridge ERROR_CODE and ERROR_MESSAGE, Lambda a record as the body. What SQS itself moved
 * has none of these: the function never ended in order.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function reasonOf({ Body = '', MessageAttributes = {}, Attributes = {} }: Message): string {
  const attribute = (name: string) => MessageAttributes[name]?.StringValue;
  const code = attribute('ERROR_CODE');
  const own =
    attribute('reason') ?? (code === undefined ? recordedIn(Body) : [code, attribute('ERROR_MESSAGE')].filter(Boolean).join(': '));
  if (own) return own.slice(0, 300);
  return Attributes.DeadLetterQueueSourceArn
    ? 'received as often as the queue allows and never settled: the function crashed or ran out of time'
    : 'no reason is written on it';
}

function recordedIn(body: string): string | undefined {
  try {
    const { requestContext, responsePayload } = JSON.parse(body) as Record<string, Record<string, unknown> | undefined>;
    const words = [requestContext?.condition, responsePayload?.errorType, responsePayload?.errorMessage];
    return words.filter((word) => typeof word === 'string').join(': ') || undefined;
  } catch {
    return undefined;
  }
}
