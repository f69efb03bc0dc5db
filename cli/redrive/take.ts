/** What SQS does not move: received here, passed on, and deleted only after that was accepted. */
import { ChangeMessageVisibilityCommand, DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import type { Ground, Place, Redriven } from './places';

/** SQS gives ten messages a call. */
const BATCH = 10;
/** Seconds that a taken message is nobody else's: if this process dies it is back by then. */
const TAKEN = 60;
/** Long polling asks every server of SQS, so that an empty answer means an empty queue. */
const WAIT = 2;

/**
 * Sends each body to the queue that it was meant for. Dying between sending and deleting sends an event once more, which
 * intake recognises: it is the same revision of the same finding.
 */
export function sendBack({ queue, url, to }: Place, ground: Ground): Promise<Redriven> {
  return takeAll(url, ground, {
    each: async ({ Body }) => {
      await ground.sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body }));
    },
    progress: (done) => ground.progress(`${queue}: ${done} sent back`),
  });
}

/** Starts the function once for all records. A run that fails leaves a new record behind, so none needs to be kept. */
export function runAgain({ queue, url, to }: Place, ground: Ground): Promise<Redriven> {
  let started: Promise<void> | undefined;
  return takeAll(url, ground, {
    each: () => {
      started ??= ground.start(to);
      return started;
    },
    progress: (done) => ground.progress(`${queue}: a run was started, ${done} records removed`),
  });
}

interface Work {
  /** Resolves when what follows from the message is in safe hands. */
  each(message: Message): Promise<void>;
  progress(done: number): void;
}

async function takeAll(QueueUrl: string, { sqs, signal, timing }: Ground, { each, progress }: Work): Promise<Redriven> {
  const began = timing.now();
  let done = 0;
  while (!signal.aborted) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: BATCH,
        VisibilityTimeout: TAKEN,
        WaitTimeSeconds: WAIT,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    // What fails again while this goes on is for another day: it would go round for ever.
    const old = Messages.filter(({ Attributes }) => Number(Attributes?.SentTimestamp ?? 0) <= began);
    const results = await Promise.allSettled(
      old.map(async (message) => {
        await each(message);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      }),
    );
    done += results.filter(({ status }) => status === 'fulfilled').length;
    progress(done);
    const [refused] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    const back = Messages.filter((message) => !old.includes(message) || results[old.indexOf(message)]?.status === 'rejected');
    await giveBack(QueueUrl, back, sqs);
    if (refused !== undefined) return { done, stopped: false, failed: wordsOf(refused) };
    if (old.length === 0) return { done, stopped: false };
  }
  return { done, stopped: true };
}

/** At once, where SQS takes it; else they come back when their time is over. */
export async function giveBack(QueueUrl: string, messages: readonly Message[], sqs: Ground['sqs']): Promise<void> {
  await Promise.allSettled(
    messages.map(({ ReceiptHandle }) => sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))),
  );
}

function wordsOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return `${name}: ${message.split('\n', 1)[0]}; what was not sent still lies there`;
}
