/** What is to happen in the simulated quarter, in the order of time; at one moment in the order in which it was planned. */
import { Heap } from '../world/heap';

interface Entry {
  at: number;
  order: number;
  happen: (at: number) => void;
}

export class Agenda {
  private readonly heap = new Heap<Entry>((a, b) => a.at < b.at || (a.at === b.at && a.order < b.order));
  private planned = 0;

  /** @param at epoch milliseconds. */
  plan(at: number, happen: (at: number) => void): void {
    this.heap.push({ at, order: this.planned++, happen });
  }

  /** When the next thing happens; undefined where nothing is left. */
  get nextAt(): number | undefined {
    return this.heap.first?.at;
  }

  /** Lets the next thing happen. */
  next(): void {
    const entry = this.heap.pop();
    entry?.happen(entry.at);
  }
}
