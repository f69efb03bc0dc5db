/**
 * Virtual time. Nothing local waits for a visibility timeout or a pacing
 * interval: the clock stands still while work is done and is then moved to the
 * next instant at which something is due.
 */

/** The time of the local cloud, in epoch milliseconds. */
export type VirtualClock = ReturnType<typeof createClock>;

/** A clock that stands at `start` (epoch milliseconds) until it is moved. */
export function createClock(start: number) {
  const shared = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const cell = new BigInt64Array(shared);
  const now = () => Number(Atomics.load(cell, 0));
  const set = (instant: number) => Atomics.store(cell, 0, BigInt(Math.ceil(instant)));
  set(start);
  return {
    now,
    /** What a worker thread reads the same time from: one 64-bit integer. */
    shared,
    /** Moves forward to an instant. Throws on a step back: the ledger would see time run backwards. */
    advanceTo(instant: number): void {
      if (instant < now()) {
        throw new RangeError(
          `The virtual clock stands at ${new Date(now()).toISOString()} and cannot go back to ${new Date(instant).toISOString()}: start a new cloud for an earlier time.`,
        );
      }
      set(instant);
    },
  };
}
