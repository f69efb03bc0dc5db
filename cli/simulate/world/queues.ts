/** SQS in virtual time: a standard queue that keeps no order, and a FIFO queue whose groups wait for their first message. */
import type { Random } from './random';

export interface Message {
  id: string;
  body: string;
  group?: string;
  sentAt: number;
  visibleAt: number;
  receives: number;
  /** Counts its moves in the agenda: only the latest holds. */
  moves: number;
  done?: boolean;
}
type Sent = Omit<Message, 'receives' | 'moves'>;

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

interface Entry {
  at: number;
  move: number;
  item: Message;
}

/** Messages by when they come up. Entries of those that were moved or deleted meanwhile are left behind and skipped. */
class Agenda {
  private readonly heap: Entry[] = [];

  push(item: Message): void {
    const entry = { at: item.visibleAt, move: ++item.moves, item };
    let index = this.heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if ((this.heap[parent]?.at ?? 0) <= entry.at) break;
      this.heap[index] = this.heap[parent] as Entry;
      index = parent;
    }
    this.heap[index] = entry;
  }

  /** The first, without those that are done or were moved. */
  peek(): Message | undefined {
    for (let top = this.heap[0]; top; top = this.heap[0]) {
      if (!top.item.done && top.move === top.item.moves) return top.item;
      this.pop();
    }
    return undefined;
  }

  pop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.heap.length) break;
      if ((this.heap[child + 1]?.at ?? Number.POSITIVE_INFINITY) < (this.heap[child]?.at ?? 0)) child++;
      const smaller = this.heap[child] as Entry;
      if (smaller.at >= last.at) break;
      this.heap[index] = smaller;
      index = child;
    }
    this.heap[index] = last;
  }
}

export class StandardQueue implements Queue {
  private readonly coming = new Agenda();
  private readonly visible: Message[] = [];
  waiting = 0;

  constructor(
    private readonly visibility: number,
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
    const index = Math.floor(this.random() * this.visible.length);
    const message = this.visible[index];
    const last = this.visible.pop();
    if (!message || !last) return undefined;
    if (last !== message) this.visible[index] = last;
    message.receives++;
    this.defer(message, now + this.visibility);
    return message;
  }

  defer(message: Message, visibleAt: number): void {
    message.visibleAt = visibleAt;
    this.coming.push(message);
  }

  delete(message: Message): void {
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
  waiting = 0;

  constructor(private readonly visibility: number) {}

  send(message: Sent): void {
    this.waiting++;
    const group = this.groups.get(message.group ?? '') ?? [];
    const sent = { ...message, receives: 0, moves: 0 };
    if (group.push(sent) === 1) this.heads.push(sent);
    this.groups.set(message.group ?? '', group);
  }

  take(now: number): Message | undefined {
    const head = this.heads.peek();
    if (!head || head.visibleAt > now) return undefined;
    head.receives++;
    this.defer(head, now + this.visibility);
    return head;
  }

  defer(message: Message, visibleAt: number): void {
    message.visibleAt = visibleAt;
    this.heads.push(message);
  }

  delete(message: Message): void {
    if (message.done) return;
    message.done = true;
    this.waiting--;
    const group = this.groups.get(message.group ?? '');
    group?.shift();
    const [head] = group ?? [];
    if (head) this.heads.push(head);
    else this.groups.delete(message.group ?? '');
  }

  nextVisible(): number | undefined {
    return this.heads.peek()?.visibleAt;
  }
}
