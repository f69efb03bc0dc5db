/** The queues: wake-ups out, give-backs and dead letters. */
import { randomUUID } from 'node:crypto';
import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { hash } from '../domain/text/identity';
import type { Inbox, WakeUp, WakeUps } from '../ports';
import { clientDefaults } from './client-defaults';

const client = new SQSClient(clientDefaults);

/** SQS takes ten messages a call. */
const BATCH = 10;
/** SQS's longest visibility timeout, in seconds. */
const LONGEST = 43_200;

export function sqsWakeUps(queueUrl: string): WakeUps {
  return {
    async send(wakeUps: WakeUp[]) {
      for (let from = 0; from < wakeUps.length; from += BATCH) {
        const entries = wakeUps.slice(from, from + BATCH).map((wakeUp, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(wakeUp),
          MessageGroupId: hash(wakeUp.receiver, wakeUp.fingerprint),
          // Unique per send: an id made of the problem would swallow a second change within five minutes.
          MessageDeduplicationId: randomUUID(),
        }));
        const { Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
        const [failed] = Failed ?? [];
        if (failed)
          throw new Error(
            `SQS did not accept ${Failed?.length} of ${entries.length} wake-ups: ${[failed.Code, failed.Message].join(' ').trim()}; the message is tried again`,
          );
      }
    },
  };
}

export function sqsInbox({ queueUrl, deadLetterUrl }: { queueUrl: string; deadLetterUrl: string }): Inbox {
  return {
    async defer(receiptHandle, seconds) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: Math.min(LONGEST, seconds),
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
  };
}
