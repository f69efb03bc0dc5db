/**
 * The memory that a function has, as far as a worker thread shows it: V8 tells of its heap and of the buffers beside it. What
 * is measured is looked at when an invocation begins and ends and every 10 ms between: a peak within one synchronous stretch
 * shows only where it meets the limit of the heap.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
import type { ResourceLimits } from 'node:worker_threads';

/** What a process of Node takes beside its heap and buffers, in MB: 34 to 42 measured with Node 20; AWS names no figure. */
export const RUNTIME_MB = 40;

const MB = 1024 * 1024;

/** V8 ends a worker whose old objects do not fit beside the runtime. */
export function heapLimit(memoryMb: number): ResourceLimits {
  return { maxOldGenerationSizeMb: Math.max(1, memoryMb - RUNTIME_MB) };
}

/** @param bytes of heap and buffers. @returns what Lambda would call Max Memory Used, in whole MB. */
export function usedMb(bytes: number): number {
  return RUNTIME_MB + Math.ceil(bytes / MB);
}

/** Whether V8 itself ended the worker. */
export function heapExhausted(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** How Lambda says that a function died of its memory: killed from outside, or aborted by V8. The error's type is Runtime.ExitError. */
export function exitError(requestId: string, signal: 'killed' | 'aborted'): string {
  return `RequestId: ${requestId} Error: Runtime exited with error: signal: ${signal}`;
}
