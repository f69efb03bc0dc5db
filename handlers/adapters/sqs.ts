/** The queues: wake-ups out, give-backs and dead letters. */
import { randomUUID } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Refused, Unavailable } from '../domain/failure';
import { hash } from '../domain/text/identity';
import { FIRST_SENT_AT, type Inbox, type OwnerQuestions, type Timers, type WakeUp, type WakeUps } from '../ports';
import { failingAsAws } from './aws-failure';
import { clientDefaults } from './client-defaults';

const client = new SQSClient(clientDefaults);

/** SQS takes ten messages a call. */
const BATCH = 10;
/** SQS's longest visibility timeout, in seconds. */
const LONGEST = 43_200;

export function sqsWakeUps(queueUrl: string): WakeUps {
  return failingAsAws<WakeUps>('SQS', {
    send: (wakeUps: WakeUp[]) =>
      sendAll(queueUrl, 'wake-ups', wakeUps, ({ receiver, fingerprint }) => ({
        MessageGroupId: hash(receiver, fingerprint),
        // Unique per send: an id made of the problem would swallow a second change within five minutes.
        MessageDeduplicationId: randomUUID(),
      })),
  });
}

/** @param queueUrl of a standard queue: a FIFO queue delays no message by itself. */
export function sqsTimers(queueUrl: string): Timers {
  return failingAsAws<Timers>('SQS', {
    set: (wakeUps: WakeUp[], seconds: number) => sendAll(queueUrl, 'timers', wakeUps, () => ({ DelaySeconds: seconds })),
  });
}

export function sqsOwnerQuestions(queueUrl: string): OwnerQuestions {
  return failingAsAws<OwnerQuestions>('SQS', { ask: (questions) => sendAll(queueUrl, 'questions', questions, () => ({})) });
}

async function sendAll<T>(QueueUrl: string, what: string, bodies: T[], place: (body: T) => Partial<SendMessageBatchRequestEntry>) {
  for (let from = 0; from < bodies.length; from += BATCH) {
    const Entries = bodies
      .slice(from, from + BATCH)
      .map((body, index) => ({ Id: String(index), MessageBody: JSON.stringify(body), ...place(body) }));
    const { Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    // One that SQS blames on the sender will fare the same each time.
    const failed = Failed?.find(({ SenderFault }) => SenderFault) ?? Failed?.[0];
    if (!failed) continue;
    const said = `SQS did not accept ${Failed?.length} of ${Entries.length} ${what}: ${failed.Code}; the message is tried again`;
    throw failed.SenderFault ? new Refused(said) : new Unavailable(said);
  }
}

export function sqsInbox({ queueUrl, deadLetterUrl }: { queueUrl: string; deadLetterUrl: string }): Inbox {
  return failingAsAws<Inbox>('SQS', {
    async defer(receiptHandle, seconds) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: Math.min(LONGEST, seconds),
        }),
      );
    },
    async sendAgain({ body, group, firstSentAt }) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: body,
          MessageAttributes: { [FIRST_SENT_AT]: { DataType: 'Number', StringValue: String(firstSentAt) } },
          ...(group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: randomUUID() }),
        }),
      );
    },
    async deadLetter(body, reason, group) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: deadLetterUrl,
          MessageBody: body,
          // An attribute's text may hold 256 KiB and no control characters.
          MessageAttributes: { reason: { DataType: 'String', StringValue: reason.replace(/\p{Cc}/gu, ' ').slice(0, 1000) || 'unknown' } },
          ...(group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: randomUUID() }),
        }),
      );
    },
  });
}
