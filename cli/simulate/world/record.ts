import type { SQSRecord } from 'aws-lambda';
import { FIRST_SENT_AT } from '../../../handlers/ports';
import type { Message } from './queues';

/** A message as Lambda hands it to a function. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function recordOf({ id, body, group, receives, sentAt, firstSentAt }: Message): SQSRecord {
  return {
    messageId: id,
    body,
    receiptHandle: id,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt),
      ...(group === undefined ? {} : { MessageGroupId: group }),
    },
    messageAttributes: firstSentAt === undefined ? {} : { [FIRST_SENT_AT]: { stringValue: String(firstSentAt), dataType: 'Number' } },
  } as SQSRecord;
}
