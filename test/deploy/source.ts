/** What Lambda's event source mapping does, by the mapping that was deployed: polls the queue, invokes, deletes what did not fail. */
import { type EventSourceMappingConfiguration, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, GetQueueUrlCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { failedIds } from '../../local/lambda/event-source';
import type { Aws } from './aws';
import type { RunningFunction } from './function-process';

export interface Source {
  mapping: EventSourceMappingConfiguration;
  functionName: string;
  queueUrl: string;
}

/** The enabled mappings from queues to functions. */
export async function sourcesOf({ lambda, sqs }: Aws): Promise<Source[]> {
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  return Promise.all(
    EventSourceMappings.map(async (mapping) => {
      const [, , , , QueueOwnerAWSAccountId, QueueName] = (mapping.EventSourceArn ?? '').split(':');
      const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId }));
      return { mapping, functionName: (mapping.FunctionArn ?? '').split(':')[6] ?? '', queueUrl: QueueUrl };
    }),
  );
}

/** One poll. @returns how many messages there were. */
export async function poll(sqs: SQSClient, { mapping, queueUrl }: Source, run: RunningFunction): Promise<number> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(mapping.BatchSize ?? 10, 10),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      WaitTimeSeconds: 0,
    }),
  );
  if (Messages.length === 0) return 0;
  const result = await run.invoke({ Records: Messages.map((message) => recordOf(message, mapping.EventSourceArn ?? '')) });
  const partial = mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false;
  const failed = failedIds(
    result,
    partial,
    Messages.map(({ MessageId = '' }) => MessageId),
  );
  for (const { MessageId = '', ReceiptHandle } of Messages)
    if (!failed.has(MessageId)) await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  return Messages.length;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function recordOf({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes, MD5OfBody }: Message, arn: string) {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes ?? {}).map(([name, { DataType, StringValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue, stringListValues: [], binaryListValues: [] },
      ]),
    ),
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: arn.split(':')[3],
  };
}
