/**
 * DynamoDB deletes what has expired "within a few days"; until then it is read and written as any other. Which item goes
 * when follows from its key.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */

/** A few days. */
export const LATEST_DELETION = 3 * 24 * 60 * 60_000;

/** When an item goes, in epoch milliseconds. @param expiresAt seconds since the epoch. */
export function deletionOf(key: string, expiresAt: number): number {
  let mixed = 0;
  for (const character of key) mixed = (Math.imul(mixed, 31) + character.charCodeAt(0)) >>> 0;
  // Keys that differ in their last digit only are to lie far apart.
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return expiresAt * 1000 + (((mixed ^ (mixed >>> 16)) >>> 0) % LATEST_DELETION);
}

/** The items that will go. `K` is what the caller deletes them by. */
export class Expiring<K> {
  private readonly items = new Map<string, { key: K; at: number }>();
  private next = Number.POSITIVE_INFINITY;

  /** @param expiresAt seconds since the epoch; undefined: it has no such attribute any more, and stays. */
  set(id: string, key: K, expiresAt: number | undefined): void {
    if (expiresAt === undefined) {
      this.items.delete(id);
      return;
    }
    const at = deletionOf(id, expiresAt);
    this.items.set(id, { key, at });
    this.next = Math.min(this.next, at);
  }

  /** What goes by this instant, and is not told again. @param now epoch milliseconds. */
  due(now: number): K[] {
    if (now < this.next) return [];
    const due: K[] = [];
    this.next = Number.POSITIVE_INFINITY;
    for (const [id, { key, at }] of this.items) {
      if (at <= now) {
        this.items.delete(id);
        due.push(key);
      } else this.next = Math.min(this.next, at);
    }
    return due;
  }
}
