/** SQS as the doctor and the redrive see it. */
import { GetQueueAttributesCommand, type GetQueueAttributesCommandOutput, SQSClient } from '@aws-sdk/client-sqs';
import { doctorClient } from './defaults';

/** By default a queue's own URL would win over AWS_ENDPOINT_URL_SQS. */
export const queuesClient = (region: string) => new SQSClient({ ...doctorClient(region), useQueueUrlAsEndpoint: false });

const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

export const depthCommand = (QueueUrl: string) => new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...COUNTS] });

/** Those that somebody is just reading included. SQS counts approximately. */
export function depthOf({ Attributes = {} }: GetQueueAttributesCommandOutput): number {
  return COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}
