/** What redriving stands on, and what comes of it. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Timing } from '../doctor/calls';

export interface Ground {
  /** With useQueueUrlAsEndpoint false where AWS_ENDPOINT_URL must hold. */
  sqs: SQSClient;
  /** Starts a function and does not wait for its end; resolves once Lambda has accepted it. */
  start(functionName: string): Promise<void>;
  timing: Timing;
  /** Ctrl-C: what is under way is ended in order, and what was not taken stays. */
  signal: AbortSignal;
  /** Told how far it is, over and over. */
  progress(text: string): void;
}

export interface Redriven {
  /** Dead letters that went back, or whose run was started. */
  done: number;
  stopped: boolean;
  /** What went wrong and what to do, in one sentence; absent where nothing did. */
  failed?: string;
}
