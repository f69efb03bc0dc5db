/** What a queue is, what it is sent and what it keeps. */

export interface QueueDefinition {
  name: string;
  arn: string;
  fifo: boolean;
  /** Seconds. */
  visibilityTimeout: number;
  /** Seconds. */
  delay: number;
  contentBasedDeduplication: boolean;
  /** FIFO: whether an id means the same message in the whole queue or only within its group. */
  deduplicationScope: 'queue' | 'messageGroup';
  /** FIFO: whether its rates are those of a message group instead of the queue's (FifoThroughputLimit perMessageGroupId). */
  highThroughput?: boolean;
  redrive?: { deadLetterQueue: string; maxReceiveCount: number };
}

export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

export interface Message {
  id: string;
  sequence: number;
  body: string;
  md5: string;
  attributes: Record<string, MessageAttribute>;
  groupId?: string;
  deduplicationId?: string;
  /** Epoch milliseconds, as all times here. */
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  receivedAt?: number;
  /** Of the last receive. */
  receipt?: string;
  /** ARN of the queue that gave it up. */
  deadLetterSource?: string;
}

export interface Send {
  body: string;
  attributes?: Record<string, MessageAttribute>;
  groupId?: string;
  deduplicationId?: string;
  delaySeconds?: number;
}
