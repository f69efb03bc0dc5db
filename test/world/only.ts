/** The one there is. @throws Error where there is none, or more than one. */
export function only<T>(all: readonly T[]): T {
  const [first] = all;
  if (all.length !== 1 || first === undefined) throw new Error(`there are ${all.length} where there should be one`);
  return first;
}
