/** What SQS moves by itself. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
import {
  CancelMessageMoveTaskCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Ground, Place, Redriven } from './places';

const POLL_MS = 2000;
/** Polls after which a task that was accepted should be listed. */
const PATIENCE = 15;

/**
 * Follows the task to its end. A task that somebody started before is followed too, as SQS runs one a queue. Ctrl-C cancels
 * the task: what was moved stays moved, the rest stays a dead letter. If this process dies, the task goes on without it.
 */
export async function moveBack({ queue, url, to }: Place, ground: Ground): Promise<Redriven> {
  const { sqs, timing, signal, progress } = ground;
  const [source, destination] = await Promise.all([arnOf(url, ground), arnOf(to, ground)]);
  const latest = async (): Promise<ListMessageMoveTasksResultEntry> =>
    (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: source, MaxResults: 1 }))).Results?.[0] ?? {};
  const before = await latest();
  const joined = isRunning(before);
  const handle = joined
    ? before.TaskHandle
    : // Without the destination SQS fails at the first message that a function sent here: CouldNotDetermineMessageSource.
      (await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: source, DestinationArn: destination }))).TaskHandle;
  let cancelled = false;
  let unlisted = 0;
  for (;;) {
    const task = await latest();
    const done = task.ApproximateNumberOfMessagesMoved ?? 0;
    // The list may lag behind: until it shows the new task, its newest is the one before.
    const listed = joined || task.StartedTimestamp !== before.StartedTimestamp;
    if (listed && !isRunning(task)) return ended(task, done, cancelled);
    if (!listed && ++unlisted > PATIENCE)
      return { done: 0, stopped: false, failed: 'SQS took the move but does not list it; look again later' };
    progress(`${queue}: ${done} of ${task.ApproximateNumberOfMessagesToMove ?? '?'} moved by SQS`);
    if (signal.aborted && !cancelled) {
      cancelled = true;
      // Refused where the task has just ended: the next look says how.
      await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: handle })).catch(() => undefined);
      continue;
    }
    // After Ctrl-C the signal no longer lets anybody sleep.
    await timing.sleep(POLL_MS, cancelled ? NEVER : signal).catch(() => undefined);
  }
}

const NEVER = new AbortController().signal;

function isRunning({ Status }: ListMessageMoveTasksResultEntry): boolean {
  return Status === 'RUNNING' || Status === 'CANCELLING';
}

function ended({ Status, FailureReason }: ListMessageMoveTasksResultEntry, done: number, stopped: boolean): Redriven {
  if (Status === 'COMPLETED') return { done, stopped: false };
  if (Status === 'CANCELLED') return { done, stopped: true };
  return { done, stopped, failed: `SQS ended the move with ${FailureReason ?? Status}; what was not moved still lies there` };
}

async function arnOf(QueueUrl: string, { sqs }: Ground): Promise<string> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  if (!Attributes?.QueueArn) throw new Error(`SQS does not tell the ARN of ${QueueUrl}`);
  return Attributes.QueueArn;
}
