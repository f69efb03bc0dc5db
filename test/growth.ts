/** How work grows with its input, so that a test of it does not depend on how busy or fast a machine is. */

/** Below this it is noise: what takes less has not grown. In microseconds. */
const LEAST = 2000;

/**
 * @param work on an input of the given size.
 * @returns how much more of the processor's time the larger size takes: near the sizes' own ratio where the work grows
 * in line with its input, near its square where each part is compared with each.
 */
export function growth(work: (size: number) => void, smaller: number, larger: number): number {
  // The first time is the compiler's.
  work(smaller);
  return (
    leastTime(() => work(larger)) /
    Math.max(
      LEAST,
      leastTime(() => work(smaller)),
    )
  );
}

/** The least of a few: whatever else the process does only adds to it. */
function leastTime(work: () => void): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const began = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(began);
      return user + system;
    }),
  );
}
