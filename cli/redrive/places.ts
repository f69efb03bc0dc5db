/** Where dead letters lie, the way back of each kind, and what it takes. */
import type { Output } from '@aws-sdk/client-cloudformation';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Timing } from '../doctor/calls';

export const QUEUES = ['findings', 'deliveries', 'rules', 'tick', 'enroll'] as const;
export type QueueName = (typeof QUEUES)[number];

/**
 * move: SQS moves them by itself (StartMessageMoveTask), to the queue that is named; without a name it fails for what a
 * function sent straight to the dead letters. It takes only dead-letter queues of SQS queues.
 * send: the events of EventBridge's rules, which are sent to the queue that they were meant for.
 * run: records of failed runs; one run of the function does the work of all of them.
 */
export type Way = 'move' | 'send' | 'run';

export interface Place {
  queue: QueueName;
  way: Way;
  /** URL of the dead-letter queue. */
  url: string;
  /** URL of the queue that takes them back; of `run` the function's name. */
  to: string;
}

/** What redriving stands on. */
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

/** What came of it. */
export interface Redriven {
  /** Dead letters that went back, or whose run was started. */
  done: number;
  stopped: boolean;
  /** What went wrong and what to do, in one sentence; absent where nothing did. */
  failed?: string;
}

/** By the outputs of the hub stack (stacks/hub-stack.ts). */
const OUTPUTS: Record<QueueName, { way: Way; url: string; to: string }> = {
  findings: { way: 'move', url: 'FindingsDeadLetters', to: 'FindingsQueue' },
  deliveries: { way: 'move', url: 'DeliveriesDeadLetters', to: 'DeliveriesQueue' },
  rules: { way: 'send', url: 'RulesDeadLetters', to: 'FindingsQueue' },
  tick: { way: 'move', url: 'TickDeadLetters', to: 'TickQueue' },
  enroll: { way: 'run', url: 'EnrollDeadLetters', to: 'EnrollFunction' },
};

/**
 * In the order of QUEUES. A stack without enroll has no place for it.
 * @throws Error where the stack is older than this command and does not name its queues.
 */
export function placesOf(outputs: readonly Output[]): Place[] {
  const output = (key: string) => outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  return QUEUES.flatMap((queue): Place[] => {
    const { way, ...keys } = OUTPUTS[queue];
    const [url, to] = [output(keys.url), output(keys.to)];
    if (url === undefined && queue === 'enroll') return [];
    if (url === undefined || to === undefined)
      throw new Error(
        `The deployed stack does not name its ${url === undefined ? keys.url : keys.to} in its outputs: it is older than this command. Deploy this version first (npx cdk deploy --all); dead letters stay where they are.`,
      );
    return [{ queue, way, url, to }];
  });
}
