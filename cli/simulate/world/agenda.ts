/** Messages by when they come up. */
import { Heap } from './heap';

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

/** Entries of those that were moved or deleted meanwhile are left behind and skipped. */
export class Agenda {
  private readonly heap = new Heap<Entry>((a, b) => a.at < b.at);

  push(item: Message): void {
    this.heap.push({ at: item.visibleAt, move: ++item.moves, item });
  }

  /** The first, without those that are done or were moved. */
  peek(): Message | undefined {
    for (let top = this.heap.first; top; top = this.heap.first) {
      if (!top.item.done && top.move === top.item.moves) return top.item;
      this.heap.pop();
    }
    return undefined;
  }

  pop(): void {
    this.heap.pop();
  }
}
