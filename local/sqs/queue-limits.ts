/** What SQS refuses in a message, and how many may be out. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
import type { QueueDefinition, Send } from './message';
import { ServiceError } from '../protocol/wire';

/**
 * Received and not yet deleted, of a queue of either kind.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html
 */
export const IN_FLIGHT = 120_000;

const MAX_BYTES = 1024 * 1024;
const MAX_DELAY_SECONDS = 900;

/** Throws ServiceError as SQS words it. */
export function checkSend(definition: QueueDefinition, input: Send): void {
  const fail = (message: string, type = 'InvalidParameterValue') => {
    throw new ServiceError(type, message);
  };
  if (input.body === '') fail('The request must contain the parameter MessageBody.', 'MissingParameter');
  if (Buffer.byteLength(input.body) > MAX_BYTES)
    fail('One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.');
  if ((input.delaySeconds ?? 0) > MAX_DELAY_SECONDS) fail('DelaySeconds must be 0 to 900.');
  if (!definition.fifo) {
    if (input.deduplicationId !== undefined)
      fail('The request includes a parameter that is not valid for this queue type: MessageDeduplicationId.');
    return;
  }
  if (input.groupId === undefined) fail('The request must contain the parameter MessageGroupId.', 'MissingParameter');
  if (input.delaySeconds !== undefined) fail('The request includes a parameter that is not valid for this queue type: DelaySeconds.');
  if (input.deduplicationId === undefined && !definition.contentBasedDeduplication) {
    fail('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.');
  }
  for (const id of [input.groupId, input.deduplicationId]) {
    if (id !== undefined && !/^[!-~]{1,128}$/.test(id)) fail(`${JSON.stringify(id)} must be 1 to 128 letters, digits or punctuation.`);
  }
}
