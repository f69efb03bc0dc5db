/**
 * What Lambda's event source mapping does: takes a batch from a queue, invokes
 * the function, deletes what it did not report as failed. What failed stays
 * invisible until its visibility timeout.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
import type { InvocationResult, LambdaFunction } from './lambda';
import type { Queue } from '../sqs/queue';
import type { Message } from '../sqs/message';
import { systemAttributes } from '../sqs/sqs';
import type { EventSource } from '../template/template';
import { isObject, objects } from '../protocol/wire';

export interface Invocation {
  functionName: string;
  messages: number;
  failed: number;
  result: InvocationResult;
}

export type EventSourceMapping = ReturnType<typeof createEventSource>;

export function createEventSource(source: EventSource, queue: Queue, lambda: LambdaFunction, region: string) {
  // FIFO batches have ten messages at most: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  const batchSize = queue.definition.fifo ? Math.min(source.batchSize, 10) : source.batchSize;
  const concurrency = Math.min(lambda.concurrency, source.maxConcurrency);

  async function invoke(messages: Message[]): Promise<Invocation> {
    // Receipts now: a message that comes back while this runs gets another one.
    const batch = messages.map((message) => ({ id: message.id, receipt: message.receipt ?? '' }));
    const result = await lambda.invoke({ Records: messages.map((message) => record(message, queue, region)) });
    const failed = failedIds(
      result,
      source.partialResponses,
      batch.map(({ id }) => id),
    );
    for (const { id, receipt } of batch) if (!failed.has(id)) remove(queue, receipt);
    return { functionName: lambda.definition.name, messages: messages.length, failed: failed.size, result };
  }

  return {
    queue,
    functionName: lambda.definition.name,
    /**
     * Works until nothing is visible now and nothing is under way, with as many invocations at a time as the function has
     * workers. Once aborted it does not wait for those that are under way.
     */
    async work(signal: AbortSignal | undefined, onInvocation: (invocation: Invocation) => void): Promise<void> {
      const running = new Set<Promise<void>>();
      const stop = stopping(signal);
      try {
        while (!signal?.aborted) {
          while (running.size < concurrency) {
            const messages = queue.receive(batchSize);
            if (messages.length === 0) break;
            const batch: Promise<void> = invoke(messages).then((invocation) => {
              running.delete(batch);
              onInvocation(invocation);
            });
            running.add(batch);
          }
          if (running.size === 0) return;
          await Promise.race([...running, stop.stopped]);
        }
      } finally {
        stop.forget();
      }
    },
  };
}

function stopping(signal: AbortSignal | undefined): { stopped: Promise<void>; forget(): void } {
  let onAbort = () => {};
  const stopped = new Promise<void>((resolve) => {
    onAbort = resolve;
  });
  signal?.addEventListener('abort', onAbort);
  return { stopped, forget: () => signal?.removeEventListener('abort', onAbort) };
}

/** Lambda's deletion of a message that meanwhile timed out fails without consequence. */
function remove(queue: Queue, receipt: string): void {
  try {
    queue.delete(receipt);
  } catch {
    // Visible again: it will be received once more, as in SQS.
  }
}

/** A response that names an unknown or empty identifier fails the whole batch. */
export function failedIds(result: InvocationResult, partialResponses: boolean, ids: string[]): ReadonlySet<string> {
  if (result.outcome !== 'answered') return new Set(ids);
  if (!partialResponses || !isObject(result.value) || result.value.batchItemFailures == null) return new Set();
  const failures = objects(result.value.batchItemFailures).map((failure) => failure.itemIdentifier);
  const known = failures.filter((id): id is string => typeof id === 'string' && ids.includes(id));
  return new Set(known.length < failures.length ? ids : known);
}

function record(message: Message, queue: Queue, region: string): Record<string, unknown> {
  return {
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, { DataType, StringValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue, stringListValues: [], binaryListValues: [] },
      ]),
    ),
    md5OfBody: message.md5,
    eventSource: 'aws:sqs',
    eventSourceARN: queue.definition.arn,
    awsRegion: region,
  };
}
