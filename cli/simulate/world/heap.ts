/** A binary heap: what comes first by `before` is taken first. */
export class Heap<Entry> {
  private readonly entries: Entry[] = [];

  constructor(private readonly before: (a: Entry, b: Entry) => boolean) {}

  get first(): Entry | undefined {
    return this.entries[0];
  }

  push(entry: Entry): void {
    let index = this.entries.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.before(entry, this.entries[parent] as Entry)) break;
      this.entries[index] = this.entries[parent] as Entry;
      index = parent;
    }
    this.entries[index] = entry;
  }

  pop(): Entry | undefined {
    const [first] = this.entries;
    const last = this.entries.pop();
    if (last !== undefined && this.entries.length > 0) this.sink(last);
    return first;
  }

  private sink(entry: Entry): void {
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.entries.length) break;
      const right = this.entries[child + 1];
      if (right !== undefined && this.before(right, this.entries[child] as Entry)) child++;
      const smaller = this.entries[child] as Entry;
      if (!this.before(smaller, entry)) break;
      this.entries[index] = smaller;
      index = child;
    }
    this.entries[index] = entry;
  }
}
