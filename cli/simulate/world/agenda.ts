/** Messages by when they come up. */

export interface Message {
  id: string;
  body: string;
  group?: string;
  sentAt: number;
  /** Of what was sent anew: when it was first sent. */
  firstSentAt?: number;
  visibleAt: number;
  receives: number;
  /** Counts its moves in the agenda: only the latest holds. */
  moves: number;
  /** FIFO: whether it is among those that SQS looks at. */
  near?: boolean;
  done?: boolean;
}

interface Entry {
  at: number;
  move: number;
  item: Message;
}

/** A heap. Entries of those that were moved or deleted meanwhile are left behind and skipped. */
export class Agenda {
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
