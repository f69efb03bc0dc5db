/** What is to happen in the simulated quarter, in the order of time; at one moment in the order in which it was planned. */

interface Entry {
  at: number;
  order: number;
  happen: (at: number) => void;
}

export class Agenda {
  private readonly heap: Entry[] = [];
  private planned = 0;

  /** @param at epoch milliseconds. */
  plan(at: number, happen: (at: number) => void): void {
    const entry = { at, order: this.planned++, happen };
    let index = this.heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, this.heap[parent] as Entry)) break;
      this.heap[index] = this.heap[parent] as Entry;
      index = parent;
    }
    this.heap[index] = entry;
  }

  /** When the next thing happens; undefined where nothing is left. */
  get nextAt(): number | undefined {
    return this.heap[0]?.at;
  }

  /** Lets the next thing happen. */
  next(): void {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (!first || !last) return;
    if (this.heap.length > 0) this.sink(last);
    first.happen(first.at);
  }

  private sink(entry: Entry): void {
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.heap.length) break;
      const right = this.heap[child + 1];
      if (right && before(right, this.heap[child] as Entry)) child++;
      const smaller = this.heap[child] as Entry;
      if (!before(smaller, entry)) break;
      this.heap[index] = smaller;
      index = child;
    }
    this.heap[index] = entry;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
