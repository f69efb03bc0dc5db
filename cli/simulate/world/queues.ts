/**
 * SQS in virtual time: a standard queue that keeps no order, and a FIFO queue whose groups wait for their first message.
 * A message that was received as often as it may be goes where dead letters go, when it would be received once more; one that is older
 * than the retention is gone.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
import { LOOKED_AT } from '../../../local/sqs/fifo-order';
import { Agenda, type Message } from './agenda';
import type { Random } from './random';

export type { Message };
type Sent = Omit<Message, 'receives' | 'moves' | 'near' | 'done'>;

export interface Queue {
  readonly waiting: number;
  send(message: Sent): void;
  /** The next message that may be worked on; it is invisible until it is deferred, deleted, or its time-out. */
  take(now: number): Message | undefined;
  defer(message: Message, visibleAt: number): void;
  delete(message: Message): void;
  /** When the next message becomes visible; the past where one is. */
  nextVisible(): number | undefined;
}

export interface QueueOptions {
  /** Milliseconds for which a message that was taken cannot be seen. */
  visibility: number;
  maxReceiveCount: number;
  exhausted(message: Message): void;
  /** Milliseconds from its sending until SQS deletes a message, whatever became of it. Default: it stays. */
  retention?: number;
  forgotten?(message: Message): void;
}

/** Whether it is too old to be received; the queue then has it no more. */
function forget(queue: Queue, { retention = Number.POSITIVE_INFINITY, forgotten }: QueueOptions, message: Message, now: number): boolean {
  if (now - message.sentAt <= retention) return false;
  queue.delete(message);
  forgotten?.(message);
  return true;
}

export class StandardQueue implements Queue {
  private readonly coming = new Agenda();
  private readonly visible: Message[] = [];
  waiting = 0;

  constructor(
    private readonly options: QueueOptions,
    private readonly random: Random,
  ) {}

  send(message: Sent): void {
    this.waiting++;
    this.coming.push({ ...message, receives: 0, moves: 0 });
  }

  take(now: number): Message | undefined {
    for (let next = this.coming.peek(); next && next.visibleAt <= now; next = this.coming.peek()) {
      this.coming.pop();
      this.visible.push(next);
    }
    for (let message = this.any(); message; message = this.any()) {
      if (forget(this, this.options, message, now)) continue;
      if (message.receives < this.options.maxReceiveCount) {
        message.receives++;
        this.defer(message, now + this.options.visibility);
        return message;
      }
      this.delete(message);
      this.options.exhausted(message);
    }
    return undefined;
  }

  private any(): Message | undefined {
    const index = Math.floor(this.random() * this.visible.length);
    const message = this.visible[index];
    const last = this.visible.pop();
    if (message && last && last !== message) this.visible[index] = last;
    return message;
  }

  defer(message: Message, visibleAt: number): void {
    message.visibleAt = visibleAt;
    this.coming.push(message);
  }

  delete(message: Message): void {
    if (message.done) return;
    message.done = true;
    this.waiting--;
  }

  nextVisible(): number | undefined {
    return this.visible.length > 0 ? 0 : this.coming.peek()?.visibleAt;
  }
}

export class FifoQueue implements Queue {
  private readonly groups = new Map<string, Message[]>();
  private readonly heads = new Agenda();
  /** Those that SQS does not look at yet, in order; the first `passed` of them it does. */
  private far: Message[] = [];
  private passed = 0;
  private near = 0;
  waiting = 0;

  constructor(
    private readonly options: QueueOptions,
    private readonly lookedAt = LOOKED_AT,
  ) {}

  send(message: Sent): void {
    this.waiting++;
    const group = this.groups.get(message.group ?? '') ?? [];
    const sent: Message = { ...message, receives: 0, moves: 0, near: this.near < this.lookedAt };
    group.push(sent);
    this.groups.set(message.group ?? '', group);
    if (!sent.near) {
      this.far.push(sent);
      return;
    }
    this.near++;
    if (group[0] === sent) this.heads.push(sent);
  }

  take(now: number): Message | undefined {
    for (let head = this.heads.peek(); head && head.visibleAt <= now; head = this.heads.peek()) {
      if (forget(this, this.options, head, now)) continue;
      if (head.receives < this.options.maxReceiveCount) {
        head.receives++;
        this.defer(head, now + this.options.visibility);
        return head;
      }
      this.delete(head);
      this.options.exhausted(head);
    }
    return undefined;
  }

  defer(message: Message, visibleAt: number): void {
    message.visibleAt = visibleAt;
    this.heads.push(message);
  }

  delete(message: Message): void {
    if (message.done) return;
    message.done = true;
    this.waiting--;
    this.near--;
    const group = this.groups.get(message.group ?? '');
    group?.shift();
    const [head] = group ?? [];
    if (!head) this.groups.delete(message.group ?? '');
    else if (head.near) this.heads.push(head);
    this.lookFurther();
  }

  /** One that was far comes near for each that is gone. */
  private lookFurther(): void {
    const next = this.far[this.passed];
    if (!next) return;
    next.near = true;
    this.near++;
    if (this.groups.get(next.group ?? '')?.[0] === next) this.heads.push(next);
    if (++this.passed === this.far.length) {
      this.far = [];
      this.passed = 0;
    }
  }

  nextVisible(): number | undefined {
    return this.heads.peek()?.visibleAt;
  }
}
